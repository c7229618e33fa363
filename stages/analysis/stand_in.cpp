// Until stages/analysis is merged.
#include <algorithm>

#include "stages/analysis/analysis.h"
#include "stages/query/standard_words.h"

namespace sluice::stages {

namespace {

class StandardWords final : public Analyzer {
 public:
  StandardWords() : Analyzer("standard") {}
  Status analyze(std::string_view text, std::vector<Token>& tokens, TextPlace& place) const override {
    if (place.position >= 0) place.position += 100;
    std::size_t at = 0;
    for (std::string& word : standard_words(text)) {
      Token token;
      const auto same = [](char a, char b) {
        return ((static_cast<unsigned char>(a) ^ static_cast<unsigned char>(b)) & ~0x20) == 0;
      };
      at = static_cast<std::size_t>(
               std::search(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), word.begin(), word.end(), same) -
               text.begin()) +
           word.size();
      for (std::size_t i = 0; i < std::min(at, text.size()); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) != 0x80) token.end += byte >= 0xF0 ? 2 : 1;
      }
      token.text = std::move(word);
      token.position = static_cast<std::uint32_t>(++place.position);
      tokens.push_back(std::move(token));
    }
    return {};
  }
  Result<std::string> normalize(std::string_view text) const override {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
};

class StandIn final : public Analysis {
 public:
  Result<AnalyzerPtr> analyzer(std::string_view) const override { return standard_; }
  Result<AnalyzerPtr> normalizer(std::string_view) const override { return standard_; }
  AnalyzerPtr default_analyzer() const override { return standard_; }
  AnalyzerPtr default_search_analyzer() const override { return standard_; }
  AnalyzerPtr default_search_quoted_analyzer() const override { return standard_; }
  Result<AnalyzerPtr> assemble(const Parts&) const override { return standard_; }

 private:
  AnalyzerPtr standard_ = std::make_shared<const StandardWords>();
};

}  // namespace

const Analysis& Analysis::global() {
  static const StandIn analysis;
  return analysis;
}

}  // namespace sluice::stages
