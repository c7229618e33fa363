#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/doc_values.h"

/// What the scripts of runtime fields have as functions, each type its own. Source: Elasticsearch's script contexts
/// `long_field` and its like.
namespace sluice::painless::api {

namespace {

Value emit(Machine& machine, const Value* a) {
  return machine.fields() == nullptr ? machine.null_pointer() : machine.fields()->emit(machine, a);
}

Value parse(Machine& machine, const Value* a) {
  return machine.fields() == nullptr ? machine.null_pointer() : machine.fields()->parse_date(machine, a[0]);
}

constexpr MethodRow kText[] = {{"static void emit(String)", emit, "One more value of the field.", "", ""}};
constexpr MethodRow kLong[] = {{"static void emit(long)", emit, "One more value of the field.", "", ""}};
constexpr MethodRow kDouble[] = {{"static void emit(double)", emit, "One more value of the field.", "", ""}};
constexpr MethodRow kBoolean[] = {{"static void emit(boolean)", emit, "One more value of the field.", "", ""}};
constexpr MethodRow kPoint[] = {
    {"static void emit(double,double)", emit, "One more point of the field: latitude, longitude.", "", ""}};
constexpr MethodRow kDate[] = {
    {"static void emit(long)", emit, "One more value of the field, in milliseconds since 1970.", "", ""},
    {"static long parse(def)", parse, "A date as the field's format has it, in milliseconds since 1970.", "", ""}};

constexpr ClassRow kRows[] = {
    {"org.elasticsearch.script.StringFieldScript", "", "Functions of a runtime field of type keyword.", kText, false,
     true},
    {"org.elasticsearch.script.LongFieldScript", "", "Functions of a runtime field of type long.", kLong, false, true},
    {"org.elasticsearch.script.DoubleFieldScript", "", "Functions of a runtime field of type double.", kDouble, false,
     true},
    {"org.elasticsearch.script.DateFieldScript", "", "Functions of a runtime field of type date.", kDate, false, true},
    {"org.elasticsearch.script.BooleanFieldScript", "", "Functions of a runtime field of type boolean.", kBoolean,
     false, true},
    {"org.elasticsearch.script.IpFieldScript", "", "Functions of a runtime field of type ip.", kText, false, true},
    {"org.elasticsearch.script.GeoPointFieldScript", "", "Functions of a runtime field of type geo_point.", kPoint,
     false, true},
};

}  // namespace

std::span<const ClassRow> emit_functions_family() { return kRows; }

}  // namespace sluice::painless::api
