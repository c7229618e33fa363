#include "pipeline/base/wildcard.h"

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "stages/query/index_name.h"
#include "stages/query/multi_term.h"
#include "stages/query/value_test.h"
#include "stages/query/wildcard_pattern.h"

namespace sluice::stages {

namespace {

class Wildcard final : public TermPattern {
 public:
  Wildcard(std::string_view pattern, bool fold) : text_(pattern), pattern_(pattern, fold), fold_(fold) {}
  [[nodiscard]] std::optional<float> fit(std::string_view term) const override {
    return pattern_.matches(term) ? std::optional(1.0F) : std::nullopt;
  }
  [[nodiscard]] std::string explain() const override {
    return fmt::format("is like [{}]{}", text_, fold_ ? ", ASCII letters in any case" : "");
  }

 private:
  std::string text_;
  WildcardPattern pattern_;
  bool fold_;
};

/// The pattern with what stands between wildcards and escapes normalized.
Result<std::string> normalized_pattern(const Analyzer& normalizer, std::string_view pattern) {
  std::string out;
  std::string literal;
  const auto flush = [&]() -> Status {
    if (literal.empty()) return {};
    auto normal = normalizer.normalize(literal);
    if (!normal) return std::unexpected(normal.error());
    out += *normal;
    literal.clear();
    return {};
  };
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool escape = pattern[i] == '\\' && i + 1 < pattern.size();
    if (!escape && pattern[i] != '*' && pattern[i] != '?') {
      literal += pattern[i];
      continue;
    }
    if (auto flushed = flush(); !flushed) return std::unexpected(flushed.error());
    out += pattern[i];
    if (escape) out += pattern[++i];
  }
  if (auto flushed = flush(); !flushed) return std::unexpected(flushed.error());
  return out;
}

}  // namespace

TermPatternPtr wildcard_pattern(std::string_view pattern, bool fold) {
  return std::make_shared<const Wildcard>(pattern, fold);
}

Result<QueryPtr> index_name_query(std::string pattern, bool fold, const ClauseContext& context) {
  if (fold) pattern = ascii_lower_case(pattern);
  const auto is_index = context.is_index ? context.is_index(pattern, context.now_ms)
                                         : Result<bool>(wildcard_match(pattern, context.index));
  if (!is_index) return std::unexpected(is_index.error());
  return *is_index ? everything() : nothing("the index has another name");
}

Result<QueryPtr> wildcard_query(const std::string& name, const std::string& pattern, bool fold, bool normalize,
                                Rewrite rewrite, const ClauseContext& context) {
  if (name == "_index") return index_name_query(pattern, fold, context);
  if (name == "_id") return std::unexpected(query_shard_error(context, wrong_field("wildcard", id_field())));
  if (pattern.empty()) return nothing("an empty pattern");
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) return nothing("there is no field [" + name + "]");
  if (!has_texts(*field)) return std::unexpected(wrong_field_error("wildcard", *field, context));
  auto normalizer = field->kind == pipeline::FieldKind::kText
                        ? (normalize ? search_analyzer(*field, /*quoted=*/false, context) : Result<AnalyzerPtr>())
                        : normalizer_of(*field, context);
  if (!normalizer) return std::unexpected(normalizer.error());
  auto text = *normalizer == nullptr ? Result<std::string>(pattern) : normalized_pattern(**normalizer, pattern);
  if (!text) return std::unexpected(text.error());
  return multi_term_query(*field, wildcard_pattern(*text, fold), rewrite, context);
}

Result<QueryPtr> compile_wildcard(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("wildcard", body, context);
  if (!clause) return std::unexpected(clause.error());
  float boost = clause->boost;
  auto term = read_term(*clause, "wildcard", context, boost);
  if (!term) return std::unexpected(term.error());
  auto rewrite = Rewrite::parse(term->rewrite);
  if (!rewrite) return std::unexpected(failed_to_create(context, rewrite.error()));
  auto query =
      wildcard_query(clause->field, term->text, term->case_insensitive, /*normalize=*/false, *rewrite, context);
  if (!query) return query;
  return with_boost(std::move(*query), boost);
}

}  // namespace sluice::stages
