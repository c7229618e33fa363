#include "io/store/documents/version_check.h"

#include <utility>

#include <fmt/format.h>

namespace sluice::store {
namespace {

constexpr std::int64_t kMatchAny = -3;
constexpr std::int64_t kNotFound = -1;

using Checked = std::expected<std::int64_t, std::string>;

Checked check_seq_no(const Write& write, const IdEntry* live) {
  const std::int64_t seq_no = write.if_seq_no.value_or(-2);
  const std::int64_t term = write.if_primary_term.value_or(0);
  if (live == nullptr) {
    return std::unexpected(
        fmt::format("required seqNo [{}], primary term [{}]. but no document was found", seq_no, term));
  }
  if (live->seq_no != seq_no || live->primary_term != term) {
    return std::unexpected(
        fmt::format("required seqNo [{}], primary term [{}]. current document has seqNo [{}] and primary term [{}]",
                    seq_no, term, live->seq_no, live->primary_term));
  }
  return live->version;
}

Checked check_internal(const Write& write, std::int64_t current) {
  if (write.version && *write.version != kMatchAny && *write.version != current) {
    if (current == kNotFound) {
      return std::unexpected(fmt::format("document does not exist (expected version [{}])", *write.version));
    }
    return std::unexpected(
        fmt::format("current version [{}] is different than the one provided [{}]", current, *write.version));
  }
  return current == kNotFound ? 1 : current + 1;
}

Checked check_external(const Write& write, std::int64_t current) {
  const std::int64_t wanted = write.version.value_or(kMatchAny);
  if (current == kNotFound) return wanted;
  const bool equal_fits = write.versioning == Versioning::kExternalGte;
  if (wanted > current || (equal_fits && wanted == current)) return wanted;
  return std::unexpected(fmt::format("current version [{}] is higher {} the one provided [{}]", current,
                                     equal_fits ? "than" : "or equal to", wanted));
}

}  // namespace

Checked check_version(const Write& write, const IdEntry* current) {
  const IdEntry* live = current != nullptr && !current->deleted_at ? current : nullptr;
  if (write.if_seq_no || write.if_primary_term) {
    if (auto checked = check_seq_no(write, live); !checked) return checked;
  }
  const std::int64_t version = current != nullptr ? current->version : kNotFound;
  if (write.kind == WriteKind::kCreate && live != nullptr) {
    return std::unexpected(fmt::format("document already exists (current version [{}])", version));
  }
  return write.versioning == Versioning::kInternal ? check_internal(write, version) : check_external(write, version);
}

Error version_conflict(const IndexKey& index, std::uint32_t shard, std::string_view id, const std::string& why) {
  return Error(ErrorKind::kConflict, 409, "version_conflict_engine_exception",
               fmt::format("[{}]: version conflict, {}", id, why))
      .with("index_uuid", index.uuid)
      .with("shard", std::to_string(shard))
      .with("index", index.name);
}

}  // namespace sluice::store
