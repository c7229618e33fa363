#include "stages/query/query_string_fields.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "stages/query/bool.h"
#include "stages/query/phrase.h"
#include "stages/query/regexp.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

bool takes_no_text(const pipeline::FieldSchema& field) {
  using pipeline::FieldKind;
  return field.kind == FieldKind::kGeoPoint || field.kind == FieldKind::kGeoShape || field.kind == FieldKind::kBinary ||
         field.kind == FieldKind::kVector;
}

/// `field:>5` and its like.
struct Comparison {
  bool greater = false;
  bool inclusive = false;
  std::string text;
};

std::optional<Comparison> comparison_of(const std::string& text) {
  if (text.size() < 2 || (text[0] != '>' && text[0] != '<')) return std::nullopt;
  const bool inclusive = text.size() > 2 && text[1] == '=';
  return Comparison{text[0] == '>', inclusive, text.substr(inclusive ? 2 : 1)};
}

}  // namespace

std::vector<BoostedField> QueryStringFields::fields(const std::string* field, bool quoted) const {
  const std::string_view suffix = quoted ? std::string_view(options_.quote_field_suffix) : std::string_view();
  if (field == nullptr || (*field == "*" && options_.default_field == "*")) {
    return suffix.empty() ? options_.fields : fields_of(options_.names, suffix, context_);
  }
  return fields_of({{*field, 1}}, suffix, context_);
}

Result<QueryPtr> QueryStringFields::best(const std::string* field, const OneField& one) {
  std::vector<QueryPtr> queries;
  for (const BoostedField& each : fields(field, /*quoted=*/false)) {
    if (takes_no_text(*each.field)) continue;
    auto query = one(*each.field);
    if (!query && (!options_.match.search.lenient || query.error().kind != ErrorKind::kBadRequest)) return query;
    queries.push_back(query ? with_boost(std::move(*query), each.boost)
                            : nothing("[" + each.field->path + "] can't have it"));
  }
  if (queries.empty()) return nothing("there is no such field");
  return best_of(std::move(queries),
                 options_.match.tie_breaker.value_or(options_.match.type == MultiMatchType::kMostFields ||
                                                             options_.match.type == MultiMatchType::kBoolPrefix
                                                         ? 1.0F
                                                         : 0.0F));
}

Result<QueryPtr> QueryStringFields::exists(const std::string& field) {
  const std::string body = "{\"field\":" + json_string(field) + "}";
  Buffer padded(body.size());
  padded.append(body);
  return compile_exists(padded.view(), context_);
}

Result<std::string> QueryStringFields::normal(const pipeline::FieldSchema& field, const std::string& text) const {
  if (field.kind != pipeline::FieldKind::kText) return normalized(field, text, context_);
  auto analyzer = text_analyzer(field, options_.match.search, context_);
  if (!analyzer) return std::unexpected(analyzer.error());
  return (*analyzer)->normalize(text);
}

Result<QueryPtr> QueryStringFields::words(const std::string* field, const std::string& text) {
  if (field != nullptr && *field == "_exists_") return exists(text);
  const bool one_default = field == nullptr && !options_.default_field.empty();
  if (field != nullptr || one_default) {
    const std::string* const name = field != nullptr ? field : &options_.default_field;
    if (const auto comparison = comparison_of(text)) {
      const End end{comparison->text, comparison->inclusive};
      return comparison->greater ? range(name, end, End{}) : range(name, End{}, end);
    }
    const pipeline::FieldSchema* only = context_.find(*name);
    const bool date = only != nullptr && only->kind == pipeline::FieldKind::kDate;
    if (date && text.size() > 1 && !options_.time_zone.empty()) return range(name, End{text}, End{text});
  }
  const std::vector<BoostedField> in = fields(field, /*quoted=*/false);
  if (in.empty()) {
    const bool metadata = field != nullptr && (*field == "_id" || *field == "_index" || *field == "_routing");
    return metadata ? term_query(*field, {.text = text}, context_)
                    : Result<QueryPtr>(nothing("there is no such field"));
  }
  return search_fields(in, text, options_.match, context_);
}

Result<QueryPtr> QueryStringFields::phrase(const std::string* field, const std::string& text,
                                           std::optional<float> slop) {
  if (field != nullptr && *field == "_exists_") return exists(text);
  const std::vector<BoostedField> in = fields(field, /*quoted=*/true);
  if (in.empty()) return nothing("there is no such field");
  MultiMatch match = options_.match;
  match.type = MultiMatchType::kPhrase;
  if (slop) match.search.slop = static_cast<std::uint32_t>(std::max(0.0F, *slop));
  if (!options_.quote_analyzer.empty()) match.search.analyzer = options_.quote_analyzer;
  return search_fields(in, text, match, context_);
}

Result<QueryPtr> QueryStringFields::analyzed_prefix(const pipeline::FieldSchema& field, const std::string& text) {
  auto tokens = tokens_of(field, text, options_.match.search, context_);
  if (!tokens) return std::unexpected(tokens.error());
  const std::vector<WordsAtPlace> places = by_place(std::move(*tokens));
  if (places.empty()) return nothing("no words to look for");
  std::vector<QueryPtr> queries;
  for (const WordsAtPlace& place : places) {
    const bool last = &place == &places.back();
    Result<QueryPtr> query;
    if (last) {
      std::vector<QueryPtr> prefixes;
      for (const std::string& word : place.words) {
        query = prefix_query(field.path, word, /*fold=*/false, options_.rewrite, context_);
        if (!query) return query;
        prefixes.push_back(std::move(*query));
      }
      query = any_of(std::move(prefixes));
    } else {
      query = place.words.size() == 1 ? word_query(field, place.words.front(), context_)
                                      : synonym_query(field, place.words, context_);
    }
    if (!query) return query;
    queries.push_back(std::move(*query));
  }
  if (queries.size() == 1) return std::move(queries.front());
  return combined(std::move(queries), options_.match.search.all);
}

Result<QueryPtr> QueryStringFields::prefix(const std::string* field, const std::string& text) {
  if (field != nullptr && *field == "_index") return prefix_query(*field, text, false, options_.rewrite, context_);
  return best(field, [&](const pipeline::FieldSchema& one) -> Result<QueryPtr> {
    if (options_.analyze_wildcard && one.kind == pipeline::FieldKind::kText) return analyzed_prefix(one, text);
    auto begin = normal(one, text);
    if (!begin) return std::unexpected(begin.error());
    return prefix_query(one.path, *begin, /*fold=*/false, options_.rewrite, context_);
  });
}

Result<QueryPtr> QueryStringFields::wildcard(const std::string* field, const std::string& text) {
  const std::string* const name = field != nullptr                 ? field
                                  : options_.default_field.empty() ? nullptr
                                                                   : &options_.default_field;
  if (text == "*" && name != nullptr) return *name == "*" ? everything() : exists(*name);
  if (text == "*") {
    return best(field, [&](const pipeline::FieldSchema& one) { return exists(one.path); });
  }
  if (!options_.allow_leading_wildcard && (text.starts_with('*') || text.starts_with('?'))) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception",
                                 "'*' or '?' not allowed as first character in WildcardQuery"));
  }
  if (field != nullptr && *field == "_index") {
    return wildcard_query(*field, text, /*fold=*/false, /*normalize=*/false, options_.rewrite, context_);
  }
  return best(field, [&](const pipeline::FieldSchema& one) {
    return wildcard_query(one.path, text, /*fold=*/false, /*normalize=*/true, options_.rewrite, context_);
  });
}

Result<QueryPtr> QueryStringFields::regexp(const std::string* field, const std::string& text) {
  RegexpOptions regex;
  regex.flags.complement = false;
  regex.max_states = options_.max_states;
  return best(field, [&](const pipeline::FieldSchema& one) {
    return regexp_query(one.path, text, regex, options_.rewrite, context_);
  });
}

Result<QueryPtr> QueryStringFields::fuzzy(const std::string* field, const std::string& text,
                                          const std::string& fuzziness) {
  Fuzziness edits = options_.fuzziness;
  if (!fuzziness.empty()) {
    const auto number = parse_number<float>(fuzziness);
    if (number && *number != std::floor(*number)) {
      return std::unexpected(
          illegal_argument(fmt::format("fuzziness needs to be one of 0.0, 1.0 or 2.0 but was {}", *number)));
    }
    auto given = Fuzziness::parse(fuzziness);
    if (!given) return std::unexpected(given.error());
    edits = *given;
  }
  FuzzyOptions fuzzy = options_.match.search.fuzzy;
  fuzzy.rewrite.clear();  // Elasticsearch reads it, and does not hand it on
  return best(field, [&](const pipeline::FieldSchema& one) -> Result<QueryPtr> {
    auto term = normal(one, text);
    if (!term) return std::unexpected(term.error());
    return fuzzy_query(one, *term, edits, fuzzy, context_);
  });
}

Result<QueryPtr> QueryStringFields::range(const std::string* field, const End& low, const End& high) {
  return best(field, [&](const pipeline::FieldSchema& one) -> Result<QueryPtr> {
    RangeBounds bounds;
    const auto bound = [&](const End& end, std::optional<Bound>& into) -> Status {
      if (!end.text) return {};
      auto text = normal(one, *end.text);
      if (!text) return std::unexpected(text.error());
      into = Bound{std::move(*text), end.inclusive, false};
      return {};
    };
    if (auto read = bound(low, bounds.low); !read) return std::unexpected(read.error());
    if (auto read = bound(high, bounds.high); !read) return std::unexpected(read.error());
    if (one.kind == pipeline::FieldKind::kDate && !options_.time_zone.empty()) {
      auto zone = QueryZone::of(options_.time_zone);
      if (!zone) return std::unexpected(std::move(zone.error()));
      bounds.time_zone = options_.time_zone;
      bounds.zone = *zone;
    }
    return range_query(one.path, bounds, context_);
  });
}

}  // namespace sluice::stages
