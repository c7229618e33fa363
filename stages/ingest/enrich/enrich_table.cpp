#include "stages/ingest/enrich/enrich_table.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "stages/parse/structurals.h"
#include "stages/query/query.h"
#include "stages/query/query_document.h"

namespace sluice::ingest {

namespace {

constexpr std::size_t kMostRemembered = std::size_t{16} << 20;  // bytes
constexpr std::size_t kLargestRemembered = kMostRemembered / 64;
constexpr std::size_t kAroundIt = 128;  // bytes that a value takes beside itself and its places

/// The scalars that stand under a path, dots in names or objects between them, each element of a list. `rest`: of the
/// path.
Status collect(std::string_view json, std::string_view rest, std::vector<std::string>& values) {
  if (json.starts_with('[')) {
    auto elements = stages::json_elements(json, "a document");
    if (!elements) return std::unexpected(std::move(elements.error()));
    for (const std::string_view element : *elements) {
      if (Status done = collect(element, rest, values); !done) return done;
    }
    return {};
  }
  if (rest.empty()) {
    if (!json.starts_with('{') && json != "null") values.push_back(json_unquoted(json));
    return {};
  }
  if (!json.starts_with('{')) return {};
  auto members = stages::json_members(json, "a document");
  if (!members) return std::unexpected(std::move(members.error()));
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (!rest.starts_with(name)) continue;
    if (rest.size() != name.size() && rest[name.size()] != '.') continue;
    const std::string_view next = rest.size() == name.size() ? std::string_view() : rest.substr(name.size() + 1);
    if (Status done = collect(member.value, next, values); !done) return done;
  }
  return {};
}

}  // namespace

EnrichTable::EnrichTable(EnrichTableOptions options) : options_(std::move(options)) {}

std::string_view EnrichTable::document(std::uint32_t place) const {
  const std::string& padded = documents_[place];
  return std::string_view(padded).substr(0, padded.size() - Buffer::kPadding);
}

Status EnrichTable::add(std::string_view source) {
  std::string& padded = documents_.emplace_back(source);
  padded.append(Buffer::kPadding, ' ');
  const auto place = static_cast<std::uint32_t>(documents_.size() - 1);
  if (options_.kind == EnrichKind::kRange) {
    stages::Structurals structurals;
    Indexed& indexed = indexed_.emplace_back(positions_.size(), positions_.size());
    if (structurals.build(document(place)) != stages::Structurals::Problem::kNone) return {};
    positions_.insert(positions_.end(), structurals.begin(), structurals.end() + 1);  // with the length behind it
    indexed.end = positions_.size();
    return {};
  }
  std::vector<std::string> values;
  if (Status done = collect(document(place), options_.match_field, values); !done) return done;
  for (std::string& value : values) {
    Places& places = by_value_[std::move(value)];
    if (places.empty() || places.back() != place) places.push_back(place);
  }
  return {};
}

Result<EnrichTable::SharedPlaces> EnrichTable::in_ranges(const std::string& value, bool& missed) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = remembered_.find(value); found != remembered_.end()) return found->second;
  }
  missed = true;
  auto found = look_through(value);
  if (!found) return std::unexpected(std::move(found.error()));
  auto places = std::make_shared<const Places>(std::move(*found));
  remember(value, places);
  return places;
}

void EnrichTable::remember(const std::string& value, const SharedPlaces& places) const {
  const std::size_t bytes = value.size() + places->size() * sizeof(Places::value_type) + kAroundIt;
  if (bytes > kLargestRemembered) return;
  const std::scoped_lock lock(mutex_);
  if (remembered_bytes_ + bytes > kMostRemembered) {
    if (options_.counters != nullptr) options_.counters->evictions += remembered_.size();
    remembered_.clear();
    remembered_bytes_ = 0;
  }
  if (remembered_.emplace(value, places).second) remembered_bytes_ += bytes;
}

Result<EnrichTable::Places> EnrichTable::look_through(const std::string& value) const {
  const std::string query = R"({"term":{)" + json_string(options_.match_field) + ":" + value + "}}";
  Buffer padded(query.size());
  padded.append(query);
  stages::QueryContext context{.schema = *options_.schema};
  context.now_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  const auto compiled = stages::compile_query(padded.view(), context);
  if (!compiled) return std::unexpected(compiled.error());
  Places places;
  for (std::uint32_t place = 0; place < documents_.size(); ++place) {
    const Indexed& indexed = indexed_[place];
    if (indexed.begin == indexed.end) continue;
    stages::QueryDocument asked{.source = document(place)};
    asked.bytes = asked.source.data();
    asked.begin = positions_.data() + indexed.begin;
    asked.end = positions_.data() + indexed.end - 1;
    const auto matches = (*compiled)->matches(asked);
    if (!matches) return std::unexpected(matches.error());
    if (*matches) places.push_back(place);
  }
  return places;
}

EnrichMemory EnrichTable::memory() const {
  const std::scoped_lock lock(mutex_);
  return {remembered_.size(), remembered_bytes_};
}

void EnrichTable::count(bool missed, std::chrono::steady_clock::time_point begin) const {
  if (options_.counters == nullptr) return;
  EnrichCounters& counters = *options_.counters;
  const auto nanos = static_cast<std::uint64_t>((std::chrono::steady_clock::now() - begin).count());
  (missed ? counters.misses : counters.hits) += 1;
  (missed ? counters.miss_nanos : counters.hit_nanos) += nanos;
}

Result<EnrichTable::Places> EnrichTable::places_of(std::span<const std::string> values, bool& missed) const {
  Places all;
  for (const std::string& value : values) {
    if (options_.kind == EnrichKind::kRange) {
      const auto places = in_ranges(value, missed);
      if (!places) return std::unexpected(places.error());
      all.insert(all.end(), (*places)->begin(), (*places)->end());
    } else if (const auto found = by_value_.find(json_unquoted(value)); found != by_value_.end()) {
      all.insert(all.end(), found->second.begin(), found->second.end());
    }
  }
  std::ranges::sort(all);
  const auto twice = std::ranges::unique(all);
  all.erase(twice.begin(), twice.end());
  return all;
}

Result<std::vector<std::string_view>> EnrichTable::find(std::span<const std::string> values, std::size_t most) const {
  const auto begin = std::chrono::steady_clock::now();
  bool missed = false;
  auto places = places_of(values, missed);
  if (!places) return std::unexpected(std::move(places.error()));
  count(missed, begin);
  Places& all = *places;
  if (all.size() > most) all.resize(most);
  std::vector<std::string_view> found;
  found.reserve(all.size());
  for (const std::uint32_t place : all) found.push_back(document(place));
  return found;
}

Error no_enrich_index(std::string_view policy) {
  return illegal_argument("no enrich index exists for policy with name [" + std::string(policy) + "]");
}

}  // namespace sluice::ingest
