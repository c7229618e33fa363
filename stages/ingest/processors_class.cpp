// The class Processors, which only scripts of pipelines have. Source: Elasticsearch's ingest-common module, whose
// documentation lists its methods, and a node's answers.
#include <string>

#include "stages/ingest/community_flow.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor_functions.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/text_search.h"

namespace sluice::painless::api {

namespace {

/// An error of a processor as the exception that it is in Java, with its cause.
Throwable* exception_of(Machine& machine, const Error& error) {
  const Class* type = known().illegal_argument;
  if (error.type == "parse_exception") {
    static const Class* const parse = Registry::get().class_named("org.elasticsearch.ElasticsearchParseException");
    type = parse;
  } else if (error.type == "number_format_exception") {
    type = known().number_format;
  } else if (error.type == "illegal_state_exception") {
    type = known().illegal_state;
  } else if (error.type == "arithmetic_exception") {
    type = known().arithmetic;
  }
  auto* thrown = machine.heap().make<Throwable>(type, machine.string(error.reason));
  if (error.caused_by != nullptr) thrown->cause = exception_of(machine, *error.caused_by);
  return thrown;
}

// The reasons of nulls are what a node's virtual machine says.

Value bytes(Machine& machine, const Value* a) {
  if (missing(machine, a[0],
              "Cannot invoke \"org.elasticsearch.common.unit.ByteSizeValue.getBytes()\" because the return value of "
              "\"org.elasticsearch.common.unit.ByteSizeValue.parseBytesSizeValue(String, "
              "org.elasticsearch.common.unit.ByteSizeValue, String)\" is null")) {
    return Value::error();
  }
  const auto size = ingest::size_in_bytes(text(a[0]));
  return size ? Value::of_long(*size) : machine.raise(exception_of(machine, size.error()));
}

Value lowercase(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"String.toLowerCase(java.util.Locale)\" because \"value\" is null"))
    return Value::error();
  return machine.string_value(lower_case(text(a[0])));
}
Value uppercase(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"String.toUpperCase(java.util.Locale)\" because \"value\" is null"))
    return Value::error();
  return machine.string_value(upper_case(text(a[0])));
}

Value url_decode(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"String.length()\" because \"s\" is null")) return Value::error();
  const auto decoded = ingest::url_decoded(text(a[0]));
  return decoded ? machine.string_value(*decoded) : machine.raise(exception_of(machine, decoded.error()));
}

Value uri_parts(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"String.length()\" because \"this.input\" is null")) return Value::error();
  return ingest::uri_parts(machine, object<String>(a[0]), false);
}

Value read_json(Machine& machine, const Value& value, bool strict) {
  const String* shown = machine.to_text(value);
  if (shown == nullptr) return Value::error();
  return ingest::json_value(machine, shown->text(), false, strict);
}

template <bool strict>
Value json(Machine& machine, const Value* a) {
  return read_json(machine, a[0], strict);
}

template <bool strict>
Value json_into(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.Map.get(Object)\" because \"ctx\" is null"))
    return Value::error();
  Map& map = object<Map>(a[0]);
  Map::Entry* entry = map.find(machine, a[1]);
  const Value field = entry == nullptr ? Value::null() : map.value_of(machine, *entry);
  const Value read = read_json(machine, field, strict);
  if (read.is_error() || !ingest::add_json_members(machine, map, read, false)) return Value::error();
  return Value::null();
}

Value community_id_of(Machine& machine, const Value* a, std::int32_t seed) {
  // The parameters are in the order of the parts.
  const auto read = [&](ingest::FlowPart part) -> Result<Value> {
    const Value value = machine.force(a[static_cast<std::size_t>(part)]);
    if (value.is_error()) return std::unexpected(ingest::take_error(machine));
    return value;
  };
  const auto id = ingest::community_id(machine, read, seed);
  if (!id) return machine.raise(exception_of(machine, id.error()));
  if (!*id) return machine.raise(exception_of(machine, ingest::incomplete_flow()));
  return machine.string_value(**id);
}
Value community_id(Machine& machine, const Value* a) { return community_id_of(machine, a, 0); }
Value community_id_seeded(Machine& machine, const Value* a) { return community_id_of(machine, a, as_int(a[8])); }

constexpr MethodRow kProcessors[] = {
    {"static long bytes(String)", bytes, "The bytes of a size such as `1kb`.", "Processors.bytes('1.5kb')", "1536"},
    {"static String lowercase(String)", lowercase, "The text in lower case.", "Processors.lowercase('AbC')", "abc"},
    {"static String uppercase(String)", uppercase, "The text in upper case.", "Processors.uppercase('AbC')", "ABC"},
    {"static String communityId(String,String,Object,Object,Object,Object,Object,Object)", community_id,
     "The Community ID of a flow: its addresses, the number or else the name of its protocol, its ports, and the type "
     "and "
     "the code of a message of ICMP.",
     "Processors.communityId('128.232.110.120', '66.35.250.204', null, 'tcp', 34855, 80, null, null)",
     "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
    {"static String communityId(String,String,Object,Object,Object,Object,Object,Object,int)", community_id_seeded,
     "Likewise, with a seed from 0 to 65535.",
     "Processors.communityId('128.232.110.120', '66.35.250.204', 6, null, 34855, 80, null, null, 1)",
     "1:3V71V58M3Ksw/yuFALMcW0LAHvc="},
    {"static Object json(Object)", json<true>, "The value of a text that is JSON.",
     "Processors.json('{\"a\":[1,2.5]}').toString()", "{a=[1, 2.5]}"},
    {"static void json(Map,String)", json_into<true>, "Puts the members of the JSON in a map's value into the map.",
     "Map m = ['a': '{\"b\":1}']; Processors.json(m, 'a'); return m.b", "1"},
    {"static Object jsonLenient(Object)", json<false>, "The value that a text begins with, whatever stands behind it.",
     "Processors.jsonLenient('{\"a\":1} and more').toString()", "{a=1}"},
    {"static void jsonLenient(Map,String)", json_into<false>, "As `json`, whatever stands behind the JSON.",
     "Map m = ['a': '{\"b\":1} and more']; Processors.jsonLenient(m, 'a'); return m.b", "1"},
    {"static String urlDecode(String)", url_decode, "The text with the escapes of URLs resolved.",
     "Processors.urlDecode('a%20b')", "a b"},
    {"static Map uriParts(String)", uri_parts, "The parts of a URI.",
     "Processors.uriParts('http://a.b/c.gz').extension", "gz"},
};

constexpr ClassRow kRows[] = {
    {"org.elasticsearch.ingest.common.Processors", "", "Processors as functions. Scripts of pipelines only have it.",
     kProcessors, false, false, Contexts::kIngest},
    {"org.elasticsearch.ElasticsearchParseException",
     "RuntimeException",
     "A text that can't be read.",
     {},
     false,
     true},
};

}  // namespace

std::span<const ClassRow> processors_family() { return kRows; }

}  // namespace sluice::painless::api
