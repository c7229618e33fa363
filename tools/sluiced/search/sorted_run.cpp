#include "tools/sluiced/search/sorted_run.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sluice::rest {

namespace {

SortValue whole(std::int64_t number) {
  SortValue value;
  value.kind = SortValue::Kind::kWhole;
  value.whole = number;
  return value;
}

}  // namespace

Result<SortValue> SortedRun::value_of(const Sorter& sorter, std::uint32_t shard, const stages::QueryDocument& view,
                                      const store::StoredDocument& document, float score) const {
  SortValue value;
  switch (sorter.by()) {
    case Sorter::By::kField:
    case Sorter::By::kGeoDistance:
      return sorter.value(view);
    case Sorter::By::kScript:
      return sorter.script_value(view, score);
    case Sorter::By::kDoc:
    case Sorter::By::kShardDoc:
      return whole(place_of(shard, document));
    case Sorter::By::kSeqNo:
      return whole(document.seq_no);
    case Sorter::By::kVersion:
      return whole(document.version);
    case Sorter::By::kScore:
      value.kind = SortValue::Kind::kFloating;
      value.floating = static_cast<double>(score);
      return value;
    default:
      value.kind = SortValue::Kind::kText;
      value.text = sorter.by() == Sorter::By::kId ? view.id : view.index;
      return value;
  }
}

/// Whether a comes before b: by the sort keys, then by the order of the shards.
bool SortedRun::before(const std::vector<SortValue>& a, SearchPosition a_place, const std::vector<SortValue>& b,
                       SearchPosition b_place) const {
  const std::vector<Sorter>& by = sorters();
  for (std::size_t i = 0; i < by.size(); ++i) {
    const auto order = by[i].compare(a[i], b[i]);
    if (order != std::weak_ordering::equivalent) return order == std::weak_ordering::less;
  }
  return std::pair(a_place.ordinal, a_place.seq_no) < std::pair(b_place.ordinal, b_place.seq_no);
}

/// Documents at and before the place where the page before ended are left out.
bool SortedRun::is_behind(const Candidate& candidate) const {
  if (page_.after) return before(page_.after_sort, *page_.after, candidate.sort, place(candidate));
  if (after_sort_.empty()) return true;
  // Without a place of its own, `search_after` leaves out all that sort the same.
  const SearchPosition end{std::numeric_limits<std::uint32_t>::max(), std::numeric_limits<std::int64_t>::max()};
  return before(after_sort_, after_.value_or(end), candidate.sort, place(candidate));
}

Status SortedRun::start() {
  for (std::uint32_t shard = 0; shard < page_.shards.size(); ++shard) {
    if (result_.timed_out) break;
    if (is_left_out(shard)) continue;
    Found found;
    if (auto looked = look_at_shard(shard, found); !looked && !is_timeout(looked.error())) {
      if (auto left = leave_out(shard, std::move(looked.error())); !left) return left;
      continue;
    }
    take(std::move(found));
  }
  if (result_.total > page_.request.track_total) {
    result_.total = page_.request.track_total;
    result_.total_exact = false;
  }
  std::ranges::sort(best_, [this](const Candidate& a, const Candidate& b) { return in_order(a, b); });
  next_ = static_cast<std::size_t>(page_.request.from);
  return {};
}

Status SortedRun::look_at_shard(std::uint32_t shard, Found& found) {
  const ShardTarget& part = page_.shards[shard];
  if (part.from >= part.to) return {};
  auto scan = open_scan(target(shard), compiled(shard), part.shard, part.from, part.to);
  if (!scan) return std::unexpected(scan.error());
  for (;;) {
    auto document = (*scan)->next();
    if (!document) return std::unexpected(document.error());
    if (*document == nullptr) return {};
    if (page_.stop.over()) return std::unexpected(page_.stop.why());
    if (auto considered = consider(shard, **document, found); !considered) return considered;
  }
}

Status SortedRun::consider(std::uint32_t shard, const store::StoredDocument& document, Found& found) {
  const stages::QueryDocument view = look(shard, document);
  float score = 1;
  auto hit = is_hit(shard, view, score);
  if (!hit) return std::unexpected(hit.error());
  if (!*hit) return {};
  ++found.total;
  if (most() != 0 && found.collected++ >= most_of_shard()) {
    result_.terminated_early = true;
    return {};
  }
  if (result_.scored && score > found.max_score.value_or(-1)) found.max_score = score;
  if (most() == 0) return {};
  Candidate candidate{shard, document.seq_no, {}, score};
  for (const Sorter& sorter : by_score() ? sorters() : compiled(shard).sorters) {
    auto value = value_of(sorter, shard, view, document, score);
    if (!value) return std::unexpected(std::move(value.error()));
    candidate.sort.push_back(std::move(*value));
  }
  if (!is_behind(candidate)) return {};
  // The shards before may have enough that are better.
  if (best_.size() < most() || in_order(candidate, best_.front())) keep(found.best, std::move(candidate));
  return {};
}

/// Adds a candidate to a heap, or leaves it where there are enough that come before it.
void SortedRun::keep(std::vector<Candidate>& heap, Candidate candidate) const {
  const auto order = [this](const Candidate& a, const Candidate& b) { return in_order(a, b); };
  if (heap.size() == most()) {
    if (!order(candidate, heap.front())) return;
    std::ranges::pop_heap(heap, order);
    heap.pop_back();
  }
  heap.push_back(std::move(candidate));
  std::ranges::push_heap(heap, order);
}

void SortedRun::take(Found found) {
  result_.total += found.total;
  if (found.max_score && *found.max_score > result_.max_score.value_or(-1)) result_.max_score = found.max_score;
  if (best_.empty()) {
    best_ = std::move(found.best);
    return;
  }
  for (Candidate& candidate : found.best) keep(best_, std::move(candidate));
}

Result<bool> SortedRun::more(std::string& out, std::size_t bytes) {
  const std::size_t enough = out.size() + bytes;
  for (; next_ < best_.size() && out.size() < enough; ++next_) {
    if (auto written = write(out, best_[next_]); !written) return std::unexpected(written.error());
  }
  return next_ < best_.size();
}

Status SortedRun::write(std::string& out, const Candidate& candidate) {
  const IndexTarget& from = target(candidate.shard);
  auto scan =
      from.view->scan(from.index->key(), page_.shards[candidate.shard].shard, candidate.seq_no, candidate.seq_no + 1);
  if (!scan) return std::unexpected(scan.error());
  auto document = (*scan)->next();
  if (!document) return std::unexpected(document.error());
  if (*document == nullptr) {
    return std::unexpected(internal_error("a document that was found is gone from its picture"));
  }
  Status written = writer_.write(out, {.index = *from.index,
                                       .document = **document,
                                       .search = compiled(candidate.shard),
                                       .target = &from,
                                       .score = result_.scored ? std::optional(candidate.score) : std::nullopt,
                                       .sort = by_score() ? nullptr : &candidate.sort,
                                       .sorters = &compiled(candidate.shard).sorters,
                                       .place = place_of(candidate.shard, **document),
                                       .places = adds_shard_doc() ? std::size_t{1} : 0});
  if (!written) return written;
  passed(candidate.shard, **document);
  result_.last_sort = candidate.sort;
  return {};
}

}  // namespace sluice::rest
