#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

/// A page whose hits come in the order of the shards: they are written as they are read.
class InOrderRun final : public PageRun {
 public:
  explicit InOrderRun(SearchPage page) : PageRun(std::move(page)) {}
  Result<bool> more(std::string& out, std::size_t bytes) override;

 private:
  Status start() override;
  Status count_total();
  [[nodiscard]] bool takes_all(const CompiledSearch& search) const;
  /// The next document behind the place to start at, in `shard_`; null at the end.
  Result<const store::StoredDocument*> next();
  Result<bool> open_shard();
  Status write(std::string& out, const store::StoredDocument& document, float score);
  /// Goes on behind a shard that fails, without the hits of it that are in `out`. Errors: `error`, where some may be on
  /// their way already.
  Status leave_shard(std::string& out, Error error);

  std::optional<SearchPosition> behind_;
  bool parses_ = false;  ///< documents are looked into, and need room behind them
  std::uint32_t shard_ = 0;
  std::unique_ptr<store::Scan> scan_;
  std::int64_t seen_ = 0;
  std::int64_t seen_in_shard_ = 0;
  /// How things were when a shard was begun.
  struct Mark {
    std::optional<std::uint32_t> shard;
    std::size_t size = 0;  ///< of the piece
    std::int64_t seen = 0;
    SearchResult result;
  } mark_;
  bool first_piece_ = true;
  SearchStop stop_;
  bool ended_ = false;
};

}  // namespace sluice::rest
