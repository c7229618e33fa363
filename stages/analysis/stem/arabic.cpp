#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

void cut_arabic_prefix(Word& word) {
  for (const std::u16string_view prefix : {u"ال", u"وال", u"بال", u"كال", u"فال", u"لل", u"و"}) {
    const std::size_t least = prefix.size() == 1 ? 4 : prefix.size() + 2;
    if (word.size() < least || !word.starts_with(prefix)) continue;
    word.erase(0, prefix.size());
    return;
  }
}

}  // namespace

/// Source: L. Larkey and others, Light stemming for Arabic information retrieval, 2007.
void stem_arabic(std::u16string& word) {
  cut_arabic_prefix(word);
  for (const std::u16string_view suffix : {u"ها", u"ان", u"ات", u"ون", u"ين", u"يه", u"ية", u"ه", u"ة", u"ي"}) {
    cut_any(word, suffix.size() + 1, {suffix});
  }
}

/// Source: Lucene's PersianStemmer.
void stem_persian(std::u16string& word) {
  for (const std::u16string_view suffix : {u"ات", u"ان", u"ترين", u"تر", u"يي", u"ي", u"ها"}) {
    cut_any(word, suffix.size() + 1, {suffix});
  }
}

/// Source: Lucene's SoraniStemmer.
void stem_sorani(std::u16string& word) {
  if (!cut_any(word, 5, {u"دا"}) && !(word.size() > 4 && ends(word, u"نا") && (cut(word, 1), true))) {
    cut_any(word, 6, {u"ەوە"});
  }
  cut_any(word, 6, {u"مان", u"یان", u"تان"});
  if (cut_any(word, 6, {u"ێکی"}) || cut_any(word, 7, {u"یەکی"})) return;
  if (cut_any(word, 5, {u"ێک"}) || cut_any(word, 6, {u"یەک"})) return;
  if (cut_any(word, 6, {u"ەکە"}) || cut_any(word, 5, {u"کە"})) return;
  if (cut_any(word, 7, {u"ەکان"}) || cut_any(word, 6, {u"کان"})) return;
  if (cut_any(word, 7, {u"یانی"}) || cut_any(word, 6, {u"انی"})) return;
  if (cut_any(word, 6, {u"یان"}) || cut_any(word, 5, {u"ان"})) return;
  if (cut_any(word, 7, {u"یانە"}) || cut_any(word, 6, {u"انە"})) return;
  if (word.size() > 5 && (ends(word, u"ایە") || ends(word, u"ەیە"))) return cut(word, 2);
  if (cut_any(word, 4, {u"ە"})) return;
  cut_any(word, 4, {u"ی"});
}

}  // namespace sluice::stages
