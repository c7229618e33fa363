#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/base/idle_pool.h"
#include "pipeline/stage.h"
#include "stages/painless/script.h"

namespace sluice::stages {

struct ScriptOptions {
  std::shared_ptr<const painless::Script> script;  ///< of painless::reindex_context()
  std::string params;                              ///< a raw JSON object; empty: none
  painless::Limits limits;
  std::int64_t now = 0;       ///< `ctx._now`: milliseconds since 1970
  bool has_versions = false;  ///< `ctx._version` is the source's; else it is -1, as in Elasticsearch
};

/// Runs a script on each document that is still pending. What the script leaves alone stays byte for byte; a failing
/// script fails the batch with Elasticsearch's script_exception, which ends the run. Any number of threads: each batch
/// gets a machine of its own.
class Script final : public pipeline::Stage {
 public:
  explicit Script(ScriptOptions options);
  ~Script() override;
  [[nodiscard]] std::string_view name() const override { return "script"; }
  Status apply(pipeline::Batch& batch) const override;

 private:
  class Worker;
  ScriptOptions options_;
  mutable IdlePool<Worker> workers_;
};

}  // namespace sluice::stages
