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

  Status start() override;
  Status look_at_shard(std::uint32_t shard);
  Status consider(std::uint32_t shard, const store::StoredDocument& document);
  [[nodiscard]] Result<SortValue> value_of(const Sorter& sorter, std::uint32_t shard, const stages::QueryDocument& view,
                                           const store::StoredDocument& document, float score) const;
  [[nodiscard]] bool before(const std::vector<SortValue>& a, SearchPosition a_place, const std::vector<SortValue>& b,
                            SearchPosition b_place) const;
  [[nodiscard]] SearchPosition place(const Candidate& candidate) const {
    return {page_.shards[candidate.shard].ordinal, candidate.seq_no};
  }
  [[nodiscard]] bool is_behind(const Candidate& candidate) const;
  [[nodiscard]] bool in_order(const Candidate& a, const Candidate& b) const {
    return before(a.sort, place(a), b.sort, place(b));
  }
  Status write(std::string& out, const Candidate& candidate);

  std::vector<Candidate> best_;  ///< a heap, the last of them on top; sorted once all are there
  std::size_t next_ = 0;
};

}  // namespace sluice::rest
