#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

void cut_czech_case(Word& word) {
  if (cut_any(word, 7, {u"atech"})) return;
  if (cut_any(word, 6, {u"ětem", u"etem", u"atům"})) return;
  if (cut_any(word, 5,
              {u"ech", u"ich", u"ích", u"ého", u"ěmi", u"emi", u"ému", u"ěte", u"ete", u"ěti", u"eti", u"ího", u"iho",
               u"ími", u"ímu", u"imu", u"ách", u"ata", u"aty", u"ých", u"ama", u"ami", u"ové", u"ovi", u"ými"})) {
    return;
  }
  if (cut_any(word, 4, {u"em", u"es", u"ém", u"ím", u"ům", u"at", u"ám", u"os", u"us", u"ým", u"mi", u"ou"})) {
    return;
  }
  cut_unit(word, 3, u"aeiouůyáéíýě");
}

void normalize_czech(Word& word) {
  if (replace_any(word, 1, {u"čt"}, u"ck") || replace_any(word, 1, {u"št"}, u"sk")) return;
  switch (word.back()) {
    case u'c':
    case u'č':
      word.back() = u'k';
      return;
    case u'z':
    case u'ž':
      word.back() = u'h';
      return;
    default:
      break;
  }
  if (word.size() > 1 && back(word, 2) == u'e') {
    back(word, 2) = word.back();
    cut(word, 1);
  } else if (word.size() > 2 && back(word, 2) == u'ů') {
    back(word, 2) = u'o';
  }
}

void cut_bulgarian_article(Word& word) {
  if (cut_any(word, 6, {u"ият"})) return;
  if (cut_any(word, 5, {u"ът", u"то", u"те", u"та", u"ия"})) return;
  cut_any(word, 4, {u"ят"});
}

void cut_bulgarian_plural(Word& word) {
  if (replace_any(word, 6, {u"овци"}, u"о") || cut_any(word, 6, {u"ове"}) || replace_any(word, 6, {u"еве"}, u"й"))
    return;
  if (cut_any(word, 5, {u"ища", u"та"}) || replace_any(word, 5, {u"ци"}, u"к") || replace_any(word, 5, {u"зи"}, u"г")) {
    return;
  }
  if (word.size() > 5 && back(word, 3) == u'е' && word.back() == u'и') {
    back(word, 3) = u'я';
    cut(word, 1);
    return;
  }
  if (!replace_any(word, 4, {u"си"}, u"х")) cut_any(word, 4, {u"и"});
}

void cut_russian_case(Word& word) {
  if (cut_any(word, 6, {u"иями", u"оями"})) return;
  if (cut_any(word, 5,
              {u"иям", u"иях", u"оях", u"ями", u"оям", u"оьв", u"ами", u"его", u"ему", u"ери", u"ими", u"ого", u"ому",
               u"ыми", u"оев"})) {
    return;
  }
  if (cut_any(word, 4, {u"ая", u"яя", u"ях", u"юю", u"ах", u"ею", u"их", u"ия", u"ию", u"ьв",
                        u"ою", u"ую", u"ям", u"ых", u"ея", u"ам", u"ем", u"ей", u"ём", u"ев",
                        u"ий", u"им", u"ое", u"ой", u"ом", u"ов", u"ые", u"ый", u"ым", u"ми"})) {
    return;
  }
  cut_unit(word, 3, u"аеиоуйыяь");
}

}  // namespace

/// Source: L. Dolamic and J. Savoy, Indexing and stemming approaches for the Czech language, 2009.
void stem_czech(std::u16string& word) {
  cut_czech_case(word);
  cut_any(word, 5, {u"ov", u"in", u"ův"});
  if (!word.empty()) normalize_czech(word);
}

/// Source: J. Savoy, Searching strategies for the Bulgarian language, 2007.
void stem_bulgarian(std::u16string& word) {
  if (word.size() < 4) return;
  if (cut_any(word, 5, {u"ища"})) return;
  cut_bulgarian_article(word);
  cut_bulgarian_plural(word);
  if (word.size() > 3) {
    cut_any(word, 3, {u"я"});
    cut_any(word, 0, {u"а", u"о", u"е"});
  }
  replace_any(word, 4, {u"ен"}, u"н");
  if (word.size() > 5 && back(word, 2) == u'ъ') {
    back(word, 2) = word.back();
    cut(word, 1);
  }
}

/// Source: L. Dolamic and J. Savoy, Indexing and searching strategies for the Russian language, 2009.
void stem_light_russian(std::u16string& word) {
  cut_russian_case(word);
  if (word.size() <= 3) return;
  if (!cut_unit(word, 3, u"ьи") && ends(word, u"нн")) cut(word, 1);
}

}  // namespace sluice::stages
