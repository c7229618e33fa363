#include <algorithm>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/query/index_name.h"
#include "stages/query/multi_term.h"
#include "stages/query/terms_lookup.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// `_index` and `_routing`, which are not in a document's source.
class MetadataQuery final : public Query {
 public:
  MetadataQuery(bool index, std::vector<TermValue> values) : index_(index), values_(std::move(values)) {}
  [[nodiscard]] bool matches(DocumentFields& fields) const override {
    const QueryDocument& document = fields.document();
    const std::string_view text = index_ ? document.index : document.routing;
    return std::ranges::any_of(values_, [&](const TermValue& value) { return value.text == text; });
  }
  [[nodiscard]] double cost() const override { return cost::kId; }
  void explain(PlanText& plan) const override {
    plan.leaf(std::string(index_ ? "_index" : "_routing") + " is one of " + std::to_string(values_.size()));
  }

 private:
  bool index_;
  std::vector<TermValue> values_;
};

/// One of several names. All are read: each may be wrong.
Result<QueryPtr> index_names_query(const std::vector<TermValue>& names, const ClauseContext& context) {
  QueryPtr found;
  for (const TermValue& each : names) {
    auto query = index_name_query(each.text, each.case_insensitive, context);
    if (!query) return query;
    if (found == nullptr || (*query)->matches_all()) found = std::move(*query);
  }
  return found == nullptr ? nothing("there are no names") : found;
}

Result<QueryPtr> terms_query(const std::string& name, std::vector<TermValue> values, const ClauseContext& context) {
  if (name == "_id") {
    std::string ids = "{\"values\":[";
    for (std::size_t i = 0; i < values.size(); ++i) ids += (i == 0 ? "" : ",") + json_string(values[i].text);
    Buffer padded(ids.size() + 2);
    padded.append(ids);
    padded.append("]}");
    return compile_ids(padded.view(), context);
  }
  if (name == "_index" && context.is_index) return index_names_query(values, context);
  if (name == "_index" || name == "_routing") {
    return std::make_shared<const MetadataQuery>(name == "_index", std::move(values));
  }
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) return nothing("there is no field [" + name + "]");
  auto test = test_terms(*field, values, context);
  if (!test && field->runtime) return std::unexpected(as_shard_error(context, std::move(test.error())));
  if (!test && test.error().type == "parse_exception") {
    // A range finds out what is no date before it comes to a shard, a term on the shard.
    Error wrapped = query_shard_error(context, "failed to create query: " + test.error().reason);
    return std::unexpected(std::move(wrapped).wrapping(std::move(test.error())));
  }
  if (!test) return std::unexpected(test.error());
  if (field->kind == pipeline::FieldKind::kText) return words_query(*field, std::move(*test), context);
  return field_query(*field, std::move(*test), context);
}

}  // namespace

Result<TermValue> read_term(const FieldClause& clause, std::string_view query, const ClauseContext& context,
                            float& boost) {
  TermValue term;
  std::string_view value = clause.value;
  if (clause.object) {
    value = {};
    for (const JsonMember& member : clause.parameters) {
      const std::string name = member.name();
      if (name == "value" || (name == query && (query == "term" || query == "wildcard"))) {
        value = member.value;
      } else if (name == "case_insensitive") {
        auto flag = json_flag_value(member.value);
        if (!flag) return std::unexpected(flag.error());
        term.case_insensitive = *flag;
      } else if (name == "rewrite" && query != "term") {
        term.rewrite = json_text_value(member.value).value_or("");
      } else {
        auto known = read_boost_or_name(member, query, boost);
        if (!known) return std::unexpected(known.error());
        if (!*known) return std::unexpected(query_does_not_support(context, query, member));
      }
    }
    if (value.starts_with('[') && query != "term") return std::unexpected(expected_text(context, value));
    if (value.starts_with('[')) {
      return std::unexpected(query_parsing_error(
          context, value.data(),
          "[" + std::string(query) +
              "] query does not support arrays for value - use a bool query with multiple term clauses in the should "
              "section or use a Terms query if scoring is not required"));
    }
  }
  if (value.starts_with('[')) {
    if (query != "term") return std::unexpected(expected_text(context, value));
    return std::unexpected(query_parsing_error(context, value.data(),
                                               "[" + std::string(query) + "] query does not support array of values"));
  }
  auto text = json_text_value(value);
  if (!text) return std::unexpected(illegal_argument("value cannot be null"));
  term.text = std::move(*text);
  term.number = !value.starts_with('"');
  return term;
}

Result<QueryPtr> term_query(const std::string& name, TermValue value, const ClauseContext& context) {
  const pipeline::FieldSchema* field = context.find(name);
  const bool scored_boolean = field != nullptr && field->kind == pipeline::FieldKind::kBoolean && field->indexed &&
                              context.scored && (value.text == "true" || value.text == "false");
  const bool has_terms =
      field != nullptr && !value.case_insensitive &&
      (field->kind == pipeline::FieldKind::kText || field->kind == pipeline::FieldKind::kKeyword || scored_boolean);
  if (!has_terms || (!context.scored && field->kind == pipeline::FieldKind::kKeyword)) {
    return terms_query(name, {std::move(value)}, context);
  }
  auto text = normalized(*field, value.text, context);
  if (!text) return std::unexpected(text.error());
  return word_query(*field, std::move(*text), context);
}

Result<QueryPtr> compile_term(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("term", body, context);
  if (!clause) return std::unexpected(clause.error());
  float boost = clause->boost;
  auto term = read_term(*clause, "term", context, boost);
  if (!term) return std::unexpected(term.error());
  auto query = term_query(clause->field, std::move(*term), context);
  if (!query) return query;
  return with_boost(std::move(*query), boost);
}

Result<QueryPtr> compile_terms(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[terms]");
  if (!members) return std::unexpected(members.error());
  std::string field;
  std::vector<TermValue> values;
  float boost = 1;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, "terms", boost);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (!member.value.starts_with('[') && !member.value.starts_with('{')) {
      return std::unexpected(query_does_not_support(context, "terms", member));
    }
    if (!field.empty()) {
      return std::unexpected(
          query_parsing_error(context, member.value.data(), "[terms] query does not support multiple fields"));
    }
    field = member.name();
    if (member.value.starts_with('{')) {
      auto found = look_up_terms(member.value, context);
      if (!found) return std::unexpected(std::move(found.error()));
      values = std::move(*found);
      continue;
    }
    auto elements = json_elements(member.value, "[terms]");
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view each : *elements) {
      auto text = json_text_value(each);
      if (!text) {
        return std::unexpected(query_parsing_error(context, each.data(), "No value specified for terms query"));
      }
      values.push_back({std::move(*text), false, !each.starts_with('"')});
    }
  }
  if (field.empty()) {
    return std::unexpected(query_parsing_error(
        context, end_of(body),
        "[terms] query requires a field name, followed by array of terms or a document lookup specification"));
  }
  if (values.size() > context.max_terms) {
    return std::unexpected(illegal_argument(
        "The number of terms [" + std::to_string(values.size()) +
        "] used in the Terms Query request has exceeded the allowed maximum of [" + std::to_string(context.max_terms) +
        "]. This maximum can be set by changing the [index.max_terms_count] index level setting."));
  }
  auto query = terms_query(field, std::move(values), context);
  if (!query) return query;
  return with_boost(with_constant_score(std::move(*query)), boost);
}

}  // namespace sluice::stages
