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
/// once a policy has been executed anew. Any thread; a table that is being read keeps the others waiting.
class StoreEnrich final : public ingest::EnrichLookup {
 public:
  /// Both outlive it.
  StoreEnrich(store::Catalog& catalog, store::Documents& documents) : catalog_(catalog), documents_(documents) {}
  [[nodiscard]] Result<std::shared_ptr<const ingest::EnrichTable>> find(std::string_view policy) const override;

 private:
  struct Kept {
    std::uint64_t state_version = 0;
    std::string index_uuid;
    std::shared_ptr<const ingest::EnrichTable> table;
  };
  [[nodiscard]] Result<std::shared_ptr<const ingest::EnrichTable>> load(const std::string& policy_json,
                                                                        const store::IndexMeta& index) const;

  store::Catalog& catalog_;
  store::Documents& documents_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Kept, std::less<>> kept_;
};

}  // namespace sluice
