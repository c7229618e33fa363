#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Writes JSON as Elasticsearch prints it: keys in the order given, floats as Java prints them. For responses and
/// errors; documents are spliced, not written. Not thread-safe; one writer, one thread.
class JsonWriter {
 public:
  /// `pretty` prints as `?pretty` does: two spaces, `"key" : value`, a final newline from finish().
  explicit JsonWriter(bool pretty = false) : pretty_(pretty) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& string(std::string_view utf8);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// As Java's Float.toString: `-1.0`, `500.0`, `1.0E-8`; infinities and NaN as strings.
  JsonWriter& java_float(float value);
  /// Bytes that are JSON already.
  JsonWriter& raw(std::string_view json);

  JsonWriter& member(std::string_view name, std::string_view utf8) { return key(name).string(utf8); }
  JsonWriter& member(std::string_view name, const char* utf8) { return key(name).string(utf8); }
  JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }
  JsonWriter& member(std::string_view name, std::uint64_t value) {
    return key(name).integer(static_cast<std::int64_t>(value));
  }
  JsonWriter& member(std::string_view name, int value) { return key(name).integer(value); }
  JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }

  /// The text so far. Complete when every object and array has been ended.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void before_value();
  void open(char bracket);
  void close(char bracket);
  void newline();

  bool pretty_;
  bool after_key_ = false;
  std::vector<bool> has_members_;  ///< one for each open object or array
  std::string text_;
};

}  // namespace sluice
