#include <algorithm>
#include <array>

#include "stages/analysis/built_in.h"
#include "stages/analysis/chain_analyzer.h"
#include "stages/analysis/char_filter/make.h"
#include "stages/analysis/components.h"
#include "stages/analysis/stem/stem.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

namespace {

struct Row {
  std::string_view name;
  std::string_view stop_words;
  std::string_view steps;
};

constexpr auto kLanguages = std::to_array<Row>({
#define LANGUAGE(name, stop_words, steps) {name, stop_words, steps},
#include "stages/analysis/languages.def"
#undef LANGUAGE
});

/// Settings of the steps `elision:X`, `hyphenation:X` and `override:X`.
struct StepSettings {
  std::string_view step;
  std::string_view filter;
  std::string_view settings;
};

constexpr auto kSteps = std::to_array<StepSettings>({
    {"elision:catalan", "elision", R"({"articles":["d","l","m","n","s","t"],"articles_case":true})"},
    {"elision:french", "elision",
     R"({"articles":["l","m","t","qu","n","s","j","d","c","jusqu","quoiqu","lorsqu","puisqu"],"articles_case":true})"},
    {"elision:irish", "elision", R"({"articles":["d","m","b"],"articles_case":true})"},
    {"elision:italian", "elision",
     R"({"articles":["c","l","all","dall","dell","nell","sull","coll","pell","gl","agl","dagl","degl","negl","sugl","un",)"
     R"("m","t","s","v","d"],"articles_case":true})"},
    {"hyphenation:irish", "stop", R"({"stopwords":["h","n","t"],"ignore_case":true})"},
    {"override:dutch", "stemmer_override",
     R"({"rules":["fiets => fiets","bromfiets => bromfiets","ei => eier","kind => kinder"]})"},
    {"lowercase:greek", "lowercase", R"({"language":"greek"})"},
    {"lowercase:irish", "lowercase", R"({"language":"irish"})"},
    {"lowercase:turkish", "lowercase", R"({"language":"turkish"})"},
});

TokenFilterPtr romanian_commas() {
  return make_term_filter(
      {.change = [](std::u16string& text) { stemming::map_units(text, u"ŞşŢţ", u"ȘșȚț"); }, .normalizes = true});
}

/// The steps of a language made into filters.
class LanguageSteps {
 public:
  LanguageSteps(const Row& row, const ComponentSettings& settings)
      : row_(row), settings_(settings), components_(false, ComponentLimits()) {}

  Result<std::vector<TokenFilterPtr>> make() {
    std::vector<TokenFilterPtr> filters;
    std::string_view rest = row_.steps;
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      const std::string_view step = rest.substr(0, space);
      rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
      if (step == "keywords" && !settings_.has("stem_exclusion")) continue;
      auto filter = filter_of(step);
      if (!filter) return std::unexpected(filter.error());
      filters.push_back(std::move(*filter));
    }
    return filters;
  }

 private:
  Result<TokenFilterPtr> filter_of(std::string_view step) {
    ComponentSettings settings;
    if (step == "stop") {
      if (auto path = read_words(settings_, "stopwords"); !path) return std::unexpected(path.error());
      const auto words = settings_.list("stopwords");
      settings.set_list("stopwords", words ? *words : std::vector<std::string>{std::string(row_.stop_words)});
      return with(settings, "stop");
    }
    if (step == "keywords") {
      settings.set_list("keywords", *settings_.list("stem_exclusion"));
      return with(settings, "keyword_marker");
    }
    if (step == "romanian_commas") return romanian_commas();
    const auto* const known = std::ranges::find(kSteps, step, &StepSettings::step);
    if (known != kSteps.end()) {
      auto read = ComponentSettings::parse(known->settings);
      return with(*read, known->filter);
    }
    const std::size_t colon = step.find(':');
    if (colon == std::string_view::npos) return components_.filter(step, {});
    settings.set_text("language", std::string(step.substr(colon + 1)));
    return with(settings, step.substr(0, colon) == "stem" ? "stemmer" : "snowball");
  }

  Result<TokenFilterPtr> with(ComponentSettings settings, std::string_view type) {
    settings.set_text("type", std::string(type));
    return components_.make_filter(std::string(type), settings, {});
  }

  const Row& row_;
  const ComponentSettings& settings_;
  Components components_;
};

}  // namespace

bool is_language_analyzer(std::string_view language) {
  return std::ranges::find(kLanguages, language, &Row::name) != kLanguages.end();
}

Result<AnalyzerPtr> make_language_analyzer(std::string_view language, const std::string& name,
                                           const ComponentSettings& settings) {
  const Row& row = *std::ranges::find(kLanguages, language, &Row::name);
  const Components components(false, ComponentLimits());
  AnalyzerParts parts;
  auto tokenizer = components.tokenizer("standard");
  if (!tokenizer) return std::unexpected(tokenizer.error());
  parts.tokenizer = *tokenizer;
  if (language == "persian") {  // half-words are words of their own
    ComponentSettings spaces;
    spaces.set_list("mappings", {"\\u200C=>\\u0020"});
    spaces.set_text("type", "mapping");
    auto filter = components.make_char_filter("mapping", spaces);
    if (!filter) return std::unexpected(filter.error());
    parts.char_filters.push_back(*filter);
  }
  auto filters = LanguageSteps(row, settings).make();
  if (!filters) return std::unexpected(filters.error());
  parts.filters = std::move(*filters);
  return make_chain_analyzer(name, std::move(parts));
}

}  // namespace sluice::stages
