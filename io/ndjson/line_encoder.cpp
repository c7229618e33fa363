#include "io/ndjson/line_encoder.h"

#include <charconv>
#include <cstring>
#include <string_view>

#include "pipeline/model/splice.h"
#include "pipeline/model/version_rule.h"

namespace sluice::io {

namespace {

using pipeline::Document;
using pipeline::Operation;
using pipeline::PageFormat;
using pipeline::VersionRule;
using pipeline::WriteCondition;

/// Room for the keys, brackets, numbers and line feeds around the tokens of one document.
constexpr std::size_t kFrame = 256;

/// Writes pieces one behind the other into memory that has room for them.
class Cursor {
 public:
  explicit Cursor(char* at) : at_(at) {}
  Cursor& text(std::string_view piece) {
    std::memcpy(at_, piece.data(), piece.size());
    at_ += piece.size();
    return *this;
  }
  Cursor& json(std::string_view value) {
    at_ = pipeline::splice(at_, value);
    return *this;
  }
  Cursor& number(std::int64_t value) {
    at_ = std::to_chars(at_, at_ + 24, value).ptr;
    return *this;
  }
  [[nodiscard]] char* at() const { return at_; }

 private:
  char* at_;
};

/// `"name":token` with a comma before it unless it is the first; nothing where there is no token.
void member(Cursor& to, std::string_view name, std::string_view token, bool& first) {
  if (token.empty()) return;
  if (!first) to.text(",");
  first = false;
  to.text(name).text(token);
}

void write_hit(Cursor& to, const Document& document) {
  bool first = true;
  to.text("{");
  member(to, "\"_index\":", document.index, first);
  member(to, "\"_type\":", document.type, first);
  member(to, "\"_id\":", document.id, first);
  member(to, "\"_routing\":", document.routing, first);
  if (!first) to.text(",");
  if (document.version != pipeline::kNoVersion) to.text("\"_version\":").number(document.version).text(",");
  to.text("\"_source\":").json(document.source).text("}\n");
}

/// Empty: internal.
std::string_view version_type_of(const Document& document, const LineOptions& options) {
  constexpr pipeline::VersionTerms<std::string_view> kTerms{"", "external", "external_gte"};
  return pipeline::version_type_of(document, kTerms, std::string_view(options.version_type));
}

void write_action(Cursor& to, const Document& document, const WriteCondition* condition, const LineOptions& options) {
  bool first = true;
  switch (document.operation) {
    case Operation::kIndex:
      to.text("{\"index\":{");
      break;
    case Operation::kCreate:
      to.text("{\"create\":{");
      break;
    case Operation::kDelete:
      to.text("{\"delete\":{");
      break;
  }
  member(to, "\"_index\":", document.index, first);
  member(to, "\"_id\":", document.id, first);
  member(to, "\"routing\":", document.routing, first);
  const std::string_view type = version_type_of(document, options);
  if (document.version != pipeline::kNoVersion && !type.empty()) {
    to.text(first ? "\"version\":" : ",\"version\":").number(document.version);
    to.text(",\"version_type\":\"").text(type).text("\"");
    first = false;
  }
  if (condition != nullptr) {
    to.text(first ? "\"if_seq_no\":" : ",\"if_seq_no\":").number(condition->if_seq_no);
    to.text(",\"if_primary_term\":").number(condition->if_primary_term);
  }
  to.text("}}\n");
  if (document.operation != Operation::kDelete) to.json(document.source).text("\n");
}

}  // namespace

bool can_express(PageFormat format, Operation operation) {
  return format == PageFormat::kBulk || operation != Operation::kDelete;
}

Status check_rules(const Document& document, const LineOptions& options) {
  if (document.version_rule == VersionRule::kOfRun && !document.has_condition) return {};
  if (options.format == PageFormat::kBulk) {
    if (document.version_rule != VersionRule::kInternal || document.version == pipeline::kNoVersion) return {};
    return std::unexpected(illegal_argument(
        "[_version] is set and [_version_type] is [internal], which no bulk takes; set [_version_type] too"));
  }
  constexpr std::string_view kInstead = " can't be kept in this format; use [--format bulk] for the destination";
  if (document.has_condition)
    return std::unexpected(illegal_argument("[_if_seq_no] and [_if_primary_term]" + std::string(kInstead)));
  if (version_type_of(document, options) == options.version_type) return {};
  return std::unexpected(illegal_argument("[_version_type]" + std::string(kInstead)));
}

void append_document(Buffer& out, const Document& document, const WriteCondition* condition,
                     const LineOptions& options) {
  const std::size_t begin = out.size();
  out.grow_for(kFrame + document.index.size() + document.type.size() + document.id.size() + document.routing.size() +
               document.source.size());
  Cursor to(out.data() + begin);
  switch (options.format) {
    case PageFormat::kHits:
      write_hit(to, document);
      break;
    case PageFormat::kBulk:
      write_action(to, document, condition, options);
      break;
    default:
      to.json(document.source).text("\n");
      break;
  }
  out.resize(static_cast<std::size_t>(to.at() - out.data()));
}

}  // namespace sluice::io
