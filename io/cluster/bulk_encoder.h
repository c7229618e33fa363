#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/model/batch.h"

/// Documents as the lines of a `_bulk` request. Pure.
namespace sluice::io {

enum class VersionType : std::uint8_t { kInternal, kExternal, kExternalGte };

/// What decides how a document's lines look.
struct BulkFormat {
  std::string index{};  ///< text; documents for it name no index, for the request's path does
  bool create = false;  ///< `op_type=create`
  VersionType version_type = VersionType::kInternal;
  std::string_view default_type{};  ///< `_type` of documents without one; empty: the server has no types
  bool underscore_type = true;      ///< a type may begin with `_`
  bool keep_types = false;          ///< documents keep their own `_type`
  bool conditions = true;           ///< the server knows `if_seq_no`
  std::size_t byte_limit = std::size_t{10} << 20;
};

/// The longest `_id`, in bytes of UTF-8. Source: IndexRequest::validate.
inline constexpr std::size_t kLongestId = 512;

/// Encodes the batch's pending documents, in order, up to the byte limit of the batch (or the format's), at least one,
/// into `batch.bulk.body` and `.items`; only those before Bulk::refused_end, where some were refused. A document that
/// no server would take (an id that is too long, an external version that is missing, a condition of a pipeline's that
/// goes with nothing else) fails here: it gets its outcome
/// and a failure, and no lines.
void encode_bulk(pipeline::Batch& batch, const BulkFormat& format);

}  // namespace sluice::io
