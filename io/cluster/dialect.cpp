#include "io/cluster/dialect.h"

#include <charconv>
#include <chrono>

#include <boost/json.hpp>

namespace sluice::io {
namespace {

constexpr ServerVersion kNever{1 << 20, 0, 0};

struct Row {
  Feature feature;
  ServerVersion elasticsearch;  ///< first version that has it
  ServerVersion opensearch;
};

// Elasticsearch has PITs from 7.10 on, but `_shard_doc` only from 7.12 on; OpenSearch from 2.4 and 3.3. Without
// `_shard_doc` the only cheap sort is `_doc`, which is not total over several shards: search_after would lose
// documents. Sources: reference/reindex.md 7.2-7.4 and 9.2; tried on real nodes.
constexpr Row kTable[] = {
    {Feature::kPointInTime, {7, 12, 0}, {3, 3, 0}},    {Feature::kSlicedPointInTime, {7, 15, 0}, {3, 3, 0}},
    {Feature::kPitImplicitSort, {7, 12, 0}, kNever},   {Feature::kSlicedScroll, {5, 0, 0}, {1, 0, 0}},
    {Feature::kJsonScrollId, {2, 0, 0}, {1, 0, 0}},    {Feature::kExactKeepAlive, {5, 0, 0}, {1, 0, 0}},
    {Feature::kRoutingInHits, {2, 0, 0}, {1, 0, 0}},   {Feature::kNoPartialResults, {6, 3, 0}, {1, 0, 0}},
    {Feature::kUntypedBulk, {7, 0, 0}, {1, 0, 0}},     {Feature::kUnderscoreType, {6, 2, 0}, {1, 0, 0}},
    {Feature::kHidesVectors, {9, 1, 0}, kNever},       {Feature::kFilterPath, {5, 0, 0}, {1, 0, 0}},
    {Feature::kWriteConditions, {6, 6, 0}, {1, 0, 0}},
};

/// `9.1.0-SNAPSHOT`, `5.0.0-alpha2`, `2.4.6`: what comes after the numbers is ignored.
bool read_version(std::string_view text, ServerVersion& version) {
  const char* at = text.data();
  const char* end = at + text.size();
  int* const parts[] = {&version.major, &version.minor, &version.patch};
  for (int i = 0; i < 3; ++i) {
    const auto [next, problem] = std::from_chars(at, end, *parts[i]);
    if (problem != std::errc() || *parts[i] < 0) return i > 0;
    at = next;
    if (at == end || *at != '.') return i > 0 || at == end;
    ++at;
  }
  return true;
}

Error not_a_cluster(std::string_view origin) {
  return {ErrorKind::kInternal, 500, "illegal_state_exception",
          "Error parsing the response, remote is likely not an Elasticsearch instance: " + std::string(origin) +
              "/ did not say its version.number"};
}

}  // namespace

bool Dialect::has(Feature feature) const {
  for (const Row& row : kTable) {
    if (row.feature != feature) continue;
    return version >= (distribution == Distribution::kOpenSearch ? row.opensearch : row.elasticsearch);
  }
  return false;
}

std::string Dialect::name() const {
  return (distribution == Distribution::kOpenSearch ? "OpenSearch " : "Elasticsearch ") + number;
}

std::string_view Dialect::default_type() const {
  if (has(Feature::kUntypedBulk)) return {};
  return has(Feature::kUnderscoreType) ? "_doc" : "doc";
}

std::string Dialect::keep_alive(Nanoseconds duration) const {
  if (has(Feature::kExactKeepAlive)) return time_value_text(duration);
  return std::to_string(std::chrono::ceil<std::chrono::milliseconds>(duration).count()) + "ms";
}

Result<Dialect> read_dialect(std::string_view root_json, std::string_view origin) {
  boost::system::error_code problem;
  const boost::json::value root = boost::json::parse({root_json.data(), root_json.size()}, problem);
  if (problem || !root.is_object()) return std::unexpected(not_a_cluster(origin));
  const boost::json::value* version = root.as_object().if_contains("version");
  if (version == nullptr || !version->is_object()) return std::unexpected(not_a_cluster(origin));
  const boost::json::value* number = version->as_object().if_contains("number");
  Dialect dialect;
  if (number == nullptr || !number->is_string()) return std::unexpected(not_a_cluster(origin));
  dialect.number = number->as_string().c_str();
  if (!read_version(dialect.number, dialect.version)) return std::unexpected(not_a_cluster(origin));
  const boost::json::value* distribution = version->as_object().if_contains("distribution");
  if (distribution != nullptr && distribution->is_string() && distribution->as_string() == "opensearch") {
    dialect.distribution = Distribution::kOpenSearch;
  }
  return dialect;
}

}  // namespace sluice::io
