#include "stages/analysis/ngram.h"

#include <algorithm>
#include <array>
#include <optional>

#include <unicode/uchar.h>

#include "pipeline/base/ascii_case.h"
#include "stages/analysis/java_character.h"
#include "stages/analysis/tokenizer/make.h"

namespace sluice::stages {

namespace {

/// Names of `token_chars`, in the order of Elasticsearch's error. Source: its NGramTokenizerFactory.
struct CharClass {
  std::string_view name;
  std::uint32_t mask;
};

constexpr std::uint32_t kWhitespace = 1U << 31U;
constexpr std::uint32_t kCustom = 1U << 30U;

constexpr auto kClasses = std::to_array<CharClass>({
    {"symbol", U_GC_S_MASK},
    {"private_use", U_GC_CO_MASK},
    {"paragraph_separator", U_GC_ZP_MASK},
    {"start_punctuation", U_GC_PS_MASK},
    {"unassigned", U_GC_CN_MASK},
    {"enclosing_mark", U_GC_ME_MASK},
    {"connector_punctuation", U_GC_PC_MASK},
    {"letter_number", U_GC_NL_MASK},
    {"other_number", U_GC_NO_MASK},
    {"math_symbol", U_GC_SM_MASK},
    {"lowercase_letter", U_GC_LL_MASK},
    {"space_separator", U_GC_ZS_MASK},
    {"surrogate", U_GC_CS_MASK},
    {"initial_quote_punctuation", U_GC_PI_MASK},
    {"decimal_digit_number", U_GC_ND_MASK},
    {"digit", U_GC_ND_MASK},
    {"other_punctuation", U_GC_PO_MASK},
    {"dash_punctuation", U_GC_PD_MASK},
    {"currency_symbol", U_GC_SC_MASK},
    {"non_spacing_mark", U_GC_MN_MASK},
    {"custom", kCustom},
    {"format", U_GC_CF_MASK},
    {"modifier_letter", U_GC_LM_MASK},
    {"control", U_GC_CC_MASK},
    {"uppercase_letter", U_GC_LU_MASK},
    {"other_symbol", U_GC_SO_MASK},
    {"end_punctuation", U_GC_PE_MASK},
    {"modifier_symbol", U_GC_SK_MASK},
    {"other_letter", U_GC_LO_MASK},
    {"line_separator", U_GC_ZL_MASK},
    {"titlecase_letter", U_GC_LT_MASK},
    {"letter", U_GC_L_MASK},
    {"punctuation", U_GC_P_MASK},
    {"combining_spacing_mark", U_GC_MC_MASK},
    {"final_quote_punctuation", U_GC_PF_MASK},
    {"whitespace", kWhitespace},
});

/// Which characters grams are made of; the others stand between them.
struct TokenChars {
  std::uint32_t mask = 0;  ///< 0: all
  std::u16string custom;
  [[nodiscard]] bool contains(char32_t point) const {
    if (mask == 0) return true;
    if ((mask & kWhitespace) != 0 && is_java_whitespace(point)) return true;
    if ((mask & kCustom) != 0 && point < 0x10000 && custom.find(static_cast<char16_t>(point)) != std::u16string::npos) {
      return true;
    }
    constexpr std::uint32_t kNamed = kWhitespace | kCustom;
    return (U_GET_GC_MASK(static_cast<UChar32>(point)) & mask & ~kNamed) != 0;
  }
};

std::string class_names() {
  std::string all;
  for (const CharClass& each : kClasses) all.append(all.empty() ? "" : ", ").append(each.name);
  return all;
}

Result<TokenChars> read_token_chars(const ComponentSettings& settings) {
  TokenChars chars;
  for (const std::string& name : settings.list("token_chars").value_or(std::vector<std::string>())) {
    const std::string lower = ascii_lower_case(name);
    const auto* const found = std::ranges::find(kClasses, lower, &CharClass::name);
    if (found == kClasses.end()) {
      return std::unexpected(
          illegal_argument("Unknown token type: '" + lower + "', must be one of [" + class_names() + "]"));
    }
    chars.mask |= found->mask;
  }
  if ((chars.mask & kCustom) != 0) {
    const auto custom = settings.text("custom_token_chars");
    if (!custom) {
      return std::unexpected(illegal_argument("Token type: 'custom' requires setting `custom_token_chars`"));
    }
    chars.custom = utf16(*custom);
  }
  return chars;
}

class NgramTokenizer final : public Tokenizer {
 public:
  NgramTokenizer(NgramSizes sizes, TokenChars chars, bool edges)
      : sizes_(sizes), chars_(std::move(chars)), edges_(edges) {}

  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    std::size_t at = 0;
    while (at < text.size()) {
      std::vector<std::size_t> bounds{at};  // of the characters of one run
      while (at < text.size() && chars_.contains(point_at(text, at))) {
        at += point_size(point_at(text, at));
        bounds.push_back(at);
      }
      if (auto made = add_grams(text, bounds, stream); !made) return made;
      if (at < text.size()) at += point_size(point_at(text, at));
    }
    return {};
  }

 private:
  Status add_grams(std::u16string_view text, const std::vector<std::size_t>& bounds, TokenStream& stream) const {
    const std::size_t count = bounds.size() - 1;
    for (std::size_t first = 0; first < (edges_ ? std::min<std::size_t>(count, 1) : count); ++first) {
      for (std::size_t size = sizes_.least; size <= sizes_.most && first + size <= count; ++size) {
        const std::size_t begin = bounds[first];
        const std::size_t end = bounds[first + size];
        if (auto taken = take_from_budget(stream, end - begin); !taken) return taken;
        stream.terms.push_back(Term{.text = std::u16string(text.substr(begin, end - begin)),
                                    .start = static_cast<std::uint32_t>(begin),
                                    .end = static_cast<std::uint32_t>(end)});
      }
    }
    return {};
  }

  NgramSizes sizes_;
  TokenChars chars_;
  bool edges_;
};

Result<TokenizerPtr> make_ngrams(const ComponentContext& context, bool edges) {
  auto sizes = read_ngram_sizes(context, edges, 2);
  if (!sizes) return std::unexpected(sizes.error());
  auto chars = read_token_chars(context.settings);
  if (!chars) return std::unexpected(chars.error());
  if (auto checked = check_ngram_sizes(*sizes); !checked) return std::unexpected(checked.error());
  return std::make_shared<const NgramTokenizer>(*sizes, std::move(*chars), edges);
}

}  // namespace

Result<NgramSizes> read_ngram_sizes(const ComponentContext& context, bool edges, std::int32_t most) {
  auto low = context.settings.integer("min_gram", 1);
  auto high = context.settings.integer("max_gram", most);
  if (!low || !high) return std::unexpected(!low ? low.error() : high.error());
  if (!edges && *high - *low > context.limits.max_ngram_diff) {
    return std::unexpected(
        illegal_argument("The difference between max_gram and min_gram in NGram Tokenizer must be less than or equal "
                         "to: [" +
                         std::to_string(context.limits.max_ngram_diff) + "] but was [" + std::to_string(*high - *low) +
                         "]. This limit can be set by changing the [index.max_ngram_diff] index level setting."));
  }
  return NgramSizes{static_cast<std::size_t>(std::max(*low, 0)), static_cast<std::size_t>(std::max(*high, 0))};
}

Status check_ngram_sizes(const NgramSizes& sizes) {
  if (sizes.least < 1) return std::unexpected(illegal_argument("minGram must be greater than zero"));
  if (sizes.least > sizes.most) return std::unexpected(illegal_argument("minGram must not be greater than maxGram"));
  return {};
}

Result<TokenizerPtr> make_ngram_tokenizer(const ComponentContext& context) { return make_ngrams(context, false); }
Result<TokenizerPtr> make_edge_ngram_tokenizer(const ComponentContext& context) { return make_ngrams(context, true); }

}  // namespace sluice::stages
