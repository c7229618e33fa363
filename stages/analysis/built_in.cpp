#include "stages/analysis/built_in.h"

#include <algorithm>
#include <array>

#include "pipeline/base/ascii_case.h"
#include "stages/analysis/chain_analyzer.h"
#include "stages/analysis/stem/snowball.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/tokenizer/make.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

namespace {

struct Row {
  std::string_view name;
  Result<AnalyzerPtr> (*make)(const std::string&, const ComponentSettings&);
};

constexpr auto kAnalyzers = std::to_array<Row>({
#define ANALYZER(name, make) {name, make},
#include "stages/analysis/analyzers.def"
#undef ANALYZER
});

constexpr auto kNotThere = std::to_array<std::string_view>({"brazilian", "estonian", "galician", "thai"});

/// Puts an analyzer of built-in parts together; the first thing that is wrong is what is said.
class Assembly {
 public:
  Assembly(std::string name, const ComponentSettings& settings) : name_(std::move(name)), settings_(settings) {}

  ComponentContext context(const ComponentSettings& settings) const { return {.name = name_, .settings = settings}; }
  Assembly& tokenizer(Result<TokenizerPtr> (*make)(const ComponentContext&)) {
    auto made = make(context(settings_));
    if (!made) return fail(made.error());
    parts_.tokenizer = *made;
    return *this;
  }
  Assembly& filter(Result<TokenFilterPtr> (*make)(const ComponentContext&), std::string_view settings = "{}") {
    auto read = ComponentSettings::parse(settings);
    auto made = make(context(*read));
    if (!made) return fail(made.error());
    parts_.filters.push_back(*made);
    return *this;
  }
  /// Drops what `stopwords` says, or else the words of a list.
  Assembly& stop(std::string_view fallback) {
    ComponentSettings settings;
    if (auto path = read_words(settings_, "stopwords"); !path) return fail(path.error());
    const auto words = settings_.list("stopwords");
    settings.set_list("stopwords", words ? *words : std::vector<std::string>{std::string(fallback)});
    auto made = make_stop(context(settings));
    if (!made) return fail(made.error());
    parts_.filters.push_back(*made);
    return *this;
  }
  Assembly& add(TokenFilterPtr filter) {
    parts_.filters.push_back(std::move(filter));
    return *this;
  }
  Assembly& never_normalizes() {
    parts_.normalizes = false;
    return *this;
  }
  Assembly& fail(Error error) {
    if (!error_) error_ = std::move(error);
    return *this;
  }
  Result<AnalyzerPtr> finish(std::uint32_t position_increment_gap = Analyzer::kDefaultGap) {
    if (error_) return std::unexpected(*error_);
    return make_chain_analyzer(name_, std::move(parts_), position_increment_gap);
  }

 private:
  std::string name_;
  const ComponentSettings& settings_;
  AnalyzerParts parts_;
  std::optional<Error> error_;
};

/// A tokenizer that doesn't look at the analyzer's settings.
template <Result<TokenizerPtr> (*make)(const ComponentContext&)>
Result<TokenizerPtr> plain(const ComponentContext& context) {
  static const ComponentSettings none;
  return make(ComponentContext{.name = context.name, .settings = none});
}

}  // namespace

Result<AnalyzerPtr> make_standard_analyzer(const std::string& name, const ComponentSettings& settings) {
  if (!settings.has("stopwords") && !settings.has("stopwords_path")) {
    auto longest = max_token_length(settings);
    if (!longest) return std::unexpected(longest.error());
    return make_plain_standard_analyzer(name, *longest);
  }
  return Assembly(name, settings).tokenizer(make_standard_tokenizer).filter(make_lowercase).stop("_none_").finish();
}

Result<AnalyzerPtr> make_simple_analyzer(const std::string& name, const ComponentSettings& settings) {
  return Assembly(name, settings).tokenizer(plain<make_letter_tokenizer>).filter(make_lowercase).finish();
}

Result<AnalyzerPtr> make_whitespace_analyzer(const std::string& name, const ComponentSettings& settings) {
  return Assembly(name, settings).tokenizer(plain<make_whitespace_tokenizer>).finish();
}

Result<AnalyzerPtr> make_keyword_analyzer(const std::string& name, const ComponentSettings& settings) {
  return Assembly(name, settings).tokenizer(plain<make_keyword_tokenizer>).finish();
}

Result<AnalyzerPtr> make_stop_analyzer(const std::string& name, const ComponentSettings& settings) {
  return Assembly(name, settings)
      .tokenizer(plain<make_letter_tokenizer>)
      .filter(make_lowercase)
      .stop("_english_")
      .finish();
}

Result<AnalyzerPtr> make_pattern_analyzer(const std::string& name, const ComponentSettings& settings) {
  auto lower = settings.flag("lowercase", true);
  if (!lower) return std::unexpected(lower.error());
  Assembly assembly(name, settings);
  ComponentSettings split;
  split.set_text("pattern", settings.text_or("pattern", "\\W+"));
  split.set_text("flags", settings.text_or("flags", ""));
  auto tokenizer = make_pattern_tokenizer(assembly.context(split));
  if (!tokenizer) return std::unexpected(tokenizer.error());
  AnalyzerParts parts{.tokenizer = *tokenizer};
  if (*lower) parts.filters.push_back(*make_lowercase(assembly.context(split)));
  auto words = read_stop_words(settings, "_none_", false);
  if (!words) return std::unexpected(words.error());
  if (!words->empty()) {
    ComponentSettings stop;
    stop.set_list("stopwords", *settings.list("stopwords"));
    parts.filters.push_back(*make_stop(assembly.context(stop)));
  }
  return make_chain_analyzer(name, std::move(parts));
}

Result<AnalyzerPtr> make_fingerprint_analyzer(const std::string& name, const ComponentSettings& settings) {
  Assembly assembly(name, settings);
  auto fingerprint = make_fingerprint_filter(assembly.context(settings));
  if (!fingerprint) return std::unexpected(fingerprint.error());
  return assembly.tokenizer(plain<make_standard_tokenizer>)
      .filter(make_lowercase)
      .filter(make_ascii_folding)
      .stop("_none_")
      .add(*fingerprint)
      .never_normalizes()
      .finish(name == "fingerprint" && settings.empty() ? 0 : Analyzer::kDefaultGap);  // Elasticsearch's own has no gap
}

Result<AnalyzerPtr> make_snowball_analyzer(const std::string& name, const ComponentSettings& settings) {
  const std::string language = settings.text_or("language", settings.text_or("name", "English"));
  const std::string lower = ascii_lower_case(language);
  ComponentSettings stem;
  stem.set_text("language", language);
  Assembly assembly(name, settings);
  auto stemmer = make_snowball(assembly.context(stem));
  if (!stemmer) return std::unexpected(stemmer.error());
  assembly.tokenizer(plain<make_standard_tokenizer>);
  if (lower == "english" || lower == "porter" || lower == "lovins") {
    assembly.filter(make_stemmer, R"({"language":"possessive_english"})");
  }
  const std::string words = "_" + lower + "_";
  const bool has_words =
      lower == "english" || lower == "dutch" || lower == "german" || lower == "german2" || lower == "french";
  return assembly.filter(make_lowercase)
      .stop(!has_words           ? "_none_"
            : lower == "german2" ? "_german_"
                                 : words)
      .add(*stemmer)
      .finish();
}

Result<AnalyzerPtr> make_chinese_analyzer(const std::string& name, const ComponentSettings& settings) {
  return Assembly(name, settings)
      .tokenizer(plain<make_standard_tokenizer>)
      .filter(make_lowercase)
      .stop("_english_")
      .finish();
}

bool is_built_in_analyzer(std::string_view type) {
  return std::ranges::find(kAnalyzers, type, &Row::name) != kAnalyzers.end() || is_language_analyzer(type) ||
         std::ranges::find(kNotThere, type) != kNotThere.end();
}

Result<AnalyzerPtr> make_built_in_analyzer(std::string_view type, const std::string& name,
                                           const ComponentSettings& settings) {
  const auto* const row = std::ranges::find(kAnalyzers, type, &Row::name);
  if (row != kAnalyzers.end()) return row->make(name, settings);
  if (is_language_analyzer(type)) return make_language_analyzer(type, name, settings);
  if (std::ranges::find(kNotThere, type) != kNotThere.end()) {
    return std::unexpected(unsupported("the analyzer [" + std::string(type) +
                                       "] is not supported by this version of sluice: see docs/analysis.md"));
  }
  return std::unexpected(Error(ErrorKind::kNotFound, 400, "illegal_argument_exception",
                               "there is no analyzer [" + std::string(type) + "]"));
}

}  // namespace sluice::stages
