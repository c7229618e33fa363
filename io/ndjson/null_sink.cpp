#include "io/ndjson/null_sink.h"

namespace sluice::io {

using pipeline::Outcome;

Status NullSink::encode(pipeline::Batch& batch) {
  for (const pipeline::Document& document : batch.documents) batch.bytes_written += document.source.size();
  return {};
}

void NullSink::send(const pipeline::BatchPtr& /*batch*/, Task done) { done(); }

Result<pipeline::Settlement> NullSink::settle(pipeline::Batch& batch) {
  for (pipeline::Document& document : batch.documents) {
    if (document.outcome != Outcome::kPending) continue;
    document.outcome = document.operation == pipeline::Operation::kDelete ? Outcome::kDeleted : Outcome::kCreated;
  }
  return pipeline::Settlement{};
}

void NullSink::close(bool /*complete*/, pipeline::Done done) { done({}); }

}  // namespace sluice::io
