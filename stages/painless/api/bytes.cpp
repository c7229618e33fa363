#include "stages/painless/api/bytes.h"

#include <algorithm>

namespace sluice::painless::api {

namespace {

unsigned char at(std::string_view bytes, std::size_t place) {
  return place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0;
}
bool continues(std::string_view bytes, std::size_t place) { return (at(bytes, place) & 0xC0) == 0x80; }

/// How many bytes of `rest` Java takes at once, and whether they are a code point.
struct Step {
  std::size_t size;
  bool good;
};
Step step(std::string_view rest) {
  const unsigned char first = at(rest, 0);
  const unsigned char second = at(rest, 1);
  if (first < 0x80) return {1, true};
  if (first < 0xC2 || first > 0xF4 || !continues(rest, 1)) return {1, false};
  if (first < 0xE0) return {2, true};
  if (first < 0xF0) {
    if (first == 0xE0 && second < 0xA0) return {1, false};
    if (!continues(rest, 2)) return {2, false};
    return {3, first != 0xED || second < 0xA0};  // a surrogate is one mistake of three bytes
  }
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return {1, false};
  if (!continues(rest, 2)) return {2, false};
  return continues(rest, 3) ? Step{4, true} : Step{3, false};
}

}  // namespace

std::string bytes_of(const Value& array) {
  const auto& values = object<Array>(array);
  std::string bytes(values.length, '\0');
  std::transform(values.items, values.items + values.length, bytes.begin(),
                 [](const Value& value) { return static_cast<char>(value.i); });
  return bytes;
}

Value make_bytes(Machine& machine, std::string_view bytes) {
  if (!machine.afford(bytes.size() * sizeof(Value))) return Value::error();
  Value* items = machine.heap().array<Value>(bytes.size());
  std::ranges::transform(bytes, items, [](char byte) { return Value::of_byte(static_cast<std::int8_t>(byte)); });
  const Type* type = Registry::get().array_of(Registry::get().of(Kind::kByte));
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(bytes.size()), items));
}

std::string java_bytes(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  while (!text.empty()) {
    const Step next = step(text);
    bytes += next.good ? text.substr(0, next.size) : "?";
    text.remove_prefix(std::min(next.size, text.size()));
  }
  return bytes;
}

std::string java_text(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Step next = step(bytes);
    text += next.good ? bytes.substr(0, next.size) : "\xEF\xBF\xBD";
    bytes.remove_prefix(std::min(next.size, bytes.size()));
  }
  return text;
}

}  // namespace sluice::painless::api
