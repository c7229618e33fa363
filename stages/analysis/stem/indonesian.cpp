#include <algorithm>

#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

bool is_vowel(char16_t unit) { return std::u16string_view(u"aeiou").find(unit) != std::u16string_view::npos; }

/// F. Z. Tala, A study of stemming effects on information retrieval in Bahasa Indonesia, 2003.
class Indonesian {
 public:
  explicit Indonesian(Word& word) : word_(word), syllables_(std::ranges::count_if(word, is_vowel)) {}

  void run() {
    if (long_enough()) cut_end({u"kah", u"lah", u"pun"});
    if (long_enough()) cut_end({u"ku", u"mu", u"nya"});
    const std::size_t size = word_.size();
    if (long_enough()) first_prefix();
    if (size != word_.size()) {
      const std::size_t before = word_.size();
      if (long_enough()) suffix();
      if (before != word_.size() && long_enough()) second_prefix();
    } else {
      if (long_enough()) second_prefix();
      if (long_enough()) suffix();
    }
  }

 private:
  enum Prefix : std::uint8_t { kNone = 0, kKe = 1, kPeng = 2, kDi = 4, kMeng = 8, kTer = 16, kBer = 32, kPe = 64 };

  [[nodiscard]] bool long_enough() const { return syllables_ > 2; }
  [[nodiscard]] bool begins(std::u16string_view prefix) const { return word_.starts_with(prefix); }
  [[nodiscard]] bool vowel_at(std::size_t at) const { return at < word_.size() && is_vowel(word_[at]); }
  void cut_end(Endings endings) {
    if (cut_any(word_, 0, endings)) --syllables_;
  }
  void cut_front(std::size_t units, Prefix prefix) {
    word_.erase(0, units);
    removed_ = static_cast<std::uint8_t>(removed_ | prefix);
    --syllables_;
  }
  void cut_to(std::size_t units, char16_t first, Prefix prefix) {
    cut_front(units, prefix);
    word_.front() = first;
  }

  void first_prefix() {
    if (begins(u"meng")) return cut_front(4, kMeng);
    if (begins(u"meny") && vowel_at(4)) return cut_to(3, u's', kMeng);
    if (begins(u"men") || begins(u"mem")) return cut_front(3, kMeng);
    if (begins(u"me")) return cut_front(2, kMeng);
    if (begins(u"peng")) return cut_front(4, kPeng);
    if (begins(u"peny")) return vowel_at(4) ? cut_to(3, u's', kPeng) : cut_front(4, kPeng);
    if (begins(u"pen")) return vowel_at(3) ? cut_to(2, u't', kPeng) : cut_front(3, kPeng);
    if (begins(u"pem")) return cut_front(3, kPeng);
    if (begins(u"di")) return cut_front(2, kDi);
    if (begins(u"ter")) return cut_front(3, kTer);
    if (begins(u"ke")) return cut_front(2, kKe);
  }

  void second_prefix() {
    if (begins(u"ber") || word_ == u"belajar") return cut_front(3, kBer);
    if (begins(u"be") && word_.size() > 4 && !vowel_at(2) && word_.substr(3, 2) == u"er") return cut_front(2, kBer);
    if (begins(u"per") || word_ == u"pelajar") return cut_front(3, kNone);
    if (begins(u"pe")) return cut_front(2, kPe);
  }

  void suffix() {
    if (ends(word_, u"kan") && (removed_ & (kKe | kPeng | kPe)) == 0) return cut_end({u"kan"});
    if (ends(word_, u"an") && (removed_ & (kDi | kMeng | kTer)) == 0) return cut_end({u"an"});
    if (ends(word_, u"i") && !ends(word_, u"si") && (removed_ & (kBer | kKe | kPeng)) == 0) cut_end({u"i"});
  }

  Word& word_;
  std::ptrdiff_t syllables_;
  std::uint8_t removed_ = kNone;
};

}  // namespace

void stem_indonesian(std::u16string& word) { Indonesian(word).run(); }

}  // namespace sluice::stages
