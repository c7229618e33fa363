// How values of a definition are printed: in JSON, and in the words of errors.
#include <charconv>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "io/store/mappings/definition.h"
#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

void append(std::string& out, const json::value& value) {
  if (const auto* const object = value.if_object()) {
    const char* between = "{";
    for (const auto& [key, each] : *object) {
      out += between;
      append_json_string(out, {key.data(), key.size()});
      out += ':';
      append(out, each);
      between = ",";
    }
    out += object->empty() ? "{}" : "}";
  } else if (const auto* const array = value.if_array()) {
    const char* between = "[";
    for (const json::value& each : *array) {
      out += between;
      append(out, each);
      between = ",";
    }
    out += array->empty() ? "[]" : "]";
  } else if (const auto* const text = value.if_string()) {
    append_json_string(out, {text->data(), text->size()});
  } else if (const double* const number = value.if_double()) {
    out += java_double_text(*number);
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string plain_json(const json::value& value) {
  std::string out;
  append(out, value);
  return out;
}

std::string java_text(const json::value& value) {
  std::string out;
  if (const auto* const object = value.if_object()) {
    for (const auto& [key, each] : *object) {
      out += (out.empty() ? "" : ", ") + std::string(key.data(), key.size()) + "=" + java_text(each);
    }
    return "{" + out + "}";
  }
  if (const auto* const array = value.if_array()) {
    for (const json::value& each : *array) out += (out.empty() ? "" : ", ") + java_text(each);
    return "[" + out + "]";
  }
  if (const auto* const text = value.if_string()) return {text->data(), text->size()};
  return plain_json(value);
}

}  // namespace sluice::store
