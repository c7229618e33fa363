#include <algorithm>

#include <unicode/uchar.h>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

/// Everything behind an apostrophe goes. Source: Lucene's ApostropheFilter, for Turkish.
void cut_at_apostrophe(std::u16string& text) {
  const std::size_t at = text.find_first_of(u"'’");
  if (at != std::u16string::npos) text.resize(at);
}

void trim(std::u16string& text) {
  const auto blank = [](char16_t unit) { return is_java_whitespace(unit); };
  const auto end = std::find_if_not(text.rbegin(), text.rend(), blank).base();
  text.erase(end, text.end());
  text.erase(text.begin(), std::ranges::find_if_not(text, blank));
}

void reverse(std::u16string& text) {
  std::ranges::reverse(text);
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool pair = text[i] >= 0xDC00 && text[i] <= 0xDFFF && text[i + 1] >= 0xD800 && text[i + 1] <= 0xDBFF;
    if (!pair) continue;
    std::swap(text[i], text[i + 1]);
    ++i;
  }
}

void digits_to_ascii(std::u16string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = point_at(text, at);
    if (point >= 0x80 && is_java_digit(point)) {
      const auto digit = static_cast<char16_t>(u'0' + u_charDigitValue(static_cast<UChar32>(point)));
      text.replace(at, point_size(point), 1, digit);
      ++at;
    } else {
      at += point_size(point);
    }
  }
}

constexpr std::u16string_view kWideKana =
    u"・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
    u"ン"
    u"\u3099\u309A";
/// What a mark of voice joins with, and what they become together.
constexpr std::u16string_view kVoiceless = u"ウカキクケコサシスセソタチツテトハヒフヘホヽワヰヱヲ";
constexpr std::u16string_view kVoiced = u"ヴガギグゲゴザジズゼゾダヂヅデドバビブベボヾヷヸヹヺ";
constexpr std::u16string_view kHalfVoiceless = u"ハヒフヘホ";
constexpr std::u16string_view kHalfVoiced = u"パピプペポ";

bool combine(std::u16string& text, char16_t mark) {
  if (text.empty()) return false;
  const bool voice = mark == 0xFF9E;
  const std::size_t at = (voice ? kVoiceless : kHalfVoiceless).find(text.back());
  if (at == std::u16string_view::npos) return false;
  text.back() = (voice ? kVoiced : kHalfVoiced)[at];
  return true;
}

/// Wide ASCII becomes ASCII, narrow katakana becomes wide. Source: Lucene's CJKWidthFilter.
void normalize_width(std::u16string& text) {
  if (std::ranges::none_of(text, [](char16_t unit) { return unit >= 0xFF01 && unit <= 0xFF9F; })) return;
  std::u16string out;
  for (const char16_t unit : text) {
    if (unit >= 0xFF01 && unit <= 0xFF5E) {
      out += static_cast<char16_t>(unit - 0xFEE0);
    } else if (unit >= 0xFF65 && unit <= 0xFF9F) {
      if (unit < 0xFF9E || !combine(out, unit)) out += kWideKana[unit - 0xFF65];
    } else {
      out += unit;
    }
  }
  text = std::move(out);
}

/// Takes the dots out of acronyms and the `'s` off. Source: Lucene's ClassicFilter.
class ClassicFilter final : public TokenFilter {
 public:
  Status apply(TokenStream& stream) const override {
    for (Term& term : stream.terms) {
      if (term.type == "<APOSTROPHE>" && (term.text.ends_with(u"'s") || term.text.ends_with(u"'S"))) {
        term.text.resize(term.text.size() - 2);
      } else if (term.type == "<ACRONYM>") {
        std::erase(term.text, u'.');
      }
    }
    return {};
  }
};

}  // namespace

Result<TokenFilterPtr> make_apostrophe(const ComponentContext& /*context*/) {
  return make_term_filter({.change = cut_at_apostrophe});
}

Result<TokenFilterPtr> make_trim(const ComponentContext& /*context*/) {
  return make_term_filter({.change = trim, .normalizes = true});
}

Result<TokenFilterPtr> make_reverse(const ComponentContext& /*context*/) {
  return make_term_filter({.change = reverse});
}

Result<TokenFilterPtr> make_decimal_digit(const ComponentContext& /*context*/) {
  return make_term_filter({.change = digits_to_ascii, .normalizes = true});
}

Result<TokenFilterPtr> make_cjk_width(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_width, .normalizes = true});
}

Result<TokenFilterPtr> make_classic_filter(const ComponentContext& /*context*/) {
  return std::make_shared<const ClassicFilter>();
}

Result<TokenFilterPtr> make_truncate(const ComponentContext& context) {
  auto length = context.settings.integer("length", -1);
  if (!length) return std::unexpected(length.error());
  if (*length < 1) return std::unexpected(illegal_argument("length parameter must be provided"));
  const auto most = static_cast<std::size_t>(*length);
  return make_term_filter({.change =
                               [most](std::u16string& text) {
                                 if (text.size() > most) text.resize(most);
                               },
                           .keeps_keywords = true});
}

}  // namespace sluice::stages
