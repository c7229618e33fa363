#include <utility>

#include "tools/sluiced/rest/cat_table.h"
#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/index_figures.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

const std::vector<CatColumn>& columns() {
  static const std::vector<CatColumn> made{
      {"health", "h", "current health status"},
      {"status", "s", "open/close status"},
      {"index", "i,idx", "index name"},
      {"uuid", "id,uuid", "index uuid"},
      {"pri", "p,shards.primary,shardsPrimary", "number of primary shards", true, true},
      {"rep", "r,shards.replica,shardsReplica", "number of replica shards", true, true},
      {"docs.count", "dc,docsCount", "available docs", true, true},
      {"docs.deleted", "dd,docsDeleted", "deleted docs", true, true},
      {"creation.date", "cd", "index creation date (millisecond value)", false},
      {"creation.date.string", "cds", "index creation date (as string)", false},
      {"store.size", "ss,storeSize", "store size of primaries & replicas", true, true},
      {"pri.store.size", "", "store size of primaries", true, true},
      {"dataset.size", "", "total size of dataset", false, true},  // not with OpenSearch
#define FIGURE(name, aliases, description, value) \
  {name, aliases, description, false, true}, {"pri." name, "", description, false, true},
#include "tools/sluiced/rest/cat_figures.def"
#undef FIGURE
  };
  return made;
}

CatRow row_of(const store::IndexMeta& index, const IndexFigures& figures) {
  const auto when_open = [&](CatValue value) { return index.open ? std::move(value) : CatValue::none(); };
  CatRow row{CatValue::of(health_of(index)),
             CatValue::of(index.open ? "open" : "close"),
             CatValue::of(index.name),
             CatValue::of(index.uuid),
             CatValue::of(std::int64_t{index.shards()}),
             CatValue::of(std::int64_t{index.replicas()}),
             when_open(CatValue::of(figures.docs)),
             when_open(CatValue::of(figures.deleted)),
             CatValue::of(index.creation_date),
             CatValue::of(cat_date(index.creation_date)),
             when_open(CatValue::bytes(figures.bytes)),
             when_open(CatValue::bytes(figures.bytes)),
             when_open(CatValue::bytes(figures.bytes))};
#define FIGURE(name, aliases, description, value) \
  row.push_back(when_open(value));                \
  row.push_back(when_open(value));
#include "tools/sluiced/rest/cat_figures.def"
#undef FIGURE
  return row;
}

}  // namespace

Result<Reply> cat_indices(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(columns());
  const std::string_view health = call.text_or("health", "");
  if (!health.empty() && health != "green" && health != "yellow" && health != "red") {
    return std::unexpected(illegal_argument("unknown cluster health status [" + std::string(health) + "]"));
  }
  const store::StatePtr state = services.catalog.state();
  auto indices = indices_of(call, *state, administration_options());
  if (!indices) return std::unexpected(indices.error());
  std::vector<CatRow> rows;
  for (const store::ResolvedIndex& each : *indices) {
    if (!health.empty() && health_of(*each.index) != health) continue;
    auto figures = figures_of(services, *each.index);
    if (!figures) return std::unexpected(figures.error());
    rows.push_back(row_of(*each.index, *figures));
  }
  return cat_reply(call, columns(), std::move(rows));
}

}  // namespace sluice::rest
