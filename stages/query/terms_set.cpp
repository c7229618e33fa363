#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "stages/query/document_script.h"
#include "stages/query/field_access.h"
#include "stages/query/minimum_should_match.h"
#include "stages/query/multi_term.h"
#include "stages/query/script_text.h"
#include "stages/query/value_readers.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// Enough of some terms, where the document itself says how many. Source: Lucene's CoveringQuery.
class TermsSet final : public Query {
 public:
  TermsSet(std::vector<QueryPtr> terms, std::optional<FieldAccess> field, DocumentScriptPtr script, std::size_t least)
      : terms_(std::move(terms)), field_(std::move(field)), script_(std::move(script)), least_(least) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    if (script_ != nullptr) return matches_script(document);
    const std::int64_t needed = least(document);
    if (needed > static_cast<std::int64_t>(terms_.size())) return false;
    return there(document) >= needed;
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    double sum = 0;
    for (const QueryPtr& term : terms_) {
      if (term->matches(document)) sum += static_cast<double>(term->score(document));
    }
    return static_cast<float>(sum);
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] double cost() const override {
    double sum = script_ != nullptr ? cost::kScript : cost::kConverted;
    for (const QueryPtr& term : terms_) sum += term->cost();
    return sum;
  }
  void explain(PlanText& plan) const override {
    plan.begin(script_ != nullptr ? "as many as " + script_->explain() + " says of"
               : field_           ? fmt::format("as many as [{}] says of", field_->path())
                                  : fmt::format("at least {} of", least_));
    for (const QueryPtr& term : terms_) term->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] std::int64_t there(DocumentFields& document) const {
    return std::ranges::count_if(terms_, [&](const QueryPtr& term) { return term->matches(document); });
  }
  /// The script is asked of documents only that have one of the terms.
  [[nodiscard]] bool matches_script(DocumentFields& document) const {
    const std::int64_t found = there(document);
    if (found == 0) return false;
    const auto needed = script_->whole(document);
    return needed && found >= *needed;
  }

  /// The smallest value of the field; without one no number of terms is enough.
  [[nodiscard]] std::int64_t least(DocumentFields& document) const {
    if (!field_) return static_cast<std::int64_t>(std::max<std::size_t>(least_, 1));
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    field_->any(document, [&](std::string_view token) {
      if (const auto whole = WholeReader()(token)) {
        least = static_cast<std::int64_t>(std::clamp<Wide>(*whole, 0, least));
      }
      return false;
    });
    return std::max<std::int64_t>(least, 1);
  }

  std::vector<QueryPtr> terms_;
  std::optional<FieldAccess> field_;
  DocumentScriptPtr script_;  ///< null: the field or the number says it
  std::size_t least_;
};

struct TermsSetClause {
  std::vector<TermValue> terms;
  std::string minimum_field;
  std::string minimum;
  std::optional<ScriptText> script;
  float boost = 1;

  /// How many things say how many terms it takes.
  [[nodiscard]] int says() const {
    return static_cast<int>(!minimum_field.empty()) + static_cast<int>(!minimum.empty()) +
           static_cast<int>(script.has_value());
  }
};

Status read_parameter(const JsonMember& member, const ClauseContext& context, TermsSetClause& clause) {
  const std::string name = member.name();
  if (name == "terms" && member.value.starts_with('[')) {
    auto elements = json_elements(member.value, "[terms_set]");
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view each : *elements) {
      clause.terms.push_back(
          {.text = json_text_value(each).value_or(""), .case_insensitive = false, .number = !each.starts_with('"')});
    }
    return {};
  }
  if (name == "minimum_should_match_field") {
    clause.minimum_field = json_text_value(member.value).value_or("");
    return {};
  }
  if (name == "minimum_should_match") {
    clause.minimum = json_text_value(member.value).value_or("");
    return {};
  }
  if (name == "minimum_should_match_script" && member.value.starts_with('{')) {
    auto script = read_script_text(member.value, context);
    if (!script) return std::unexpected(script.error());
    clause.script = std::move(*script);
    return {};
  }
  auto known = read_boost_or_name(member, "terms_set", clause.boost);
  if (!known) return std::unexpected(known.error());
  if (!*known) return std::unexpected(query_does_not_support(context, "terms_set", member));
  return {};
}

/// The script, with the number of terms among its parameters.
Result<DocumentScriptPtr> counting_script(ScriptText text, std::size_t terms, const ClauseContext& context) {
  std::string params;
  if (!text.params.empty()) {
    auto members = json_members_of(text.params, "[params]");
    if (!members) return std::unexpected(members.error());
    for (const JsonMember& member : *members) {
      if (member.name() == "num_terms") continue;
      params += std::string(member.key) + ":" + std::string(member.value) + ",";
    }
  }
  text.params = fmt::format("{{{}\"num_terms\":{}}}", params, terms);
  auto script = DocumentScript::make(text, painless::terms_set_context(), context);
  if (!script) return std::unexpected(failed_script(context, std::move(script.error())));
  return std::move(*script);
}

Result<QueryPtr> terms_set(const std::string& field, const TermsSetClause& clause, const ClauseContext& context) {
  if (clause.terms.empty()) return nothing("there are no terms");
  std::optional<FieldAccess> counted;
  std::size_t least = 0;
  DocumentScriptPtr counting;
  if (clause.script) {
    auto script = counting_script(*clause.script, clause.terms.size(), context);
    if (!script) return std::unexpected(script.error());
    counting = std::move(*script);
  } else if (!clause.minimum_field.empty()) {
    const pipeline::FieldSchema* minimum = context.find(clause.minimum_field);
    if (minimum == nullptr) {
      return std::unexpected(
          query_shard_error(context, "failed to find minimum_should_match field [" + clause.minimum_field + "]"));
    }
    counted.emplace(*minimum, context.scope, *context.reads);
  } else if (!clause.minimum.empty()) {
    auto number = minimum_should_match(clause.minimum, clause.terms.size());
    if (!number) return std::unexpected(number.error());
    least = *number;
  } else {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "illegal_state_exception", "No minimum should match has been specified"));
  }
  std::vector<QueryPtr> terms;
  for (const TermValue& value : clause.terms) {
    auto term = term_query(field, value, context);
    if (!term) return term;
    terms.push_back(std::move(*term));
  }
  return std::make_shared<const TermsSet>(std::move(terms), std::move(counted), std::move(counting), least);
}

}  // namespace

Result<QueryPtr> compile_terms_set(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[terms_set]");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) {
    return std::unexpected(query_parsing_error(context, end_of(body), "[terms_set] unknown token [END_OBJECT]"));
  }
  const JsonMember& field = members->front();
  if (!field.value.starts_with('{')) {
    return std::unexpected(query_parsing_error(
        context, field.value.data(), "[terms_set] unknown token [" + std::string(json_token_name(field.value)) + "]"));
  }
  auto parameters = json_members(field.value, "[terms_set]");
  if (!parameters) return std::unexpected(parameters.error());
  TermsSetClause clause;
  for (const JsonMember& member : *parameters) {
    if (auto read = read_parameter(member, context, clause); !read) return std::unexpected(read.error());
  }
  if (clause.says() > 1) {
    return std::unexpected(illegal_argument(
        clause.script ? "A field or value has already been specified. Cannot specify both a script and a field or value"
                      : "A field or script has already been specified. Cannot specify both a value and a script or "
                        "field"));
  }
  auto query = terms_set(field.name(), clause, context);
  if (!query) return std::unexpected(as_shard_error(context, query.error()));
  return with_boost(std::move(*query), clause.boost);
}

}  // namespace sluice::stages
