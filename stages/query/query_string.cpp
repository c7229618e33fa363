#include <algorithm>
#include <array>

#include "stages/analysis/analysis.h"
#include "stages/query/bool.h"
#include "stages/query/query_string_fields.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

struct QueryString {
  std::optional<std::string> text;
  std::optional<bool> lenient;
  std::string minimum;
  QueryStringOptions options;
  float boost = 1;
  bool escape = false;
};

Status read_flag(std::string_view value, bool& into) {
  auto flag = json_flag_value(value);
  if (!flag) return std::unexpected(flag.error());
  into = *flag;
  return {};
}

Status read_count(std::string_view value, std::uint32_t& into) {
  auto count = read_int(value);
  if (!count) return std::unexpected(count.error());
  into = static_cast<std::uint32_t>(std::max(*count, 0));
  return {};
}

/// Texts that are taken as they are; null: it is none of these.
std::string* text_parameter(std::string_view name, QueryString& clause) {
  if (name == "default_field") return &clause.options.default_field;
  if (name == "analyzer") return &clause.options.match.search.analyzer;
  if (name == "quote_analyzer") return &clause.options.quote_analyzer;
  if (name == "quote_field_suffix") return &clause.options.quote_field_suffix;
  if (name == "minimum_should_match") return &clause.minimum;
  if (name == "time_zone") return &clause.options.time_zone;
  if (name == "fuzzy_rewrite") return &clause.options.match.search.fuzzy.rewrite;
  return nullptr;
}

bool* flag_parameter(std::string_view name, QueryString& clause) {
  if (name == "allow_leading_wildcard") return &clause.options.allow_leading_wildcard;
  if (name == "analyze_wildcard") return &clause.options.analyze_wildcard;
  if (name == "escape") return &clause.escape;
  if (name == "auto_generate_synonyms_phrase_query") return &clause.options.match.search.synonym_phrases;
  if (name == "fuzzy_transpositions") return &clause.options.match.search.fuzzy.transpositions;
  return nullptr;
}

std::uint32_t* count_parameter(std::string_view name, QueryString& clause) {
  if (name == "phrase_slop") return &clause.options.match.search.slop;
  if (name == "fuzzy_prefix_length") return &clause.options.match.search.fuzzy.prefix_length;
  if (name == "fuzzy_max_expansions") return &clause.options.match.search.fuzzy.max_expansions;
  if (name == "max_determinized_states") return &clause.options.max_states;
  return nullptr;
}

/// Those whose values are something of their own. False: it is none of them.
Result<bool> read_special(const std::string& name, std::string_view value, QueryString& clause) {
  const std::string text = json_text_value(value).value_or("");
  if (name == "query") {
    clause.text = text;
  } else if (name == "default_operator") {
    auto all = parse_operator(text);
    if (!all) return std::unexpected(all.error());
    clause.options.match.search.all = *all;
  } else if (name == "lenient") {
    auto flag = json_flag_value(value);
    if (!flag) return std::unexpected(flag.error());
    clause.lenient = *flag;
  } else if (name == "fuzziness") {
    auto fuzziness = Fuzziness::parse(text);
    if (!fuzziness) return std::unexpected(request_error(fuzziness.error()));
    clause.options.fuzziness = *fuzziness;
  } else if (name == "type") {
    auto type = parse_multi_match_type(text);
    if (!type) return std::unexpected(type.error());
    clause.options.match.type = *type;
  } else if (name == "tie_breaker") {
    float tie_breaker = 0;
    auto read = read_boost_or_name({"\"boost\"", value}, "query_string", tie_breaker);
    if (!read) return std::unexpected(read.error());
    clause.options.match.tie_breaker = tie_breaker;
  } else if (name == "rewrite") {
    auto rewrite = Rewrite::parse(text);
    if (!rewrite) return std::unexpected(rewrite.error());
    clause.options.rewrite = *rewrite;
  } else {
    return name == "enable_position_increments";
  }
  return true;
}

Status read_parameter(const JsonMember& member, const ClauseContext& context, QueryString& clause) {
  const std::string name = member.name();
  if (member.value.starts_with('[')) {
    if (name != "fields") return std::unexpected(query_does_not_support(context, "query_string", member));
    auto fields = parse_field_names(member.value, "query_string");
    if (!fields) return std::unexpected(fields.error());
    clause.options.names = std::move(*fields);
    return {};
  }
  if (std::string* const text = text_parameter(name, clause)) {
    *text = json_text_value(member.value).value_or("");
    return {};
  }
  if (bool* const flag = flag_parameter(name, clause)) return read_flag(member.value, *flag);
  if (std::uint32_t* const count = count_parameter(name, clause)) return read_count(member.value, *count);
  auto special = read_special(name, member.value, clause);
  if (!special) return std::unexpected(special.error());
  if (*special) return {};
  auto known = read_boost_or_name(member, "query_string", clause.boost);
  if (!known) return std::unexpected(known.error());
  if (!*known) return std::unexpected(query_does_not_support(context, "query_string", member));
  return {};
}

/// Analyzers that are named have to be there.
Status check_analyzers(const QueryStringOptions& options, const ClauseContext& context) {
  const auto check = [&](const std::string& name, const char* what) -> Status {
    if (name.empty() || analysis_of(context).analyzer(name)) return {};
    return std::unexpected(
        query_shard_error(context, std::string("[query_string] ") + what + " [" + name + "] not found"));
  };
  if (auto checked = check(options.match.search.analyzer, "analyzer"); !checked) return checked;
  return check(options.quote_analyzer, "quote_analyzer");
}

/// Of the clauses inside boosts too, other than the other queries with it. Source: Elasticsearch's
/// QueryStringQueryBuilder.doToQuery().
Result<QueryPtr> with_minimum(QueryPtr query, std::string_view minimum) {
  const auto [inner, boost] = query->boosted();
  if (inner == nullptr) return with_minimum_should_match(std::move(query), minimum);
  auto changed = with_minimum(inner, minimum);
  return changed ? Result<QueryPtr>(with_boost(std::move(*changed), boost)) : changed;
}

Result<QueryPtr> search(QueryString& clause, const ClauseContext& context) {
  QueryStringOptions& options = clause.options;
  if (auto checked = check_analyzers(options, context); !checked) return std::unexpected(checked.error());
  if (options.names.empty() && options.default_field.empty()) options.default_field = "*";
  if (options.names.empty()) options.names = {{options.default_field, 1}};
  options.fields = fields_of(options.names, {}, context);
  options.match.search.lenient = clause.lenient.value_or(names_all(options.names));
  options.match.search.query = "query_string";
  options.match.search.zero_terms = ZeroTerms::kIgnored;
  if (clause.text->find_first_not_of(" \t\n\r\f\v") == std::string::npos) return nothing("an empty query string");
  QueryStringFields pieces(options, context);
  const std::string text = clause.escape ? escape_query_string(*clause.text) : *clause.text;
  auto query = parse_query_string(text, options.match.search.all, pieces);
  if (!query) {
    const Error& error = query.error();
    if (!error.reason.starts_with("Cannot parse '")) return query;
    Error failed = query_shard_error(context, "Failed to parse query [" + *clause.text + "]");
    return std::unexpected(std::move(failed).wrapping(error));
  }
  if (*query == nullptr) return nothing("no words to look for");
  return with_minimum(std::move(*query), clause.minimum);
}

}  // namespace

Result<QueryPtr> compile_query_string(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[query_string]");
  if (!members) return std::unexpected(members.error());
  QueryString clause;
  for (const JsonMember& member : *members) {
    if (auto read = read_parameter(member, context, clause); !read) return std::unexpected(read.error());
  }
  if (!clause.text) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "[query_string] must be provided with a [query]"));
  }
  if (!clause.options.names.empty() && !clause.options.default_field.empty()) {
    Error both = validation_error({"[query_string] cannot use [fields] parameter in conjunction with [default_field]"});
    both.type = "query_validation_exception";
    return std::unexpected(failed_to_create(context, std::move(both)));
  }
  auto query = search(clause, context);
  if (!query) return std::unexpected(as_shard_error(context, query.error()));
  return with_boost(std::move(*query), clause.boost);
}

}  // namespace sluice::stages
