#include "stages/analysis/token_filter/word_parts.h"

#include <unicode/uchar.h>

#include "stages/analysis/java_character.h"

namespace sluice::stages {

namespace {

/// Lucene has a table for Latin-1, in which letters without case and numbers that are no digits only divide.
std::uint8_t latin_class_of(char16_t unit) {
  if (u_isULowercase(unit) != 0) return kLowerPart;
  if (u_isUUppercase(unit) != 0) return kUpperPart;
  return is_java_digit(unit) ? kDigitPart : kDelimiterPart;
}

std::uint8_t class_of(char16_t unit) {
  if (unit < 0x100) return latin_class_of(unit);
  if (unit >= 0xD800 && unit <= 0xDFFF) return kLetterPart | kDigitPart;
  switch (u_charType(unit)) {
    case U_UPPERCASE_LETTER:
      return kUpperPart;
    case U_LOWERCASE_LETTER:
      return kLowerPart;
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return kLetterPart;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
      return kDigitPart;
    default:
      return kDelimiterPart;
  }
}

Error invalid_rule(const std::string& rule) {
  return {ErrorKind::kBadRequest, 500, "runtime_exception", "Invalid Mapping Rule : [" + rule + "]"};
}

/// `$ => DIGIT`.
Status add_type(WordDelimiterOptions& options, const std::string& rule) {
  const std::size_t arrow = rule.rfind("=>");
  if (arrow == std::string::npos) return std::unexpected(invalid_rule(rule));
  const auto trimmed = [](std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
  };
  std::u16string unit = utf16(trimmed(std::string_view(rule).substr(0, arrow)));
  const std::string_view type = trimmed(std::string_view(rule).substr(arrow + 2));
  if (unit.size() == 6 && unit.starts_with(u"\\u")) {
    int value = 0;
    for (const char16_t digit : unit.substr(2)) value = value * 16 + std::max(hex_digit(digit), 0);
    unit = static_cast<char16_t>(value);
  } else if (unit.size() == 2 && unit.front() == u'\\') {
    unit.erase(0, 1);
  }
  if (unit.size() != 1) return std::unexpected(invalid_rule(rule));
  const std::map<std::string_view, std::uint8_t> kTypes{{"LOWER", kLowerPart},
                                                        {"UPPER", kUpperPart},
                                                        {"ALPHA", kLetterPart},
                                                        {"DIGIT", kDigitPart},
                                                        {"ALPHANUM", kLetterPart | kDigitPart},
                                                        {"SUBWORD_DELIM", kDelimiterPart}};
  const auto found = kTypes.find(type);
  if (found == kTypes.end()) return std::unexpected(invalid_rule(rule));
  options.types[unit.front()] = found->second;
  return {};
}

}  // namespace

Result<WordDelimiterOptions> read_word_delimiter_options(const ComponentSettings& settings) {
  WordDelimiterOptions options;
  const auto flags = std::to_array<std::pair<std::string_view, bool*>>({
      {"generate_word_parts", &options.generate_word_parts},
      {"generate_number_parts", &options.generate_number_parts},
      {"catenate_words", &options.catenate_words},
      {"catenate_numbers", &options.catenate_numbers},
      {"catenate_all", &options.catenate_all},
      {"split_on_case_change", &options.split_on_case_change},
      {"preserve_original", &options.preserve_original},
      {"split_on_numerics", &options.split_on_numerics},
      {"stem_english_possessive", &options.stem_english_possessive},
      {"adjust_offsets", &options.adjust_offsets},
      {"ignore_keywords", &options.ignore_keywords},
  });
  for (const auto& [name, target] : flags) {
    auto flag = settings.flag(name, *target);
    if (!flag) return std::unexpected(flag.error());
    *target = *flag;
  }
  auto words = read_words(settings, "protected_words");
  if (!words) return std::unexpected(words.error());
  for (const std::string& word : words->value_or(std::vector<std::string>())) options.protected_words.add(utf16(word));
  auto rules = read_words(settings, "type_table");
  if (!rules) return std::unexpected(rules.error());
  for (const std::string& rule : rules->value_or(std::vector<std::string>())) {
    if (auto added = add_type(options, rule); !added) return std::unexpected(added.error());
  }
  return options;
}

WordParts::WordParts(std::u16string_view text, const WordDelimiterOptions& options)
    : text_(text), options_(options), last_(text.size()) {
  while (first_ < last_ && (type_at(first_) & kDelimiterPart) != 0) ++first_;
  while (last_ > first_ && (type_at(last_ - 1) & kDelimiterPart) != 0) --last_;
  final_possessive_ = possessive_ends_at(last_);
  begin_ = end_ = first_;
}

std::uint8_t WordParts::type_at(std::size_t at) const {
  const auto own = options_.types.find(text_[at]);
  return own == options_.types.end() ? class_of(text_[at]) : own->second;
}

bool WordParts::breaks(std::uint8_t before, std::uint8_t after) const {
  if ((before & after) != 0) return false;
  if (!options_.split_on_case_change && is_letter_part(before) && is_letter_part(after)) return false;
  if (before == kUpperPart && is_letter_part(after)) return false;
  if (!options_.split_on_numerics &&
      ((is_letter_part(before) && is_digit_part(after)) || (is_digit_part(before) && is_letter_part(after)))) {
    return false;
  }
  return true;
}

bool WordParts::possessive_ends_at(std::size_t at) const {
  return options_.stem_english_possessive && at > 2 && text_[at - 2] == u'\'' &&
         (text_[at - 1] == u's' || text_[at - 1] == u'S') && is_letter_part(type_at(at - 3)) &&
         (at == last_ || (type_at(at) & kDelimiterPart) != 0);
}

bool WordParts::next() {
  begin_ = end_;
  if (done_) return false;
  if (skip_possessive_) {
    begin_ += 2;
    skip_possessive_ = false;
  }
  std::uint8_t before = 0;
  while (begin_ < last_ && ((before = type_at(begin_)) & kDelimiterPart) != 0) ++begin_;
  if (begin_ >= last_) {
    done_ = true;
    return false;
  }
  for (end_ = begin_ + 1; end_ < last_; ++end_) {
    const std::uint8_t after = type_at(end_);
    if (breaks(before, after)) break;
    before = after;
  }
  if (end_ + 1 < last_ && possessive_ends_at(end_ + 2)) skip_possessive_ = true;
  return true;
}

std::uint8_t WordParts::type() const {
  const std::uint8_t type = type_at(begin_);
  return type == kLowerPart || type == kUpperPart ? kLetterPart : type;
}

bool WordParts::is_single() const {
  const std::size_t end = final_possessive_ ? last_ - 2 : last_;
  return begin_ == first_ && end_ == end;
}

}  // namespace sluice::stages
