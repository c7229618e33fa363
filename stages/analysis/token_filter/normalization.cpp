#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

/// Characters and what they become, at the same place of two texts; `dropped` ones go.
struct CharacterMap {
  std::u16string_view from;
  std::u16string_view to;
  std::u16string_view dropped;
};

void apply(const CharacterMap& map, std::u16string& text) {
  std::erase_if(text, [&](char16_t unit) { return map.dropped.find(unit) != std::u16string_view::npos; });
  for (char16_t& unit : text) {
    const std::size_t at = map.from.find(unit);
    if (at != std::u16string_view::npos) unit = map.to[at];
  }
}

TokenFilterPtr mapping_filter(const CharacterMap& map) {
  return make_term_filter({.change = [map](std::u16string& text) { apply(map, text); }, .normalizes = true});
}

constexpr std::u16string_view kArabicMarks = u"\u0640\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652";

/// Forms of alef, teh marbuta, and the final yeh. Source: Lucene's ArabicNormalizer.
constexpr CharacterMap kArabic{u"\u0622\u0623\u0625\u0629\u0649", u"\u0627\u0627\u0627\u0647\u064A", kArabicMarks};
/// Source: Lucene's PersianNormalizer.
constexpr CharacterMap kPersian{u"\u06A9\u06C0\u06C1\u06CC\u06D2", u"\u0643\u0647\u0647\u064A\u064A", u"\u0654"};

/// Source: Lucene's SoraniNormalizer.
void normalize_sorani(std::u16string& text) {
  constexpr char16_t kHeh = 0x647;
  constexpr char16_t kAe = 0x6D5;
  constexpr char16_t kNonJoiner = 0x200C;
  std::u16string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t unit = text[i];
    if (unit == kNonJoiner && !out.empty() && out.back() == kHeh) {
      out.back() = kAe;
    } else if (unit == kHeh && i + 1 == text.size()) {
      out += kAe;
    } else if (unit == 0x631 && out.empty()) {
      out += char16_t{0x695};
    } else if (kArabicMarks.find(unit) == std::u16string_view::npos && u_charType(unit) != U_FORMAT_CHAR) {
      out += unit;
    }
  }
  apply({u"\u0629\u0643\u0649\u064A\u0692\u06BE", u"\u06D5\u06A9\u06CC\u06CC\u0695\u0647", {}}, out);
  text = std::move(out);
}

/// Serbian in ASCII letters. Source: Lucene's SerbianNormalizationFilter.
void normalize_serbian(std::u16string& text) {
  constexpr std::u16string_view kFrom = u"ćčđšžабвгдежзиклмнопрстуфхцчшђјљњћџ";
  constexpr auto kTo = std::to_array<std::u16string_view>(
      {u"c", u"c", u"dj", u"s", u"z", u"a", u"b", u"v", u"g", u"d", u"e", u"z",  u"z", u"i",  u"k",  u"l", u"m", u"n",
       u"o", u"p", u"r",  u"s", u"t", u"u", u"f", u"h", u"c", u"c", u"s", u"dj", u"j", u"lj", u"nj", u"c", u"dz"});
  std::u16string out;
  for (const char16_t unit : text) {
    const std::size_t at = kFrom.find(unit);
    if (at == std::u16string_view::npos) {
      out += unit;
    } else {
      out += kTo.at(at);
    }
  }
  text = std::move(out);
}

constexpr CharacterMap kHindi{
    u"\u0901\u0906\u0908\u090A\u090D\u090E\u0910\u0911\u0912\u0914\u0929\u0931\u0934\u0940\u0942\u0944\u0945\u0946"
    u"\u0948"
    u"\u0949\u094A\u094C\u0958\u0959\u095A\u095B\u095C\u095D\u095E\u095F\u0960\u0961\u0963\u0972",
    u"\u0902\u0905\u0907\u0909\u090F\u090F\u090F\u0913\u0913\u0913\u0928\u0930\u0933\u093F\u0941\u0943\u0947\u0947"
    u"\u0947"
    u"\u094B\u094B\u094B\u0915\u0916\u0917\u091C\u0921\u0922\u092B\u092F\u090B\u090C\u0962\u0905",
    u"\u093C\u094D\u200C\u200D"};

/// Source: Lucene's HindiNormalizer: a dead na is an anusvara, the rest is a map.
void normalize_hindi(std::u16string& text) {
  for (std::size_t at = 0; (at = text.find(u"\u0928\u094D", at)) != std::u16string::npos; ++at) {
    text.replace(at, 2, 1, char16_t{0x902});
  }
  apply(kHindi, text);
}

struct Composition {
  std::u16string_view pieces;
  char16_t character;
};

constexpr auto kCompositions = std::to_array<Composition>({
#define COMPOSE(pieces, character) {pieces, character},
#include "stages/analysis/token_filter/indic_compositions.def"
#undef COMPOSE
});

/// Source: Lucene's IndicNormalizer.
void normalize_indic(std::u16string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] < 0x900 || text[at] > 0xD7F) continue;
    const std::u16string_view rest = std::u16string_view(text).substr(at);
    const auto* const found =
        std::ranges::find_if(kCompositions, [&](const Composition& each) { return rest.starts_with(each.pieces); });
    if (found != kCompositions.end()) text.replace(at, found->pieces.size(), 1, found->character);
  }
}

/// `ae`, `oe`, `ue` and umlauts are plain vowels, a sharp s is two. Source: Lucene's GermanNormalizationFilter, after
/// the Snowball algorithm german2.
void normalize_german(std::u16string& text) {
  enum class After : std::uint8_t { kOther, kVowel, kUmlaut };
  After after = After::kOther;
  std::u16string out;
  for (const char16_t unit : text) {
    const After before = std::exchange(after, After::kOther);
    switch (unit) {
      case u'a':
      case u'o':
        after = After::kUmlaut;
        break;
      case u'u':
        after = before == After::kOther ? After::kUmlaut : After::kVowel;
        break;
      case u'e':
        after = After::kVowel;
        if (before == After::kUmlaut) continue;
        break;
      case u'i':
      case u'q':
      case u'y':
        after = After::kVowel;
        break;
      case u'ä':
      case u'ö':
      case u'ü':
        after = After::kVowel;
        out += unit == u'ä' ? u'a' : unit == u'ö' ? u'o' : u'u';
        continue;
      case u'ß':
        out += u"ss";
        continue;
      default:
        break;
    }
    out += unit;
  }
  text = std::move(out);
}

bool is_one_of(char16_t unit, std::u16string_view set) { return set.find(unit) != std::u16string_view::npos; }

/// The Scandinavian letter that a pair of vowels stands for; 0: none. Source: Lucene's ScandinavianNormalizer.
char16_t paired(char16_t first, char16_t second) {
  if (first == u'a' || first == u'A') {
    if (is_one_of(second, u"aAoO")) return first == u'a' ? u'å' : u'Å';
    if (is_one_of(second, u"eE")) return first == u'a' ? u'æ' : u'Æ';
  }
  if ((first == u'o' || first == u'O') && is_one_of(second, u"eEoO")) return first == u'o' ? u'ø' : u'Ø';
  return 0;
}

void normalize_scandinavian(std::u16string& text) {
  std::u16string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t pair = i + 1 < text.size() ? paired(text[i], text[i + 1]) : u'\0';
    out += pair != 0 ? pair : text[i];
    i += pair != 0 ? 1 : 0;
  }
  apply({u"äÄöÖ", u"æÆøØ", {}}, out);
  text = std::move(out);
}

void fold_scandinavian(std::u16string& text) {
  std::u16string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (i + 1 < text.size() && paired(text[i], text[i + 1]) != 0) ++i;
  }
  apply({u"åäæÅÄÆøöØÖ", u"aaaAAAooOO", {}}, out);
  text = std::move(out);
}

}  // namespace

Result<TokenFilterPtr> make_arabic_normalization(const ComponentContext& /*context*/) {
  return mapping_filter(kArabic);
}

Result<TokenFilterPtr> make_persian_normalization(const ComponentContext& /*context*/) {
  return mapping_filter(kPersian);
}

Result<TokenFilterPtr> make_sorani_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_sorani, .normalizes = true});
}

Result<TokenFilterPtr> make_serbian_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_serbian, .normalizes = true});
}

Result<TokenFilterPtr> make_hindi_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_hindi, .keeps_keywords = true, .normalizes = true});
}

Result<TokenFilterPtr> make_indic_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_indic, .normalizes = true});
}

Result<TokenFilterPtr> make_german_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_german, .normalizes = true});
}

Result<TokenFilterPtr> make_scandinavian_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = normalize_scandinavian, .normalizes = true});
}

Result<TokenFilterPtr> make_scandinavian_folding(const ComponentContext& /*context*/) {
  return make_term_filter({.change = fold_scandinavian, .normalizes = true});
}

}  // namespace sluice::stages
