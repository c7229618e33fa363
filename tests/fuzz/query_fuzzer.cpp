// A query in the first line, a document in the others: whatever they are, the query is compiled or refused, and asked
// of the document, without scores and with them. Documents that match are among the candidates of the query's plan,
// if they are JSON, as those of a store are.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <simdjson.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "stages/query/query.h"
#include "tests/padded.h"

namespace {

using sluice::Buffer;
using sluice::pipeline::LookupPlan;
using sluice::stages::CompiledQuery;
using sluice::stages::QueryDocument;

/// A field of each kind.
constexpr std::string_view kMapping = R"({"properties":{
  "n":{"type":"long"},"i":{"type":"integer"},"u":{"type":"unsigned_long"},"f":{"type":"float"},"h":{"type":"half_float"},
  "d":{"type":"double"},"sf":{"type":"scaled_float","scaling_factor":10},"k":{"type":"keyword"},
  "kl":{"type":"keyword","ignore_above":3,"null_value":"no"},"kn":{"type":"keyword","normalizer":"lowercase"},
  "w":{"type":"wildcard"},"t":{"type":"text","fields":{"k":{"type":"keyword"}}},"e":{"type":"text","analyzer":"english"},
  "c":{"type":"text","analyzer":"cjk"},"b":{"type":"boolean"},"dt":{"type":"date"},
  "dy":{"type":"date","format":"yyyy/MM/dd||epoch_second"},"dn":{"type":"date_nanos"},"ip":{"type":"ip"},
  "r":{"type":"integer_range"},"rd":{"type":"date_range"},"ri":{"type":"ip_range"},"g":{"type":"geo_point"},
  "o":{"properties":{"x":{"type":"keyword"},"y":{"type":"long"}}},
  "ne":{"type":"nested","properties":{"x":{"type":"keyword"},"t":{"type":"text"}}},"al":{"type":"alias","path":"k"}}})";

using sluice::tests::padded;

[[noreturn]] void stop(const char* why) {
  std::fprintf(stderr, "%s\n", why);
  std::abort();
}

bool has_key_in(const LookupPlan& plan, std::string_view source) {
  sluice::pipeline::KeyList keys;
  plan.field->append(source, keys);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (const auto& range : plan.ranges) {
      if (range.begin <= keys[i] && (range.end.empty() || keys[i] < range.end)) return true;
    }
  }
  return keys.unknown();
}

bool is_candidate(const LookupPlan& plan, const QueryDocument& document) {
  const auto part = [&](const LookupPlan& one) { return is_candidate(one, document); };
  switch (plan.kind) {
    case LookupPlan::Kind::kField:
      return has_key_in(plan, document.source);
    case LookupPlan::Kind::kIds:
      return std::ranges::find(plan.ids, document.id) != plan.ids.end();
    case LookupPlan::Kind::kAllOf:
      return std::ranges::all_of(plan.parts, part);
    default:
      return std::ranges::any_of(plan.parts, part);
  }
}

bool is_json(std::string_view text) {
  static simdjson::dom::parser parser;
  return parser.parse(text.data(), text.size(), /*realloc_if_needed=*/true).error() == simdjson::SUCCESS;
}

void ask(const CompiledQuery& query, const QueryDocument& document, bool scored) {
  if (scored && query.needs_statistics() && !query.add_statistics(document)) return;
  float score = 0;
  const auto matched = scored ? query.matches(document, score) : query.matches(document);
  if (!matched || !*matched) return;
  if (query.matches_none()) stop("a query that matches nothing matched");
  const auto plan = query.lookup();
  if (plan && is_json(document.source) && !is_candidate(*plan, document))
    stop("a document matched that the plan rules out");
}

void run(std::string_view query, std::string_view source) {
  static const auto mapping = sluice::store::Mapping::parse(kMapping).value();
  const Buffer text = padded(query);
  const Buffer body = padded(source);
  sluice::stages::Structurals structurals;
  QueryDocument document{.id = "1", .index = "i", .source = body.view()};
  const bool readable = structurals.build(body.view()) == sluice::stages::Structurals::Problem::kNone;
  if (readable) document.set_structurals(structurals);
  for (const bool scored : {false, true}) {
    const sluice::stages::QueryContext context{
        .schema = *mapping, .index = "i", .scored = scored, .now_ms = 1'795'000'000'000, .text = text.view()};
    const auto compiled = sluice::stages::compile_query(text.view(), context);
    if (!compiled) return;
    if ((*compiled)->explain().empty()) stop("a query without a plan");
    if (readable) ask(**compiled, document, scored);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const auto begin = std::chrono::steady_clock::now();
  run(text.substr(0, line), text.substr(std::min(line + 1, text.size())));
  const auto took = std::chrono::steady_clock::now() - begin;
  // Under a sanitizer everything takes some times as long.
  if (took > std::chrono::seconds(8)) stop("the query took too long");
  return 0;
}
