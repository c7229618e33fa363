#include <memory>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "reindex/by_query_script.h"
#include "reindex/endpoint.h"
#include "reindex/plan.h"
#include "reindex/script_plan.h"
#include "stages/parse/parse.h"
#include "stages/source_filter/source_filter.h"

namespace sluice {

namespace {

/// Every document that is found goes.
class DeleteAll final : public pipeline::Stage {
 public:
  [[nodiscard]] std::string_view name() const override { return "delete"; }
  Status apply(pipeline::Batch& batch) const override {
    for (pipeline::Document& document : batch.documents) document.operation = pipeline::Operation::kDelete;
    return {};
  }
};

/// `"_source": false` leaves nothing that could be written again.
class RefuseAll final : public pipeline::Stage {
 public:
  [[nodiscard]] std::string_view name() const override { return "update"; }
  Status apply(pipeline::Batch& batch) const override {
    if (batch.documents.empty()) return {};
    const pipeline::Document& first = batch.documents.front();
    return std::unexpected(illegal_argument(
        fmt::format("[{}][{}] didn't store _source", json_unquoted(first.index), json_unquoted(first.id))));
  }
};

using Stages = std::vector<std::unique_ptr<pipeline::Stage>>;

Status add_update_stages(const Request& request, const RunOptions& options, Stages& stages) {
  const SourceFields& fields = request.source.fields;
  if (!fields.enabled) stages.push_back(std::make_unique<RefuseAll>());
  if (!fields.everything() && fields.enabled) {
    stages.push_back(std::make_unique<stages::SourceFilter>(fields.includes, fields.excludes));
  }
  if (!request.script) return {};
  auto compiled = compile_request_script(*request.script, painless::by_query_context(), options);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  ByQueryScriptOptions script;
  script.script = std::move(*compiled);
  script.params = request.script->params;
  script.has_versions = request.script_sees_versions;
  stages.push_back(std::make_unique<ByQueryScript>(std::move(script)));
  return {};
}

}  // namespace

Result<Plan> make_by_query_plan(const Request& request, const RunOptions& options) {
  auto where = parse_endpoint_text(options.source, "source");
  if (!where) return std::unexpected(std::move(where.error()));
  if (where->kind != Endpoint::Kind::kStore) {
    return std::unexpected(
        unsupported("documents can be updated and deleted by a query in an embedded store only: use store:DIR"));
  }
  if (Status valid = validate(request); !valid) return std::unexpected(std::move(valid.error()));
  Plan plan;
  const auto store = plan.stores.find(where->address, options);
  if (!store) return std::unexpected(store.error());
  auto source = make_store_source(request, options, **store, where->address);
  if (!source) return std::unexpected(std::move(source.error()));
  plan.source = std::move(*source);
  plan.sink = make_by_query_sink(request, options, **store, where->address);
  plan.stages.push_back(std::make_unique<stages::Parse>(
      stages::ParseOptions{.source_name = plan.source->name(), .max_document = options.max_document}));
  if (request.kind == RequestKind::kDeleteByQuery) {
    plan.stages.push_back(std::make_unique<DeleteAll>());
  } else if (Status added = add_update_stages(request, options, plan.stages); !added) {
    return std::unexpected(std::move(added.error()));
  }
  plan.graph = common_graph_options(request, options);
  if (options.tokens_per_slice == 0) plan.graph.tokens_per_lane = 2;
  // The batch that has a conflict is the last one, as in Elasticsearch.
  plan.graph.ordered_writes = !request.proceed_on_conflicts;
  if (request.source.slice) plan.manual_slice = static_cast<std::uint32_t>(request.source.slice->id);
  return plan;
}

}  // namespace sluice
