#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/java_number_text.h"
#include "stages/query/document_script.h"
#include "stages/query/score_function.h"
#include "stages/query/script_text.h"

namespace sluice::stages {

namespace {

/// What counts documents in messages: Lucene's number of it, as long as nothing was deleted.
std::string number_of(const QueryDocument& document) {
  return document.seq_no < 0 ? std::string(document.id) : std::to_string(document.seq_no);
}

class ScriptScore final : public Query {
 public:
  ScriptScore(QueryPtr query, DocumentScriptPtr script, std::optional<float> least, float boost)
      : query_(std::move(query)), script_(std::move(script)), least_(least), boost_(boost) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return least_ ? match_score(document).has_value() : query_->matches(document);
  }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    std::optional<float> from_query = 0;
    if (script_->uses_score()) {
      from_query = query_->match_score(document);
    } else if (!query_->matches(document)) {
      return std::nullopt;
    }
    if (!from_query) return std::nullopt;
    const float found = scored(document, *from_query);
    return !least_ || found >= *least_ ? std::optional(found) : std::nullopt;
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    return scored(document, script_->uses_score() ? query_->score(document) : 0);
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return query_->lookup(); }
  [[nodiscard]] double cost() const override { return query_->cost() + (least_ ? cost::kScript : 0); }
  void explain(PlanText& plan) const override {
    plan.begin("scored by " + script_->explain() + (least_ ? fmt::format(", of at least {}", *least_) : ""));
    query_->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] float scored(DocumentFields& document, float from_query) const {
    const auto score = static_cast<float>(script_->number(document, static_cast<double>(from_query)));
    if (score < 0 || std::isnan(score)) {
      document.fail(illegal_argument("script_score script returned an invalid score [" + java_float_text(score) +
                                     "] for doc [" + number_of(document.document()) +
                                     "]. Must be a non-negative score!"));
    }
    return score * boost_ + 0.0F;  // no negative zero
  }

  QueryPtr query_;
  DocumentScriptPtr script_;
  std::optional<float> least_;
  float boost_;
};

class ScriptFunction final : public ScoreFunction {
 public:
  explicit ScriptFunction(DocumentScriptPtr script) : script_(std::move(script)) {}
  [[nodiscard]] double value(DocumentFields& document, float score) const override {
    const double value = script_->number(document, static_cast<double>(score));
    if (value < 0) {
      document.fail(illegal_argument("script score function must not produce negative scores, but got: [" +
                                     java_double_text(value) + "]"));
    }
    return value;
  }
  [[nodiscard]] std::string explain() const override { return script_->explain(); }

 private:
  DocumentScriptPtr script_;
};

Error score_object_error(const ClauseContext& context, const char* at, const std::string& reason) {
  return query_object_error(context, at, "[script_score] " + reason);
}

/// Reads a body member by member.
class Reader {
 public:
  Reader(std::string_view body, const ClauseContext& context) : body_(body), context_(context) {}

  Result<QueryPtr> read() {
    auto members = json_members(body_, "[script_score]");
    if (!members) return std::unexpected(members.error());
    for (const JsonMember& member : *members) {
      if (auto status = read_member(member); !status) return std::unexpected(status.error());
    }
    if (query_.empty() || !text_) {
      const char* const names = !query_.empty() ? "script" : text_ ? "query" : "query, script";
      return std::unexpected(illegal_argument(std::string("Required [") + names + "]"));
    }
    return made();
  }

 private:
  Status read_member(const JsonMember& member) {
    const std::string name = member.name();
    if (name == "query" || name == "script") {
      if (!member.value.starts_with('{')) {
        return std::unexpected(score_object_error(
            context_, member.value.data(),
            name + " doesn't support values of type: " + std::string(json_token_name(member.value))));
      }
      if (name == "script") return read_script(member);
      query_ = member.value;
      return {};
    }
    if (name == "min_score") {
      auto number = read_number(member.value);
      if (!number) return std::unexpected(failed_to_parse(name, member.value.data(), std::move(number.error())));
      least_ = static_cast<float>(*number);
      return {};
    }
    auto known = read_boost_or_name(member, "script_score", boost_);
    if (!known) return std::unexpected(known.error());
    if (*known) return {};
    return std::unexpected(score_object_error(context_, member.key.data(), "unknown field [" + name + "]"));
  }

  Status read_script(const JsonMember& member) {
    auto text = read_script_text(member.value, context_);
    if (!text) {
      const bool placed = text.error().type == "x_content_parse_exception";
      if (!placed) return std::unexpected(failed_to_parse("script", end_of(member.value), std::move(text.error())));
      return std::unexpected(failed_inside(member, std::move(text.error())));
    }
    text_ = std::move(*text);
    return {};
  }

  /// Elasticsearch's parser stands at the value when it finds that it does not know a field.
  Error failed_inside(const JsonMember& member, Error cause) const {
    const std::size_t name = cause.reason.find("unknown field [");
    if (name != std::string::npos) {
      const std::string unknown = cause.reason.substr(name + 15, cause.reason.size() - name - 16);
      const auto members = json_members(member.value, "[script]");
      for (const JsonMember& each : *members) {
        if (each.name() != unknown) continue;
        Error error = score_object_error(context_, each.value.data(), "failed to parse field [script]");
        error.root_causes.push_back(cause);
        return std::move(error).wrapping(std::move(cause));
      }
    }
    return query_field_error(context_, member.value, "script_score", "script", std::move(cause));
  }

  Error failed_to_parse(const std::string& field, const char* at, Error cause) const {
    cause.root_causes.clear();
    return score_object_error(context_, at, "failed to parse field [" + field + "]").wrapping(std::move(cause));
  }

  /// What is wrong with the text of the query comes first, then what a shard would find: the script, then the query.
  Result<QueryPtr> made() {
    auto script = DocumentScript::make(*text_, painless::score_context(), context_);
    ClauseContext inner = context_;
    inner.scored = script && (*script)->uses_score() && (context_.scored || least_);
    auto query = compile_clause(query_, inner);
    if (!query && !is_shard_error(query.error())) {
      return std::unexpected(query_field_error(context_, query_, "script_score", "query", std::move(query.error())));
    }
    if (!script) return std::unexpected(failed_script(context_, std::move(script.error())));
    if (!query) return query;
    return std::make_shared<const ScriptScore>(std::move(*query), std::move(*script), least_,
                                               context_.filters ? 1 : boost_);
  }

  std::string_view body_;
  const ClauseContext& context_;
  std::string_view query_;
  std::optional<ScriptText> text_;
  std::optional<float> least_;
  float boost_ = 1;
};

}  // namespace

Error failed_script(const QueryContext& context, Error cause) {
  return cause.kind == ErrorKind::kUnsupported ? cause : failed_to_create(context, std::move(cause));
}

Result<QueryPtr> compile_script_score(std::string_view body, const ClauseContext& context) {
  return Reader(body, context).read();
}

Result<ScoreFunctionPtr> make_script_function(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[script_score]");
  if (!members) return std::unexpected(members.error());
  std::optional<ScriptText> text;
  for (const JsonMember& member : *members) {
    if (member.key != "\"script\"") {
      return std::unexpected(query_parsing_error(context, member.value.data(),
                                                 "script_score query does not support [" + member.name() + "]"));
    }
    auto read = read_script_text(member.value, context);
    if (!read) return std::unexpected(read.error());
    text = std::move(*read);
  }
  if (!text) {
    return std::unexpected(query_parsing_error(context, end_of(body), "script_score requires 'script' field"));
  }
  auto script = DocumentScript::make(*text, painless::score_context(), context);
  if (!script) {
    if (script.error().kind == ErrorKind::kUnsupported) return std::unexpected(std::move(script.error()));
    Error error = query_shard_error(context, "script_score: the script could not be loaded");
    return std::unexpected(std::move(error).wrapping(std::move(script.error())));
  }
  return std::make_shared<const ScriptFunction>(std::move(*script));
}

}  // namespace sluice::stages
