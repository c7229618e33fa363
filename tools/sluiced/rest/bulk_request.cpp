#include "tools/sluiced/rest/bulk_request.h"

#include <cstring>

#include "pipeline/base/json_text.h"
#include "stages/parse/hit_reader.h"
#include "stages/parse/json_object.h"
#include "stages/parse/structurals.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/source_fields.h"

namespace sluice::rest {

namespace {

/// What stands where an action line should have something else, by the name that Elasticsearch's parser has for it.
std::string_view token_name(char first) { return first == '}' ? "END_OBJECT" : stages::json_token_name({&first, 1}); }

class BulkReader {
 public:
  BulkReader(std::string_view body, const BulkDefaults& defaults) : body_(body), defaults_(defaults) {}

  Result<BulkRequest> read() {
    while (at_ < body_.size()) {
      const auto line = next_line();
      if (!line) return std::unexpected(line.error());
      ++number_;
      if (line->find_first_not_of(" \t\r") == std::string_view::npos) continue;
      if (auto read = read_action(*line); !read) return std::unexpected(read.error());
    }
    return std::move(request_);
  }

 private:
  [[nodiscard]] Error malformed(const std::string& expected, std::string_view found) const {
    return illegal_argument("Malformed action/metadata line [" + std::to_string(number_) + "], expected " + expected +
                            " but found [" + std::string(found) + "]");
  }

  Result<std::string_view> next_line() {
    const void* newline = std::memchr(body_.data() + at_, '\n', body_.size() - at_);
    if (newline == nullptr) {
      return std::unexpected(illegal_argument("The bulk request must be terminated by a newline [\\n]"));
    }
    const auto end = static_cast<std::size_t>(static_cast<const char*>(newline) - body_.data());
    const std::string_view line = body_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  /// The text of a raw token, resolved where it has escapes.
  std::string_view text_of(std::string_view token) {
    if (token.starts_with('"') && !has_escape(token)) return token.substr(1, token.size() - 2);
    if (!token.starts_with('"')) return token == "null" ? std::string_view{} : token;
    return request_.strings.emplace_back(json_unquoted(token));
  }

  Result<BulkKind> kind_of(std::string_view key) const {
    if (key == "\"index\"") return BulkKind::kIndex;
    if (key == "\"create\"") return BulkKind::kCreate;
    if (key == "\"delete\"") return BulkKind::kDelete;
    if (key == "\"update\"") return BulkKind::kUpdate;
    return std::unexpected(malformed("field [create], [delete], [index] or [update]", json_unquoted(key)));
  }

  Status read_action(std::string_view line) {
    const auto problem = structurals_.build(line);
    if (problem != stages::Structurals::Problem::kNone) {
      return std::unexpected(illegal_argument("Malformed action/metadata line [" + std::to_string(number_) +
                                              "]: " + std::string(stages::problem_text(problem))));
    }
    stages::Walker walker(line.data(), structurals_.begin(), structurals_.end());
    if (!walker.take('{')) return std::unexpected(malformed("START_OBJECT", token_name(walker.peek())));
    const std::string_view key = walker.take_string();
    if (key.empty()) return std::unexpected(malformed("FIELD_NAME", token_name(walker.peek())));
    auto kind = kind_of(key);
    if (!kind) return std::unexpected(kind.error());
    BulkAction action;
    action.kind = *kind;
    action.index = defaults_.index;
    action.routing = defaults_.routing;
    action.pipeline = defaults_.pipeline;
    if (!walker.take(':')) return std::unexpected(malformed("a value", "nothing"));
    if (walker.peek() != '{') {
      return std::unexpected(malformed("START_OBJECT or END_OBJECT", token_name(walker.peek())));
    }
    if (auto read = read_metadata(walker, action); !read) return read;
    if (walker.take(',')) return std::unexpected(malformed("END_OBJECT", "FIELD_NAME"));
    if (!walker.take('}') || !walker.done()) {
      return std::unexpected(malformed("the end of the line", walker.done() ? "the end of the object" : "more"));
    }
    if (action.kind == BulkKind::kDelete) {
      request_.actions.push_back(std::move(action));
      return {};
    }
    return read_source(std::move(action));
  }

  Status read_source(BulkAction action) {
    if (at_ >= body_.size()) return {};  // as Elasticsearch: an action without its source is no action
    auto line = next_line();
    if (!line) return std::unexpected(line.error());
    ++number_;
    while (line->ends_with('\r')) line->remove_suffix(1);
    action.source = *line;
    request_.actions.push_back(std::move(action));
    return {};
  }

  Status read_metadata(stages::Walker& walker, BulkAction& action) {
    Status status;
    const auto wrong = stages::read_object(walker, [&](std::string_view key, stages::Walker& at) {
      const std::string_view value = at.take_value();
      if (value.empty()) return false;
      if (status) status = read_parameter(key, value, action);
      return true;
    });
    if (!status) return status;
    if (wrong) return std::unexpected(malformed("a complete object", wrong->what));
    return {};
  }

  Status read_number(std::string_view value, std::optional<std::int64_t>& into) {
    auto number = stages::json_integer_value(value);
    if (!number) return std::unexpected(number.error());
    into = *number;
    return {};
  }

  Status read_flag(std::string_view value, std::optional<bool>& into) {
    auto flag = stages::json_flag_value(value);
    if (!flag) return std::unexpected(flag.error());
    into = *flag;
    return {};
  }

  Status read_parameter(std::string_view key, std::string_view value, BulkAction& action) {
    const std::string_view name = key.substr(1, key.size() - 2);
    if (name == "_source" && action.kind == BulkKind::kUpdate) {
      // The walk goes on with this line's index: the fields are read with another thread-local one.
      return read_source_fields(value, action.fields.emplace());
    }
    if (value.starts_with('{') || value.starts_with('[')) {
      return std::unexpected(
          malformed("a simple value for field [" + std::string(name) + "]", stages::json_token_name(value)));
    }
    if (name == "_index") {
      action.index = text_of(value);
    } else if (name == "_id") {
      action.id = text_of(value);
      action.has_id = value != "null";
    } else if (name == "routing" || name == "_routing") {
      action.routing = text_of(value);
    } else if (name == "pipeline") {
      action.pipeline = text_of(value);
      action.names_no_pipeline = value == R"("")";
    } else if (name == "version" || name == "_version") {
      return read_number(value, action.version);
    } else if (name == "version_type" || name == "_version_type") {
      auto type = version_type_of(text_of(value));
      if (!type) return std::unexpected(type.error());
      action.versioning = *type;
    } else if (name == "if_seq_no") {
      return read_number(value, action.if_seq_no);
    } else if (name == "if_primary_term") {
      return read_number(value, action.if_primary_term);
    } else if (name == "retry_on_conflict" || name == "_retry_on_conflict") {
      std::optional<std::int64_t> retries;
      if (auto read = read_number(value, retries); !read) return read;
      action.retry_on_conflict = static_cast<int>(*retries);
    } else if (name == "require_alias") {
      return read_flag(value, action.require_alias);
    } else if (name == "require_data_stream") {
      return read_flag(value, action.require_data_stream);
    } else if (name == "op_type" && action.kind == BulkKind::kIndex) {
      if (text_of(value) == "create") action.kind = BulkKind::kCreate;
    } else if (name == "list_executed_pipelines") {
      return read_flag(value, action.list_executed);
    } else if (name == "dynamic_templates") {
      return std::unexpected(unsupported(
          "the bulk parameter [dynamic_templates] is not supported by this version of sluiced: leave it out"));
    } else {
      return std::unexpected(illegal_argument("Action/metadata line [" + std::to_string(number_) +
                                              "] contains an unknown parameter [" + std::string(name) + "]"));
    }
    return {};
  }

  std::string_view body_;
  const BulkDefaults& defaults_;
  BulkRequest request_;
  stages::Structurals structurals_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
};

}  // namespace

Result<BulkRequest> read_bulk(std::string_view body, const BulkDefaults& defaults) {
  return BulkReader(body, defaults).read();
}

std::vector<std::string> bulk_problems(const BulkRequest& request) {
  std::vector<std::string> problems;
  if (request.actions.empty()) problems.emplace_back("no requests added");
  for (const BulkAction& action : request.actions) {
    if (action.index.empty()) problems.emplace_back("index is missing");
    const bool needs_id = action.kind == BulkKind::kDelete || action.kind == BulkKind::kUpdate;
    if (needs_id && action.id.empty()) problems.emplace_back("id is missing");
    if (action.kind == BulkKind::kUpdate) {
      // Its body has problems of its own.
      continue;
    }
    store::Write write;
    write.kind = action.kind == BulkKind::kDelete   ? store::WriteKind::kDelete
                 : action.kind == BulkKind::kCreate ? store::WriteKind::kCreate
                                                    : store::WriteKind::kIndex;
    write.versioning = action.versioning;
    write.version = action.version;
    write.if_seq_no = action.if_seq_no;
    write.if_primary_term = action.if_primary_term;
    for (std::string& problem : version_problems(write, action.has_id || needs_id))
      problems.push_back(std::move(problem));
    if (action.names_no_pipeline && action.kind != BulkKind::kDelete)
      problems.emplace_back("pipeline cannot be an empty string");
  }
  return problems;
}

}  // namespace sluice::rest
