#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stages/parse/structurals.h"
#include "tools/sluiced/search/hit_writer.h"
#include "tools/sluiced/search/search_stop.h"
#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// Behind which document a page goes on, in the order of shards and sequence numbers.
struct SearchPosition {
  std::uint32_t ordinal = 0;
  std::int64_t seq_no = -1;
};

/// What is known of a page beside its hits.
struct SearchResult {
  std::int64_t count = 0;  ///< hits that were written so far
  std::int64_t total = 0;
  bool total_exact = true;
  bool terminated_early = false;
  bool timed_out = false;          ///< not all was looked at
  bool scored = false;             ///< hits have a score
  std::optional<float> max_score;  ///< of the best hit; nothing: it is not known
  /// Behind the last hit: where the next page of the same search starts.
  SearchPosition position;
  std::vector<SortValue> last_sort;    ///< of a search that sorts
  std::vector<ShardFailure> failures;  ///< of shards that have no part in it
};

/// What one page of a search is made with.
struct SearchPage {
  SearchRequest request;
  TargetsPtr targets;
  std::vector<ShardTarget> shards;
  std::vector<CompiledSearch> compiled;
  std::vector<ShardFailure> failures;  ///< of shards that did not take the search: they are not in `shards`, or failed
  bool with_shard_doc = false;         ///< a point in time: `_shard_doc` ends every sort
  bool count_total = true;
  SearchStop stop{};
  bool seen_before = false;  ///< `compiled` is of a page before: words are counted, joins are made
  /// Scrolls: where the page before ended. Its sort values are in `after_sort`, one for each key.
  std::optional<SearchPosition> after{};
  std::vector<SortValue> after_sort{};
};

/// One page of a search, made piece by piece, so that an answer needs no more memory than a piece. Owns all that it
/// reads. One thread at a time.
class PageRun {
 public:
  /// Begins to read; what has to be sorted is sorted now. The total is known afterwards. Where the search's time is
  /// over it has what was found until then. A shard whose documents the search can't be asked of has no part in it, see
  /// SearchResult::failures. Errors: `search_after` that does not fit the sort, 400; the store's;
  /// task_cancelled_exception.
  static Result<std::unique_ptr<PageRun>> begin(SearchPage page);
  virtual ~PageRun() = default;
  PageRun(const PageRun&) = delete;
  PageRun& operator=(const PageRun&) = delete;

  /// Appends hits, with commas between them, until about `bytes` are there. False: those were the last. Errors: the
  /// store's; of a shard, once hits of it may have been sent.
  virtual Result<bool> more(std::string& out, std::size_t bytes) = 0;
  [[nodiscard]] const SearchResult& result() const { return result_; }
  [[nodiscard]] const SearchPage& page() const { return page_; }
  /// Whether no shard was left that could answer.
  [[nodiscard]] bool all_left_out() const;

 protected:
  explicit PageRun(SearchPage page);
  virtual Status start() = 0;

  [[nodiscard]] const std::vector<SortKey>& keys() const { return page_.request.sort; }
  [[nodiscard]] const IndexTarget& target(std::uint32_t shard) const {
    return page_.targets->indices[page_.shards[shard].index];
  }
  [[nodiscard]] const CompiledSearch& compiled(std::uint32_t shard) const {
    return page_.compiled[page_.shards[shard].index];
  }
  /// The search of an index that took it; null: none did.
  [[nodiscard]] const CompiledSearch* working() const;
  /// By what the hits are sorted: the request's keys, or scores.
  [[nodiscard]] const std::vector<Sorter>& sorters() const {
    return by_score_.empty() ? working()->sorters : by_score_;
  }
  [[nodiscard]] bool by_score() const { return !by_score_.empty(); }
  [[nodiscard]] bool adds_shard_doc() const;
  [[nodiscard]] std::int64_t place_of(std::uint32_t shard, const store::StoredDocument& document) const;
  /// Whether a document is a hit; `score`, where the hits have one, is what it has then. Errors: of
  /// CompiledQuery::matches().
  Result<bool> is_hit(std::uint32_t shard, const stages::QueryDocument& document, float& score) const;
  /// Whether somebody asks what a hit's score is.
  [[nodiscard]] bool asks_scores() const { return result_.scored || page_.request.min_score || sorts_by_score_; }
  /// A document as queries see it; valid until the next call.
  stages::QueryDocument look(std::uint32_t shard, const store::StoredDocument& document);
  /// Documents that match and are collected in each shard: `terminate_after`.
  [[nodiscard]] std::int64_t most_of_shard() const {
    return page_.request.terminate_after.value_or(std::numeric_limits<std::int64_t>::max());
  }
  [[nodiscard]] bool is_left_out(std::uint32_t shard) const { return left_out_[shard]; }
  /// Goes on without a shard, and notes why. Errors: `error`, where it is not about what the shard holds.
  Status leave_out(std::uint32_t shard, Error error);
  /// Whether an error is the end of the search's time, and no error then.
  bool is_timeout(const Error& error);
  /// Counts a hit that is written.
  void passed(std::uint32_t shard, const store::StoredDocument& document);

  const SearchPage page_;
  SearchResult result_;
  HitWriter writer_;
  std::optional<SearchPosition> after_;  ///< `search_after` as a place
  std::vector<SortValue> after_sort_;    ///< `search_after` as values

 private:
  Status read_after(bool in_order);
  /// Words that are counted and joins that are made before any document is asked about.
  Status see_beforehand();
  void set_place(std::int64_t place);

  stages::Structurals structurals_;
  std::vector<bool> left_out_;  ///< for each of the page's shards
  std::vector<Sorter> by_score_;
  bool sorts_by_score_ = false;  ///< also by a script that mentions it
};

/// A document as queries see it, with the index of its structure in `structurals`.
stages::QueryDocument as_seen(const store::IndexMeta& index, const store::StoredDocument& document,
                              stages::Structurals& structurals);
/// Shows all documents of a shard, one by one. Errors: the store's, of `use`, of `stop`.
Status each_document(const IndexTarget& target, std::uint32_t shard, const SearchStop& stop,
                     const std::function<Status(const stages::QueryDocument&)>& use);

/// What BM25 has to know, of all documents of a shard, whichever of them match. Errors: the store's, analyzers that
/// refuse a text, of `stop`.
Status count_words(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search,
                   const SearchStop& stop);

/// What joins have to see of all documents of a shard before they are asked: children and parents lie in the same one.
/// After count_words(). Errors: the store's, of CompiledQuery::look(), of `stop`.
Status make_join_passes(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search,
                        const SearchStop& stop);

/// Both.
Status see_shard(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search, const SearchStop& stop);

/// Counts into `total` documents of a shard that match, and have at least this score, until there are `most`. Errors:
/// the store's, those of CompiledQuery::matches(), of `stop`; then `total` has those before.
Status count_matches(const IndexTarget& target, const ShardTarget& part, const CompiledSearch& search,
                     std::optional<float> min_score, std::int64_t most, const SearchStop& stop, std::int64_t& total);

}  // namespace sluice::rest
