#include "pipeline/base/json_writer.h"

#include <cmath>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"

namespace sluice {

void JsonWriter::newline() {
  text_ += '\n';
  text_.append(has_members_.size() * 2, ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_members_.empty()) return;
  if (has_members_.back()) text_ += pretty_ ? ", " : ",";
  has_members_.back() = true;
  if (pretty_ && text_.back() == '[') newline();
}

void JsonWriter::open(char bracket) {
  before_value();
  if (pretty_ && bracket == '{' && !text_.empty() && text_.back() == ' ' && text_.size() > 1 &&
      text_[text_.size() - 2] == ',') {
    text_.pop_back();
    newline();
  }
  text_ += bracket;
  has_members_.push_back(false);
}

void JsonWriter::close(char bracket) {
  const bool had_members = has_members_.back();
  has_members_.pop_back();
  if (pretty_ && had_members) newline();
  if (pretty_ && !had_members && bracket == '}') text_ += ' ';
  text_ += bracket;
}

JsonWriter& JsonWriter::begin_object() { return open('{'), *this; }
JsonWriter& JsonWriter::end_object() { return close('}'), *this; }
JsonWriter& JsonWriter::begin_array() { return open('['), *this; }
JsonWriter& JsonWriter::end_array() { return close(']'), *this; }

JsonWriter& JsonWriter::key(std::string_view name) {
  if (has_members_.back()) text_ += ',';
  has_members_.back() = true;
  if (pretty_) newline();
  append_json_string(text_, name);
  text_ += pretty_ ? " : " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view utf8) {
  before_value();
  append_json_string(text_, utf8);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  before_value();
  text_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  before_value();
  text_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  before_value();
  text_ += "null";
  return *this;
}

JsonWriter& JsonWriter::java_float(float value) {
  before_value();
  if (std::isfinite(value)) {
    text_ += java_float_text(value);
  } else {
    append_json_string(text_, java_float_text(value));
  }
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  text_ += json;
  return *this;
}

}  // namespace sluice
