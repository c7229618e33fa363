#include "io/store/catalog/index_blocks.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace sluice::store {

namespace {

struct Block {
  std::string_view setting;
  int status;
  std::string_view text;
  std::array<IndexUse, 2> uses;
};

constexpr auto kBlocks = std::to_array<Block>(
    {{"index.blocks.read_only_allow_delete",
      429,
      "TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block",
      {IndexUse::kWrite, IndexUse::kWrite}},
     {"index.blocks.metadata",
      403,
      "FORBIDDEN/9/index metadata (api)",
      {IndexUse::kReadMetadata, IndexUse::kChangeMetadata}},
     {"index.blocks.write", 403, "FORBIDDEN/8/index write (api)", {IndexUse::kWrite, IndexUse::kWrite}},
     {"index.blocks.read", 403, "FORBIDDEN/7/index read (api)", {IndexUse::kRead, IndexUse::kRead}},
     {"index.blocks.read_only",
      403,
      "FORBIDDEN/5/index read-only (api)",
      {IndexUse::kWrite, IndexUse::kChangeMetadata}}});

}  // namespace

Blocks blocks_of(const IndexMeta& index, IndexUse use) {
  Blocks found;
  std::string names;
  for (const Block& block : kBlocks) {
    if (std::ranges::find(block.uses, use) == block.uses.end()) continue;
    if (index.setting(block.setting, "false") != "true") continue;
    names += (names.empty() ? "" : ", ") + std::string(block.text);
    found.status = found.status == 0 ? block.status : 403;
  }
  if (found.status != 0) found.reason = "index [" + index.name + "] blocked by: [" + names + "];";
  return found;
}

}  // namespace sluice::store
