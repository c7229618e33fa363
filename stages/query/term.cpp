#include <algorithm>

#include "pipeline/base/buffer.h"
#include "stages/query/field_values.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// `_index` and `_routing`, which are not in a document's source.
class MetadataQuery final : public Query {
 public:
  MetadataQuery(bool index, std::vector<TermValue> values) : index_(index), values_(std::move(values)) {}
  [[nodiscard]] bool matches(const QueryDocument& document) const override {
    const std::string_view text = index_ ? document.index : document.routing;
    return std::ranges::any_of(values_, [&](const TermValue& value) { return value.text == text; });
  }

 private:
  bool index_;
  std::vector<TermValue> values_;
};

Result<QueryPtr> terms_query(const std::string& name, std::vector<TermValue> values, const QueryContext& context) {
  if (name == "_id") {
    std::string ids = "{\"values\":[";
    for (std::size_t i = 0; i < values.size(); ++i) ids += (i == 0 ? "" : ",") + json_string(values[i].text);
    Buffer padded(ids.size() + 2);
    padded.append(ids);
    padded.append("]}");
    return compile_ids(padded.view(), context);
  }
  if (name == "_index" || name == "_routing") {
    return std::make_shared<const MetadataQuery>(name == "_index", std::move(values));
  }
  const pipeline::FieldSchema* field = context.schema.find(name);
  if (field == nullptr) return compile_match_none("{}", context);
  auto test = test_terms(*field, values, context);
  if (!test && test.error().type == "parse_exception") {
    // A range finds out what is no date before it comes to a shard, a term on the shard.
    Error wrapped = query_shard_error(context, "failed to create query: " + test.error().reason);
    return std::unexpected(std::move(wrapped).wrapping(std::move(test.error())));
  }
  if (!test) return std::unexpected(test.error());
  return field_query(*field, std::move(*test));
}

Result<TermValue> read_term(const FieldClause& clause, std::string_view query, const QueryContext& context) {
  TermValue term;
  std::string_view value = clause.value;
  if (clause.object) {
    value = {};
    for (const JsonMember& member : clause.parameters) {
      const std::string name = member.name();
      if (name == "value" || name == query) {
        value = member.value;
      } else if (name == "case_insensitive") {
        auto flag = json_flag_value(member.value);
        if (!flag) return std::unexpected(flag.error());
        term.case_insensitive = *flag;
      } else if (name != "rewrite") {
        auto known = read_boost_or_name(member, query);
        if (!known) return std::unexpected(known.error());
        if (!*known) return std::unexpected(query_does_not_support(context, query, member));
      }
    }
    if (value.starts_with('[')) {
      return std::unexpected(query_parsing_error(
          context, value.data(),
          "[" + std::string(query) +
              "] query does not support arrays for value - use a bool query with multiple term clauses in the should "
              "section or use a Terms query if scoring is not required"));
    }
  }
  if (value.starts_with('[')) {
    if (query == "prefix") return std::unexpected(expected_text(context, value));
    return std::unexpected(query_parsing_error(context, value.data(),
                                               "[" + std::string(query) + "] query does not support array of values"));
  }
  auto text = json_text_value(value);
  if (!text) return std::unexpected(illegal_argument("value cannot be null"));
  term.text = std::move(*text);
  term.number = !value.starts_with('"');
  return term;
}

}  // namespace

Result<QueryPtr> term_query(const std::string& field, TermValue value, const QueryContext& context) {
  return terms_query(field, {std::move(value)}, context);
}

Result<QueryPtr> compile_term(std::string_view body, const QueryContext& context) {
  auto clause = read_field_clause("term", body, context);
  if (!clause) return std::unexpected(clause.error());
  auto term = read_term(*clause, "term", context);
  if (!term) return std::unexpected(term.error());
  return terms_query(clause->field, {std::move(*term)}, context);
}

Result<QueryPtr> compile_prefix(std::string_view body, const QueryContext& context) {
  auto clause = read_field_clause("prefix", body, context);
  if (!clause) return std::unexpected(clause.error());
  auto term = read_term(*clause, "prefix", context);
  if (!term) return std::unexpected(term.error());
  const pipeline::FieldSchema* field = context.schema.find(clause->field);
  if (field == nullptr) return compile_match_none("{}", context);
  auto test = test_prefix(*field, *term, context);
  if (!test) return std::unexpected(test.error());
  return field_query(*field, std::move(*test));
}

Result<QueryPtr> compile_terms(std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[terms]");
  if (!members) return std::unexpected(members.error());
  std::string field;
  std::vector<TermValue> values;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, "terms");
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
      return std::unexpected(unsupported("a terms lookup is not supported by this version of sluice: list the terms"));
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
  return terms_query(field, std::move(values), context);
}

}  // namespace sluice::stages
