#include "stages/analysis/char_filter/make.h"
#include "stages/analysis/char_filter/text_edit.h"
#include "stages/analysis/pattern.h"

namespace sluice::stages {

namespace {

class PatternReplace final : public CharFilter {
 public:
  PatternReplace(Pattern pattern, Replacement replacement)
      : pattern_(std::move(pattern)), replacement_(std::move(replacement)) {}
  Status apply(FilteredText& text) const override {
    TextEdit edit(text);
    std::size_t from = 0;
    std::u16string instead;
    while (from <= text.text.size()) {
      auto found = pattern_.find(text.text, from);
      if (!found) return std::unexpected(found.error());
      if (!*found) break;
      const PatternMatch::Span span = (*found)->groups.front();
      instead.clear();
      if (auto done = replacement_.append(instead, text.text, **found); !done) return done;
      edit.keep_to(span.begin);
      edit.replace_to(span.end, instead);
      from = span.end > span.begin ? span.end : span.end + 1;
    }
    edit.finish(text);
    return {};
  }
  [[nodiscard]] bool normalizes() const override { return true; }

 private:
  Pattern pattern_;
  Replacement replacement_;
};

}  // namespace

Result<CharFilterPtr> make_pattern_replace_char_filter(const ComponentContext& context) {
  const auto text = context.settings.text("pattern");
  if (!text || text->empty()) {
    return std::unexpected(
        illegal_argument("pattern is missing for [" + context.name + "] char filter of type 'pattern_replace'"));
  }
  auto pattern = Pattern::compile(*text, context.settings.text_or("flags", ""));
  if (!pattern) return std::unexpected(pattern.error());
  auto replacement = Replacement::parse(context.settings.text_or("replacement", ""));
  if (!replacement) return std::unexpected(replacement.error());
  return std::make_shared<const PatternReplace>(std::move(*pattern), std::move(*replacement));
}

}  // namespace sluice::stages
