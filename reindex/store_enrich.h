#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"
#include "stages/ingest/enrich/enrich_table.h"

namespace sluice {

/// The tables of a store's enrich policies: read from the policies' indices when they are first asked for, and again
/// once a policy has been executed anew. Any thread; who asks for a table that is being read waits for it, and nobody
/// else does.
class StoreEnrich final : public ingest::EnrichLookup {
 public:
  /// Both outlive it.
  StoreEnrich(store::Catalog& catalog, store::Documents& documents) : catalog_(catalog), documents_(documents) {}
  [[nodiscard]] Result<std::shared_ptr<const ingest::EnrichTable>> find(std::string_view policy) const override;
  [[nodiscard]] ingest::EnrichMemory memory() const override;

 private:
  using TablePtr = std::shared_ptr<const ingest::EnrichTable>;
  struct Kept {
    std::mutex loading;  ///< whoever reads the table has it, and never asks for it with `mutex_` held
    std::uint64_t state_version = 0;
    std::string index_uuid;
    TablePtr table;  ///< null: it was not read yet
  };
  /// Where the table of a policy is, or will be; others' that are gone are let go. Errors: no_enrich_index(). With
  /// `mutex_` held.
  Result<std::shared_ptr<Kept>> place(const store::ClusterState& state, std::string_view policy) const;
  /// Whether the table is that of the state. With `mutex_` held.
  static bool current(Kept& kept, const store::ClusterState& state, std::string_view policy);
  [[nodiscard]] Result<std::shared_ptr<const ingest::EnrichTable>> load(const std::string& policy_json,
                                                                        const store::IndexMeta& index) const;

  store::Catalog& catalog_;
  store::Documents& documents_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<Kept>, std::less<>> kept_;
  mutable std::uint64_t cleaned_version_ = 0;
};

}  // namespace sluice
