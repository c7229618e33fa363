#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/base/idle_pool.h"
#include "pipeline/stage.h"
#include "stages/painless/script.h"

namespace sluice {

struct ByQueryScriptOptions {
  std::shared_ptr<const painless::Script> script;  ///< of painless::by_query_context()
  std::string params;                              ///< a raw JSON object; empty: none
  bool has_versions = false;                       ///< `ctx._version` is the document's; else it is -1
};

/// The script of an `_update_by_query`: it may change `_source` and `op`, and nothing else of its ctx. What it leaves
/// alone stays byte for byte. A failing script fails the batch with Elasticsearch's script_exception, which ends the
/// run. Any number of threads. Source: reference/reindex.md 6, and a node for the order of ctx's keys.
class ByQueryScript final : public pipeline::Stage {
 public:
  explicit ByQueryScript(ByQueryScriptOptions options);
  ~ByQueryScript() override;
  [[nodiscard]] std::string_view name() const override { return "script"; }
  Status apply(pipeline::Batch& batch) const override;

 private:
  class Document;
  const ByQueryScriptOptions options_;
  const std::int64_t now_;  ///< `ctx._now`: milliseconds since 1970
  mutable IdlePool<painless::Machine> machines_;
};

}  // namespace sluice
