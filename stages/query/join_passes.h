#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "stages/query/document_fields.h"

namespace sluice::stages {

/// What joins have to see of all documents before a query can be asked: passes, each over all documents, one behind the
/// other, as a join may stand within another one. Filled while a query is compiled; what the looks write is shared with
/// its clauses.
class JoinPasses {
 public:
  /// Documents that all joins of a query keep together, a few hundred bytes each.
  struct Budget {
    std::size_t left = 4'000'000;
  };

  [[nodiscard]] const std::shared_ptr<Budget>& budget() const { return budget_; }
  using Look = std::function<void(DocumentFields&)>;

  void add(std::size_t pass, Look look) {
    if (passes_.size() <= pass) passes_.resize(pass + 1);
    passes_[pass].push_back(std::move(look));
  }
  [[nodiscard]] std::size_t count() const { return passes_.size(); }
  /// Shows a document. One thread.
  void look(std::size_t pass, DocumentFields& document) const {
    for (const Look& look : passes_[pass]) look(document);
  }

 private:
  std::shared_ptr<Budget> budget_ = std::make_shared<Budget>();
  std::vector<std::vector<Look>> passes_;
};

}  // namespace sluice::stages
