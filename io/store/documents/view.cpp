#include <memory>
#include <utility>

#include "io/store/documents/documents.h"
#include "io/store/documents/read_documents.h"
#include "io/store/documents/shard_states.h"
#include "io/store/documents/snapshot.h"
#include "io/store/lookups/lookups.h"

namespace sluice::store {
namespace {

class SnapshotView : public View {
 public:
  SnapshotView(std::shared_ptr<Database> database, std::shared_ptr<Lookups> lookups)
      : snapshot_(std::make_shared<const Snapshot>(std::move(database))), lookups_(std::move(lookups)) {}

  [[nodiscard]] Result<ShardFacts> facts(const IndexKey& index, std::uint32_t shard) const override {
    auto entry = read_shard_entry(snapshot_->database(), snapshot_->options(), index.number, shard);
    if (!entry) return std::unexpected(std::move(entry.error()));
    return entry->facts;
  }
  [[nodiscard]] Result<std::unique_ptr<Scan>> scan(const IndexKey& index, std::uint32_t shard, std::int64_t from,
                                                   std::int64_t to) const override {
    return std::make_unique<ShardScan>(snapshot_, index, shard, from, to);
  }
  [[nodiscard]] Result<std::unique_ptr<Scan>> candidates(const IndexKey& index, std::uint32_t shard, std::int64_t from,
                                                         std::int64_t to,
                                                         const pipeline::LookupPlan& plan) const override {
    return lookups_->candidates({snapshot_, index, shard}, from, to, plan);
  }
  [[nodiscard]] Result<std::optional<FieldEntries>> field_entries(const IndexKey& index, std::uint32_t shard,
                                                                  const pipeline::LookupPlan& plan) const override {
    return lookups_->field_entries({snapshot_, index, shard}, plan);
  }
  [[nodiscard]] Result<std::optional<FieldCandidates>> field_candidates(
      const IndexKey& index, std::uint32_t shard, const pipeline::LookupPlan& plan) const override {
    return lookups_->field_candidates({snapshot_, index, shard}, plan);
  }
  [[nodiscard]] Result<std::unique_ptr<Found>> get(const IndexKey& index, std::string_view id,
                                                   std::string_view routing) const override {
    return read_document(snapshot_->database(), snapshot_->options(), index, id, routing);
  }

 private:
  SnapshotPtr snapshot_;
  std::shared_ptr<Lookups> lookups_;
};

}  // namespace

ViewPtr make_view(std::shared_ptr<Database> database, std::shared_ptr<Lookups> lookups) {
  return std::make_shared<const SnapshotView>(std::move(database), std::move(lookups));
}

}  // namespace sluice::store
