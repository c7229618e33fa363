#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

constexpr char16_t kHasanta = 0x9CD;

/// What the phalas, conjuncts and the visarga at `i` become; `i` ends at the last character that was looked at.
class BengaliNormalizer {
 public:
  explicit BengaliNormalizer(std::u16string& text) : text_(text) {}
  void run() {
    for (i_ = 0; i_ < std::ssize(text_); ++i_) step();
  }

 private:
  [[nodiscard]] char16_t at(std::ptrdiff_t index) const { return text_[static_cast<std::size_t>(index)]; }
  void set(std::ptrdiff_t index, char16_t unit) { text_[static_cast<std::size_t>(index)] = unit; }
  void erase(std::ptrdiff_t index) { text_.erase(static_cast<std::size_t>(index), 1); }

  void step() {
    switch (at(i_)) {
      case 0x981:
        erase(i_--);
        break;
      case 0x9C0:
        set(i_, 0x9BF);
        break;
      case 0x9C2:
        set(i_, 0x9C1);
        break;
      case 0x995:
        khio();
        break;
      case 0x999:
        set(i_, 0x982);
        break;
      case 0x9AF:
        ja_phala();
        break;
      case 0x9AC:
        ba_phala();
        break;
      case 0x983:
        visarga();
        break;
      case 0x9B6:
      case 0x9B7:
        set(i_, 0x9B8);
        break;
      case 0x9A3:
        set(i_, 0x9A8);
        break;
      case 0x9DC:
      case 0x9DD:
        set(i_, 0x9B0);
        break;
      case 0x9CE:
        set(i_, 0x9A4);
        break;
      default:
        break;
    }
  }

  void khio() {
    if (i_ + 2 >= std::ssize(text_) || at(i_ + 1) != kHasanta || at(i_ + 2) != 0x9BF) return;
    if (i_ == 0) {
      set(i_, 0x996);
      erase(i_ + 2);
      erase(i_ + 1);
    } else {
      set(i_ + 1, 0x996);
      erase(i_ + 2);
    }
  }

  void ja_phala() {
    if (i_ - 2 == 0 && at(i_ - 1) == kHasanta) {
      set(i_ - 1, 0x9C7);
      if (i_ + 1 < std::ssize(text_) && at(i_ + 1) == 0x9BE) erase(i_ + 1);
      erase(i_--);
    } else if (i_ - 1 >= 0 && at(i_ - 1) == kHasanta) {
      erase(i_);
      erase(i_ - 1);
      i_ -= 2;
    }
  }

  void ba_phala() {
    if (i_ == 0 || at(i_ - 1) != kHasanta) return;
    if (i_ - 2 == 0) {
      erase(i_);
      erase(i_ - 1);
      i_ -= 2;
    } else if (i_ - 5 >= 0 && at(i_ - 3) == kHasanta) {
      erase(i_);
      erase(i_ - 1);
      i_ -= 2;
    } else if (i_ - 2 >= 0) {
      set(i_ - 1, at(i_ - 2));
      erase(i_--);
    }
  }

  void visarga() {
    if (i_ + 1 == std::ssize(text_)) {
      if (text_.size() <= 3) {
        set(i_, 0x9B9);
      } else {
        erase(i_);
      }
    } else {
      set(i_, at(i_ + 1));
    }
  }

  std::u16string& text_;
  std::ptrdiff_t i_ = 0;
};

}  // namespace

/// Source: the phonetic rules that Lucene's BengaliNormalizer names.
Result<TokenFilterPtr> make_bengali_normalization(const ComponentContext& /*context*/) {
  return make_term_filter({.change = [](std::u16string& text) { BengaliNormalizer(text).run(); },
                           .keeps_keywords = true,
                           .normalizes = true});
}

}  // namespace sluice::stages
