#include "pipeline/control/ledger.h"

#include <array>

namespace sluice::pipeline {

Counters count_outcomes(std::span<const Document> documents) {
  std::array<std::uint64_t, 8> count{};
  for (const Document& document : documents) ++count[static_cast<std::size_t>(document.outcome)];
  const auto of = [&](Outcome outcome) { return count[static_cast<std::size_t>(outcome)]; };
  Counters counters;
  counters.read = documents.size();
  counters.created = of(Outcome::kCreated);
  counters.updated = of(Outcome::kUpdated);
  counters.deleted = of(Outcome::kDeleted);
  counters.noops = of(Outcome::kNoop);
  counters.version_conflicts = of(Outcome::kConflict);
  counters.failed = of(Outcome::kFailed);
  counters.filtered = of(Outcome::kFiltered);
  return counters;
}

void Ledger::settle(std::uint64_t sequence, const Counters& outcomes, const Cursor& next) {
  counters_ += outcomes;
  ahead_.emplace(sequence, Ahead{next, outcomes});
  for (auto first = ahead_.begin(); first != ahead_.end() && first->first == next_sequence_; first = ahead_.begin()) {
    prefix_ = std::move(first->second.next);
    prefix_counters_ += first->second.outcomes;
    ahead_.erase(first);
    ++next_sequence_;
  }
}

void Ledger::restore(const Counters& counters, const Cursor& prefix) {
  counters_ = prefix_counters_ = counters;
  prefix_ = prefix;
}

}  // namespace sluice::pipeline
