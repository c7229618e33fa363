#include "io/store/documents/tombstone_filter.h"

#include <string>

#include "io/store/documents/database.h"
#include "io/store/documents/entries.h"

namespace sluice::store {
namespace {

class TombstoneFilter : public rocksdb::CompactionFilter {
 public:
  explicit TombstoneFilter(std::int64_t keep_ms) : now_ms_(wall_clock_ms()), keep_ms_(keep_ms) {}
  [[nodiscard]] const char* Name() const override { return "sluice.tombstones"; }
  bool Filter(int /*level*/, const rocksdb::Slice& /*key*/, const rocksdb::Slice& value, std::string* /*new_value*/,
              bool* /*value_changed*/) const override {
    const auto entry = parse_id_entry({value.data(), value.size()});
    return entry && entry->forgotten(now_ms_, keep_ms_);
  }

 private:
  std::int64_t now_ms_;
  std::int64_t keep_ms_;
};

class TombstoneFilters : public rocksdb::CompactionFilterFactory {
 public:
  explicit TombstoneFilters(std::int64_t keep_ms) : keep_ms_(keep_ms) {}
  [[nodiscard]] const char* Name() const override { return "sluice.tombstones"; }
  std::unique_ptr<rocksdb::CompactionFilter> CreateCompactionFilter(
      const rocksdb::CompactionFilter::Context& /*context*/) override {
    return std::make_unique<TombstoneFilter>(keep_ms_);
  }

 private:
  std::int64_t keep_ms_;
};

}  // namespace

std::shared_ptr<rocksdb::CompactionFilterFactory> make_tombstone_filters(std::int64_t keep_ms) {
  return std::make_shared<TombstoneFilters>(keep_ms);
}

}  // namespace sluice::store
