#include <array>
#include <unordered_map>

#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

struct Fold {
  std::u16string_view ascii;
  std::u16string_view characters;
};

constexpr auto kFolds = std::to_array<Fold>({
#define FOLD(ascii, characters) {ascii, characters},
#include "stages/analysis/token_filter/ascii_folding.def"
#undef FOLD
});

const std::unordered_map<char16_t, std::u16string_view>& fold_table() {
  static const std::unordered_map<char16_t, std::u16string_view> table = [] {
    std::unordered_map<char16_t, std::u16string_view> made;
    for (const Fold& fold : kFolds) {
      for (const char16_t each : fold.characters) made.emplace(each, fold.ascii);
    }
    return made;
  }();
  return table;
}

/// Whether something changed.
bool fold(std::u16string& text) {
  constexpr char16_t kFirst = 0x80;
  std::size_t at = 0;
  while (at < text.size() && text[at] < kFirst) ++at;
  if (at == text.size()) return false;
  std::u16string folded = text.substr(0, at);
  for (; at < text.size(); ++at) {
    const auto found = text[at] < kFirst ? fold_table().end() : fold_table().find(text[at]);
    if (found == fold_table().end()) {
      folded += text[at];
    } else {
      folded += found->second;
    }
  }
  if (folded == text) return false;
  text = std::move(folded);
  return true;
}

class AsciiFolding final : public TokenFilter {
 public:
  explicit AsciiFolding(bool preserve) : preserve_(preserve) {}
  Status apply(TokenStream& stream) const override {
    if (!preserve_) {
      for (Term& term : stream.terms) fold(term.text);
      return {};
    }
    std::vector<Term> terms;
    for (Term& term : stream.terms) {
      Term original = term;
      const bool changed = fold(term.text);
      terms.push_back(std::move(term));
      if (!changed) continue;
      original.increment = 0;
      terms.push_back(std::move(original));
    }
    stream.terms = std::move(terms);
    return {};
  }
  [[nodiscard]] bool normalizes() const override { return true; }
  void normalize(std::u16string& term) const override { fold(term); }

 private:
  bool preserve_;
};

}  // namespace

Result<TokenFilterPtr> make_ascii_folding(const ComponentContext& context) {
  auto preserve = context.settings.flag("preserve_original", false);
  if (!preserve) return std::unexpected(preserve.error());
  return std::make_shared<const AsciiFolding>(*preserve);
}

}  // namespace sluice::stages
