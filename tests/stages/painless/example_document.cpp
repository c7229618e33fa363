#include "tests/stages/painless/example_document.h"

#include <algorithm>
#include <array>

#include "stages/painless/api/geo_point.h"
#include "stages/painless/api/time_object.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless {

namespace {

struct Field {
  std::string_view name;
  std::string_view values_class;
};

constexpr auto kFields = std::to_array<Field>({{"n", "Longs"},
                                               {"f", "Doubles"},
                                               {"b", "Booleans"},
                                               {"k", "Strings"},
                                               {"d", "Dates"},
                                               {"p", "GeoPoints"},
                                               {"none", "GeoPoints"}});

}  // namespace

void ExampleDocument::Values::load(Machine& machine, std::vector<Value>& values) {
  switch (field) {
    case 'n':
      values = {Value::of_long(3), Value::of_long(7)};
      break;
    case 'f':
      values = {Value::of_double(-1), Value::of_double(2.5)};
      break;
    case 'b':
      values = {Value::boolean(true)};
      break;
    case 'k':
      values = {machine.string_value("blue"), machine.string_value("red")};
      break;
    case 'd':
      values = {api::make(machine, time::ZonedDateTime::parse("2020-02-28T13:05:09Z"))};
      break;
    case 'p':
      values = {api::make_geo_point(machine, {52.5, 13.4})};
      break;
    default:
      break;
  }
}

DocValues* ExampleDocument::values(Machine& machine, std::string_view field) {
  const auto found = std::ranges::find(kFields, field, &Field::name);
  if (found == kFields.end()) {
    machine.raise(known().illegal_argument, "No field found for [" + std::string(field) + "] in mapping");
    return nullptr;
  }
  const Class* cls = Registry::get().class_named("org.elasticsearch.index.fielddata.ScriptDocValues$" +
                                                 std::string(found->values_class));
  return &made_.emplace_back(cls, field == "none" ? '-' : field.front());
}

bool ExampleDocument::contains(std::string_view field) const {
  return std::ranges::find(kFields, field, &Field::name) != kFields.end();
}

Value ExampleDocument::random_score(Machine& /*machine*/, std::int32_t /*seed*/, const std::string_view* /*field*/) {
  return Value::of_double(0.5);
}

}  // namespace sluice::painless
