#include <vector>

#include "stages/painless/text/decimal_format.h"

namespace sluice::painless::text {

namespace {

constexpr Int kMaxInt = std::numeric_limits<Int>::max();
constexpr Int kMaxFraction = 340;  // of a double
constexpr std::string_view kCurrency = "\u00a4";
constexpr std::string_view kPerMill = "\u2030";

/// A text as its characters, each in UTF-8.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> all;
  while (!text.empty()) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
    all.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return all;
}

/// Quoted where it would be a part of the pattern. `special` are the characters that are.
std::string quoted(std::string_view affix, const std::vector<std::string>& special) {
  bool needed = false;
  for (const std::string& each : special) needed = needed || affix.find(each) != std::string_view::npos;
  if (!needed) return std::string(affix);
  std::string text = "'";
  for (const char each : affix) text.append(each == '\'' ? "''" : std::string(1, each));
  return text + "'";
}

}  // namespace

/// Reads a pattern: a prefix, digits and a suffix, and then perhaps the prefix and suffix of negative numbers.
class DecimalFormat::Pattern {
 public:
  Pattern(DecimalFormat& format, std::string_view pattern, bool localized)
      : format_(format), pattern_(pattern), all_(characters(pattern)) {
    const DecimalSymbols plain;
    const DecimalSymbols& symbols = localized ? format.symbols_ : plain;
    zero_ = utf8_of(symbols.zero);
    grouping_ = utf8_of(symbols.grouping);
    decimal_ = utf8_of(symbols.decimal);
    percent_ = utf8_of(symbols.percent);
    per_mill_ = utf8_of(symbols.per_mill);
    digit_ = utf8_of(symbols.digit);
    separator_ = utf8_of(symbols.pattern_separator);
    minus_ = utf8_of(symbols.minus);
    exponent_ = symbols.exponent;
  }

  void read() {
    format_.point_always_ = format_.currency_ = format_.scientific_ = false;
    if (all_.empty()) {
      format_.positive_.prefix_pattern = format_.positive_.suffix_pattern = "";
      format_.min_integer_ = format_.min_fraction_ = 0;
      format_.max_integer_ = kMaxInt;
      format_.max_fraction_ = kMaxFraction;
    } else {
      read_part(false);
      apply_counts();
      format_.positive_.prefix_pattern = prefix_;
      format_.positive_.suffix_pattern = suffix_;
      if (at_ < all_.size()) {
        read_part(true);
        format_.negative_.prefix_pattern = prefix_;
        format_.negative_.suffix_pattern = suffix_;
        const bool same = prefix_ == format_.positive_.prefix_pattern && suffix_ == format_.positive_.suffix_pattern;
        if (!same) return format_.expand_affixes();
      }
    }
    format_.negative_.prefix_pattern = "'-" + *format_.positive_.prefix_pattern;
    format_.negative_.suffix_pattern = format_.positive_.suffix_pattern;
    format_.expand_affixes();
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    time::fail(math::DateTimeError::kIllegalArgument, why + " in pattern \"" + std::string(pattern_) + "\"");
  }
  [[noreturn]] void refuse_form(const std::string& what) const {
    time::fail(math::DateTimeError::kIllegalArgument, what + " \"" + std::string(pattern_) + "\"");
  }
  [[nodiscard]] std::string_view now() const { return all_[at_]; }
  [[nodiscard]] bool next_is(std::string_view what) const { return at_ + 1 < all_.size() && all_[at_ + 1] == what; }
  [[nodiscard]] bool is_number() const {
    return now() == digit_ || now() == zero_ || now() == grouping_ || now() == decimal_;
  }
  [[nodiscard]] bool is_exponent() const {
    std::string rest;
    for (std::size_t each = at_; each < all_.size() && rest.size() < exponent_.size(); ++each) rest += all_[each];
    return rest.starts_with(exponent_);
  }
  void skip_exponent() { at_ += characters(exponent_).size(); }

  void read_part(bool negative) {
    prefix_.clear();
    suffix_.clear();
    quoted_ = false;
    multiplier_ = 1;
    left_ = zeros_ = right_ = 0;
    group_ = point_ = -1;
    bool more = !read_affix(prefix_, true, negative);
    while (more) {
      if (negative) {
        skip_number();
      } else {
        read_number();
      }
      more = !read_affix(suffix_, false, negative);
    }
    if (zeros_ == 0 && left_ > 0 && point_ >= 0) {  // `#.##` is `#0.##`, `.##` is `.0#`
      const Int before = point_ == 0 ? 1 : point_;
      right_ = left_ - before;
      left_ = before - 1;
      zeros_ = 1;
    }
    const bool misplaced = point_ >= 0 ? point_ < left_ || point_ > left_ + zeros_ : right_ > 0;
    if (misplaced || group_ == 0 || quoted_) refuse_form("Malformed pattern");
  }

  /// The number of the second pattern says nothing.
  void skip_number() {
    while (at_ < all_.size() && (is_number() || is_exponent())) {
      if (is_number()) {
        ++at_;
      } else {
        skip_exponent();
      }
    }
  }

  /// What stands before or behind the number. Quotes begin what is a symbol of the locale. True: the pattern ends with
  /// it; false: a number comes next.
  bool read_affix(std::string& affix, bool is_prefix, bool negative) {
    for (; at_ < all_.size(); ++at_) {
      if (quoted_ && now() != "'") {
        affix += now();
        continue;
      }
      if (now() == "'" && next_is("'")) {
        ++at_;
        affix += "''";
      } else if (now() == "'") {
        quoted_ = !quoted_;
      } else if (is_number()) {
        return false;
      } else if (now() == kCurrency) {
        const bool doubled = next_is(kCurrency);
        if (doubled) ++at_;
        format_.currency_ = true;
        affix += doubled ? "'\u00a4\u00a4" : "'\u00a4";
      } else if (now() == separator_) {
        if (is_prefix || negative) refuse("Unquoted special character '" + std::string(now()) + "'");
        ++at_;
        return true;
      } else if (now() == percent_ || now() == per_mill_) {
        if (multiplier_ != 1) refuse("Too many percent/per mille characters");
        multiplier_ = now() == percent_ ? 100 : 1'000;
        affix += multiplier_ == 100 ? "'%" : "'\u2030";
      } else if (now() == minus_) {
        affix += "'-";
      } else {
        affix += now();
      }
    }
    return true;
  }

  void read_number() {
    for (; at_ < all_.size(); ++at_) {
      if (now() == digit_) {
        ++(zeros_ > 0 ? right_ : left_);
        if (group_ >= 0 && point_ < 0) ++group_;
      } else if (now() == zero_) {
        if (right_ > 0) refuse("Unexpected '0'");
        ++zeros_;
        if (group_ >= 0 && point_ < 0) ++group_;
      } else if (now() == grouping_) {
        group_ = 0;
      } else if (now() == decimal_) {
        if (point_ >= 0) refuse("Multiple decimal separators");
        point_ = left_ + zeros_ + right_;
      } else if (is_exponent()) {
        return read_exponent();
      } else {
        return;
      }
    }
  }

  void read_exponent() {
    if (format_.scientific_) refuse("Multiple exponential symbols");
    skip_exponent();
    format_.scientific_ = true;
    format_.min_exponent_ = 0;
    for (; at_ < all_.size() && now() == zero_; ++at_) ++format_.min_exponent_;
    if (left_ + zeros_ < 1 || format_.min_exponent_ < 1) refuse_form("Malformed exponential pattern");
  }

  void apply_counts() {
    const Int total = left_ + zeros_ + right_;
    const Int point = point_ >= 0 ? point_ : total;
    format_.min_integer_ = point - left_;
    format_.max_integer_ = format_.scientific_ ? left_ + format_.min_integer_ : kMaxInt;
    format_.max_fraction_ = point_ >= 0 ? total - point_ : 0;
    format_.min_fraction_ = point_ >= 0 ? left_ + zeros_ - point_ : 0;
    format_.grouping_used_ = group_ > 0;
    format_.grouping_size_ = std::max(group_, 0);
    format_.multiplier_ = multiplier_;
    format_.point_always_ = point_ == 0 || point_ == total;
  }

  DecimalFormat& format_;
  std::string_view pattern_;
  std::vector<std::string_view> all_;
  std::size_t at_ = 0;
  std::string zero_, grouping_, decimal_, percent_, per_mill_, digit_, separator_, minus_, exponent_;
  std::string prefix_;
  std::string suffix_;
  bool quoted_ = false;
  Int multiplier_ = 1;
  Int left_ = 0;    ///< digits before the zeros
  Int zeros_ = 0;   ///< digits that are always written
  Int right_ = 0;   ///< digits behind them
  Int group_ = -1;  ///< digits since the last separator; -1: there was none
  Int point_ = -1;  ///< digits before the point; -1: there is none
};

void DecimalFormat::apply_pattern(std::string_view pattern, bool localized) {
  constexpr std::size_t kMostCharacters = 10'000;
  math::check_digits(pattern.size() > kMostCharacters ? static_cast<Long>(pattern.size()) + math::kMostDigits : 0);
  DecimalFormat changed = *this;  // a pattern that is refused changes nothing
  Pattern(changed, pattern, localized).read();
  *this = std::move(changed);
}

std::string DecimalFormat::expanded(const std::optional<std::string>& pattern, const std::string& otherwise) const {
  if (!pattern) return otherwise;
  const std::vector<std::string_view> all = characters(*pattern);
  std::string text;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (all[at] != "'" || at + 1 == all.size()) {
      text += all[at];
      continue;
    }
    const std::string_view symbol = all[++at];
    if (symbol == kCurrency) {
      const bool doubled = at + 1 < all.size() && all[at + 1] == kCurrency;
      if (doubled) ++at;
      text += doubled ? symbols_.currency_code : symbols_.currency;
    } else if (symbol == "%") {
      text += utf8_of(symbols_.percent);
    } else if (symbol == kPerMill) {
      text += utf8_of(symbols_.per_mill);
    } else if (symbol == "-") {
      text += utf8_of(symbols_.minus);
    } else {
      text += symbol;
    }
  }
  return text;
}

void DecimalFormat::expand_affixes() {
  for (Affixes* each : {&positive_, &negative_}) {
    each->prefix = expanded(each->prefix_pattern, each->prefix);
    each->suffix = expanded(each->suffix_pattern, each->suffix);
  }
}

std::string DecimalFormat::to_pattern(bool localized) const {
  const DecimalSymbols plain;
  const DecimalSymbols& symbols = localized ? symbols_ : plain;
  const std::vector<std::string> special = {utf8_of(symbols.zero),
                                            utf8_of(symbols.grouping),
                                            utf8_of(symbols.decimal),
                                            utf8_of(symbols.percent),
                                            utf8_of(symbols.per_mill),
                                            utf8_of(symbols.digit),
                                            utf8_of(symbols.pattern_separator),
                                            utf8_of(symbols.minus),
                                            std::string(kCurrency)};
  const auto affix = [&](const std::optional<std::string>& pattern, const std::string& otherwise) {
    if (!pattern) return quoted(otherwise, special);
    std::string text;
    for (std::size_t at = 0; at < pattern->size();) {
      const std::size_t quote = std::min(pattern->find('\'', at), pattern->size());
      if (quote > at) text += quoted(std::string_view(*pattern).substr(at, quote - at), special);
      if (quote == pattern->size()) break;
      const std::string_view symbol = characters(std::string_view(*pattern).substr(quote + 1)).front();
      at = quote + 1 + symbol.size();
      const bool doubled = symbol == kCurrency && std::string_view(*pattern).substr(at).starts_with(kCurrency);
      if (doubled) at += kCurrency.size();
      if (symbol == "'" || doubled) text += symbol;
      if (symbol == "%" && localized) {
        text += utf8_of(symbols.percent);
      } else if (symbol == kPerMill && localized) {
        text += utf8_of(symbols.per_mill);
      } else if (symbol == "-" && localized) {
        text += utf8_of(symbols.minus);
      } else {
        text += symbol;
      }
    }
    return text;
  };
  math::check_digits(Long{max_fraction_} + min_integer_);
  std::string number;
  const Int count = scientific_ ? max_integer_ : std::max(grouping_size_, min_integer_) + 1;
  for (Int each = count; each > 0; --each) {
    const bool grouped = each != count && grouping_used_ && grouping_size_ != 0 && each % grouping_size_ == 0;
    if (grouped) number += utf8_of(symbols.grouping);
    number += utf8_of(each <= min_integer_ ? symbols.zero : symbols.digit);
  }
  if (max_fraction_ > 0 || point_always_) number += utf8_of(symbols.decimal);
  for (Int each = 0; each < max_fraction_; ++each) {
    number += utf8_of(each < min_fraction_ ? symbols.zero : symbols.digit);
  }
  if (scientific_) {
    number += symbols.exponent;
    for (Int each = 0; each < min_exponent_; ++each) number += utf8_of(symbols.zero);
  }
  std::string text =
      affix(positive_.prefix_pattern, positive_.prefix) + number + affix(positive_.suffix_pattern, positive_.suffix);
  const bool usual_suffix = negative_.suffix_pattern
                                ? negative_.suffix_pattern == positive_.suffix_pattern
                                : !positive_.suffix_pattern && negative_.suffix == positive_.suffix;
  const bool usual_prefix = negative_.prefix_pattern && positive_.prefix_pattern
                                ? *negative_.prefix_pattern == "'-" + *positive_.prefix_pattern
                                : !negative_.prefix_pattern && !positive_.prefix_pattern &&
                                      negative_.prefix == utf8_of(symbols_.minus) + positive_.prefix;
  if (usual_suffix && usual_prefix) return text;
  return text + utf8_of(symbols.pattern_separator) + affix(negative_.prefix_pattern, negative_.prefix) + number +
         affix(negative_.suffix_pattern, negative_.suffix);
}

}  // namespace sluice::painless::text
