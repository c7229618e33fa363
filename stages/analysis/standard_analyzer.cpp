#include <algorithm>

#include "stages/analysis/built_in.h"
#include "stages/analysis/chain_analyzer.h"
#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/tokenizer/make.h"
#include "stages/analysis/tokenizer/word_scanner.h"

namespace sluice::stages {

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Words in lower case. ASCII text is looked at where it stands; other text goes the way of all analyzers.
class StandardAnalyzer final : public Analyzer {
 public:
  StandardAnalyzer(std::string name, std::size_t longest, AnalyzerPtr other)
      : Analyzer(std::move(name)), longest_(longest), other_(std::move(other)) {}

  Status analyze(std::string_view text, std::vector<Token>& tokens, TextPlace& place) const override {
    if (!is_ascii(text)) return other_->analyze(text, tokens, place);
    WordScanner<AsciiUnits> scanner(AsciiUnits(text), longest_);
    Word word;
    while (scanner.next(word)) {
      Token& token = tokens.emplace_back();
      token.text.resize(word.end - word.begin);
      std::transform(text.begin() + static_cast<std::ptrdiff_t>(word.begin),
                     text.begin() + static_cast<std::ptrdiff_t>(word.end), token.text.begin(), lowered);
      token.position = static_cast<std::uint32_t>(++place.position);
      token.start = place.offset + static_cast<std::uint32_t>(word.begin);
      token.end = place.offset + static_cast<std::uint32_t>(word.end);
      token.type = word.type;
    }
    hand_on(text, place);
    return {};
  }

  Status visit_terms(std::string_view text, const TermVisitor& visitor, TextPlace& place) const override {
    if (!is_ascii(text)) return other_->visit_terms(text, visitor, place);
    static thread_local std::string term;
    WordScanner<AsciiUnits> scanner(AsciiUnits(text), longest_);
    Word word;
    while (scanner.next(word)) {
      term.resize(word.end - word.begin);
      std::transform(text.begin() + static_cast<std::ptrdiff_t>(word.begin),
                     text.begin() + static_cast<std::ptrdiff_t>(word.end), term.begin(), lowered);
      visitor(term, static_cast<std::uint32_t>(++place.position));
    }
    hand_on(text, place);
    return {};
  }

  Result<std::string> normalize(std::string_view text) const override { return other_->normalize(text); }

 private:
  void hand_on(std::string_view text, TextPlace& place) const {
    place.position += static_cast<std::int32_t>(position_increment_gap());
    place.offset += static_cast<std::uint32_t>(text.size()) + 1;
  }

  std::size_t longest_;
  AnalyzerPtr other_;
};

}  // namespace

AnalyzerPtr make_plain_standard_analyzer(std::string name, std::size_t max_token_length) {
  ComponentSettings settings;
  settings.set_text("max_token_length", std::to_string(max_token_length));
  const ComponentContext context{.name = name, .settings = settings};
  AnalyzerParts parts{.tokenizer = *make_standard_tokenizer(context), .filters = {*make_lowercase(context)}};
  AnalyzerPtr other = make_chain_analyzer(name, std::move(parts));
  return std::make_shared<const StandardAnalyzer>(std::move(name), max_token_length, std::move(other));
}

}  // namespace sluice::stages
