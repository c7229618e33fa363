#include "stages/query/simple_query_string.h"

#include <algorithm>

#include "stages/analysis/analysis.h"
#include "stages/query/bool.h"
#include "stages/query/query_string_fields.h"

namespace sluice::stages {

namespace {

struct SimpleQueryString {
  std::optional<std::string> text;
  std::optional<bool> lenient;
  std::string minimum;
  SimpleSyntax syntax;
  QueryStringOptions options;
  float boost = 1;
};

Status read_flag(std::string_view value, bool& into) {
  auto flag = json_flag_value(value);
  if (!flag) return std::unexpected(flag.error());
  into = *flag;
  return {};
}

Status read_syntax(const JsonMember& member, SimpleSyntax& syntax) {
  if (!member.value.starts_with('"')) {
    auto number = json_integer_value(member.value);
    if (!number) return std::unexpected(number.error());
    if (*number < 0) return {};
    const auto bit = [&](int which) { return (*number >> which & 1) != 0; };
    syntax = {bit(0), bit(2), bit(1), bit(3), bit(4), bit(5), bit(6), bit(7), bit(8), bit(9)};
    return {};
  }
  auto parsed = SimpleSyntax::parse(json_text_value(member.value).value_or(""));
  if (!parsed) return std::unexpected(parsed.error());
  syntax = *parsed;
  return {};
}

Status read_count(std::string_view value, std::uint32_t& into) {
  auto count = read_int(value);
  if (!count) return std::unexpected(count.error());
  into = static_cast<std::uint32_t>(std::max(*count, 0));
  return {};
}

Status read_parameter(const JsonMember& member, const ClauseContext& context, SimpleQueryString& clause) {
  const std::string name = member.name();
  const std::string text = json_text_value(member.value).value_or("");
  TextSearch& search = clause.options.match.search;
  if (name == "fields" && member.value.starts_with('[')) {
    auto fields = parse_field_names(member.value, "simple_query_string");
    if (!fields) return std::unexpected(fields.error());
    clause.options.names = std::move(*fields);
    return {};
  }
  if (name == "query") {
    clause.text = text;
  } else if (name == "analyzer") {
    search.analyzer = text;
  } else if (name == "minimum_should_match") {
    clause.minimum = text;
  } else if (name == "quote_field_suffix") {
    clause.options.quote_field_suffix = text;
  } else if (name == "default_operator") {
    auto all = parse_operator(text);
    if (!all) return std::unexpected(all.error());
    search.all = *all;
  } else if (name == "flags") {
    return read_syntax(member, clause.syntax);
  } else if (name == "lenient") {
    bool lenient = false;
    if (auto read = read_flag(member.value, lenient); !read) return read;
    clause.lenient = lenient;
  } else if (name == "analyze_wildcard") {
    return read_flag(member.value, clause.options.analyze_wildcard);
  } else if (name == "auto_generate_synonyms_phrase_query") {
    return read_flag(member.value, search.synonym_phrases);
  } else if (name == "fuzzy_transpositions") {
    return read_flag(member.value, search.fuzzy.transpositions);
  } else if (name == "fuzzy_prefix_length") {
    return read_count(member.value, search.fuzzy.prefix_length);
  } else if (name == "fuzzy_max_expansions") {
    return read_count(member.value, search.fuzzy.max_expansions);
  } else {
    auto known = read_boost_or_name(member, "simple_query_string", clause.boost);
    if (!known) return std::unexpected(known.error());
    if (*known) return {};
    return std::unexpected(
        query_parsing_error(context, member.value.data(), "[simple_query_string] unsupported field [" + name + "]"));
  }
  return {};
}

Result<QueryPtr> search(SimpleQueryString& clause, const ClauseContext& context) {
  QueryStringOptions& options = clause.options;
  TextSearch& search = options.match.search;
  if (!search.analyzer.empty() && !analysis_of(context).analyzer(search.analyzer)) {
    return std::unexpected(
        query_shard_error(context, "[simple_query_string] analyzer [" + search.analyzer + "] not found"));
  }
  if (options.names.empty()) options.names = {{"*", 1}};
  options.fields = fields_of(options.names, {}, context);
  options.match.type = MultiMatchType::kMostFields;
  search.lenient = clause.lenient.value_or(names_all(options.names));
  search.query = "simple_query_string";
  search.zero_terms = ZeroTerms::kIgnored;
  const std::size_t begin = clause.text->find_first_not_of(" \t\n\r");
  if (begin != std::string::npos && (*clause.text)[begin] == '*' && clause.text->find_last_not_of(" \t\n\r") == begin) {
    return everything();
  }
  QueryStringFields pieces(options, context);
  auto query = parse_simple_query_string(*clause.text, search.all, clause.syntax, pieces);
  if (!query) return query;
  if (*query == nullptr) return nothing("no words to look for");
  return with_minimum_should_match(std::move(*query), clause.minimum);
}

}  // namespace

Result<QueryPtr> compile_simple_query_string(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[simple_query_string]");
  if (!members) return std::unexpected(members.error());
  SimpleQueryString clause;
  for (const JsonMember& member : *members) {
    if (auto read = read_parameter(member, context, clause); !read) return std::unexpected(read.error());
  }
  if (!clause.text) {
    return std::unexpected(query_parsing_error(context, end_of(body), "[simple_query_string] query text missing"));
  }
  auto query = search(clause, context);
  if (!query) return std::unexpected(as_shard_error(context, query.error()));
  return with_boost(std::move(*query), clause.boost);
}

}  // namespace sluice::stages
