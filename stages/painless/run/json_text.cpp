#include "stages/painless/run/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "stages/painless/api/base64_codec.h"
#include "stages/painless/run/lanes.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless {

namespace {

/// Containers in containers; what is deeper holds itself.
constexpr int kMaxDepth = 1000;

char32_t hex4(std::string_view token, std::size_t at) {
  std::uint32_t value = 0;
  if (at + 4 > token.size()) return 0xFFFD;
  std::from_chars(token.data() + at, token.data() + at + 4, value, 16);
  return value;
}

}  // namespace

bool is_plain_json_text(std::string_view text) {
  // 0xED is what a lone surrogate would begin with.
  return !any_byte(
      text, [](const Bytes& bytes) { return (bytes < 0x20) | (bytes == '"') | (bytes == '\\') | (bytes == 0xED); });
}

void append_json_text(std::string& out, std::string_view text) {
  if (!is_plain_json_text(text)) return append_json_string(out, text);
  append_written(out, text.size() + 2, [&](char* to) {
    to[0] = to[text.size() + 1] = '"';
    copy_text(to + 1, text);
  });
}

void append_base64(std::string& out, const Value* bytes, std::uint32_t count) {
  std::string raw(count, '\0');
  for (std::uint32_t i = 0; i < count; ++i) raw[i] = static_cast<char>(bytes[i].i);
  out += '"' + api::encode_base64(raw) + '"';
}

bool append_json_value(Machine& machine, std::string& out, const Value& value, int depth) {
  if (depth > kMaxDepth) {
    machine.raise(known().illegal_argument, "Iterable object is self-referencing itself");
    return false;
  }
  switch (value.tag) {
    case Tag::kNull:
      out += "null";
      return true;
    case Tag::kBoolean:
      out += value.i != 0 ? "true" : "false";
      return true;
    case Tag::kChar: {
      std::string text;
      append_unit(text, static_cast<char16_t>(value.i));
      append_json_text(out, text);
      return true;
    }
    case Tag::kByte:
    case Tag::kShort:
    case Tag::kInt:
    case Tag::kLong: {
      std::array<char, 24> buffer{};
      const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value.i);
      out.append(buffer.data(), written.ptr);
      return true;
    }
    case Tag::kFloat:
    case Tag::kDouble: {
      // Jackson writes what JSON has no number for as text.
      const double number = value.as_double();
      const std::string text = value.tag == Tag::kFloat ? java_float_text(value.f) : java_double_text(value.d);
      if (std::isfinite(number)) {
        out += text;
      } else {
        append_json_text(out, text);
      }
      return true;
    }
    case Tag::kRaw:
      out += value.raw_text();
      return true;
    case Tag::kObject:
      return value.o->write_json(machine, out, depth);
    case Tag::kError:
      break;
  }
  return false;
}

std::string_view json_token_text(Machine& machine, std::string_view token) {
  const std::string_view inside = token.size() < 2 ? std::string_view() : token.substr(1, token.size() - 2);
  if (inside.find('\\') == std::string_view::npos) return inside;
  std::string text;
  text.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\' || i + 1 >= inside.size()) {
      text += inside[i];
      continue;
    }
    switch (const char c = inside[++i]; c) {
      case 'n':
        text += '\n';
        break;
      case 't':
        text += '\t';
        break;
      case 'r':
        text += '\r';
        break;
      case 'b':
        text += '\b';
        break;
      case 'f':
        text += '\f';
        break;
      case 'u':
        append_unit(text, static_cast<char16_t>(hex4(inside, i + 1)));
        i += 4;
        break;
      default:
        text += c;
    }
  }
  return machine.heap().copy(text);
}

std::string unsigned_hex(std::uint32_t value) { return unsigned_text(value, 16); }

std::string class_cast_text(const Class& from, std::string_view to) { return class_cast_text(from.java_name, to); }

std::string class_cast_text(std::string_view from, std::string_view to) {
  std::string text = "class " + std::string(from) + " cannot be cast to class " + std::string(to);
  text += " (" + std::string(from) + " and " + std::string(to);
  return text + " are in module java.base of loader 'bootstrap')";
}

}  // namespace sluice::painless
