#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "io/store/documents/documents.h"

namespace sluice::store {

/// One of `count` disjoint parts, from 0.
struct SlicePart {
  std::uint32_t number = 0;
  std::uint32_t count = 1;
};

/// An index that is read.
struct ReadIndex {
  IndexPtr index;
  IndexKey key;
  ViewPtr view;
  std::string token;                                        ///< its name as JSON
  std::vector<std::uint32_t> shards;                        ///< those that are read
  std::function<Result<bool>(const StoredDocument&)> test;  ///< none: every document
  std::optional<pipeline::LookupPlan> plan;                 ///< which documents can pass; nothing: that can't be told
  std::function<Result<std::string>(const StoredDocument&)> order;  ///< none: that of writing
};

/// What one slice reads of one shard: a range of sequence numbers, and of the ids in it one of several parts.
struct ShardPart {
  std::size_t index = 0;  ///< in the list of ReadIndex
  std::uint32_t shard = 0;
  std::int64_t from = 0;
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
  SlicePart ids{};
};

/// Cuts indices into `slices` parts that are disjoint and together everything. Where an index has as many shards as
/// there are slices or more, a slice gets whole shards; else several slices share a shard, each with a range of the
/// sequence numbers that the view has. Errors: the store's.
Result<std::vector<std::vector<ShardPart>>> cut_by_sequence(std::span<const ReadIndex> indices, std::uint32_t slices);

/// One part of a source that several requests read, each at its own time: what lies where must not depend on what has
/// been written in between, so shards are shared by the hash of the ids. Source of the idea: Elasticsearch's
/// TermsSliceQuery.
std::vector<ShardPart> cut_by_id(std::span<const ReadIndex> indices, SlicePart part);

/// How slices were cut, as text, and the other way round: of the same indices, whatever was written to them in between.
/// `bounded`: what was written since the view was taken stays outside. Errors: index_not_found_exception for an index
/// that is gone; the store's.
Result<std::string> plan_of(std::span<const ReadIndex> indices, const std::vector<std::vector<ShardPart>>& slices,
                            bool bounded);
Result<std::vector<std::vector<ShardPart>>> cut_by_plan(std::span<const ReadIndex> indices, const std::string& plan);

/// Whether an id belongs to a part. A hash of its own: the one that chose the shard would have few values left.
bool in_part(std::string_view id, SlicePart part);

/// Whether a document is one of those that are read: of its part of the ids, and passing the index's test.
inline Result<bool> is_wanted(const ReadIndex& read, const ShardPart& part, const StoredDocument& document) {
  if (part.ids.count > 1 && !in_part(document.id, part.ids)) return false;
  return read.test ? read.test(document) : true;
}

}  // namespace sluice::store
