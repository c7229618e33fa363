#include "tools/sluiced/search/execute.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "stages/parse/json_object.h"
#include "tools/sluiced/search/in_order_run.h"
#include "tools/sluiced/search/inner_hits.h"
#include "tools/sluiced/search/sorted_run.h"

namespace sluice::rest {

namespace {

/// `_shard_doc` counts documents in the low bits and shards in the high ones.
constexpr int kShardBits = 40;

/// Whether the order of the shards is the order of the hits: that of their places, or all have one score.
bool is_in_order(const SearchPage& page) {
  const std::vector<SortKey>& keys = page.request.sort;
  if (keys.empty()) {
    return std::ranges::all_of(page.compiled, [&page](const CompiledSearch& search) {
      return search.failed || (search.query->constant_score() && search.boost == page.compiled.front().boost);
    });
  }
  return std::ranges::all_of(
      keys, [](const SortKey& key) { return (key.field == "_doc" || key.field == "_shard_doc") && !key.descending; });
}

}  // namespace

PageRun::PageRun(SearchPage page)
    : page_(std::move(page)), writer_(page_.request), left_out_(page_.shards.size(), false) {
  result_.failures = page_.failures;
  sorts_by_score_ = std::ranges::any_of(keys(), &SortKey::uses_score);
  result_.scored = keys().empty() || page_.request.track_scores ||
                   std::ranges::any_of(keys(), [](const SortKey& key) { return key.field == "_score"; });
}

Result<std::unique_ptr<PageRun>> PageRun::begin(SearchPage page) {
  const bool in_order = is_in_order(page);
  std::unique_ptr<PageRun> run;
  if (in_order) {
    run = std::make_unique<InOrderRun>(std::move(page));
  } else {
    run = std::make_unique<SortedRun>(std::move(page));
  }
  if (!in_order && run->keys().empty() && run->working() != nullptr) {
    auto sorter = Sorter::make({.field = "_score", .descending = true}, {.schema = *store::Mapping::empty()});
    if (!sorter) return std::unexpected(sorter.error());
    run->by_score_.push_back(std::move(*sorter));
  }
  if (auto read = run->read_after(in_order); !read) return std::unexpected(read.error());
  if (auto seen = run->see_beforehand(); !seen && !run->is_timeout(seen.error())) {
    return std::unexpected(std::move(seen.error()));
  }
  if (auto started = run->start(); !started) return std::unexpected(started.error());
  return run;
}

bool PageRun::all_left_out() const {
  return !left_out_.empty() && std::ranges::all_of(left_out_, [](bool out) { return out; });
}

Status PageRun::leave_out(std::uint32_t shard, Error error) {
  if (!is_of_shard(error)) return std::unexpected(std::move(error));
  left_out_[shard] = true;
  result_.failures.push_back({target(shard).index, page_.shards[shard].shard, std::move(error)});
  return {};
}

bool PageRun::is_timeout(const Error& error) {
  const bool timeout = is_search_timeout(error);
  result_.timed_out = result_.timed_out || timeout;
  return timeout;
}

/// Turns `search_after` into sort values, and into a place where the order is that of the shards.
Status PageRun::read_after(bool in_order) {
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
  if (in_order && !after_sort_.empty()) set_place(static_cast<std::int64_t>(after_sort_.front().whole));
  return {};
}

void PageRun::set_place(std::int64_t place) {
  after_ =
      SearchPosition{static_cast<std::uint32_t>(place >> kShardBits), place & ((std::int64_t{1} << kShardBits) - 1)};
}

const CompiledSearch* PageRun::working() const {
  const auto found = std::ranges::find(page_.compiled, false, &CompiledSearch::failed);
  return found == page_.compiled.end() ? nullptr : &*found;
}

bool PageRun::adds_shard_doc() const {
  return page_.with_shard_doc && !keys().empty() &&
         std::ranges::none_of(keys(), [](const SortKey& key) { return key.field == "_shard_doc"; });
}

std::int64_t PageRun::place_of(std::uint32_t shard, const store::StoredDocument& document) const {
  return (static_cast<std::int64_t>(page_.shards[shard].ordinal) << kShardBits) + document.seq_no;
}

stages::QueryDocument as_seen(const store::IndexMeta& index, const store::StoredDocument& document,
                              stages::Structurals& structurals) {
  stages::QueryDocument seen{.id = document.id,
                             .index = index.name,
                             .routing = document.routing,
                             .source = document.source,
                             .shard = document.shard,
                             .seq_no = document.seq_no,
                             .version = document.version};
  static_cast<void>(structurals.build(document.source));
  seen.set_structurals(structurals);
  return seen;
}

Status each_document(const IndexTarget& target, std::uint32_t shard, const SearchStop& stop,
                     const std::function<Status(const stages::QueryDocument&)>& use) {
  auto scan = target.view->scan(target.index->key(), shard, 0, std::numeric_limits<std::int64_t>::max());
  if (!scan) return std::unexpected(std::move(scan.error()));
  stages::Structurals structurals;
  for (;;) {
    auto document = (*scan)->next();
    if (!document) return std::unexpected(std::move(document.error()));
    if (*document == nullptr) return {};
    if (stop.over()) return std::unexpected(stop.why());
    if (auto used = use(as_seen(*target.index, **document, structurals)); !used) return used;
  }
}

stages::QueryDocument PageRun::look(std::uint32_t shard, const store::StoredDocument& document) {
  return as_seen(*target(shard).index, document, structurals_);
}

Result<bool> PageRun::is_hit(std::uint32_t shard, const stages::QueryDocument& document, float& score) const {
  auto matched = asks_scores() ? compiled(shard).matches(document, score) : compiled(shard).matches(document);
  if (matched && *matched && score < page_.request.min_score.value_or(0)) return false;
  return matched;
}

Status PageRun::see_beforehand() {
  if (page_.seen_before) return {};
  for (std::uint32_t shard = 0; shard < page_.shards.size(); ++shard) {
    auto seen = see_shard(target(shard), page_.shards[shard].shard, compiled(shard), page_.stop);
    if (seen) continue;
    if (auto left = leave_out(shard, std::move(seen.error())); !left) return left;
  }
  return {};
}

void PageRun::passed(std::uint32_t shard, const store::StoredDocument& document) {
  ++result_.count;
  result_.position = {page_.shards[shard].ordinal, document.seq_no};
}

Status see_shard(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search, const SearchStop& stop) {
  if (search.query == nullptr) return {};  // of nested objects, which the query around them knows
  if (auto counted = count_words(target, shard, search, stop); !counted) return counted;
  if (auto joined = make_join_passes(target, shard, search, stop); !joined) return joined;
  for (const InnerSearchPtr& inner : search.inner) {
    if (auto seen = see_shard(target, shard, inner->search, stop); !seen) return seen;
  }
  return {};
}

Status count_matches(const IndexTarget& target, const ShardTarget& part, const CompiledSearch& search,
                     std::optional<float> min_score, std::int64_t most, const SearchStop& stop, std::int64_t& total) {
  const store::IndexKey key = target.index->key();
  auto facts = target.view->facts(key, part.shard);
  if (!facts) return std::unexpected(facts.error());
  const bool everything = search.everything() && !min_score;
  if (everything && part.from == 0 && part.to == facts->max_seq_no + 1) {
    total += static_cast<std::int64_t>(facts->documents);
    return {};
  }
  auto scan = open_scan(target, search, part.shard, part.from, part.to);
  if (!scan) return std::unexpected(scan.error());
  stages::Structurals structurals;
  while (total < most) {
    auto document = everything ? (*scan)->next_in_place() : (*scan)->next();
    if (!document) return std::unexpected(document.error());
    if (*document == nullptr) break;
    if (stop.over()) return std::unexpected(stop.why());
    if (everything) {
      ++total;
      continue;
    }
    const stages::QueryDocument view = as_seen(*target.index, **document, structurals);
    float score = 1;
    auto matched = min_score ? search.matches(view, score) : search.matches(view);
    if (!matched) return std::unexpected(matched.error());
    if (*matched && score >= min_score.value_or(0)) ++total;
  }
  return {};
}

}  // namespace sluice::rest
