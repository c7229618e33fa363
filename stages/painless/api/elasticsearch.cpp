#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/json_reader.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"
#include "stages/query/address.h"

namespace sluice::painless::api {

namespace {

// --- Debug

Value explain(Machine& machine, const Value* a) {
  const String* shown = machine.to_text(a[0]);
  if (shown == nullptr) return Value::error();
  auto* thrown = machine.heap().make<Throwable>(known().painless_explain, nullptr);
  auto* details = machine.heap().array<Throwable::Detail>(3);
  std::size_t count = 0;
  const auto add = [&](std::string_view key, std::string_view text) {
    std::string json;
    append_json_text(json, text);
    details[count++] = {key, machine.heap().copy(json)};
  };
  const Class* cls = machine.class_of(a[0]);
  const auto* array = a[0].is_object() ? dynamic_cast<const Array*>(a[0].o) : nullptr;
  if (cls != nullptr && array == nullptr && Registry::get().type(cls->name) != nullptr) {
    add("painless_class", cls->name);
  }
  add("to_string", shown->text());
  if (cls != nullptr) add("java_class", array != nullptr ? java_name_of(*array->array_type) : cls->java_name);
  thrown->details = {details, count};
  return machine.raise(thrown);
}

constexpr MethodRow kDebug[] = {
    {"static void explain(Object)", explain, "Ends the script with an error that tells what a value is.",
     "Debug.explain(1)", "painless_explain_error: null"},
};

// --- Json

Value load(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"String.length()\" because \"content\" is null")) return Value::error();
  return JsonReader(machine, text(a[0])).read();
}

/// Compact JSON laid out as Jackson does it.
std::string laid_out(std::string_view json) {
  std::string out;
  std::size_t depth = 0;
  const auto new_line = [&] { out += "\n" + std::string(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    switch (const char c = json[i]; c) {
      case '"': {
        const std::size_t begin = i;
        while (json[++i] != '"') i += json[i] == '\\' ? 1 : 0;
        out += json.substr(begin, i + 1 - begin);
        break;
      }
      case '{':
      case '[':
        out += c;
        ++depth;
        if (json[i + 1] == '}' || json[i + 1] == ']') {
          out += ' ';
        } else {
          new_line();
        }
        break;
      case '}':
      case ']':
        --depth;
        if (out.back() != ' ') new_line();
        out += c;
        break;
      case ',':
        out += c;
        new_line();
        break;
      case ':':
        out += " : ";
        break;
      default:
        out += c;
    }
  }
  return out;
}
/// A character beyond U+FFFF is written as two escapes, as Jackson does.
std::string without_pairs(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t begin = at;
    const char32_t point = next_code_point(json, at);
    if (point <= 0xFFFF) {
      out += json.substr(begin, at - begin);
      continue;
    }
    for (const char32_t unit : {0xD800 + ((point - 0x10000) >> 10), 0xDC00 + ((point - 0x10000) & 0x3FF)}) {
      std::string digits = unsigned_text(unit, 16);
      std::ranges::transform(digits, digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
      out += "\\u" + digits;
    }
  }
  return out;
}
Value dump_as(Machine& machine, const Value& value, bool pretty) {
  if (value.tag == Tag::kChar) {
    return machine.raise(known().illegal_argument,
                         "cannot write xcontent for unknown value of type class java.lang.Character");
  }
  std::string json;
  if (!append_json_value(machine, json, value, 0)) return Value::error();
  json = without_pairs(json);
  return machine.afford(json.size()) ? machine.string_value(pretty ? laid_out(json) : json) : Value::error();
}
Value dump(Machine& machine, const Value* a) { return dump_as(machine, a[0], false); }
Value dump_pretty(Machine& machine, const Value* a) { return dump_as(machine, a[0], a[1].i != 0); }

constexpr MethodRow kJson[] = {
    {"static def load(String)", load, "What a JSON text says.", "Json.load('{\"a\": [1, 2.5]}').a[1]", "2.5"},
    {"static String dump(def)", dump, "A value as JSON.", "Json.dump(['a': [1, null]])", "{\"a\":[1,null]}"},
    {"static String dump(def,boolean)", dump_pretty, "Likewise, in lines where wanted.", "Json.dump([1], true)",
     "[\n  1\n]"},
};

// --- CIDR and IPAddress

/// Whose address it is may follow a percent sign.
std::optional<stages::Address> address_of(Machine& machine, std::string_view text) {
  const auto found = stages::parse_address(text.substr(0, text.find('%')));
  if (!found) {
    machine.raise(known().illegal_argument, "'" + std::string(text) + "' is not an IP string literal.");
  }
  return found;
}
/// org.elasticsearch.painless.api.CIDR.
struct Network final : Object {
  stages::Address address;
  int bits;  ///< of the sixteen bytes that have to be the same

  Network(const Class* cls, const stages::Address& its_address, int its_bits)
      : Object(cls), address(its_address), bits(its_bits) {}
};

Value make_network(Machine& machine, const Value* a) {
  constexpr int kAll = 128;
  if (missing(machine, a[0], "Cannot invoke \"String.contains(java.lang.CharSequence)\" because \"cidr\" is null")) {
    return Value::error();
  }
  const std::string_view whole = text(a[0]);
  const std::size_t slash = std::min(whole.find('/'), whole.size());
  const std::string_view digits = whole.substr(std::min(slash + 1, whole.size()));
  if (slash < whole.size() && (digits.empty() || digits.find('/') != std::string_view::npos)) {
    return machine.raise(known().illegal_argument, "Expected [ip/prefix] but was [" + std::string(whole) + "]");
  }
  const std::string_view literal = whole.substr(0, slash);
  const auto address = address_of(machine, literal);
  if (!address) return Value::error();
  std::int64_t bits = kAll;
  if (slash < whole.size()) {
    const bool four = stages::is_version_4(*address);
    if (four && literal.find(':') != std::string_view::npos) {
      return machine.raise(known().illegal_argument,
                           "CIDR notation is not allowed with IPv6-mapped IPv4 address [" + std::string(literal) +
                               " as it introduces ambiguity as to whether the prefix length should be interpreted as "
                               "a v4 prefix length or a v6 prefix length");
    }
    if (!parse_integer(digits, 10, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(),
                       bits)) {
      return machine.raise(known().number_format, "For input string: \"" + std::string(digits) + "\"");
    }
    if (bits < 0 || bits > (four ? 32 : kAll)) {
      return machine.raise(known().illegal_argument, "Illegal prefix length [" + std::string(digits) + "] in [" +
                                                         std::string(whole) +
                                                         "]. Must be 0-32 for IPv4 ranges, 0-128 for IPv6 ranges");
    }
    if (four) bits += kAll - 32;
  }
  static const Class* const cls = Registry::get().class_named("org.elasticsearch.painless.api.CIDR");
  return made(machine.heap().make<Network>(cls, *address, static_cast<int>(bits)));
}
Value contains(Machine& machine, const Value* a) {
  if (a[1].is_null() || text(a[1]).empty()) return Value::boolean(false);
  const auto address = address_of(machine, text(a[1]));
  if (!address) return Value::error();
  const auto& network = object<Network>(a[0]);
  for (int bit = 0; bit < network.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    if ((((*address).at(byte) ^ network.address.at(byte)) & (0x80U >> (bit % 8))) != 0) return Value::boolean(false);
  }
  return Value::boolean(true);
}
constexpr MethodRow kCidr[] = {
    {"new(String)", make_network, "A network, or one address.", "new CIDR('10.0.0.0/33')",
     "illegal_argument_exception: Illegal prefix length [33] in [10.0.0.0/33]. Must be 0-32 for IPv4 ranges, 0-128 for "
     "IPv6 ranges"},
    {"boolean contains(String)", contains, "Whether an address is in it.",
     "new CIDR('10.0.0.0/8').contains('10.1.2.3')", "true"},
};

/// org.elasticsearch.script.field.IPAddress.
struct IpAddress final : Object {
  stages::Address address;

  IpAddress(const Class* cls, const stages::Address& its_address) : Object(cls), address(its_address) {}
  Value to_string(Machine& machine) override { return machine.string_value(stages::address_text(address)); }
  bool write_json(Machine&, std::string& out, int) override {
    append_json_text(out, stages::address_text(address));
    return true;
  }
};

Value make_address(Machine& machine, const Value* a) {
  if (missing(machine, a[0],
              "Cannot invoke \"String.getBytes(java.nio.charset.Charset)\" because \"ipString\" is null")) {
    return Value::error();
  }
  const auto address = address_of(machine, text(a[0]));
  static const Class* const cls = Registry::get().class_named("org.elasticsearch.script.field.IPAddress");
  return address ? made(machine.heap().make<IpAddress>(cls, *address)) : Value::error();
}
template <bool kFour>
Value is_version(Machine&, const Value* a) {
  return Value::boolean(stages::is_version_4(object<IpAddress>(a[0]).address) == kFour);
}
constexpr MethodRow kIpAddress[] = {
    {"new(String)", make_address, "Reads an address.", "new IPAddress('2001:DB8:0:0::1').toString()", "2001:db8::1"},
    {"boolean isV4()", is_version<true>, "Whether it is of version 4.", "new IPAddress('10.0.0.1').isV4()", "true"},
    {"boolean isV6()", is_version<false>, "Whether it is of version 6.", "new IPAddress('10.0.0.1').isV6()", "false"},
};

constexpr ClassRow kRows[] = {
    {"org.elasticsearch.painless.api.Debug", "", "What helps to write a script.", kDebug},
    {"org.elasticsearch.painless.api.Json", "",
     "Reads and writes JSON. Conditions haven't got it; what changes documents has.", kJson, false, false,
     Contexts::kExtended},
    {"org.elasticsearch.painless.api.CIDR", "", "A network of IP addresses.", kCidr},
    {"org.elasticsearch.script.field.IPAddress", "", "An IP address.", kIpAddress},
    {"org.elasticsearch.xcontent.XContentParseException", "IllegalArgumentException", "No JSON.", {}, false, true},
    {"org.elasticsearch.xcontent.XContentEOFException",
     "org.elasticsearch.xcontent.XContentParseException",
     "JSON that ends too early.",
     {},
     false,
     true},
    {"com.fasterxml.jackson.core.JsonParseException", "Exception", "No JSON.", {}, false, true},
    {"com.fasterxml.jackson.core.io.JsonEOFException",
     "com.fasterxml.jackson.core.JsonParseException",
     "JSON that ends too early.",
     {},
     false,
     true},
};

}  // namespace

std::span<const ClassRow> elasticsearch_family() { return kRows; }

}  // namespace sluice::painless::api
