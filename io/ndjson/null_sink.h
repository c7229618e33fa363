#pragma once

#include "pipeline/ports.h"

namespace sluice::io {

/// `null:` counts and drops: every document is created, or deleted, and goes nowhere. For measuring what comes before.
class NullSink final : public pipeline::Sink {
 public:
  [[nodiscard]] std::string name() const override { return "null:"; }
  void open(pipeline::Done done) override { done({}); }
  [[nodiscard]] bool in_place() const override { return true; }
  Status encode(pipeline::Batch& batch) override;
  void send(const pipeline::BatchPtr& batch, Task done) override;
  Result<pipeline::Settlement> settle(pipeline::Batch& batch) override;
  void abort() override {}
  void close(bool complete, pipeline::Done done) override;
};

}  // namespace sluice::io
