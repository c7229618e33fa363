#include "reindex/response.h"

#include <algorithm>
#include <cmath>

#include "pipeline/base/json_writer.h"
#include "pipeline/base/units.h"

namespace sluice {
namespace {

std::int64_t milliseconds(Nanoseconds duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

void write_duration(JsonWriter& out, const std::string& name, Nanoseconds duration, bool human) {
  if (human) out.member(name, human_duration(duration));
  out.member(name + "_millis", milliseconds(duration));
}

/// The keys from `slice_id` to `throttled_until_millis`, which a slice has in common with the whole.
void write_status(JsonWriter& out, const pipeline::SliceStatus& status, const ResponseFormat& format) {
  const pipeline::Counters& counters = status.counters;
  if (status.slice_id) out.member("slice_id", std::uint64_t{*status.slice_id});
  out.member("total", status.total);
  if (format.kind != RequestKind::kDeleteByQuery) out.member("updated", counters.updated);
  if (format.kind == RequestKind::kReindex) out.member("created", counters.created);
  out.member("deleted", counters.deleted)
      .member("batches", status.batches)
      .member("version_conflicts", counters.version_conflicts)
      .member("noops", counters.noops);
  out.key("retries").begin_object();
  out.member("bulk", status.retries_bulk).member("search", status.retries_search).end_object();
  write_duration(out, "throttled", status.throttled, format.human);
  const float rate = status.requests_per_second;
  out.key("requests_per_second").java_float(std::isinf(rate) ? -1.0F : rate);
  if (status.canceled) out.member("canceled", *status.canceled);
  write_duration(out, "throttled_until", status.throttled_until, format.human);
}

void write_slices(JsonWriter& out, const pipeline::RunStatus& status, SlicesShown shown, const ResponseFormat& format) {
  out.key("slices").begin_array();
  for (const pipeline::SliceStatus& slice : status.slices) {
    if (shown == SlicesShown::kFinished && !slice.finished && !status.finished) {
      out.null();
    } else {
      write_slice_status(out, slice, format);
    }
  }
  out.end_array();
}

/// The sums over the slices that have ended.
pipeline::SliceStatus finished_slices(const pipeline::RunStatus& status) {
  pipeline::SliceStatus sum;
  sum.requests_per_second = 0;
  sum.canceled = status.totals.canceled;
  for (const pipeline::SliceStatus& slice : status.slices) {
    if (!slice.finished) continue;
    sum.total += slice.total;
    sum.counters += slice.counters;
    sum.batches += slice.batches;
    sum.retries_bulk += slice.retries_bulk;
    sum.retries_search += slice.retries_search;
    sum.throttled += slice.throttled;
    sum.requests_per_second += slice.requests_per_second;
  }
  return sum;
}

void write_bulk_failure(JsonWriter& out, const pipeline::Failure& failure) {
  out.begin_object();
  if (!failure.index.empty()) out.member("index", failure.index);
  if (!failure.type.empty()) out.member("type", failure.type);
  out.key("id");
  failure.id ? out.string(*failure.id) : out.null();
  out.key("cause");
  failure.cause.write(out);
  out.member("status", failure.cause.status).end_object();
}

void write_search_failure(JsonWriter& out, const pipeline::Failure& failure) {
  out.begin_object();
  if (!failure.index.empty()) out.member("index", failure.index);
  if (failure.shard) out.member("shard", *failure.shard);
  if (!failure.node.empty()) out.member("node", failure.node);
  out.member("status", failure.cause.status).key("reason");
  failure.cause.write(out);
  out.end_object();
}

void write_failures(JsonWriter& out, const std::vector<pipeline::Failure>& failures) {
  using Kind = pipeline::Failure::Kind;
  out.key("failures").begin_array();
  for (const pipeline::Failure& failure : failures) {
    if (failure.kind == Kind::kBulk) write_bulk_failure(out, failure);
  }
  for (const pipeline::Failure& failure : failures) {
    if (failure.kind == Kind::kSearch) write_search_failure(out, failure);
  }
  out.end_array();
}

void write_error_members(JsonWriter& out, const Error& error) {
  out.member("type", error.type).member("reason", error.reason);
  for (const auto& [key, json] : error.details) out.key(key).raw(json);
}

}  // namespace

std::string error_json(const Error& error, ResponseFormat format) {
  if (!format.pretty) return error.envelope();
  JsonWriter out(true);
  out.begin_object().key("error").begin_object().key("root_cause").begin_array();
  if (error.root_causes.empty()) {
    out.begin_object();
    write_error_members(out, error);
    out.end_object();
  }
  for (const Error& root : error.root_causes) root.write(out);
  out.end_array();
  write_error_members(out, error);
  if (error.caused_by) {
    out.key("caused_by");
    error.caused_by->write(out);
  }
  out.end_object().member("status", error.status).end_object();
  return out.take() + "\n";
}

void write_slice_status(JsonWriter& out, const pipeline::SliceStatus& status, ResponseFormat format) {
  out.begin_object();
  write_status(out, status, format);
  out.end_object();
}

void write_task_status(JsonWriter& out, const pipeline::RunStatus& status, SlicesShown shown, ResponseFormat format) {
  out.begin_object();
  const bool in_parts = status.sliced && shown == SlicesShown::kFinished && !status.finished;
  // A run that has not begun to read knows nothing of itself.
  const bool begun = !status.slices.empty() || (status.finished && !status.error);
  write_status(out, in_parts || !begun ? finished_slices(status) : status.totals, format);
  if (status.sliced) write_slices(out, status, shown, format);
  out.end_object();
}

std::string response_json(const pipeline::RunStatus& status, ResponseFormat format) {
  if (status.error) return error_json(*status.error, format);
  JsonWriter out(format.pretty);
  out.begin_object();
  out.member("took", milliseconds(status.took)).member("timed_out", status.timed_out);
  write_status(out, status.totals, format);
  if (status.sliced) write_slices(out, status, SlicesShown::kFinished, format);
  write_failures(out, status.failures);
  out.end_object();
  return format.pretty ? out.take() + "\n" : out.take();
}

int response_http_status(const pipeline::RunStatus& status) {
  if (status.error) return status.error->status;
  int highest = status.timed_out ? 408 : 200;
  for (const pipeline::Failure& failure : status.failures) highest = std::max(highest, failure.cause.status);
  return highest;
}

}  // namespace sluice
