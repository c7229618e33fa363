#include "stages/route/route.h"

#include <utility>

#include "pipeline/base/json_text.h"

namespace sluice::stages {

Route::Route(RouteOptions options)
    : options_(std::move(options)),
      index_token_(options_.index.empty() ? std::string() : json_string(options_.index)),
      routing_token_(json_string(options_.routing_text)) {}

void Route::route(pipeline::Document& document) const {
  // The tokens are the stage's own: it outlives every batch of its run.
  if (!index_token_.empty()) document.index = index_token_;
  switch (options_.routing) {
    case RoutingRule::kKeep:
      break;
    case RoutingRule::kDiscard:
      document.routing = {};
      break;
    case RoutingRule::kSet:
      document.routing = routing_token_;
      break;
  }
  if (!options_.types_as_field) document.type = {};
  if (!options_.keep_versions) document.version = pipeline::kNoVersion;
  if (options_.create && document.operation == pipeline::Operation::kIndex) {
    document.operation = pipeline::Operation::kCreate;
  }
}

Status Route::apply(pipeline::Batch& batch) const {
  for (pipeline::Document& document : batch.documents) {
    if (document.outcome == pipeline::Outcome::kPending) route(document);
  }
  return {};
}

}  // namespace sluice::stages
