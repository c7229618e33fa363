#include "io/store/reindexing/slice_parts.h"

#include <algorithm>
#include <sstream>

namespace sluice::store {

namespace {

/// FNV-1a, 64 bits, with a last mix because the part is taken from the low bits.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  hash ^= hash >> 32U;
  hash *= 0x9E37'79B9'7F4A'7C15ULL;
  return hash ^ (hash >> 29U);
}

/// Which of the slices of a shard `slice` is, and how many there are: shard s has the slices s, s + shards, ...
SlicePart share_of(std::size_t shard, std::size_t shards, SlicePart slice) {
  const auto at = static_cast<std::uint32_t>(shard);
  const auto step = static_cast<std::uint32_t>(shards);
  return {(slice.number - at) / step, (slice.count - at + step - 1) / step};
}

/// Calls `use(index, shard, share)` for every shard that a slice reads, with the slice's share of it.
template <typename Use>
void for_each_share(std::span<const ReadIndex> indices, SlicePart slice, Use use) {
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const auto& shards = indices[i].shards;
    if (shards.empty()) continue;
    if (shards.size() >= slice.count) {
      for (std::size_t at = slice.number; at < shards.size(); at += slice.count) use(i, shards[at], SlicePart{});
    } else {
      const std::size_t at = slice.number % shards.size();
      use(i, shards[at], share_of(at, shards.size(), slice));
    }
  }
}

}  // namespace

bool in_part(std::string_view id, SlicePart part) { return hash_of(id) % part.count == part.number; }

Result<std::vector<std::vector<ShardPart>>> cut_by_sequence(std::span<const ReadIndex> indices, std::uint32_t slices) {
  std::vector<std::vector<ShardPart>> cut(slices);
  Status status;
  for (std::uint32_t number = 0; number < slices; ++number) {
    for_each_share(indices, {number, slices}, [&](std::size_t index, std::uint32_t shard, SlicePart share) {
      ShardPart part{.index = index, .shard = shard};
      if (share.count > 1) {
        auto facts = indices[index].view->facts(indices[index].key, shard);
        if (!facts) {
          status = std::unexpected(std::move(facts.error()));
          return;
        }
        const std::int64_t step = (facts->max_seq_no + share.count) / share.count;  // of max_seq_no + 1, rounded up
        part.from = step * share.number;
        if (share.number + 1 < share.count) part.to = part.from + step;
      }
      cut[number].push_back(part);
    });
  }
  if (!status) return std::unexpected(std::move(status.error()));
  return cut;
}

std::vector<ShardPart> cut_by_id(std::span<const ReadIndex> indices, SlicePart part) {
  std::vector<ShardPart> parts;
  for_each_share(indices, part, [&](std::size_t index, std::uint32_t shard, SlicePart share) {
    parts.push_back({.index = index, .shard = shard, .ids = share});
  });
  return parts;
}

Result<std::string> plan_of(std::span<const ReadIndex> indices, const std::vector<std::vector<ShardPart>>& slices,
                            bool bounded) {
  std::ostringstream text;
  for (const auto& parts : slices) {
    text << parts.size() << '\n';
    for (const ShardPart& part : parts) {
      const ReadIndex& read = indices[part.index];
      std::int64_t to = part.to;
      if (bounded) {
        auto facts = read.view->facts(read.key, part.shard);
        if (!facts) return std::unexpected(std::move(facts.error()));
        to = std::min(to, facts->max_seq_no + 1);
      }
      text << read.index->uuid << ' ' << read.index->name << ' ' << part.shard << ' ' << part.from << ' ' << to << ' '
           << part.ids.number << ' ' << part.ids.count << '\n';
    }
  }
  return text.str();
}

Result<std::vector<std::vector<ShardPart>>> cut_by_plan(std::span<const ReadIndex> indices, const std::string& plan) {
  std::istringstream text(plan);
  std::vector<std::vector<ShardPart>> slices;
  for (std::size_t count = 0; text >> count;) {
    auto& parts = slices.emplace_back();
    for (std::size_t i = 0; i < count; ++i) {
      std::string uuid;
      std::string name;
      ShardPart part;
      text >> uuid >> name >> part.shard >> part.from >> part.to >> part.ids.number >> part.ids.count;
      if (!text) return std::unexpected(internal_error("the plan of an interrupted run is damaged"));
      const auto found = std::ranges::find(indices, uuid, [](const ReadIndex& read) { return read.index->uuid; });
      if (found == indices.end()) return std::unexpected(index_not_found(name));
      part.index = static_cast<std::size_t>(found - indices.begin());
      parts.push_back(part);
    }
  }
  return slices;
}

}  // namespace sluice::store
