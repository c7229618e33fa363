#include "tools/sluiced/search/execute.h"

#include <algorithm>
#include <limits>

#include "stages/parse/json_object.h"
#include "stages/parse/structurals.h"
#include "tools/sluiced/search/hit_writer.h"

namespace sluice::rest {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMostBytes = std::size_t{1} << 30;
/// `_shard_doc` counts documents in the low bits and shards in the high ones.
constexpr int kShardBits = 40;

struct Candidate {
  std::uint32_t shard = 0;  ///< in SearchPage::shards
  std::int64_t seq_no = 0;
  std::vector<SortValue> sort;
};

SortValue whole(std::int64_t number) {
  SortValue value;
  value.kind = SortValue::Kind::kWhole;
  value.whole = number;
  return value;
}

Error too_much() {
  return Error(ErrorKind::kThrottled, 429, "circuit_breaking_exception",
               "[request] Data too large: the page has more than [1gb]; ask for fewer documents with [size], or for "
               "less of them with [_source]");
}

/// One page.
class Execution {
 public:
  explicit Execution(const SearchPage& page) : page_(page), writer_(page.request) {}

  Result<SearchResult> run() {
    in_order_ = std::ranges::all_of(keys(), [](const SortKey& key) {
      return (key.field == "_doc" || key.field == "_shard_doc") && !key.descending;
    });
    result_.scored = page_.request.sort.empty() || page_.request.track_scores ||
                     std::ranges::any_of(keys(), [](const SortKey& key) { return key.field == "_score"; });
    if (auto read = read_after(); !read) return std::unexpected(read.error());
    const Status done = in_order_ ? run_in_order() : run_sorted();
    if (!done) return std::unexpected(done.error());
    writer_.finish();
    result_.hits = writer_.take();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const std::vector<SortKey>& keys() const { return page_.request.sort; }
  [[nodiscard]] std::int64_t wanted() const { return page_.request.from + page_.request.size; }

  /// Turns `search_after` into sort values, and into a place where the order is that of the shards.
  Status read_after() {
    if (!page_.request.search_after_set) return {};
    const std::size_t given = page_.request.search_after.size();
    const std::size_t needed = keys().size() + (adds_shard_doc() ? 1 : 0);
    if (keys().empty() && !adds_shard_doc()) {
      return std::unexpected(illegal_argument("Sort must contain at least one field."));
    }
    if (given != needed && given != keys().size()) {
      return std::unexpected(illegal_argument("search_after has " + std::to_string(given) + " value(s) but sort has " +
                                              std::to_string(keys().size()) + "."));
    }
    if (working() == nullptr) return {};
    for (std::size_t i = 0; i < given; ++i) {
      if (i < keys().size()) {
        auto value = working()->sorters[i].read(page_.request.search_after[i]);
        if (!value) return std::unexpected(value.error());
        after_sort_.push_back(std::move(*value));
      } else {
        auto place = stages::json_integer_value(page_.request.search_after[i]);
        if (!place) return std::unexpected(place.error());
        set_place(*place);
      }
    }
    if (in_order_ && !after_sort_.empty()) set_place(static_cast<std::int64_t>(after_sort_.front().whole));
    return {};
  }

  void set_place(std::int64_t place) {
    after_ =
        SearchPosition{static_cast<std::uint32_t>(place >> kShardBits), place & ((std::int64_t{1} << kShardBits) - 1)};
  }

  /// The search of an index that took it; null: none did.
  [[nodiscard]] const CompiledSearch* working() const {
    const auto found = std::ranges::find(page_.compiled, false, &CompiledSearch::failed);
    return found == page_.compiled.end() ? nullptr : &*found;
  }

  [[nodiscard]] bool adds_shard_doc() const {
    return page_.with_shard_doc && !page_.request.sort.empty() &&
           std::ranges::none_of(keys(), [](const SortKey& key) { return key.field == "_shard_doc"; });
  }

  /// Walks all shards behind the place to start at; `take(shard, document) -> bool` says whether to go on.
  template <typename Take>
  Status walk(const std::optional<SearchPosition>& after, Take take) {
    for (std::uint32_t i = 0; i < page_.shards.size(); ++i) {
      const ShardTarget& shard = page_.shards[i];
      std::int64_t from = shard.from;
      if (after && in_order_) {
        if (shard.ordinal < after->ordinal) continue;
        if (shard.ordinal == after->ordinal) from = std::max(from, after->seq_no + 1);
      }
      if (from >= shard.to) continue;
      const IndexTarget& target = page_.targets.indices[shard.index];
      auto scan = target.view->scan(target.index->key(), shard.shard, from, shard.to);
      if (!scan) return std::unexpected(scan.error());
      for (;;) {
        auto document = (*scan)->next();
        if (!document) return std::unexpected(document.error());
        if (*document == nullptr) break;
        if (!take(i, **document)) return {};
      }
    }
    return {};
  }

  /// Looks at a document once; its structural index is made only where somebody needs it.
  stages::QueryDocument look(std::uint32_t shard, const store::StoredDocument& document, bool index_it) {
    stages::QueryDocument view;
    view.id = document.id;
    view.index = page_.targets.indices[page_.shards[shard].index].index->name;
    view.routing = document.routing;
    view.source = document.source;
    if (index_it) {
      static_cast<void>(structurals_.build(document.source));
      view.structurals = &structurals_;
    }
    return view;
  }

  [[nodiscard]] const CompiledSearch& compiled(std::uint32_t shard) const {
    return page_.compiled[page_.shards[shard].index];
  }

  bool matches(std::uint32_t shard, const store::StoredDocument& document) {
    const CompiledSearch& search = compiled(shard);
    return search.everything() || search.matches(look(shard, document, true));
  }

  /// The order of the shards is the order of the hits: they are written as they come.
  Status run_in_order() {
    const std::optional<SearchPosition> after = page_.after ? page_.after : after_;
    std::int64_t seen = 0;
    Status problem;
    if (page_.request.size > 0 && page_.request.min_score.value_or(0) <= 1) {
      Status walked = walk(after, [&](std::uint32_t shard, const store::StoredDocument& document) {
        if (!matches(shard, document)) return true;
        if (seen++ < page_.request.from) return true;
        if (page_.request.terminate_after && seen > *page_.request.terminate_after) {
          result_.terminated_early = true;
          return false;
        }
        const std::vector<SortValue> sort(keys().size(), whole(place_of(shard, document)));
        if (!write(shard, document, sort)) {
          problem = std::unexpected(too_much());
          return false;
        }
        return result_.count < page_.request.size;
      });
      if (!walked) return walked;
      if (!problem) return problem;
    }
    return count_total();
  }

  [[nodiscard]] std::int64_t place_of(std::uint32_t shard, const store::StoredDocument& document) const {
    return (static_cast<std::int64_t>(page_.shards[shard].ordinal) << kShardBits) + document.seq_no;
  }

  bool write(std::uint32_t shard, const store::StoredDocument& document, const std::vector<SortValue>& sort) {
    const IndexTarget& target = page_.targets.indices[page_.shards[shard].index];
    std::optional<std::int64_t> shard_doc;
    if (adds_shard_doc()) shard_doc = place_of(shard, document);
    writer_.write({*target.index, document, sort, compiled(shard).sorters, result_.scored, shard_doc});
    ++result_.count;
    result_.position = {page_.shards[shard].ordinal, document.seq_no};
    result_.last_sort = sort;
    return writer_.size() <= kMostBytes;
  }

  Status count_total() {
    if (!page_.count_total || page_.request.track_total == 0) return {};
    const std::int64_t most = page_.request.track_total;
    auto total = count_matches(page_.targets, page_.shards, page_.compiled, most == kMost ? most : most + 1);
    if (!total) return std::unexpected(total.error());
    result_.total_exact = *total <= most;
    result_.total = std::min(*total, most);
    if (page_.request.min_score.value_or(0) > 1) result_.total = 0;
    return {};
  }

  // -- sorted

  SortValue value_of(const Sorter& sorter, std::uint32_t shard, const stages::QueryDocument& view,
                     const store::StoredDocument& document) const {
    SortValue value;
    switch (sorter.by()) {
      case Sorter::By::kField:
        return sorter.value(view);
      case Sorter::By::kDoc:
      case Sorter::By::kShardDoc:
        return whole(place_of(shard, document));
      case Sorter::By::kSeqNo:
        return whole(document.seq_no);
      case Sorter::By::kVersion:
        return whole(document.version);
      case Sorter::By::kScore:
        value.kind = SortValue::Kind::kFloating;
        value.floating = 1;
        return value;
      default:
        value.kind = SortValue::Kind::kText;
        value.text = sorter.by() == Sorter::By::kId ? view.id : view.index;
        return value;
    }
  }

  /// Whether a comes before b: by the sort keys, then by the order of the shards.
  [[nodiscard]] bool before(const std::vector<SortValue>& a, SearchPosition a_place, const std::vector<SortValue>& b,
                            SearchPosition b_place) const {
    const std::vector<Sorter>& sorters = working()->sorters;
    for (std::size_t i = 0; i < sorters.size(); ++i) {
      const auto order = sorters[i].compare(a[i], b[i]);
      if (order != std::weak_ordering::equivalent) return order == std::weak_ordering::less;
    }
    return std::pair(a_place.ordinal, a_place.seq_no) < std::pair(b_place.ordinal, b_place.seq_no);
  }

  [[nodiscard]] SearchPosition place(const Candidate& candidate) const {
    return {page_.shards[candidate.shard].ordinal, candidate.seq_no};
  }

  /// Documents at and before the place where the page before ended are left out.
  [[nodiscard]] bool is_behind(const Candidate& candidate) const {
    if (page_.after) return before(page_.after_sort, *page_.after, candidate.sort, place(candidate));
    if (after_sort_.empty()) return true;
    // Without a place of its own, `search_after` leaves out all that sort the same.
    const SearchPosition end{std::numeric_limits<std::uint32_t>::max(), kMost};
    return before(after_sort_, after_.value_or(end), candidate.sort, place(candidate));
  }

  Status run_sorted() {
    const auto order = [this](const Candidate& a, const Candidate& b) {
      return before(a.sort, place(a), b.sort, place(b));
    };
    std::vector<Candidate> best;  // a heap, the last of them on top
    const auto most = static_cast<std::size_t>(wanted());
    Status walked = walk(std::nullopt, [&](std::uint32_t shard, const store::StoredDocument& document) {
      const stages::QueryDocument view = look(shard, document, true);
      const CompiledSearch& search = compiled(shard);
      if (!search.everything() && !search.matches(view)) return true;
      ++result_.total;
      if (most == 0) return true;
      Candidate candidate{shard, document.seq_no, {}};
      for (const Sorter& sorter : search.sorters) candidate.sort.push_back(value_of(sorter, shard, view, document));
      if (!is_behind(candidate)) return true;
      if (best.size() == most) {
        if (!order(candidate, best.front())) return true;
        std::ranges::pop_heap(best, order);
        best.pop_back();
      }
      best.push_back(std::move(candidate));
      std::ranges::push_heap(best, order);
      return true;
    });
    if (!walked) return walked;
    if (result_.total > page_.request.track_total) {
      result_.total = page_.request.track_total;
      result_.total_exact = false;
    }
    std::ranges::sort(best, order);
    for (std::size_t i = static_cast<std::size_t>(page_.request.from); i < best.size(); ++i) {
      if (auto fetched = fetch(best[i]); !fetched) return fetched;
    }
    return {};
  }

  Status fetch(const Candidate& candidate) {
    const ShardTarget& shard = page_.shards[candidate.shard];
    const IndexTarget& target = page_.targets.indices[shard.index];
    auto scan = target.view->scan(target.index->key(), shard.shard, candidate.seq_no, candidate.seq_no + 1);
    if (!scan) return std::unexpected(scan.error());
    auto document = (*scan)->next();
    if (!document) return std::unexpected(document.error());
    if (*document == nullptr)
      return std::unexpected(internal_error("a document that was found is gone from its picture"));
    return write(candidate.shard, **document, candidate.sort) ? Status{} : std::unexpected(too_much());
  }

  const SearchPage& page_;
  SearchResult result_;
  HitWriter writer_;
  stages::Structurals structurals_;
  std::optional<SearchPosition> after_;
  std::vector<SortValue> after_sort_;
  bool in_order_ = false;
};

}  // namespace

Result<SearchResult> execute_search(const SearchPage& page) { return Execution(page).run(); }

Result<std::int64_t> count_matches(const SearchTargets& targets, const std::vector<ShardTarget>& shards,
                                   const std::vector<CompiledSearch>& compiled, std::int64_t most) {
  std::int64_t total = 0;
  stages::Structurals structurals;
  for (const ShardTarget& shard : shards) {
    const IndexTarget& target = targets.indices[shard.index];
    const CompiledSearch& search = compiled[shard.index];
    const store::IndexKey key = target.index->key();
    auto facts = target.view->facts(key, shard.shard);
    if (!facts) return std::unexpected(facts.error());
    if (search.everything() && shard.from == 0 && shard.to == facts->max_seq_no + 1) {
      total += static_cast<std::int64_t>(facts->documents);
      continue;
    }
    auto scan = target.view->scan(key, shard.shard, shard.from, shard.to);
    if (!scan) return std::unexpected(scan.error());
    while (total < most) {
      auto document = (*scan)->next();
      if (!document) return std::unexpected(document.error());
      if (*document == nullptr) break;
      if (search.everything()) {
        ++total;
        continue;
      }
      static_cast<void>(structurals.build((*document)->source));
      const stages::QueryDocument view{(*document)->id, target.index->name, (*document)->routing, (*document)->source,
                                       &structurals};
      if (search.matches(view)) ++total;
    }
  }
  return total;
}

}  // namespace sluice::rest
