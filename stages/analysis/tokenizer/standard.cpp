#include "stages/analysis/tokenizer/make.h"
#include "stages/analysis/tokenizer/word_scanner.h"

namespace sluice::stages {

namespace {

class StandardTokenizer final : public Tokenizer {
 public:
  explicit StandardTokenizer(std::size_t longest) : longest_(longest) {}
  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    WordScanner<WideUnits> scanner(WideUnits(text), longest_);
    Word word;
    while (scanner.next(word)) {
      stream.terms.push_back(Term{.text = std::u16string(text.substr(word.begin, word.end - word.begin)),
                                  .start = static_cast<std::uint32_t>(word.begin),
                                  .end = static_cast<std::uint32_t>(word.end),
                                  .type = word.type});
    }
    return {};
  }

 private:
  std::size_t longest_;
};

}  // namespace

Result<std::size_t> max_token_length(const ComponentSettings& settings) {
  auto length = settings.integer("max_token_length", 255);
  if (!length) return std::unexpected(length.error());
  if (*length < 1) return std::unexpected(illegal_argument("maxTokenLength must be greater than zero"));
  if (*length > 1'048'576) return std::unexpected(illegal_argument("maxTokenLength may not exceed 1048576"));
  return static_cast<std::size_t>(*length);
}

Result<TokenizerPtr> make_standard_tokenizer(const ComponentContext& context) {
  auto longest = max_token_length(context.settings);
  if (!longest) return std::unexpected(longest.error());
  return std::make_shared<const StandardTokenizer>(*longest);
}

}  // namespace sluice::stages
