#include <filesystem>

#include "tools/sluiced/rest/cat_table.h"
#include "tools/sluiced/rest/index_figures.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

const std::vector<CatColumn>& shard_columns() {
  static const std::vector<CatColumn> made{{"index", "i,idx", "index name"},
                                           {"shard", "s,sh", "shard name"},
                                           {"prirep", "p,pr,primaryOrReplica", "primary or replica"},
                                           {"state", "st", "shard state"},
                                           {"docs", "d,dc", "number of docs in shard", true, true},
                                           {"store", "sto", "store size of shard (how much disk it uses)", true, true},
                                           {"dataset", "", "total size of dataset", false, true},
                                           {"ip", "", "ip of node where it lives"},
                                           {"id", "", "unique id of node where it lives", false},
                                           {"node", "n", "name of node where it lives"},
                                           {"unassigned.reason", "ur", "reason shard became unassigned", false}};
  return made;
}

/// Those that only Elasticsearch has are shown where `h` names them.
const std::vector<CatColumn>& allocation_columns() {
  static const std::vector<CatColumn> made{
      {"shards", "s", "number of shards on node", true, true},
      {"shards.undesired", "", "number of shards that are scheduled to be moved elsewhere in the cluster", false, true},
      {"disk.indices", "di,diskIndices", "disk used by ES indices", true, true},
      {"disk.used", "du,diskUsed", "disk used (total, not just ES)", true, true},
      {"disk.avail", "da,diskAvail", "disk available", true, true},
      {"disk.total", "dt,diskTotal", "total capacity of all volumes", true, true},
      {"disk.percent", "dp,diskPercent", "percent disk used", true, true},
      {"host", "h", "host of node"},
      {"ip", "", "ip of node"},
      {"node", "n", "name of node"},
      {"node.role", "r,role,nodeRole", "node roles", false}};
  return made;
}

/// A shard has the part of its index's bytes that it has of the sources.
Status add_shards(Services& services, const store::IndexMeta& index, std::vector<CatRow>& rows) {
  const store::ViewPtr view = services.views.view(index);
  auto figures = figures_of(services, index);
  if (!figures) return std::unexpected(figures.error());
  for (std::uint32_t shard = 0; shard < index.shards(); ++shard) {
    auto facts = view->facts(index.key(), shard);
    if (!facts) return std::unexpected(facts.error());
    const double part = figures->source_bytes == 0
                            ? 0.0
                            : static_cast<double>(facts->source_bytes) / static_cast<double>(figures->source_bytes);
    const auto bytes = static_cast<std::int64_t>(part * static_cast<double>(figures->bytes));
    const CatValue number = CatValue::of(std::int64_t{shard});
    rows.push_back({CatValue::of(index.name), number, CatValue::of("p"), CatValue::of("STARTED"),
                    CatValue::of(static_cast<std::int64_t>(facts->documents)), CatValue::bytes(bytes),
                    CatValue::bytes(bytes), CatValue::of(host_of(services.http_address)),
                    CatValue::of(services.node_id), CatValue::of(services.node_name), CatValue::none()});
    for (std::uint32_t copy = 0; copy < index.replicas(); ++copy) {
      rows.push_back({CatValue::of(index.name), number, CatValue::of("r"), CatValue::of("UNASSIGNED"), CatValue::none(),
                      CatValue::none(), CatValue::none(), CatValue::none(), CatValue::none(), CatValue::none(),
                      CatValue::of("INDEX_CREATED")});
    }
  }
  return {};
}

/// The disk that the store's folder is on: used, available, total, percent used.
void append_disk(const Services& services, CatRow& row) {
  std::error_code problem;
  const std::filesystem::space_info space = std::filesystem::space(services.data_path, problem);
  if (problem || space.capacity == 0) {
    row.insert(row.end(), 4, CatValue::none());
    return;
  }
  const std::uintmax_t used = space.capacity - space.available;
  for (const std::uintmax_t bytes : {used, space.available, space.capacity}) {
    row.push_back(CatValue::bytes(static_cast<std::int64_t>(bytes)));
  }
  row.push_back(CatValue::of(static_cast<std::int64_t>(used * 100 / space.capacity)));
}

bool names_node(const Call& call, const Services& services) {
  const std::vector<std::string> names = call.list("node_id");
  if (names.empty()) return true;
  for (const std::string& name : names) {
    if (name == "_all" || name == "_local" || name == "_master" || name == services.node_id ||
        wildcard_match(name, services.node_name)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<Reply> cat_shards(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(shard_columns());
  const store::StatePtr state = services.catalog.state();
  store::IndexOptions options;
  options.expand_hidden = true;
  auto indices = indices_of(call, *state, options);
  if (!indices) return std::unexpected(indices.error());
  std::vector<CatRow> rows;
  for (const store::ResolvedIndex& each : *indices) {
    if (auto added = add_shards(services, *each.index, rows); !added) return std::unexpected(added.error());
  }
  return cat_reply(call, shard_columns(), std::move(rows));
}

Result<Reply> cat_allocation(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(allocation_columns());
  std::int64_t shards = 0;
  std::int64_t unassigned = 0;
  std::uint64_t bytes = 0;
  const store::StatePtr state = services.catalog.state();
  for (const auto& [name, index] : state->indices) {
    bytes += services.documents.disk_bytes(index->key());
    shards += index->shards();
    unassigned += std::int64_t{index->shards()} * index->replicas();
  }
  const std::string host = host_of(services.http_address);
  std::vector<CatRow> rows;
  if (names_node(call, services)) {
    CatRow row{CatValue::of(shards), CatValue::of(std::int64_t{0}), CatValue::bytes(static_cast<std::int64_t>(bytes))};
    append_disk(services, row);
    for (const std::string_view text : {std::string_view(host), std::string_view(host),
                                        std::string_view(services.node_name), std::string_view("dim")}) {
      row.push_back(CatValue::of(text));
    }
    rows.push_back(std::move(row));
  }
  if (unassigned > 0) {
    CatRow row(allocation_columns().size());
    row.front() = CatValue::of(unassigned);
    row[row.size() - 2] = CatValue::of("UNASSIGNED");
    rows.push_back(std::move(row));
  }
  return cat_reply(call, allocation_columns(), std::move(rows));
}

}  // namespace sluice::rest
