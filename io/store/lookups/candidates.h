#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "io/store/lookups/lookups.h"

namespace sluice::store {

/// Documents of a part of a shard that a query can match.
struct Candidates {
  std::vector<std::int64_t> seq_nos;  ///< in ascending order, below `covered`
  std::int64_t covered = 0;           ///< from here on nothing is known
};

/// Looks a plan up in the indices of fields. One thread.
class CandidateSearch {
 public:
  /// Looks at documents from `from` up to `to`.
  CandidateSearch(Lookups& lookups, const ShardView& view, const ShardFacts& facts, std::int64_t from, std::int64_t to);

  /// Nothing: there are more than `most`, or that is likely, or indices are missing. Errors: the store's.
  Result<std::optional<Candidates>> find(const pipeline::LookupPlan& plan, std::size_t most);
  /// Indices that would help to answer the plan, or that are far behind the documents.
  [[nodiscard]] std::vector<pipeline::FieldKeysPtr> missing(const pipeline::LookupPlan& plan) const;

 private:
  using Plan = pipeline::LookupPlan;
  Result<std::optional<Candidates>> look_up(const Plan& plan, std::size_t most);
  Result<std::optional<Candidates>> look_up_field(const Plan& plan, std::size_t most);
  Result<std::optional<Candidates>> look_up_ids(const Plan& plan, std::size_t most);
  Result<std::optional<Candidates>> in_all(const Plan& plan, std::size_t most);
  Result<std::optional<Candidates>> in_one(const Plan& plan, std::size_t most);
  [[nodiscard]] std::uint64_t estimate(const Plan& plan) const;
  [[nodiscard]] bool is_selective(const Plan& plan) const;
  void add_missing(const Plan& plan, std::vector<pipeline::FieldKeysPtr>& missing) const;

  Lookups& lookups_;
  const ShardView& view_;
  const ShardFacts& facts_;
  const std::int64_t from_;
  const std::int64_t to_;
};

/// The candidates, and then all that are not covered.
class CandidateScan final : public Scan {
 public:
  CandidateScan(const ShardView& view, Candidates candidates, std::int64_t from, std::int64_t to);
  Result<const StoredDocument*> next() override { return step(/*in_place=*/false); }
  Result<const StoredDocument*> next_in_place() override { return step(/*in_place=*/true); }

 private:
  Result<const StoredDocument*> step(bool in_place);
  Result<const StoredDocument*> read(bool in_place) { return in_place ? scan_.next_in_place() : scan_.next(); }

  Candidates candidates_;
  std::size_t at_ = 0;
  bool behind_ = false;  ///< of all candidates
  ShardScan scan_;
};

}  // namespace sluice::store
