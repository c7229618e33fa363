#pragma once

#include <string>
#include <vector>

#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

/// A page whose hits are sorted: all documents are looked at once, the best are remembered, and read again as they are
/// written.
class SortedRun final : public PageRun {
 public:
  explicit SortedRun(SearchPage page) : PageRun(std::move(page)) {}
  Result<bool> more(std::string& out, std::size_t bytes) override;

 private:
  struct Candidate {
    std::uint32_t shard = 0;  ///< in SearchPage::shards
    std::int64_t seq_no = 0;
    std::vector<SortValue> sort;
    float score = 1;
  };

  /// What a shard has.
  struct Found {
    std::int64_t total = 0;
    std::int64_t collected = 0;  ///< of them, see `terminate_after`
    std::optional<float> max_score;
    std::vector<Candidate> best;  ///< a heap, the last of them on top
  };

  Status start() override;
  Status look_at_shard(std::uint32_t shard, Found& found);
  Status consider(std::uint32_t shard, const store::StoredDocument& document, Found& found);
  void keep(std::vector<Candidate>& heap, Candidate candidate) const;
  /// Makes what a shard has a part of the page.
  void take(Found found);
  [[nodiscard]] Result<SortValue> value_of(const Sorter& sorter, std::uint32_t shard, const stages::QueryDocument& view,
                                           const store::StoredDocument& document, float score) const;
  [[nodiscard]] bool before(const std::vector<SortValue>& a, SearchPosition a_place, const std::vector<SortValue>& b,
                            SearchPosition b_place) const;
  /// How many hits can be wanted.
  [[nodiscard]] std::size_t most() const { return static_cast<std::size_t>(page_.request.from + page_.request.size); }
  [[nodiscard]] SearchPosition place(const Candidate& candidate) const {
    return {page_.shards[candidate.shard].ordinal, candidate.seq_no};
  }
  [[nodiscard]] bool is_behind(const Candidate& candidate) const;
  [[nodiscard]] bool in_order(const Candidate& a, const Candidate& b) const {
    return before(a.sort, place(a), b.sort, place(b));
  }
  Status write(std::string& out, const Candidate& candidate);

  std::vector<Candidate> best_;  ///< of the shards so far: a heap as Found::best; sorted once all are there
  std::size_t next_ = 0;
};

}  // namespace sluice::rest
