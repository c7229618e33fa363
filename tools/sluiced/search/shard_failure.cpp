#include "tools/sluiced/search/shard_failure.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace sluice::rest {

namespace {

bool says_the_same(const ShardFailure& a, const ShardFailure& b) {
  return a.index->number == b.index->number && a.error.type == b.error.type && a.error.reason == b.error.reason;
}

/// One failure for each thing that an index said.
std::vector<const ShardFailure*> grouped(const std::vector<ShardFailure>& failures) {
  std::vector<const ShardFailure*> groups;
  for (const ShardFailure& each : failures) {
    const bool known =
        std::ranges::any_of(groups, [&each](const ShardFailure* group) { return says_the_same(*group, each); });
    if (!known) groups.push_back(&each);
  }
  return groups;
}

std::string failures_json(const Services& services, const std::vector<const ShardFailure*>& failures) {
  JsonWriter out;
  out.begin_array();
  for (const ShardFailure* each : failures) {
    out.begin_object().member("shard", std::uint64_t{each->shard.value_or(0)}).member("index", each->index->name);
    out.member("node", services.node_id).key("reason");
    each->error.write(out);
    out.end_object();
  }
  out.end_array();
  return out.take();
}

/// A cause that is an exception of Elasticsearch's own, and not Lucene's, which has the same name.
bool has_own_cause(const Error& error) {
  if (error.caused_by == nullptr) return false;
  if (error.caused_by->kind == ErrorKind::kScript && error.type != "script_exception") return true;
  if (error.caused_by->type == "painless_error" || error.caused_by->type == "painless_explain_error") return true;
  return error.caused_by->type == "exception" || error.caused_by->type == "resource_not_found_exception" ||
         (error.caused_by->type == "parse_exception" && !error.caused_by->reason.starts_with("Cannot parse '"));
}

Error root_cause_of(const Error& error) {
  Error root = error;
  while (has_own_cause(root)) root = Error(*root.caused_by);
  root.caused_by = nullptr;
  return root;
}

}  // namespace

bool is_of_shard(const Error& error) {
  return error.kind == ErrorKind::kBadRequest || error.kind == ErrorKind::kScript;
}

Error shards_failed(const Services& services, std::string_view reason, const std::vector<ShardFailure>& failures) {
  const Error& cause = failures.front().error;
  const auto broken = std::ranges::find_if(failures, [](const ShardFailure& each) { return each.error.status >= 500; });
  const Error& decides = broken == failures.end() ? cause : broken->error;
  Error error(decides.kind, decides.status, "search_phase_execution_exception", std::string(reason));
  const std::vector<const ShardFailure*> groups = grouped(failures);
  error.details.emplace_back("phase", "\"query\"");
  error.details.emplace_back("grouped", "true");
  error.details.emplace_back("failed_shards", failures_json(services, groups));
  for (const ShardFailure* each : groups) error.root_causes.push_back(root_cause_of(each->error));
  if (has_own_cause(cause)) error.caused_by = cause.caused_by;
  if (cause.type == "illegal_argument_exception" || cause.type == "null_pointer_exception" ||
      cause.type == "illegal_state_exception" || cause.type == "unsupported_operation_exception" ||
      cause.type == "number_format_exception") {
    // Elasticsearch wraps these once more on their way out.
    Error inner = cause;
    error.caused_by = std::make_shared<const Error>(std::move(inner).wrapping(cause));
  }
  return error;
}

Error all_shards_failed(const Services& services, const store::IndexMeta& index, Error cause) {
  const std::vector<ShardFailure> failures{
      {std::make_shared<const store::IndexMeta>(index), std::nullopt, std::move(cause)}};
  return shards_failed(services, kAllShardsFailed, failures);
}

void write_search_shards(JsonWriter& out, const Services& services, std::uint64_t total,
                         const std::vector<ShardFailure>& failures) {
  std::uint64_t failed = 0;
  for (const ShardFailure& each : failures) failed += each.shards();
  out.key("_shards").begin_object().member("total", total).member("successful", total - failed);
  out.member("skipped", 0).member("failed", failed);
  if (failed > 0) out.key("failures").raw(failures_json(services, grouped(failures)));
  out.end_object();
}

}  // namespace sluice::rest
