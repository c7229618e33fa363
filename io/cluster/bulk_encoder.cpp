#include "io/cluster/bulk_encoder.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

#include "pipeline/base/json_text.h"
#include "pipeline/model/document_failure.h"
#include "pipeline/model/splice.h"
#include "pipeline/model/version_rule.h"

namespace sluice::io {
namespace {

using pipeline::Batch;
using pipeline::Document;
using pipeline::Operation;
using pipeline::Outcome;
using pipeline::VersionRule;
using pipeline::WriteCondition;

std::string_view action_of(const Document& document, const BulkFormat& format) {
  if (document.operation == Operation::kDelete) return R"({"delete":{)";
  return document.operation == Operation::kCreate || format.create ? R"({"create":{)" : R"({"index":{)";
}

std::string_view version_type_name(VersionType type) {
  return type == VersionType::kExternal ? "external" : "external_gte";
}

/// Writes an object's members with the commas between them.
class Members {
 public:
  explicit Members(Buffer& out) : out_(out) {}
  void add(std::string_view key, std::string_view token) {
    comma();
    out_.append(key);
    // A metadata token of a pretty-printed page is one token still: no line feed is in it.
    out_.append(token);
  }
  void add_number(std::string_view key, std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    add(key, {digits, static_cast<std::size_t>(end - digits)});
  }
  void add_text(std::string_view key, std::string_view text) {
    comma();
    out_.append(key);
    out_.append('"');
    out_.append(text);
    out_.append('"');
  }

 private:
  void comma() {
    if (!first_) out_.append(',');
    first_ = false;
  }
  Buffer& out_;
  bool first_ = true;
};

bool is_token_of(std::string_view token, std::string_view text) {
  if (token.size() == text.size() + 2 && !has_escape(token)) return token.substr(1, text.size()) == text;
  return json_unquoted(token) == text;
}

void add_type(Members& members, const Document& document, const BulkFormat& format) {
  if (format.default_type.empty()) return;
  const bool own =
      format.keep_types && !document.type.empty() && (format.underscore_type || !document.type.starts_with("\"_"));
  if (own) {
    members.add(R"("_type":)", document.type);
  } else {
    members.add_text(R"("_type":)", format.default_type);
  }
}

VersionType version_type_of(const Document& document, const BulkFormat& format) {
  constexpr pipeline::VersionTerms<VersionType> kTerms{VersionType::kInternal, VersionType::kExternal,
                                                       VersionType::kExternalGte};
  return pipeline::version_type_of(document, kTerms, format.version_type);
}

void append_lines(Buffer& out, const Document& document, const WriteCondition* condition, const BulkFormat& format) {
  out.append(action_of(document, format));
  Members members(out);
  if (!document.index.empty() && (format.index.empty() || !is_token_of(document.index, format.index))) {
    members.add(R"("_index":)", document.index);
  }
  add_type(members, document, format);
  if (!document.id.empty()) members.add(R"("_id":)", document.id);
  if (!document.routing.empty()) members.add(R"("routing":)", document.routing);
  if (const VersionType type = version_type_of(document, format); type != VersionType::kInternal) {
    members.add_number(R"("version":)", document.version);
    members.add_text(R"("version_type":)", version_type_name(type));
  }
  if (condition != nullptr) {
    members.add_number(R"("if_seq_no":)", condition->if_seq_no);
    members.add_number(R"("if_primary_term":)", condition->if_primary_term);
  }
  out.append("}}\n");
  if (document.operation != Operation::kDelete) pipeline::append_json_line(out, document.source);
}

/// What a pipeline may set and no bulk takes: a server would refuse all of it for one such line.
std::optional<Error> refused_rules(const Document& document, const WriteCondition* condition,
                                   const BulkFormat& format) {
  const VersionType type = version_type_of(document, format);
  const bool creates = document.operation == Operation::kCreate || format.create;
  if (creates && type != VersionType::kInternal)
    return illegal_argument("create operations only support internal versioning. use index instead");
  if (document.version_rule == VersionRule::kInternal && document.version != pipeline::kNoVersion) {
    return illegal_argument(
        "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and "
        "`if_primary_term` instead");
  }
  if (condition == nullptr) return std::nullopt;
  if (!format.conditions) {
    return illegal_argument(
        "[_if_seq_no] and [_if_primary_term] can't be kept: the destination's version knows no such conditions");
  }
  if (creates) return illegal_argument("create operations do not support compare and set. use index instead");
  if (type != VersionType::kInternal) return illegal_argument("compare and write operations can not use versioning");
  if (condition->if_primary_term == 0) return illegal_argument("ifSeqNo is set, but primary term is [0]");
  return std::nullopt;
}

/// What no server takes, said in a server's words. Sources: IndexRequest::validate, DocWriteRequest.
std::optional<Error> refused_beforehand(const Document& document, const WriteCondition* condition,
                                        const BulkFormat& format) {
  if (document.id.size() > kLongestId + 2) {
    const std::string id = json_unquoted(document.id);
    if (id.size() > kLongestId) {
      return illegal_argument("id [" + id +
                              "] is too long, must be no longer than 512 bytes but was: " + std::to_string(id.size()));
    }
  }
  const VersionType type = version_type_of(document, format);
  if (type != VersionType::kInternal && document.version < 0) {
    const char* name = type == VersionType::kExternal ? "EXTERNAL" : "EXTERNAL_GTE";
    return illegal_argument("illegal version value [" + std::to_string(document.version) + "] for version type [" +
                            name + "]");
  }
  const bool rules = document.version_rule != VersionRule::kOfRun || condition != nullptr;
  return rules ? refused_rules(document, condition, format) : std::nullopt;
}

}  // namespace

void encode_bulk(Batch& batch, const BulkFormat& format) {
  pipeline::Bulk& bulk = batch.bulk;
  bulk.body.clear();
  bulk.items.clear();
  bulk.reply_status = 0;
  bulk.error.reset();
  const std::size_t limit = bulk.byte_limit == 0 ? format.byte_limit : bulk.byte_limit;
  const std::size_t end = bulk.refused_end == 0 ? batch.documents.size() : bulk.refused_end;
  for (std::uint32_t i = 0; i < end; ++i) {
    Document& document = batch.documents[i];
    if (document.outcome != Outcome::kPending) continue;
    const WriteCondition* const condition = batch.condition_of(i);
    if (auto refusal = refused_beforehand(document, condition, format)) {
      document.outcome = Outcome::kFailed;
      batch.failures.push_back(pipeline::document_failure(batch, i, std::move(*refusal), format.index));
      continue;
    }
    const std::size_t before = bulk.body.size();
    append_lines(bulk.body, document, condition, format);
    if (bulk.body.size() > limit && before != 0) {
      bulk.body.resize(before);
      break;
    }
    bulk.items.push_back(i);
  }
}

}  // namespace sluice::io
