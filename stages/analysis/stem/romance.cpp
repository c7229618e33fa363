#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

void drop_accents(Word& word) { map_units(word, u"àáâäòóôöèéêëùúûüìíîï", u"aaaaooooeeeeuuuuiiii"); }

/// The last vowel, and the one in front of it if it is one of `before`.
void cut_vowels(Word& word, std::u16string_view before) {
  cut(word, before.find(back(word, 2)) != std::u16string_view::npos ? 2 : 1);
}

/// Plurals and adverbs of Portuguese.
void cut_portuguese_suffix(Word& word) {
  if (ends_any(word, 4, {u"res", u"ses", u"les", u"zes"})) return cut(word, 2);
  if (replace_any(word, 3, {u"ns"}, u"m") || replace_any(word, 4, {u"eis", u"éis"}, u"el")) return;
  if (replace_any(word, 4, {u"ais"}, u"al") || replace_any(word, 4, {u"óis"}, u"ol")) return;
  if (replace_any(word, 4, {u"is"}, u"il") || replace_any(word, 3, {u"ões", u"ães"}, u"ão")) return;
  if (cut_any(word, 6, {u"mente"})) return;
  cut_unit(word, 3, u"s");
}

void to_masculine(Word& word) {
  if (ends_any(word, 7, {u"inha", u"iaca", u"eira"})) {
    word.back() = u'o';
    return;
  }
  if (word.size() <= 6) return;
  if (ends_any(word, 6, {u"osa", u"ica", u"ida", u"ada", u"iva", u"ama"})) {
    word.back() = u'o';
  } else if (!replace_any(word, 6, {u"ona"}, u"ão") && !replace_any(word, 6, {u"ora"}, u"or") &&
             !replace_any(word, 6, {u"esa"}, u"ês")) {
    replace_any(word, 6, {u"na"}, u"no");
  }
}

}  // namespace

/// Source: J. Savoy's light stemmer for Italian.
void stem_light_italian(std::u16string& word) {
  if (word.size() < 6) return;
  drop_accents(word);
  switch (word.back()) {
    case u'e':
      cut_vowels(word, u"ih");
      break;
    case u'i':
      cut_vowels(word, u"hi");
      break;
    case u'a':
    case u'o':
      cut_vowels(word, u"i");
      break;
    default:
      break;
  }
}

/// Source: J. Savoy's light stemmer for Spanish.
void stem_light_spanish(std::u16string& word) {
  if (word.size() < 5) return;
  drop_accents(word);
  if (cut_unit(word, 4, u"oae") || word.back() != u's') return;
  if (ends(word, u"eses")) {
    cut(word, 2);
  } else if (!replace_any(word, 4, {u"ces"}, u"z")) {
    cut_any(word, 4, {u"os", u"as", u"es"});
  }
}

/// Source: J. Savoy's light stemmer for Portuguese.
void stem_light_portuguese(std::u16string& word) {
  if (word.size() < 4) return;
  cut_portuguese_suffix(word);
  if (word.size() > 3 && word.back() == u'a') to_masculine(word);
  cut_unit(word, 4, u"eao");
  map_units(word, u"àáâäãòóôöõèéêëùúûüìíîïç", u"aaaaaoooooeeeeuuuuiiiic");
}

}  // namespace sluice::stages
