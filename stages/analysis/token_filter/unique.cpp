#include <algorithm>
#include <set>
#include <unordered_set>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

/// Each word once, in the text or (`only_on_same_position`) at a position.
class Unique final : public TokenFilter {
 public:
  explicit Unique(bool same_position) : same_position_(same_position) {}
  Status apply(TokenStream& stream) const override {
    std::unordered_set<std::u16string> seen;
    std::vector<Term> kept;
    std::uint32_t skipped = 0;
    for (Term& term : stream.terms) {
      if (same_position_ && term.increment > 0) seen.clear();
      if (seen.insert(term.text).second) {
        term.increment += std::exchange(skipped, 0);
        kept.push_back(std::move(term));
      } else if (!same_position_) {
        skipped += term.increment;
      }
    }
    stream.terms = std::move(kept);
    stream.end_increment += skipped;
    return {};
  }

 private:
  bool same_position_;
};

/// All words, sorted and each once, as one term. Source: Lucene's FingerprintFilter.
class Fingerprint final : public TokenFilter {
 public:
  Fingerprint(char16_t separator, std::size_t longest) : separator_(separator), longest_(longest) {}
  Status apply(TokenStream& stream) const override {
    std::set<std::u16string> words;
    for (Term& term : stream.terms) words.insert(std::move(term.text));
    const bool any = !stream.terms.empty();
    stream.terms.clear();
    if (!any) return {};
    stream.end_increment = 1;
    Term all{.text = {}, .start = 0, .end = stream.end_offset, .type = "fingerprint"};
    for (const std::u16string& word : words) {
      if (!all.text.empty() || &word != &*words.begin()) all.text += separator_;
      all.text += word;
    }
    if (all.text.size() <= longest_) stream.terms.push_back(std::move(all));
    return {};
  }

 private:
  char16_t separator_;
  std::size_t longest_;
};

}  // namespace

Result<TokenFilterPtr> make_unique(const ComponentContext& context) {
  auto same = context.settings.flag("only_on_same_position", false);
  if (!same) return std::unexpected(same.error());
  return std::make_shared<const Unique>(*same);
}

Result<TokenFilterPtr> make_remove_duplicates(const ComponentContext& /*context*/) {
  return std::make_shared<const Unique>(true);
}

Result<TokenFilterPtr> make_fingerprint_filter(const ComponentContext& context) {
  auto longest = context.settings.integer("max_output_size", 255);
  if (!longest) return std::unexpected(longest.error());
  char16_t separator = u' ';
  if (const auto text = context.settings.text("separator"); text && !text->empty()) {
    const std::u16string wide = utf16(*text);
    if (wide.size() != 1) {
      return std::unexpected(
          illegal_argument("Setting [separator] must be a single, non-null character. [" + *text + "] was provided."));
    }
    separator = wide.front();
  }
  return std::make_shared<const Fingerprint>(separator, static_cast<std::size_t>(std::max(*longest, 0)));
}

}  // namespace sluice::stages
