#include "stages/query/match_parameters.h"

#include <algorithm>
#include <array>

#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// What the family's queries have beside their text.
enum class Parameter : std::uint8_t {
  kAnalyzer,
  kOperator,
  kMinimum,
  kFuzziness,
  kPrefixLength,
  kMaxExpansions,
  kFuzzyRewrite,
  kFuzzyTranspositions,
  kLenient,
  kZeroTerms,
  kSynonymPhrases,
  kSlop,
};

constexpr auto kParameterNames = std::to_array<std::pair<std::string_view, Parameter>>({
    {"analyzer", Parameter::kAnalyzer},
    {"auto_generate_synonyms_phrase_query", Parameter::kSynonymPhrases},
    {"fuzziness", Parameter::kFuzziness},
    {"fuzzy_rewrite", Parameter::kFuzzyRewrite},
    {"fuzzy_transpositions", Parameter::kFuzzyTranspositions},
    {"lenient", Parameter::kLenient},
    {"max_expansions", Parameter::kMaxExpansions},
    {"minimum_should_match", Parameter::kMinimum},
    {"operator", Parameter::kOperator},
    {"prefix_length", Parameter::kPrefixLength},
    {"slop", Parameter::kSlop},
    {"zero_terms_query", Parameter::kZeroTerms},
});

bool has(std::string_view query, Parameter parameter) {
  if (query == "multi_match") return true;
  switch (parameter) {
    case Parameter::kAnalyzer:
      return true;
    case Parameter::kSlop:
      return query == "match_phrase" || query == "match_phrase_prefix";
    case Parameter::kZeroTerms:
      return query != "match_bool_prefix";
    case Parameter::kMaxExpansions:
      return query != "match_phrase";
    case Parameter::kLenient:
    case Parameter::kSynonymPhrases:
      return query == "match";
    default:
      return query == "match" || query == "match_bool_prefix";
  }
}

Result<std::uint32_t> count_of(const JsonMember& member, std::int64_t least, const std::string& what) {
  auto value = read_int(member.value);
  if (!value) return std::unexpected(value.error());
  if (*value < least) return std::unexpected(illegal_argument(what));
  return static_cast<std::uint32_t>(*value);
}

Status read_number(const JsonMember& member, Parameter parameter, TextSearch& search) {
  const std::string query = "[" + search.query + "]";
  if (search.query == "multi_match" && parameter != Parameter::kSlop) {
    const bool prefix = parameter == Parameter::kPrefixLength;
    auto count =
        count_of(member, prefix ? 0 : 1,
                 prefix ? "No negative prefix length allowed." : "Max expansions must be strictly great than zero.");
    if (!count) return std::unexpected(count.error());
    if (prefix) search.fuzzy.prefix_length = *count;
    if (!prefix) search.fuzzy.max_expansions = search.max_expansions = *count;
    return {};
  }
  auto count =
      parameter == Parameter::kSlop ? count_of(member, 0, "No negative slop allowed.")
      : parameter == Parameter::kPrefixLength
          ? count_of(member, 0, query + " requires prefix length to be non-negative.")
          : count_of(member, search.query == "match_phrase_prefix" ? 0 : 1,
                     search.query == "match_phrase_prefix" ? "No negative maxExpansions allowed."
                                                           : query + " requires maxExpansions to be positive.");
  if (!count) return std::unexpected(count.error());
  if (parameter == Parameter::kSlop) {
    search.slop = *count;
  } else if (parameter == Parameter::kPrefixLength) {
    search.fuzzy.prefix_length = *count;
  } else {
    search.fuzzy.max_expansions = search.max_expansions = *count;
  }
  return {};
}

Status read_flag(std::string_view value, bool& into) {
  auto flag = json_flag_value(value);
  if (!flag) return std::unexpected(flag.error());
  into = *flag;
  return {};
}

Status read_known(const JsonMember& member, Parameter parameter, const ClauseContext& context, TextSearch& search) {
  const std::string text = json_text_value(member.value).value_or("");
  switch (parameter) {
    case Parameter::kAnalyzer:
      search.analyzer = text;
      return {};
    case Parameter::kMinimum:
      search.minimum = text;
      return {};
    case Parameter::kFuzzyRewrite:
      search.fuzzy.rewrite = text;
      return {};
    case Parameter::kFuzzyTranspositions:
      return read_flag(member.value, search.fuzzy.transpositions);
    case Parameter::kLenient:
      return read_flag(member.value, search.lenient);
    case Parameter::kSynonymPhrases:
      return read_flag(member.value, search.synonym_phrases);
    case Parameter::kOperator: {
      auto all = parse_operator(text);
      if (!all) return std::unexpected(all.error());
      search.all = *all;
      return {};
    }
    case Parameter::kFuzziness: {
      auto fuzziness = Fuzziness::parse(text);
      if (!fuzziness) return std::unexpected(request_error(fuzziness.error()));
      search.fuzziness = *fuzziness;
      return {};
    }
    case Parameter::kZeroTerms: {
      const auto zero_terms = parse_zero_terms(text);
      if (!zero_terms) {
        return std::unexpected(
            query_parsing_error(context, member.value.data(), "Unsupported zero_terms_query value [" + text + "]"));
      }
      search.zero_terms = *zero_terms;
      return {};
    }
    default:
      return read_number(member, parameter, search);
  }
}

}  // namespace

Result<bool> read_match_parameter(const JsonMember& member, const ClauseContext& context, TextSearch& search) {
  const std::string name = member.name();
  const auto known = std::ranges::find(kParameterNames, name, &std::pair<std::string_view, Parameter>::first);
  if (known == kParameterNames.end() || !has(search.query, known->second)) return false;
  if (auto read = read_known(member, known->second, context, search); !read) return std::unexpected(read.error());
  return true;
}

}  // namespace sluice::stages
