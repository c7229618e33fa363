#include <algorithm>
#include <array>
#include <utility>

#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using stemming::ends;
using stemming::Word;

/// M. F. Porter, An algorithm for suffix stripping, 1980, with the two departures that its author's page names (`bli`,
/// `logi`).
class Porter {
 public:
  explicit Porter(Word& word) : word_(word) {}
  void run() {
    plurals();
    if (ends(word_, u"y") && has_vowel(word_.size() - 1)) word_.back() = u'i';
    double_suffixes();
    full_and_ness();
    last_suffixes();
    final_e();
  }

 private:
  [[nodiscard]] bool consonant(std::size_t at) const {
    switch (word_[at]) {
      case u'a':
      case u'e':
      case u'i':
      case u'o':
      case u'u':
        return false;
      case u'y':
        return at == 0 || !consonant(at - 1);
      default:
        return true;
    }
  }
  /// How many times vowels are followed by consonants in the first `size` units.
  [[nodiscard]] std::size_t measure(std::size_t size) const {
    std::size_t count = 0;
    for (std::size_t i = 1; i < size; ++i) count += !consonant(i - 1) && consonant(i) ? 1 : 0;
    return count;
  }
  [[nodiscard]] bool has_vowel(std::size_t size) const {
    for (std::size_t i = 0; i < size; ++i) {
      if (!consonant(i)) return true;
    }
    return false;
  }
  [[nodiscard]] bool double_consonant(std::size_t size) const {
    return size >= 2 && word_[size - 1] == word_[size - 2] && consonant(size - 1);
  }
  /// Consonant, vowel, consonant that is none of w, x, y.
  [[nodiscard]] bool short_syllable(std::size_t size) const {
    if (size < 3 || !consonant(size - 1) || consonant(size - 2) || !consonant(size - 3)) return false;
    const char16_t last = word_[size - 1];
    return last != u'w' && last != u'x' && last != u'y';
  }

  void plurals() {
    if (word_.back() == u's') {
      if (ends(word_, u"sses") || ends(word_, u"ies")) {
        stemming::cut(word_, 2);
      } else if (word_.size() > 1 && word_[word_.size() - 2] != u's') {
        word_.pop_back();
      }
    }
    if (ends(word_, u"eed")) {
      if (measure(word_.size() - 3) > 0) word_.pop_back();
      return;
    }
    const std::size_t size = ends(word_, u"ed") ? 2 : ends(word_, u"ing") ? 3 : 0;
    if (size == 0 || !has_vowel(word_.size() - size)) return;
    stemming::cut(word_, size);
    if (ends(word_, u"at") || ends(word_, u"bl") || ends(word_, u"iz")) {
      word_ += u'e';
    } else if (double_consonant(word_.size())) {
      const char16_t last = word_.back();
      if (last != u'l' && last != u's' && last != u'z') word_.pop_back();
    } else if (measure(word_.size()) == 1 && short_syllable(word_.size())) {
      word_ += u'e';
    }
  }

  template <std::size_t N>
  void replace(const std::array<std::pair<std::u16string_view, std::u16string_view>, N>& pairs) {
    for (const auto& [from, to] : pairs) {
      if (!ends(word_, from)) continue;
      if (measure(word_.size() - from.size()) > 0) {
        stemming::cut(word_, from.size());
        word_ += to;
      }
      return;
    }
  }

  void double_suffixes() {
    static constexpr auto kPairs = std::to_array<std::pair<std::u16string_view, std::u16string_view>>(
        {{u"ational", u"ate"}, {u"tional", u"tion"}, {u"enci", u"ence"}, {u"anci", u"ance"}, {u"izer", u"ize"},
         {u"bli", u"ble"},     {u"alli", u"al"},     {u"entli", u"ent"}, {u"eli", u"e"},     {u"ousli", u"ous"},
         {u"ization", u"ize"}, {u"ation", u"ate"},   {u"ator", u"ate"},  {u"alism", u"al"},  {u"iveness", u"ive"},
         {u"fulness", u"ful"}, {u"ousness", u"ous"}, {u"aliti", u"al"},  {u"iviti", u"ive"}, {u"biliti", u"ble"},
         {u"logi", u"log"}});
    replace(kPairs);
  }

  void full_and_ness() {
    static constexpr auto kPairs =
        std::to_array<std::pair<std::u16string_view, std::u16string_view>>({{u"icate", u"ic"},
                                                                            {u"ative", u""},
                                                                            {u"alize", u"al"},
                                                                            {u"iciti", u"ic"},
                                                                            {u"ical", u"ic"},
                                                                            {u"ful", u""},
                                                                            {u"ness", u""}});
    replace(kPairs);
  }

  void last_suffixes() {
    static constexpr auto kEndings = std::to_array<std::u16string_view>(
        {u"al", u"ance", u"ence", u"er", u"ic", u"able", u"ible", u"ant", u"ement", u"ment", u"ent", u"ion", u"ou",
         u"ism", u"ate", u"iti", u"ous", u"ive", u"ize"});
    for (const std::u16string_view ending : kEndings) {
      if (!ends(word_, ending)) continue;
      const std::size_t size = word_.size() - ending.size();
      if (ending == u"ion" && (size == 0 || (word_[size - 1] != u's' && word_[size - 1] != u't'))) continue;
      if (measure(size) > 1) word_.resize(size);
      return;
    }
  }

  void final_e() {
    if (word_.back() == u'e') {
      const std::size_t size = word_.size() - 1;
      const std::size_t count = measure(size);
      if (count > 1 || (count == 1 && !short_syllable(size))) word_.pop_back();
    }
    if (word_.back() == u'l' && double_consonant(word_.size()) && measure(word_.size()) > 1) word_.pop_back();
  }

  Word& word_;
};

}  // namespace

void stem_porter(std::u16string& word) {
  if (word.size() > 2) Porter(word).run();
}

void stem_minimal_english(std::u16string& word) {
  if (word.size() < 3 || word.back() != u's') return;
  const char16_t before = stemming::back(word, 2);
  if (before == u'u' || before == u's') return;
  if (before == u'e') {
    const char16_t third = stemming::back(word, 3);
    if (word.size() > 3 && third == u'i' && stemming::back(word, 4) != u'a' && stemming::back(word, 4) != u'e') {
      stemming::back(word, 3) = u'y';
      stemming::cut(word, 2);
      return;
    }
    if (third == u'i' || third == u'a' || third == u'o' || third == u'e') return;
  }
  word.pop_back();
}

void stem_possessive_english(std::u16string& word) {
  if (word.size() < 2 || (word.back() != u's' && word.back() != u'S')) return;
  const char16_t mark = stemming::back(word, 2);
  if (mark == u'\'' || mark == u'’' || mark == u'＇') stemming::cut(word, 2);
}

}  // namespace sluice::stages
