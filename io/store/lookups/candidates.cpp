#include "io/store/lookups/candidates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include "io/store/documents/entries.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

using pipeline::KeyRange;

/// What is not covered is looked at by each query; behind more documents than these the index is extended.
constexpr std::int64_t kFarBehind = 10'000;
/// A sample of this many documents says whether a query is selective: at most every tenth may fit.
constexpr std::int64_t kSamplePlaces = 8;
constexpr std::size_t kSampledEach = 64;
constexpr std::size_t kSelective = 10;
/// Clauses are looked up with a limit that grows, so that the most selective one says when to stop.
constexpr std::array<std::size_t, 3> kFirstLimits{256, 4096, 65'536};
constexpr std::size_t kFewRanges = 16;

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

bool holds(const KeyRange& range, std::string_view key) {
  return range.begin <= key && (range.end.empty() || key < range.end);
}

bool holds(const std::vector<KeyRange>& ranges, std::string_view key) {
  if (ranges.size() <= kFewRanges) {
    return std::ranges::any_of(ranges, [&](const KeyRange& range) { return holds(range, key); });
  }
  const auto behind = std::ranges::upper_bound(ranges, key, {}, &KeyRange::begin);
  return behind != ranges.begin() && holds(*std::prev(behind), key);
}

/// Whether one of several clauses is enough.
bool has_choice(const pipeline::LookupPlan& plan) {
  return plan.kind == pipeline::LookupPlan::Kind::kAllOf || std::ranges::any_of(plan.parts, has_choice);
}

void sort_unique(std::vector<std::int64_t>& seq_nos) {
  if (!std::ranges::is_sorted(seq_nos)) std::ranges::sort(seq_nos);
  seq_nos.erase(std::ranges::unique(seq_nos).begin(), seq_nos.end());
}

/// Documents that are in both, or those of the one that covers more.
Candidates intersection(Candidates a, Candidates b) {
  if (a.covered != b.covered) return a.covered > b.covered ? std::move(a) : std::move(b);
  Candidates both{{}, a.covered};
  std::ranges::set_intersection(a.seq_nos, b.seq_nos, std::back_inserter(both.seq_nos));
  return both;
}

}  // namespace

CandidateSearch::CandidateSearch(Lookups& lookups, const ShardView& view, const ShardFacts& facts, std::int64_t from,
                                 std::int64_t to)
    : lookups_(lookups), view_(view), facts_(facts), from_(from), to_(std::min(to, facts.max_seq_no + 1)) {}

Result<std::optional<Candidates>> CandidateSearch::find(const Plan& plan, std::size_t most) {
  if (estimate(plan) / 2 > most) return std::nullopt;
  for (const std::size_t limit : kFirstLimits) {
    if (limit >= most || !has_choice(plan)) break;
    auto found = look_up(plan, limit);
    if (!found || *found) return found;
  }
  return look_up(plan, most);
}

Result<std::optional<Candidates>> CandidateSearch::look_up(const Plan& plan, std::size_t most) {
  switch (plan.kind) {
    case Plan::Kind::kField:
      return look_up_field(plan, most);
    case Plan::Kind::kIds:
      return look_up_ids(plan, most);
    case Plan::Kind::kAllOf:
      return in_all(plan, most);
    default:
      return in_one(plan, most);
  }
}

Result<std::optional<Candidates>> CandidateSearch::look_up_field(const Plan& plan, std::size_t most) {
  const FieldIndexPtr index = lookups_.field(view_, *plan.field);
  if (index == nullptr) return std::nullopt;
  Candidates found;
  FieldFacts facts;
  const FieldIndex::Wanted wanted{.ranges = &plan.ranges, .from = from_, .to = to_, .most = most};
  auto complete = index->collect(view_.snapshot->sequence(), wanted, facts, found.seq_nos);
  if (!complete) return std::unexpected(std::move(complete.error()));
  if (!*complete || facts.covered <= from_) return std::nullopt;
  found.covered = facts.covered;
  sort_unique(found.seq_nos);
  return found;
}

Result<std::optional<Candidates>> CandidateSearch::look_up_ids(const Plan& plan, std::size_t most) {
  if (plan.ids.size() > most) return std::nullopt;
  const Database& database = view_.snapshot->database();
  const ShardKey shard(view_.index.number, view_.shard);
  std::vector<std::string> keys(plan.ids.size());
  for (std::size_t i = 0; i < keys.size(); ++i) append_id_key(keys[i], shard, plan.ids[i]);
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database.db().MultiGet(view_.snapshot->options(), database.family(Family::kIds), slices.size(), slices.data(),
                         values.data(), statuses.data(), false);
  Candidates found{{}, kAll};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    if (!statuses[i].ok()) return std::unexpected(store_error(statuses[i], "looking up an id", database.path()));
    const auto entry = parse_id_entry(values[i].ToStringView());
    if (!entry) return std::unexpected(damaged_entry("the entry of an id", database.path()));
    const bool inside = entry->seq_no >= from_ && entry->seq_no < to_;
    if (!entry->deleted_at && inside) found.seq_nos.push_back(entry->seq_no);
  }
  sort_unique(found.seq_nos);
  return found;
}

Result<std::optional<Candidates>> CandidateSearch::in_all(const Plan& plan, std::size_t most) {
  std::optional<Candidates> best;
  for (const Plan& part : plan.parts) {
    auto found = look_up(part, most);
    if (!found) return found;
    if (!*found) continue;
    best = best ? intersection(std::move(*best), std::move(**found)) : std::move(**found);
  }
  return best;
}

Result<std::optional<Candidates>> CandidateSearch::in_one(const Plan& plan, std::size_t most) {
  Candidates all{{}, kAll};
  for (const Plan& part : plan.parts) {
    auto found = look_up(part, most);
    if (!found || !*found) return found;
    all.covered = std::min(all.covered, (*found)->covered);
    all.seq_nos.insert(all.seq_nos.end(), (*found)->seq_nos.begin(), (*found)->seq_nos.end());
    if (all.seq_nos.size() > most) sort_unique(all.seq_nos);
    if (all.seq_nos.size() > most) return std::nullopt;
  }
  sort_unique(all.seq_nos);
  while (!all.seq_nos.empty() && all.seq_nos.back() >= all.covered) all.seq_nos.pop_back();
  return all;
}

/// About how many there are, as far as that can be told without looking.
std::uint64_t CandidateSearch::estimate(const Plan& plan) const {
  if (plan.kind == Plan::Kind::kField) {
    const FieldIndexPtr index = lookups_.field(view_, *plan.field);
    return index == nullptr ? 0 : index->estimate(plan.ranges);
  }
  if (plan.kind == Plan::Kind::kIds) return plan.ids.size();
  std::uint64_t sum = 0;
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (const Plan& part : plan.parts) {
    const std::uint64_t count = estimate(part);
    sum += count;
    least = std::min(least, count);
  }
  return plan.kind == Plan::Kind::kAllOf ? least : sum;
}

std::vector<pipeline::FieldKeysPtr> CandidateSearch::missing(const Plan& plan) const {
  std::vector<pipeline::FieldKeysPtr> missing;
  add_missing(plan, missing);
  return missing;
}

void CandidateSearch::add_missing(const Plan& plan, std::vector<pipeline::FieldKeysPtr>& missing) const {
  if (plan.kind == Plan::Kind::kField) {
    const FieldIndexPtr index = lookups_.field(view_, *plan.field);
    if (index == nullptr) return;
    const std::int64_t covered = index->usable(view_.snapshot->sequence()).covered;
    if (facts_.max_seq_no + 1 - covered <= (covered == 0 ? 0 : kFarBehind)) return;
    if (is_selective(plan)) missing.push_back(plan.field);
    return;
  }
  std::vector<pipeline::FieldKeysPtr> of_parts;
  for (const Plan& part : plan.parts) {
    // Of clauses one of which has to match an index of some is worth nothing.
    const bool useless = plan.kind == Plan::Kind::kOneOf && part.kind == Plan::Kind::kField && !is_selective(part);
    if (useless) return;
    add_missing(part, of_parts);
  }
  missing.insert(missing.end(), of_parts.begin(), of_parts.end());
}

bool CandidateSearch::is_selective(const Plan& plan) const {
  std::size_t seen = 0;
  std::size_t fitting = 0;
  pipeline::KeyList keys;
  for (std::int64_t place = 0; place < kSamplePlaces; ++place) {
    const std::int64_t from = (facts_.max_seq_no + 1) / kSamplePlaces * place;
    ShardScan scan(view_.snapshot, view_.index, view_.shard, from, kAll);
    for (std::size_t i = 0; i < kSampledEach; ++i) {
      const auto document = scan.next();
      if (!document) return false;
      if (*document == nullptr) break;
      keys.clear();
      plan.field->append((*document)->source, keys);
      bool fits = keys.unknown();
      for (std::size_t k = 0; k < keys.size() && !fits; ++k) fits = holds(plan.ranges, keys[k]);
      ++seen;
      if (fits) ++fitting;
    }
  }
  return seen != 0 && fitting * kSelective <= seen;
}

CandidateScan::CandidateScan(const ShardView& view, Candidates candidates, std::int64_t from, std::int64_t to)
    : candidates_(std::move(candidates)),
      scan_(view.snapshot, view.index, view.shard,
            candidates_.seq_nos.empty() ? std::max(from, candidates_.covered) : candidates_.seq_nos.front(), to) {
  candidates_.covered = std::max(candidates_.covered, from);
}

/// A candidate that the picture does not show is gone, or was never there: the scan is at a later document then, which
/// is the next candidate or one that was ruled out.
Result<const StoredDocument*> CandidateScan::step(bool in_place) {
  const std::vector<std::int64_t>& seq_nos = candidates_.seq_nos;
  while (at_ < seq_nos.size()) {
    scan_.skip_to(seq_nos[at_]);
    const auto document = read(in_place);
    if (!document || *document == nullptr) {
      at_ = seq_nos.size();
      behind_ = true;
      return document;
    }
    while (at_ < seq_nos.size() && seq_nos[at_] <= (*document)->seq_no) ++at_;
    if (seq_nos[at_ - 1] == (*document)->seq_no) return document;
  }
  if (candidates_.covered == kAll) return nullptr;
  if (!behind_) scan_.skip_to(candidates_.covered);
  behind_ = true;
  return read(in_place);
}

}  // namespace sluice::store
