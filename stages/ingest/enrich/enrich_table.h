#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/schema.h"

namespace sluice::ingest {

/// How an enrich policy looks documents up.
enum class EnrichKind : std::uint8_t {
  kMatch,  ///< the values are the same
  kRange,  ///< the value lies in the document's range
};

/// What became of the look-ups in a store's tables, old ones too. Any thread.
struct EnrichCounters {
  std::atomic<std::uint64_t> hits = 0;    ///< answered by what is kept
  std::atomic<std::uint64_t> misses = 0;  ///< ranges had to be looked through
  std::atomic<std::uint64_t> evictions = 0;
  std::atomic<std::uint64_t> hit_nanos = 0;
  std::atomic<std::uint64_t> miss_nanos = 0;
};

/// Values whose ranges are remembered, and the bytes they take.
struct EnrichMemory {
  std::size_t values = 0;
  std::size_t bytes = 0;
};

struct EnrichTableOptions {
  EnrichKind kind = EnrichKind::kMatch;
  std::string match_field{};
  std::shared_ptr<const pipeline::Schema> schema{};  ///< of the documents, which says what kind of ranges they have
  std::shared_ptr<EnrichCounters> counters{};        ///< null: nobody counts
};

/// The documents of an enrich policy, in memory. Values are hashed; ranges are looked through one after the other, and
/// what was found for a value is remembered, 16 MiB at most. Immutable once all documents are added, which one thread
/// does; then any thread.
class EnrichTable {
 public:
  explicit EnrichTable(EnrichTableOptions options);
  /// Errors: the source is no object.
  Status add(std::string_view source);
  /// The documents that have one of the values, raw scalars of JSON, in the order in which they were added, `most` of
  /// them at most. Padded; they live as long as the table. Errors: a value that the ranges' type can't read.
  [[nodiscard]] Result<std::vector<std::string_view>> find(std::span<const std::string> values, std::size_t most) const;
  [[nodiscard]] std::size_t size() const { return documents_.size(); }
  [[nodiscard]] EnrichMemory memory() const;

 private:
  using Places = std::vector<std::uint32_t>;
  /// Where the structural index of a document stands in `positions_`; empty: its JSON is wrong.
  struct Indexed {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  using SharedPlaces = std::shared_ptr<const Places>;
  [[nodiscard]] Result<Places> places_of(std::span<const std::string> values, bool& missed) const;
  [[nodiscard]] Result<SharedPlaces> in_ranges(const std::string& value, bool& missed) const;
  void count(bool missed, std::chrono::steady_clock::time_point begin) const;
  [[nodiscard]] Result<Places> look_through(const std::string& value) const;
  void remember(const std::string& value, const SharedPlaces& places) const;
  [[nodiscard]] std::string_view document(std::uint32_t place) const;

  EnrichTableOptions options_;
  std::deque<std::string> documents_;  ///< with padding behind
  std::unordered_map<std::string, Places> by_value_;
  std::vector<std::uint32_t> positions_;  ///< of ranges' documents
  std::vector<Indexed> indexed_;          ///< likewise, one for each
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, SharedPlaces> remembered_;  ///< of ranges, by the value
  mutable std::size_t remembered_bytes_ = 0;
};

/// Where the tables of enrich policies are found. Any thread.
class EnrichLookup {
 public:
  virtual ~EnrichLookup() = default;
  /// The newest table of a policy. Errors: illegal_argument_exception, the policy was not executed yet, or is not
  /// there.
  [[nodiscard]] virtual Result<std::shared_ptr<const EnrichTable>> find(std::string_view policy) const = 0;
  /// Of all tables since the start.
  [[nodiscard]] const EnrichCounters& counters() const { return *counters_; }
  /// Of the tables there are.
  [[nodiscard]] virtual EnrichMemory memory() const { return {}; }

 protected:
  /// What tables count with.
  [[nodiscard]] const std::shared_ptr<EnrichCounters>& shared_counters() const { return counters_; }

 private:
  std::shared_ptr<EnrichCounters> counters_ = std::make_shared<EnrichCounters>();
};

/// `no enrich index exists for policy with name [x]`.
Error no_enrich_index(std::string_view policy);

}  // namespace sluice::ingest
