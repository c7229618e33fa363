#include <algorithm>
#include <array>

#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

Result<std::string> setting_of(const Call& call) {
  static constexpr std::array<std::string_view, 4> kBlocks{"metadata", "read", "read_only", "write"};
  const std::string_view block = call.text_or("block", "");
  if (std::ranges::find(kBlocks, block) != kBlocks.end()) return "index.blocks." + std::string(block);
  return std::unexpected(illegal_argument("No block found with name " + std::string(block)));
}

/// Sets or removes the block, and lists the indices with `word`: true.
Result<Reply> change_block(const Call& call, Services& services, bool blocked) {
  auto setting = setting_of(call);
  if (!setting) return std::unexpected(setting.error());
  store::IndexOptions options;
  options.allow_closed = true;
  std::vector<std::string> names;
  Status changed =
      change_indices(call, services, options, [&](store::ClusterState&, store::IndexMeta& index) -> Status {
        if (blocked) {
          index.settings[*setting] = "\"true\"";
        } else {
          index.settings.erase(*setting);
        }
        ++index.settings_version;
        names.push_back(index.name);
        return {};
      });
  if (!changed) return std::unexpected(changed.error());
  JsonWriter out;
  out.begin_object().member("acknowledged", true);
  if (blocked) out.member("shards_acknowledged", true);
  out.key("indices").begin_array();
  for (const std::string& name : names) {
    out.begin_object().member("name", name).member(blocked ? "blocked" : "unblocked", true).end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

}  // namespace

Result<Reply> put_block(Call& call, Services& services) { return change_block(call, services, true); }

Result<Reply> delete_block(Call& call, Services& services) { return change_block(call, services, false); }

Result<Reply> resize_index(Call& call, Services& /*services*/) {
  const std::string verb = call.path.substr(call.path.find("/_", 1) + 1);
  return std::unexpected(unsupported("[" + verb.substr(0, verb.find('/')) +
                                     "] of an index is not supported; make the "
                                     "index with the shards that it needs and copy the documents with _reindex"));
}

}  // namespace sluice::rest
