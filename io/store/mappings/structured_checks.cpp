// Values that are objects or arrays: points, ranges, and the like.
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/geo_checks.h"
#include "io/store/mappings/join_field.h"
#include "io/store/mappings/value_checks.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

bool refuse(Misfit& misfit, std::string reason, std::string_view type = "illegal_argument_exception") {
  misfit.type = type;
  misfit.reason = std::move(reason);
  return false;
}

FieldType bound_type(FieldType range) {
  switch (range) {
    case FieldType::kIntegerRange:
      return FieldType::kInteger;
    case FieldType::kLongRange:
      return FieldType::kLong;
    case FieldType::kFloatRange:
      return FieldType::kFloat;
    default:
      return FieldType::kDouble;
  }
}

bool check_bound(const Field& field, std::string_view token, bool coerce, Misfit& misfit) {
  if (field.type == FieldType::kDateRange) return check_date(field, token, misfit);
  if (field.type == FieldType::kIpRange) return check_ip(token, misfit);
  Field bound;
  bound.type = bound_type(field.type);
  bound.path = field.path;
  const bool whole = bound.type == FieldType::kInteger || bound.type == FieldType::kLong;
  return whole ? check_integer(bound, token, coerce, misfit) : check_floating(bound, token, coerce, misfit);
}

/// `gt`, `gte`, `lt`, `lte`; the structure has been checked by skip() before.
bool check_range(const Field& field, JsonCursor& cursor, bool coerce, Misfit& misfit) {
  if (!cursor.pass('{')) {
    const std::string text = json_unquoted(cursor.take());
    const std::size_t slash = text.find('/');
    if (field.type == FieldType::kIpRange && slash != std::string::npos && is_ip(text.substr(0, slash))) return true;
    return refuse(misfit, "error parsing field [" + field.path + "], expected an object but got " + field.name);
  }
  if (cursor.pass('}')) return true;
  do {
    const std::string key = json_unquoted(cursor.take());
    cursor.pass(':');
    const bool known = key == "gt" || key == "gte" || key == "lt" || key == "lte" || key == "from" || key == "to" ||
                       key == "include_lower" || key == "include_upper";
    if (!known) return refuse(misfit, "error parsing field [" + field.path + "], with unknown parameter [" + key + "]");
    const std::string_view token = cursor.take();
    const bool flag = key.starts_with("include");
    if (token == "null" || flag) continue;
    if (!check_bound(field, token, coerce, misfit)) return false;
  } while (cursor.pass(','));
  return true;
}

std::string_view object_cause(const Field& field) {
  switch (field.check) {
    case ValueCheck::kInteger:
    case ValueCheck::kUnsignedLong:
    case ValueCheck::kFloating:
      return "Cannot parse object as number";
    default:
      return {};
  }
}

bool check_object_for_scalar(const Field& field, const json::value& value, Misfit& misfit) {
  misfit.final = true;  // ignore_malformed is for scalars
  if (const std::string_view cause = object_cause(field); !cause.empty()) return refuse(misfit, std::string(cause));
  (void)value;
  return refuse(misfit, "Expected text");  // the walk knows where
}

bool check_positive_features(const Field& field, const json::value& value, Misfit& misfit) {
  const json::object* features = value.if_object();
  if (features == nullptr) {
    return refuse(misfit, "[" + std::string(type_info(field.type).name) +
                              "] fields must be json objects, expected a START_OBJECT but got: " + java_text(value));
  }
  for (const auto& [name, each] : *features) {
    const std::string text = java_text(each);
    if (const auto number = parse_number<double>(text); !number || !(*number > 0)) {
      return refuse(misfit, "feature [" + std::string(name.data(), name.size()) +
                                "] has to be a positive number, but is [" + text + "]");
    }
  }
  return true;
}

bool check_vector(const Field& field, const json::value& value, Misfit& misfit) {
  const json::array* numbers = value.if_array();
  if (numbers == nullptr) return refuse(misfit, "a dense_vector is an array of numbers, not " + java_text(value));
  for (const json::value& each : *numbers) {
    if (!each.is_number()) return refuse(misfit, "a dense_vector holds numbers only, not [" + java_text(each) + "]");
  }
  const Parameter* dims = field.parameter("dims");
  if (dims == nullptr || dims->json == std::to_string(numbers->size())) return true;
  return refuse(misfit, "The [dense_vector] field [" + field.path + "] in doc has a different number of dimensions [" +
                            std::to_string(numbers->size()) + "] than defined in the mapping [" + dims->json + "]");
}

bool check_parsed(const Field& field, const json::value& value, Misfit& misfit) {
  switch (field.check) {
    case ValueCheck::kGeoPoint:
      return check_geo_point(field, value, misfit);
    case ValueCheck::kShape:
      return check_shape(field, value, misfit);
    case ValueCheck::kDenseVector:
      return check_vector(field, value, misfit);
    case ValueCheck::kFeatures:
      return check_positive_features(field, value, misfit);
    case ValueCheck::kJoin:
      return check_join(field, value, misfit);
    case ValueCheck::kFlattened:
      if (value.is_object()) return true;
      return refuse(misfit, "Expected token [START_OBJECT] or [START_ARRAY] but found a value");
    case ValueCheck::kPoint:
    case ValueCheck::kCompletion:
    case ValueCheck::kPercolator:
    case ValueCheck::kHistogram:
    case ValueCheck::kAggregateMetric:
    case ValueCheck::kJson:
      return true;
    default:
      return check_object_for_scalar(field, value, misfit);
  }
}

}  // namespace

bool takes_structure(const Field& field, char first) {
  switch (field.check) {
    case ValueCheck::kGeoPoint:
    case ValueCheck::kPoint:
    case ValueCheck::kDenseVector:
    case ValueCheck::kJson:
      return first != 'n';
    case ValueCheck::kJoin:
      return first != '[';
    case ValueCheck::kRange:
    case ValueCheck::kShape:
    case ValueCheck::kFeatures:
    case ValueCheck::kFlattened:
      return first != 'n' && first != '[';
    default:
      return false;
  }
}

bool check_structured(const Field& field, JsonCursor& cursor, bool coerce, Misfit& misfit) {
  if (field.check == ValueCheck::kRange) return check_range(field, cursor, coerce, misfit);
  const std::size_t at = cursor.offset();
  if (!cursor.skip()) return refuse(misfit, "the value is not valid JSON");
  std::string_view raw = cursor.text().substr(at, cursor.offset() - at);
  while (!raw.empty() && (raw.back() == ',' || raw.back() == ' ' || raw.back() == '\n')) raw.remove_suffix(1);
  if (cursor.peek() == '}' || cursor.peek() == ']' || cursor.peek() == ',' || cursor.peek() == '\0') {
    boost::system::error_code problem;
    const json::value value = json::parse({raw.data(), raw.size()}, problem);
    if (problem) return refuse(misfit, "the value is not valid JSON");
    return check_parsed(field, value, misfit);
  }
  return refuse(misfit, "the value is not valid JSON");
}

}  // namespace sluice::store
