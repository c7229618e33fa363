#include "stages/query/word_source.h"

#include <algorithm>
#include <limits>

#include "pipeline/base/json_text.h"
#include "stages/analysis/analysis.h"
#include "stages/query/compile.h"
#include "stages/query/field_keys.h"
#include "stages/query/key_bytes.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

constexpr std::int64_t kMostPosition = std::numeric_limits<std::int32_t>::max() - 128;

}  // namespace

Status WordSource::read(std::string_view token, Words& words) const {
  const auto take = [&](std::string_view text) -> Status {
    if (boolean) {
      words.add().text.assign(text == "true" ? "true" : "false");
      return {};
    }
    if (whole) {
      Word& word = words.add();
      word.position = static_cast<std::uint32_t>(words.values) * gap;
      if (analyzer == nullptr) {
        word.text.assign(text);
        return {};
      }
      auto normal = analyzer->normalize(text);
      if (!normal) return std::unexpected(std::move(normal.error()));
      word.text = std::move(*normal);
      return {};
    }
    // The gap is there behind a value without words too, and it is the field's: the analyzer sees each value alone.
    if (words.values != 0) words.last += static_cast<std::int64_t>(gap);
    const std::int64_t first = words.last + 1;
    TextPlace place;
    Status read = analyzer->visit_terms(
        text,
        [&words, first](std::string_view term, std::uint32_t position) {
          Word& word = words.add();
          word.text.assign(term);
          // Lucene's positions are Java's ints; it refuses texts that have more.
          word.position = static_cast<std::uint32_t>(std::min<std::int64_t>(first + position, kMostPosition));
        },
        place);
    // The analyzer leaves its own gap behind.
    words.last = first + place.position - static_cast<std::int64_t>(analyzer->position_increment_gap());
    return read;
  };
  Status taken;
  if (token.starts_with('"') && !has_escape(token)) {
    taken = take(token.substr(1, token.size() - 2));
  } else {
    taken = take(json_unquoted(token));
  }
  ++words.values;
  return taken;
}

pipeline::KeyRange word_keys(const WordSource& source, std::string_view word) {
  return keys_equal(source.boolean ? key_of(word == "true" ? 1 : 0) : key_of(word));
}

const Analysis& analysis_of(const QueryContext& context) {
  return context.analysis == nullptr ? Analysis::global() : *context.analysis;
}

const pipeline::FieldSchema* ClauseContext::find(std::string_view path) const {
  const pipeline::FieldSchema* field = schema.find(path);
  return field != nullptr && field->nested_path == scope ? field : nullptr;
}

Result<WordSource> words_of(const pipeline::FieldSchema& field, const ClauseContext& context) {
  const auto found = context.words->find(field.path);
  if (found != context.words->end()) return found->second;
  WordSource source;
  source.number = static_cast<std::uint32_t>(context.words->size());
  source.access = FieldAccess(field, context.scope, *context.reads);
  if (field.kind == pipeline::FieldKind::kText) {
    const Analysis& analysis = analysis_of(context);
    auto analyzer =
        field.analyzer.empty() ? Result<AnalyzerPtr>(analysis.default_analyzer()) : analysis.analyzer(field.analyzer);
    if (!analyzer) return std::unexpected(std::move(analyzer.error()));
    source.analyzer = std::move(*analyzer);
    source.gap = field.position_increment_gap.value_or(source.analyzer->position_increment_gap());
    source.norms = field.norms;
    source.frequencies = field.frequencies;
  } else {
    auto normalizer = normalizer_of(field, context);
    if (!normalizer) return std::unexpected(std::move(normalizer.error()));
    source.analyzer = std::move(*normalizer);
    source.whole = true;
    source.boolean = field.kind == pipeline::FieldKind::kBoolean;
    source.norms = source.frequencies = false;
  }
  source.keys = field_keys(field, context);
  return context.words->emplace(field.path, std::move(source)).first->second;
}

Result<AnalyzerPtr> search_analyzer(const pipeline::FieldSchema& field, bool quoted, const ClauseContext& context) {
  const Analysis& analysis = analysis_of(context);
  if (quoted && !field.search_quote_analyzer.empty()) return analysis.analyzer(field.search_quote_analyzer);
  if (!field.search_analyzer.empty()) return analysis.analyzer(field.search_analyzer);
  if (!field.analyzer.empty()) return analysis.analyzer(field.analyzer);
  return quoted ? analysis.default_search_quoted_analyzer() : analysis.default_search_analyzer();
}

}  // namespace sluice::stages
