#include "tools/sluiced/rest/update_document.h"

#include <array>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/rest/body_position.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/merge_document.h"
#include "tools/sluiced/rest/source_fields.h"

namespace sluice::rest {

namespace {

std::string_view token_kind(std::string_view value) {
  if (value.starts_with('[')) return "START_ARRAY";
  if (value.starts_with('"')) return "VALUE_STRING";
  if (value == "true" || value == "false") return "VALUE_BOOLEAN";
  return value == "null" ? "VALUE_NULL" : "VALUE_NUMBER";
}

Status read_object_member(std::string_view body, const stages::JsonMember& member, std::string_view name,
                          std::string_view& into) {
  if (member.value.starts_with('{')) {
    into = member.value;
    return {};
  }
  const auto column = static_cast<std::size_t>(member.value.data() - body.data()) + 1;
  return std::unexpected(
      x_content_parse_error("[1:" + std::to_string(column) + "] [UpdateRequest] " + std::string(name) +
                            " doesn't support values of type: " + std::string(token_kind(member.value))));
}

constexpr auto kFields =
    std::to_array<std::string_view>({"_source", "detect_noop", "doc", "doc_as_upsert", "if_primary_term", "if_seq_no",
                                     "script", "scripted_upsert", "upsert"});

Status read_member(std::string_view body, const stages::JsonMember& member, UpdateRequest& request) {
  const std::string name = member.name();
  if (name == "doc") return read_object_member(body, member, name, request.doc);
  if (name == "upsert") return read_object_member(body, member, name, request.upsert);
  if (name == "script") {
    request.has_script = true;
    return {};
  }
  if (name == "_source") return read_source_fields(member.value, request.source);
  if (name == "if_seq_no" || name == "if_primary_term") {
    auto number = stages::json_integer_value(member.value);
    if (!number) return std::unexpected(number.error());
    (name == "if_seq_no" ? request.if_seq_no : request.if_primary_term) = *number;
    return {};
  }
  if (name == "doc_as_upsert" || name == "detect_noop" || name == "scripted_upsert") {
    auto flag = stages::json_flag_value(member.value);
    if (!flag) return std::unexpected(flag.error());
    if (name == "doc_as_upsert") request.doc_as_upsert = *flag;
    if (name == "detect_noop") request.detect_noop = *flag;
    return {};
  }
  return std::unexpected(unknown_field_error(body, member.key.data(), "UpdateRequest", name, kFields));
}

Error document_missing(const store::IndexMeta& index, const UpdateRequest& request) {
  const std::uint32_t shard = store::Documents::shard_of(index.key(), request.id, request.routing);
  return Error(ErrorKind::kNotFound, 404, "document_missing_exception",
               "[" + std::string(request.id) + "]: document missing")
      .with("index_uuid", index.uuid)
      .with("shard", std::to_string(shard))
      .with("index", index.name);
}

Error sequence_conflict(const store::IndexMeta& index, const UpdateRequest& request,
                        const store::StoredDocument& document) {
  return Error(ErrorKind::kConflict, 409, "version_conflict_engine_exception",
               "[" + std::string(request.id) + "]: version conflict, required seqNo [" +
                   std::to_string(request.if_seq_no.value_or(0)) + "], primary term [" +
                   std::to_string(request.if_primary_term.value_or(0)) + "]. current document has seqNo [" +
                   std::to_string(document.seq_no) + "] and primary term [" + std::to_string(document.primary_term) +
                   "]")
      .with("index_uuid", index.uuid)
      .with("shard", std::to_string(document.shard))
      .with("index", index.name);
}

/// What a write goes through; the source has padding behind it.
Result<store::IndexItem> write_item(Services& services, const UpdateRequest& request, store::Write write) {
  store::IndexItem item;
  item.index = request.index;
  item.require_alias = request.require_alias;
  item.write = write;
  item.write.id = request.id;
  item.write.routing = request.routing;
  if (auto written = services.indexer.write({&item, 1}); !written) return std::unexpected(written.error());
  return item;
}

/// One round; nothing: somebody else was faster.
Result<std::optional<UpdateOutcome>> try_update(Services& services, const UpdateRequest& request, bool last) {
  const store::StatePtr state = services.catalog.state();
  GetRequest get;
  get.index = request.index;
  get.id = request.id;
  get.routing = request.routing;
  auto got = get_document_for(services, get, false);
  if (!got) return std::unexpected(got.error());
  UpdateOutcome outcome;
  outcome.index = got->index;
  store::Write write;
  if (got->found == nullptr) {
    const std::string_view fresh = request.doc_as_upsert ? request.doc : request.upsert;
    if (fresh.empty() || request.if_seq_no) return std::unexpected(document_missing(*got->index, request));
    outcome.source = fresh;
    write.kind = store::WriteKind::kCreate;
  } else {
    const store::StoredDocument& document = got->found->document();
    if (request.if_seq_no &&
        (document.seq_no != *request.if_seq_no || document.primary_term != request.if_primary_term.value_or(0))) {
      return std::unexpected(sequence_conflict(*got->index, request, document));
    }
    auto merged = merge_document(document.source, request.doc);
    if (!merged) return std::unexpected(merged.error());
    outcome.source = std::move(merged->json);
    outcome.written.version = document.version;
    outcome.written.seq_no = document.seq_no;
    outcome.written.primary_term = document.primary_term;
    outcome.written.result = store::WriteResult::kUpdated;
    outcome.noop = request.detect_noop && !merged->changed;
    if (outcome.noop) return outcome;
    write.if_seq_no = document.seq_no;
    write.if_primary_term = document.primary_term;
  }
  Buffer padded(outcome.source.size());
  padded.append(outcome.source);
  write.source = padded.view();
  auto item = write_item(services, request, write);
  if (!item) return std::unexpected(item.error());
  if (item->written.error) {
    if (item->written.error->kind == ErrorKind::kConflict && !last) return std::nullopt;
    return std::unexpected(*item->written.error);
  }
  outcome.index = item->target;
  outcome.written = item->written;
  return outcome;
}

/// Updates make a missing index, even if there is nothing to update in it.
Status make_index(Services& services, const UpdateRequest& request) {
  const store::StatePtr state = services.catalog.state();
  auto index = store::write_index(*state, request.index);
  if (!index) return std::unexpected(index.error());
  if (*index != nullptr && !request.require_alias) return {};
  return services.indexer.ensure_index(request.index, request.require_alias);
}

}  // namespace

Status read_update_body(std::string_view body, UpdateRequest& request) {
  auto members = stages::json_members(body, "the update request");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    if (auto read = read_member(body, member, request); !read) return read;
  }
  return {};
}

std::vector<std::string> update_problems(const UpdateRequest& request) {
  std::vector<std::string> problems;
  const bool compares = request.if_seq_no.has_value();
  if (request.has_version) {
    problems.emplace_back(
        "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and "
        "`if_primary_term` instead");
  }
  if (compares && request.if_primary_term.value_or(0) == 0)
    problems.emplace_back("ifSeqNo is set, but primary term is [0]");
  if (!compares && request.if_primary_term.value_or(0) != 0) {
    problems.push_back("ifSeqNo is unassigned, but primary term is [" + std::to_string(*request.if_primary_term) + "]");
  }
  if (compares && request.retry_on_conflict > 0)
    problems.emplace_back("compare and write operations can not be retried");
  if (compares && request.doc_as_upsert)
    problems.emplace_back("compare and write operations can not be used with upsert");
  if (compares && !request.upsert.empty()) {
    problems.emplace_back("upsert requests don't support `if_seq_no` and `if_primary_term`");
  }
  if (!request.has_script && request.doc.empty()) problems.emplace_back("script or doc is missing");
  if (request.has_script && !request.doc.empty()) problems.emplace_back("can't provide both script and doc");
  if (request.doc.empty() && request.doc_as_upsert) {
    problems.emplace_back("doc must be specified if doc_as_upsert is enabled");
  }
  return problems;
}

Result<UpdateOutcome> update_document(Services& services, const UpdateRequest& request) {
  if (request.has_script) {
    return std::unexpected(
        unsupported("[script] in an update is not supported by this version of sluiced: send [doc]"));
  }
  if (auto made = make_index(services, request); !made) return std::unexpected(made.error());
  for (int round = 0;; ++round) {
    auto outcome = try_update(services, request, round >= request.retry_on_conflict);
    if (!outcome) return std::unexpected(outcome.error());
    if (*outcome) return std::move(**outcome);
  }
}

void write_update_get(JsonWriter& out, const UpdateRequest& request, const UpdateOutcome& outcome) {
  if (request.source.json.empty() || !request.source.enabled) return;
  out.key("get").begin_object();
  out.member("_seq_no", outcome.written.seq_no).member("_primary_term", outcome.written.primary_term);
  if (!request.routing.empty()) out.member("_routing", request.routing);
  out.member("found", true).key("_source");
  if (request.source.everything()) {
    out.raw(outcome.source);
  } else {
    out.raw(stages::SourceFilter(request.source.includes, request.source.excludes).filtered(outcome.source));
  }
  out.end_object();
}

}  // namespace sluice::rest
