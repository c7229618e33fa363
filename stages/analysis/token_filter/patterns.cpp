#include <algorithm>

#include "stages/analysis/java_character.h"
#include "stages/analysis/pattern.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

class PatternReplaceFilter final : public TokenFilter {
 public:
  PatternReplaceFilter(Pattern pattern, Replacement replacement, bool all)
      : pattern_(std::move(pattern)), replacement_(std::move(replacement)), all_(all) {}
  Status apply(TokenStream& stream) const override {
    for (Term& term : stream.terms) {
      auto replaced = replace_all(pattern_, replacement_, term.text, all_);
      if (!replaced) return std::unexpected(replaced.error());
      term.text = std::move(*replaced);
    }
    return {};
  }
  [[nodiscard]] bool normalizes() const override { return true; }
  void normalize(std::u16string& term) const override {
    if (auto replaced = replace_all(pattern_, replacement_, term, all_); replaced) term = std::move(*replaced);
  }

 private:
  Pattern pattern_;
  Replacement replacement_;
  bool all_;
};

/// The groups of patterns as terms of their own. Source: Lucene's PatternCaptureGroupTokenFilter.
class PatternCapture final : public TokenFilter {
 public:
  PatternCapture(std::vector<Pattern> patterns, bool preserve) : patterns_(std::move(patterns)), preserve_(preserve) {}
  Status apply(TokenStream& stream) const override {
    std::vector<Term> terms;
    for (const Term& term : stream.terms) {
      auto spans = spans_of(term.text);
      if (!spans) return std::unexpected(spans.error());
      if (preserve_ || spans->empty()) terms.push_back(term);
      for (std::size_t i = 0; i < spans->size(); ++i) {
        const PatternMatch::Span span = (*spans)[i];
        if (auto taken = take_from_budget(stream, span.end - span.begin); !taken) return taken;
        Term captured = term;
        captured.text = term.text.substr(span.begin, span.end - span.begin);
        if (preserve_ || i > 0) captured.increment = 0;
        terms.push_back(std::move(captured));
      }
    }
    stream.terms = std::move(terms);
    return {};
  }

 private:
  /// Groups by where they begin; of those that begin together the first pattern's comes first. A group that is all of
  /// the term is no news.
  [[nodiscard]] Result<std::vector<PatternMatch::Span>> spans_of(std::u16string_view text) const {
    std::vector<PatternMatch::Span> spans;
    for (const Pattern& pattern : patterns_) {
      std::size_t from = 0;
      while (from <= text.size()) {
        auto found = pattern.find(text, from);
        if (!found) return std::unexpected(found.error());
        if (!*found) break;
        for (std::size_t i = 1; i < (*found)->groups.size(); ++i) {
          const PatternMatch::Span span = (*found)->groups[i];
          if (span.begin == PatternMatch::kNone || span.begin == span.end) continue;
          if (preserve_ && span.begin == 0 && span.end == text.size()) continue;
          spans.push_back(span);
        }
        const PatternMatch::Span all = (*found)->groups.front();
        from = all.end > all.begin ? all.end : all.end + 1;
      }
    }
    std::ranges::stable_sort(spans, {}, &PatternMatch::Span::begin);
    return spans;
  }

  std::vector<Pattern> patterns_;
  bool preserve_;
};

}  // namespace

Result<TokenFilterPtr> make_pattern_replace_filter(const ComponentContext& context) {
  const ComponentSettings& settings = context.settings;
  const auto text = settings.text("pattern");
  if (!text) {
    return std::unexpected(
        illegal_argument("pattern is missing for [" + context.name + "] token filter of type 'pattern_replace'"));
  }
  auto pattern = Pattern::compile(*text, settings.text_or("flags", ""));
  if (!pattern) return std::unexpected(pattern.error());
  auto replacement = Replacement::parse(settings.text_or("replacement", ""));
  auto all = settings.flag("all", true);
  if (!replacement) return std::unexpected(replacement.error());
  if (!all) return std::unexpected(all.error());
  return std::make_shared<const PatternReplaceFilter>(std::move(*pattern), std::move(*replacement), *all);
}

Result<TokenFilterPtr> make_pattern_capture(const ComponentContext& context) {
  const auto texts = context.settings.list("patterns", false);
  if (!texts) {
    return std::unexpected(
        illegal_argument("required setting 'patterns' is missing for token filter [" + context.name + "]"));
  }
  auto preserve = context.settings.flag("preserve_original", true);
  if (!preserve) return std::unexpected(preserve.error());
  std::vector<Pattern> patterns;
  for (const std::string& text : *texts) {
    auto pattern = Pattern::compile(text);
    if (!pattern) return std::unexpected(pattern.error());
    patterns.push_back(std::move(*pattern));
  }
  return std::make_shared<const PatternCapture>(std::move(patterns), *preserve);
}

}  // namespace sluice::stages
