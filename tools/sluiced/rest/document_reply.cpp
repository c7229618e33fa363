#include "tools/sluiced/rest/document_reply.h"

#include "pipeline/base/parse_number.h"

namespace sluice::rest {

namespace {

constexpr std::int64_t kUnassignedSeqNo = -2;

std::string type_name(store::Versioning versioning) {
  switch (versioning) {
    case store::Versioning::kExternal:
      return "EXTERNAL";
    case store::Versioning::kExternalGte:
      return "EXTERNAL_GTE";
    default:
      return "INTERNAL";
  }
}

}  // namespace

std::string_view result_text(store::WriteResult result) {
  switch (result) {
    case store::WriteResult::kCreated:
      return "created";
    case store::WriteResult::kUpdated:
      return "updated";
    case store::WriteResult::kDeleted:
      return "deleted";
    default:
      return "not_found";
  }
}

int result_status(store::WriteResult result) {
  if (result == store::WriteResult::kCreated) return 201;
  return result == store::WriteResult::kNotFound ? 404 : 200;
}

void write_reply_members(JsonWriter& out, const WriteReply& reply) {
  out.member("_index", reply.index.name).member("_id", reply.id).member("_version", reply.written.version);
  out.member("result", reply.result.empty() ? result_text(reply.written.result) : reply.result);
  if (reply.forced_refresh) out.member("forced_refresh", true);
  const bool noop = reply.result == "noop" && !reply.in_bulk;
  out.key("_shards").begin_object();
  out.member("total", noop ? 0 : static_cast<std::int64_t>(reply.index.replicas()) + 1);
  out.member("successful", noop ? 0 : 1).member("failed", 0).end_object();
  out.member("_seq_no", reply.written.seq_no).member("_primary_term", reply.written.primary_term);
}

void write_dropped_members(JsonWriter& out, std::string_view index, std::string_view id, std::int64_t version) {
  out.member("_index", index).member("_id", id.empty() ? "auto-generated" : id).member("_version", version);
  out.member("result", "noop").key("_shards").begin_object();
  out.member("total", 0).member("successful", 0).member("failed", 0).end_object();
  out.member("_seq_no", -2).member("_primary_term", 0);
}

Result<Refresh> refresh_of(const Call& call) {
  const auto text = call.text("refresh");
  if (!text || *text == "false") return Refresh::kNo;
  if (text->empty() || *text == "true") return Refresh::kNow;
  if (*text == "wait_for") return Refresh::kWait;
  return std::unexpected(illegal_argument("Unknown value for refresh: [" + std::string(*text) + "]."));
}

void refresh_after(Services& services, Refresh refresh, const store::IndexMeta& index) {
  if (refresh != Refresh::kNo) services.views.refresh(index);
}

Result<store::Versioning> version_type_of(std::string_view text) {
  if (text == "internal") return store::Versioning::kInternal;
  if (text == "external" || text == "external_gt") return store::Versioning::kExternal;
  if (text == "external_gte") return store::Versioning::kExternalGte;
  return std::unexpected(illegal_argument("No version type match [" + std::string(text) + "]"));
}

Status read_versions(const Call& call, store::Write& write, bool* create) {
  if (const auto type = call.text("version_type")) {
    auto versioning = version_type_of(*type);
    if (!versioning) return std::unexpected(versioning.error());
    write.versioning = *versioning;
  }
  const auto read = [&](std::string_view name, std::optional<std::int64_t>& into) -> Status {
    if (!call.text(name)) return {};
    auto number = call.integer(name, 0);
    if (!number) {
      Error error = number.error();
      error.reason = "Failed to parse long parameter [" + std::string(name) + "] with value [" +
                     std::string(*call.text(name)) + "]";
      return std::unexpected(std::move(error));
    }
    into = *number;
    return {};
  };
  if (auto status = read("version", write.version); !status) return status;
  if (auto status = read("if_seq_no", write.if_seq_no); !status) return status;
  if (auto status = read("if_primary_term", write.if_primary_term); !status) return status;
  if (write.if_seq_no && *write.if_seq_no < 0) {
    return std::unexpected(
        illegal_argument("sequence numbers must be non negative. got [" + std::to_string(*write.if_seq_no) + "]."));
  }
  write.routing = call.text_or("routing", "");
  if (create == nullptr) return {};
  const std::string_view type = call.text_or("op_type", *create ? "create" : "index");
  if (type != "create" && type != "index") {
    return std::unexpected(illegal_argument("opType must be 'create' or 'index', found: [" + std::string(type) + "]"));
  }
  *create = *create || type == "create";
  return {};
}

std::vector<std::string> version_problems(const store::Write& write, bool has_id) {
  std::vector<std::string> problems;
  const bool internal = write.versioning == store::Versioning::kInternal;
  const bool compares = write.if_seq_no.value_or(kUnassignedSeqNo) != kUnassignedSeqNo;
  if (write.kind == store::WriteKind::kCreate) {
    if (!internal) {
      problems.emplace_back("create operations only support internal versioning. use index instead");
      return problems;
    }
    if (write.version) {
      problems.emplace_back("create operations do not support explicit versions. use index instead");
      return problems;
    }
    if (compares) problems.emplace_back("create operations do not support compare and set. use index instead");
  }
  if (!has_id && (write.version || !internal)) {
    problems.emplace_back("an id must be provided if version type or value are set");
  }
  const bool illegal = write.version ? *write.version < (internal ? 1 : 0) : !internal;
  if (illegal) {
    problems.push_back("illegal version value [" + std::to_string(write.version.value_or(-3)) + "] for version type [" +
                       type_name(write.versioning) + "]");
  }
  if (internal && write.version) {
    problems.emplace_back(
        "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and "
        "`if_primary_term` instead");
  }
  if (compares && (write.version || !internal)) {
    problems.emplace_back("compare and write operations can not use versioning");
  }
  if (compares && write.if_primary_term.value_or(0) == 0)
    problems.emplace_back("ifSeqNo is set, but primary term is [0]");
  if (!compares && write.if_primary_term.value_or(0) != 0) {
    problems.push_back("ifSeqNo is unassigned, but primary term is [" + std::to_string(*write.if_primary_term) + "]");
  }
  return problems;
}

Status check_active_shards(const Call& call, const store::IndexMeta& index) {
  const auto text = call.text("wait_for_active_shards");
  if (!text) return {};
  const std::uint32_t copies = index.replicas() + 1;
  std::uint32_t wanted = 0;
  if (*text == "all") {
    wanted = copies;
  } else if (*text != "index-setting") {
    const auto number = parse_number<std::uint32_t>(*text);
    if (!number) return std::unexpected(illegal_argument("cannot parse ActiveShardCount[" + std::string(*text) + "]"));
    wanted = *number;
  }
  if (wanted <= 1) return {};
  const std::string timeout(call.text_or("timeout", "1m"));
  return std::unexpected(Error(ErrorKind::kThrottled, 503, "unavailable_shards_exception",
                               "[" + index.name + "][0] Not enough active copies to meet shard count of [" +
                                   (*text == "all" ? "ALL" : std::to_string(wanted)) + "] (have 1, needed " +
                                   std::to_string(wanted) + "). Timeout: [" + timeout +
                                   "]: sluiced keeps one copy of a shard, so it refuses at once"));
}

}  // namespace sluice::rest
