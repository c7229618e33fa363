#include "stages/analysis/analyze_request.h"

#include <array>

#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "pipeline/base/similar_names.h"
#include "stages/analysis/explain.h"
#include "stages/parse/json_object.h"
#include "stages/query/query.h"

namespace sluice::stages {

namespace {

constexpr auto kFields = std::to_array<std::string_view>(
    {"analyzer", "text", "tokenizer", "filter", "char_filter", "field", "explain", "attributes", "normalizer"});

/// Reads the members of a body, one after the other.
class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : body_(body) {}

  Result<AnalyzeRequest> read() {
    if (!body_.starts_with('{')) {
      return std::unexpected(
          failure(body_.data(), "Expected START_OBJECT but was: " + std::string(json_token_name(body_))));
    }
    auto members = json_members(body_, "the body");
    if (!members) return std::unexpected(members.error());
    for (const JsonMember& member : *members) {
      if (auto done = take(member); !done) return std::unexpected(done.error());
    }
    return std::move(request_);
  }

 private:
  [[nodiscard]] std::string place(const char* at) const {
    const TextPosition position = position_of(body_, at);
    return std::to_string(position.line) + ":" + std::to_string(position.column);
  }
  [[nodiscard]] Error failure(const char* at, const std::string& reason) const {
    return x_content_parse_error("[" + place(at) + "] [analyze_request] " + reason);
  }
  [[nodiscard]] Error wrong_type(const JsonMember& member) const {
    return failure(member.value.data(),
                   member.name() + " doesn't support values of type: " + std::string(json_token_name(member.value)));
  }
  [[nodiscard]] Error failed_field(const char* at, std::string_view name, Error cause) const {
    return failure(at, "failed to parse field [" + std::string(name) + "]").wrapping(std::move(cause));
  }

  Status take(const JsonMember& member) {
    const std::string name = member.name();
    if (name == "text") return take_text(member);
    if (name == "analyzer") return take_name(member, request_.analyzer);
    if (name == "normalizer") return take_name(member, request_.normalizer);
    if (name == "field") return take_name(member, request_.field);
    if (name == "tokenizer") {
      if (!member.value.starts_with('"') && !member.value.starts_with('{')) return std::unexpected(wrong_type(member));
      request_.parts.tokenizer = member.value;
      return {};
    }
    if (name == "filter") return take_parts(member, request_.parts.filters);
    if (name == "char_filter") return take_parts(member, request_.parts.char_filters);
    if (name == "explain") return take_explain(member);
    if (name == "attributes") {
      if (!member.value.starts_with('[') && !member.value.starts_with('"')) return std::unexpected(wrong_type(member));
      auto names = json_text_list(member.value, "[attributes]");
      if (!names) return std::unexpected(names.error());
      request_.attributes = std::move(*names);
      return {};
    }
    return std::unexpected(failure(member.key.data(), "unknown field [" + name + "]" + did_you_mean(name, kFields)));
  }

  Status take_name(const JsonMember& member, std::string& name) const {
    if (!member.value.starts_with('"')) return std::unexpected(wrong_type(member));
    name = json_unquoted(member.value);
    return {};
  }

  Status take_text(const JsonMember& member) {
    if (member.value.starts_with('"')) {
      request_.texts.push_back(json_unquoted(member.value));
      return {};
    }
    if (!member.value.starts_with('[')) return std::unexpected(wrong_type(member));
    auto elements = json_elements(member.value, "[text]");
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view element : *elements) {
      auto text = json_text_value(element);
      if (!text) return std::unexpected(failed_field(element.data(), "text", no_text(element)));
      request_.texts.push_back(std::move(*text));
    }
    return {};
  }

  [[nodiscard]] Error no_text(std::string_view element) const {
    if (element.starts_with('[')) {
      return {ErrorKind::kBadRequest, 500, "illegal_state_exception", "expected value but got [START_ARRAY]"};
    }
    return illegal_argument("Expected text at " + place(element.data()) + " but found " +
                            std::string(json_token_name(element)));
  }

  Status take_parts(const JsonMember& member, std::string_view& parts) {
    if (!member.value.starts_with('[') && !member.value.starts_with('{')) return std::unexpected(wrong_type(member));
    if (member.value.starts_with('[')) {
      auto elements = json_elements(member.value, "[filter]");
      if (!elements) return std::unexpected(elements.error());
      for (const std::string_view element : *elements) {
        if (element.starts_with('"') || element.starts_with('{')) continue;
        Error cause = no_part(element);
        Error error = failed_field(element.data(), member.name(), cause);
        if (cause.type == "x_content_parse_exception") error.root_causes = {std::move(cause)};
        return std::unexpected(std::move(error));
      }
      if (elements->empty()) return {};
    }
    parts = member.value;
    request_.has_parts = true;
    return {};
  }

  [[nodiscard]] Error no_part(std::string_view element) const {
    if (element.starts_with('[')) return no_text(element);
    return x_content_parse_error("[" + place(element.data()) + "] Expected [VALUE_STRING] or [START_OBJECT], got " +
                                 std::string(json_token_name(element)));
  }

  Status take_explain(const JsonMember& member) {
    const bool number = json_token_name(member.value) == "VALUE_NUMBER";
    if (number || member.value.starts_with('[') || member.value.starts_with('{') || member.value == "null") {
      return std::unexpected(wrong_type(member));
    }
    auto flag = json_flag_value(member.value);
    if (!flag) return std::unexpected(failed_field(member.value.data(), "explain", flag.error()));
    request_.explain = *flag;
    return {};
  }

  std::string_view body_;
  AnalyzeRequest request_;
};

}  // namespace

Result<AnalyzeRequest> parse_analyze_request(std::string_view body) { return BodyReader(body).read(); }

Status check_analyze_request(const AnalyzeRequest& request, bool has_index) {
  std::vector<std::string> problems;
  if (request.texts.empty()) problems.emplace_back("text is missing");
  if (!has_index && !request.normalizer.empty()) {
    problems.emplace_back("index is required if normalizer is specified");
  }
  if (!request.normalizer.empty() && (!request.parts.tokenizer.empty() || !request.analyzer.empty())) {
    problems.emplace_back("tokenizer/analyze should be null if normalizer is specified");
  }
  const bool extra = request.has_parts || !request.parts.tokenizer.empty();
  if (!request.analyzer.empty() && extra) problems.emplace_back("cannot define extra components on a named analyzer");
  if (!request.normalizer.empty() && extra) {
    problems.emplace_back("cannot define extra components on a named normalizer");
  }
  if (!request.field.empty() && extra) {
    problems.emplace_back("cannot define extra components on a field-specific analyzer");
  }
  return problems.empty() ? Status{} : std::unexpected(validation_error(problems));
}

Result<AnalyzerPtr> analyzer_of(const AnalyzeRequest& request, const Analysis& analysis) {
  if (!request.analyzer.empty()) return analysis.analyzer(request.analyzer);
  if (!request.normalizer.empty()) return analysis.normalizer(request.normalizer);
  if (request.has_parts || !request.parts.tokenizer.empty()) return analysis.assemble(request.parts);
  return analysis.default_analyzer();
}

Result<std::string> analyze_texts(const AnalyzeRequest& request, const Analyzer& analyzer, std::size_t most) {
  if (request.explain) return explain_texts(request.texts, analyzer, request.attributes, most);
  std::vector<Token> tokens;
  TextPlace place;
  for (const std::string& text : request.texts) {
    if (auto done = analyzer.analyze(text, tokens, place); !done) return std::unexpected(done.error());
    if (tokens.size() <= most) continue;
    return std::unexpected(too_many_tokens(most));
  }
  JsonWriter out;
  out.begin_object().key("tokens").begin_array();
  for (const Token& token : tokens) {
    out.begin_object().member("token", token.text).member("start_offset", std::uint64_t{token.start});
    out.member("end_offset", std::uint64_t{token.end}).member("type", token.type);
    out.member("position", std::uint64_t{token.position});
    if (token.position_length > 1) out.member("positionLength", std::uint64_t{token.position_length});
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace sluice::stages
