#include "io/store/lookups/lookups.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "io/store/documents/shard_states.h"
#include "io/store/documents/store_error.h"
#include "io/store/lookups/candidates.h"

namespace sluice::store {
namespace {

/// Fewer documents are looked at faster than anything is looked up.
constexpr std::uint64_t kFewDocuments = 2'000;
/// Shards with fewer documents get no indices: a scan takes 20 ms.
constexpr std::uint64_t kWorthAnIndex = 20'000;
/// Of more than this share of the documents, or more candidates, a scan is about as fast.
constexpr std::uint64_t kMostShare = 20;
constexpr std::size_t kMostCandidates = 1'000'000;
constexpr std::size_t kLeastCandidates = 256;
/// Indices of fields that may wait to be made.
constexpr std::size_t kMostRequests = 64;

constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

std::size_t most_candidates(const ShardFacts& facts) {
  return std::clamp(static_cast<std::size_t>(facts.documents / kMostShare), kLeastCandidates, kMostCandidates);
}

/// Calls `use` for each plan on a field.
template <typename Use>
void each_field(const pipeline::LookupPlan& plan, Use&& use) {
  if (plan.kind == pipeline::LookupPlan::Kind::kField) use(plan);
  for (const pipeline::LookupPlan& part : plan.parts) each_field(part, use);
}

Result<ShardFacts> facts_of(const ShardView& view) {
  auto entry = read_shard_entry(view.snapshot->database(), view.snapshot->options(), view.index.number, view.shard);
  if (!entry) return std::unexpected(std::move(entry.error()));
  return entry->facts;
}

}  // namespace

Lookups::Lookups(std::shared_ptr<Database> database, LookupMode mode) : database_(std::move(database)), mode_(mode) {}

Lookups::~Lookups() { stop(); }

Result<std::unique_ptr<Scan>> Lookups::candidates(const ShardView& view, std::int64_t from, std::int64_t to,
                                                  const pipeline::LookupPlan& plan) {
  const auto all = [&] { return std::make_unique<ShardScan>(view.snapshot, view.index, view.shard, from, to); };
  if (mode_ == LookupMode::kOff) return all();
  auto facts = facts_of(view);
  if (!facts) return std::unexpected(std::move(facts.error()));
  const bool always = mode_ == LookupMode::kAlways;
  if (!always && (facts->documents < kFewDocuments || to - from < static_cast<std::int64_t>(kFewDocuments))) {
    return all();
  }
  if (always) each_field(plan, [&](const pipeline::LookupPlan& part) { want(view, part.field); });
  CandidateSearch search(*this, view, *facts, from, to);
  auto found = search.find(plan, always ? std::numeric_limits<std::size_t>::max() : most_candidates(*facts));
  if (!found) return std::unexpected(std::move(found.error()));
  if (mode_ == LookupMode::kAuto && facts->documents >= kWorthAnIndex) {
    for (const pipeline::FieldKeysPtr& field : search.missing(plan)) want(view, field);
  }
  if (!*found) {
    ++not_used_;
    return all();
  }
  ++used_;
  found_ += (*found)->seq_nos.size();
  return std::make_unique<CandidateScan>(view, std::move(**found), from, to);
}

Result<FieldIndexPtr> Lookups::countable(const ShardView& view, const pipeline::LookupPlan& plan, ShardFacts& facts) {
  const bool always = mode_ == LookupMode::kAlways;
  if (mode_ == LookupMode::kOff || plan.kind != pipeline::LookupPlan::Kind::kField) return nullptr;
  auto read = facts_of(view);
  if (!read) return std::unexpected(std::move(read.error()));
  facts = *read;
  if (!always && facts.documents < kFewDocuments) return nullptr;
  if (always) want(view, plan.field);
  return field(view, *plan.field);
}

Result<std::optional<FieldCandidates>> Lookups::field_candidates(const ShardView& view,
                                                                 const pipeline::LookupPlan& plan) {
  ShardFacts facts;
  auto index = countable(view, plan, facts);
  if (!index) return std::unexpected(std::move(index.error()));
  if (*index == nullptr) return std::nullopt;
  FieldCandidates found;
  Candidates candidates;
  const std::size_t most =
      mode_ == LookupMode::kAlways ? std::numeric_limits<std::size_t>::max() : most_candidates(facts);
  auto complete =
      (*index)->collect(view.snapshot->sequence(), {&plan.ranges, 0, kEnd, most}, found.facts, candidates.seq_nos);
  if (!complete) return std::unexpected(std::move(complete.error()));
  if (!*complete || found.facts.covered == 0) return std::nullopt;
  std::ranges::sort(candidates.seq_nos);
  candidates.seq_nos.erase(std::ranges::unique(candidates.seq_nos).begin(), candidates.seq_nos.end());
  candidates.covered = found.facts.covered;
  found.scan = std::make_unique<CandidateScan>(view, std::move(candidates), 0, kEnd);
  return found;
}

Result<std::optional<FieldEntries>> Lookups::field_entries(const ShardView& view, const pipeline::LookupPlan& plan) {
  ShardFacts facts;
  auto index = countable(view, plan, facts);
  if (!index) return std::unexpected(std::move(index.error()));
  if (*index == nullptr) return std::nullopt;
  FieldEntries found;
  auto counted = (*index)->count(view.snapshot->sequence(), plan.ranges, found.facts, found.in_range);
  if (!counted) return std::unexpected(std::move(counted.error()));
  if (found.facts.covered == 0) return std::nullopt;
  found.behind = std::make_unique<ShardScan>(view.snapshot, view.index, view.shard, found.facts.covered, kEnd);
  return found;
}

FieldIndexPtr Lookups::field(const ShardView& view, const pipeline::FieldKeys& keys) {
  const std::lock_guard lock(mutex_);
  if (dropped_.contains(view.index.number)) return nullptr;
  auto [at, added] = fields_.try_emplace(name_of(view, keys));
  if (added) {
    auto index = std::make_shared<FieldIndex>(*database_, view.index.number, view.shard, keys.definition());
    if (auto loaded = index->load(); !loaded) {
      fields_.erase(at);
      return nullptr;
    }
    at->second.index = std::move(index);
  }
  at->second.last_used = ++uses_;
  return at->second.index;
}

void Lookups::want(const ShardView& view, const pipeline::FieldKeysPtr& keys) {
  const FieldOf name = name_of(view, *keys);
  Request request{view, keys};
  if (mode_ == LookupMode::kAlways) {
    [[maybe_unused]] const Status built = build(request);  // without an index everything is looked at
    return;
  }
  const std::lock_guard lock(mutex_);
  const auto known = fields_.find(name);
  if (stopped_ || current_ == name || queue_.size() >= kMostRequests || known == fields_.end()) return;
  if (std::chrono::steady_clock::now() < known->second.not_before) return;
  const bool waits =
      std::ranges::any_of(queue_, [&](const Request& each) { return name_of(each.view, *each.keys) == name; });
  if (waits) return;
  queue_.push_back(std::move(request));
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  changed_.notify_all();
}

void Lookups::drop(std::uint32_t index_number) {
  std::unique_lock lock(mutex_);
  dropped_.insert(index_number);
  std::erase_if(queue_, [&](const Request& each) { return each.view.index.number == index_number; });
  for (auto at = fields_.lower_bound({index_number, 0, {}}); at != fields_.end() && at->first.number == index_number;) {
    at->second.index->drop();
    at = fields_.erase(at);
  }
  // Who makes one of them soon finds out, and lets go of its picture, which keeps files on the disk.
  changed_.wait(lock, [&] { return !current_ || current_->number != index_number; });
}

void Lookups::stop() {
  stopped_ = true;
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Lookups::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || (queue_.empty() && !current_); });
}

LookupCounts Lookups::counts() const {
  return {.used = used_, .not_used = not_used_, .found = found_, .documents = documents_};
}

}  // namespace sluice::store
