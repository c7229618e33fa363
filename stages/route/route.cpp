#include "stages/route/route.h"

#include <cstring>
#include <utility>

#include "pipeline/base/json_text.h"

namespace sluice::stages {

Route::Route(RouteOptions options)
    : options_(std::move(options)),
      index_token_(options_.index.empty() ? std::string() : json_string(options_.index)),
      routing_token_(json_string(options_.routing_text)) {}

namespace {

/// `{"_type":..,` in front of what the object holds.
std::string_view with_type(std::string_view source, std::string_view type, Arena& arena) {
  static constexpr std::string_view kKey = "\"_type\":";
  std::string_view rest = source.substr(1);
  const std::size_t first = rest.find_first_not_of(" \t\r\n");
  const bool empty = first == std::string_view::npos || rest[first] == '}';
  char* const begin = arena.allocate(source.size() + kKey.size() + type.size() + 1);
  char* at = begin;
  for (const std::string_view part : {std::string_view("{"), kKey, type, std::string_view(empty ? "" : ","), rest}) {
    std::memcpy(at, part.data(), part.size());
    at += part.size();
  }
  const auto size = static_cast<std::size_t>(at - begin);
  arena.shrink(begin, size);
  return {begin, size};
}

}  // namespace

void Route::route(pipeline::Document& document, Arena& arena) const {
  // The tokens are the stage's own: it outlives every batch of its run.
  if (!index_token_.empty() && !document.index_is_set) document.index = index_token_;
  switch (document.routing_is_set ? RoutingRule::kKeep : options_.routing) {
    case RoutingRule::kKeep:
      break;
    case RoutingRule::kDiscard:
      document.routing = {};
      break;
    case RoutingRule::kSet:
      document.routing = routing_token_;
      break;
  }
  if (options_.types_as_field && !document.type.empty() && document.source.starts_with('{')) {
    document.source = with_type(document.source, document.type, arena);
  }
  document.type = {};
  if (!options_.keep_versions && !document.version_is_set) document.version = pipeline::kNoVersion;
  if (options_.create && document.operation == pipeline::Operation::kIndex) {
    document.operation = pipeline::Operation::kCreate;
  }
}

Status Route::apply(pipeline::Batch& batch) const {
  for (pipeline::Document& document : batch.documents) {
    if (document.outcome == pipeline::Outcome::kPending) route(document, batch.arena);
  }
  return {};
}

}  // namespace sluice::stages
