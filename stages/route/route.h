#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/stage.h"

namespace sluice::stages {

/// What becomes of a document's routing. Source: reference/reindex.md 1.7.
enum class RoutingRule : std::uint8_t { kKeep, kDiscard, kSet };

struct RouteOptions {
  std::string index;  ///< text of the destination's name; empty: every document keeps its own
  RoutingRule routing = RoutingRule::kKeep;
  std::string routing_text;     ///< with kSet; may be empty
  bool create = false;          ///< op_type create
  bool keep_versions = false;   ///< an external version type: the source's version is written
  bool types_as_field = false;  ///< `_type` becomes the first field of the document; else it is dropped
};

/// Where each document goes: index, routing, operation, version. Touches documents that are still pending only, and
/// never overrules a delete. Any number of threads.
class Route final : public pipeline::Stage {
 public:
  explicit Route(RouteOptions options);
  [[nodiscard]] std::string_view name() const override { return "route"; }
  Status apply(pipeline::Batch& batch) const override;

 private:
  void route(pipeline::Document& document, Arena& arena) const;

  RouteOptions options_;
  std::string index_token_;
  std::string routing_token_;
};

}  // namespace sluice::stages
