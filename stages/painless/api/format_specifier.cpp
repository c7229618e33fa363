#include "stages/painless/api/format_specifier.h"

#include <charconv>
#include <limits>

#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

constexpr std::string_view kFlagLetters = "-#+ 0,(<";
constexpr std::string_view kGeneral = "bhs";
constexpr std::string_view kIntegers = "dox";
constexpr std::string_view kFloats = "efga";
constexpr std::string_view kUpper = "BHSCXEGA";
constexpr std::string_view kTimes = "HIklMNLQpsSTzZaACdeBbhmjyYrRcDF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_conversion(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%'; }

bool unknown(Machine& machine, std::string_view conversion) {
  raise_format(machine, "UnknownFormatConversionException", "Conversion = '" + std::string(conversion) + "'");
  return false;
}

/// Reads one specifier, from behind its `%` on.
class Reader {
 public:
  Reader(Machine& machine, std::string_view rest) : machine_(machine), rest_(rest) {}

  /// How many bytes it has; 0: an exception is pending.
  std::size_t read(FormatSpecifier& made) {
    const std::string_view index = index_digits();
    while (at_ < rest_.size() && kFlagLetters.find(rest_[at_]) != std::string_view::npos) flags_ += rest_[at_++];
    const std::string_view width = digits();
    std::string_view precision;
    if (here() == '.') {
      ++at_;
      precision = digits();
      if (precision.empty()) return refuse();
    }
    made.is_time = (here() == 't' || here() == 'T') && at_ + 1 < rest_.size() && is_conversion(rest_[at_ + 1]);
    if (made.is_time && rest_[at_++] == 'T') made.flags |= kUpperCase;
    if (!is_conversion(here())) return refuse();
    made.conversion = rest_[at_++];
    const bool good = set_argument(made, index) && set_flags(made) && set_size(made.width, width, "Width") &&
                      set_size(made.precision, precision, "Precision") && set_conversion(made);
    return good ? at_ : 0;
  }

 private:
  /// What isn't one is told by its first character.
  std::size_t refuse() {
    std::size_t end = 0;
    if (!rest_.empty()) next_code_point(rest_, end);
    unknown(machine_, rest_.empty() ? "%" : rest_.substr(0, end));
    return 0;
  }
  [[nodiscard]] char here() const { return at_ < rest_.size() ? rest_[at_] : '\0'; }
  std::string_view digits() {
    const std::size_t begin = at_;
    while (is_digit(here())) ++at_;
    return rest_.substr(begin, at_ - begin);
  }
  /// The digits before a `$`.
  std::string_view index_digits() {
    const std::string_view found = digits();
    if (!found.empty() && here() == '$') {
      ++at_;
      return found;
    }
    at_ = 0;
    return {};
  }
  static bool to_int(std::string_view digits, std::int32_t& value) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc{};
  }
  bool set_argument(FormatSpecifier& made, std::string_view digits) {
    if (digits.empty()) return true;
    const bool fits = to_int(digits, made.argument);
    if (fits && made.argument > 0) return true;
    raise_format(machine_, "IllegalFormatArgumentIndexException",
                 fits ? "Illegal format argument index = " + std::to_string(made.argument)
                      : "Format argument index: (not representable as int)");
    return false;
  }
  bool set_flags(FormatSpecifier& made) {
    for (const char letter : flags_) {
      const unsigned flag = 1U << kFlagLetters.find(letter);
      if ((made.flags & flag) != 0) {
        raise_format(machine_, "DuplicateFormatFlagsException", "Flags = '" + flags_text(flag) + "'");
        return false;
      }
      made.flags |= flag;
    }
    if (made.has(kPrevious)) made.argument = FormatSpecifier::kSame;
    return true;
  }
  bool set_size(std::int32_t& size, std::string_view digits, const char* what) {
    if (digits.empty() || to_int(digits, size)) return true;
    const bool is_width = std::string_view(what) == "Width";
    raise_format(machine_, is_width ? "IllegalFormatWidthException" : "IllegalFormatPrecisionException",
                 std::to_string(std::numeric_limits<std::int32_t>::min()));
    return false;
  }
  bool set_conversion(FormatSpecifier& made) {
    if (made.is_time) return true;
    char& c = made.conversion;
    if (kUpper.find(c) != std::string_view::npos) {
      made.flags |= kUpperCase;
      c = static_cast<char>(c - 'A' + 'a');
    } else if (std::string_view("bhscdoxefgan%").find(c) == std::string_view::npos) {
      return unknown(machine_, std::string_view(&c, 1));
    }
    if (c == 'n' || c == '%') made.argument = FormatSpecifier::kNothing;
    return true;
  }

  Machine& machine_;
  std::string_view rest_;
  std::size_t at_ = 0;
  std::string flags_;
};

/// What may stand together, asked in the order in which Java asks.
class Checker {
 public:
  Checker(Machine& machine, const FormatSpecifier& specifier) : machine_(machine), specifier_(specifier) {}

  bool good() {
    const char c = specifier_.conversion;
    if (specifier_.is_time) return good_time();
    if (kGeneral.find(c) != std::string_view::npos) return good_general();
    if (c == 'c') {
      return no_precision() && allows({kAlternate, kPlus, kLeadingSpace, kZeroPad, kGroup, kParentheses}) &&
             has_width_for(kLeftJustify);
    }
    if (kIntegers.find(c) != std::string_view::npos) {
      return good_numeric() && no_precision() && (c == 'd' ? allows({kAlternate}) : allows({kGroup}));
    }
    if (kFloats.find(c) != std::string_view::npos) return good_numeric() && good_float();
    return good_text();
  }

 private:
  bool good_time() {
    if (!no_precision()) return false;
    if (kTimes.find(specifier_.conversion) == std::string_view::npos) {
      return unknown(machine_, "t" + std::string(1, specifier_.conversion));
    }
    return allows({kAlternate, kPlus, kLeadingSpace, kZeroPad, kGroup, kParentheses}) && has_width_for(kLeftJustify);
  }
  bool good_general() {
    if (specifier_.conversion != 's' && !allows({kAlternate})) return false;
    return has_width_for(kLeftJustify) && allows({kPlus, kLeadingSpace, kZeroPad, kGroup, kParentheses});
  }
  bool good_numeric() {
    if (!has_width_for(kLeftJustify) || !has_width_for(kZeroPad)) return false;
    if ((specifier_.has(kPlus) && specifier_.has(kLeadingSpace)) ||
        (specifier_.has(kLeftJustify) && specifier_.has(kZeroPad))) {
      return bad_flags();
    }
    return true;
  }
  bool good_float() {
    switch (specifier_.conversion) {
      case 'a':
        return allows({kParentheses, kGroup});
      case 'e':
        return allows({kGroup});
      case 'g':
        return allows({kAlternate});
      default:
        return true;
    }
  }
  bool good_text() {
    if (!no_precision()) return false;
    const unsigned written = specifier_.flags & ~static_cast<unsigned>(kUpperCase);
    if (specifier_.conversion == '%') {
      if (written != 0 && written != kLeftJustify) return bad_flags();
      return has_width_for(kLeftJustify);
    }
    if (specifier_.width != FormatSpecifier::kMissing) {
      raise_format(machine_, "IllegalFormatWidthException", std::to_string(specifier_.width));
      return false;
    }
    return written == 0 || bad_flags();
  }

  bool allows(std::initializer_list<FormatFlag> bad) { return !has_bad_flag(machine_, specifier_, bad); }
  bool no_precision() {
    if (specifier_.precision == FormatSpecifier::kMissing) return true;
    raise_format(machine_, "IllegalFormatPrecisionException", std::to_string(specifier_.precision));
    return false;
  }
  bool has_width_for(FormatFlag flag) {
    if (!specifier_.has(flag) || specifier_.width != FormatSpecifier::kMissing) return true;
    raise_format(machine_, "MissingFormatWidthException", specifier_.text());
    return false;
  }
  bool bad_flags() {
    raise_format(machine_, "IllegalFormatFlagsException", "Flags = '" + flags_text(specifier_.flags) + "'");
    return false;
  }

  Machine& machine_;
  const FormatSpecifier& specifier_;
};

}  // namespace

std::string flags_text(unsigned flags) {
  std::string shown;
  for (std::size_t i = 0; i < kFlagLetters.size(); ++i) {
    if ((flags >> i & 1U) != 0) shown += kFlagLetters[i];
  }
  if ((flags & kUpperCase) != 0) shown += '^';
  return shown;
}

std::string FormatSpecifier::text() const {
  std::string shown = "%" + flags_text(flags & ~static_cast<unsigned>(kUpperCase));
  if (argument > 0) shown += std::to_string(argument) + "$";
  if (width != kMissing) shown += std::to_string(width);
  if (precision != kMissing) shown += "." + std::to_string(precision);
  if (is_time) shown += has(kUpperCase) ? 'T' : 't';
  const bool raised = has(kUpperCase) && conversion >= 'a' && conversion <= 'z';
  return shown + (raised ? static_cast<char>(conversion - 'a' + 'A') : conversion);
}

bool has_bad_flag(Machine& machine, const FormatSpecifier& specifier, std::initializer_list<FormatFlag> bad) {
  for (const FormatFlag flag : bad) {
    if (!specifier.has(flag)) continue;
    raise_format(machine, "FormatFlagsConversionMismatchException",
                 "Conversion = " + std::string(1, specifier.conversion) + ", Flags = " + flags_text(flag));
    return true;
  }
  return false;
}

Value raise_format(Machine& machine, std::string_view name, std::string_view reason) {
  return machine.raise(Registry::get().class_named("java.util." + std::string(name)), reason);
}

bool read_format(Machine& machine, std::string_view format, std::vector<FormatSpecifier>& parts) {
  while (!format.empty()) {
    const std::size_t percent = std::min(format.find('%'), format.size());
    FormatSpecifier& part = parts.emplace_back();
    if (percent > 0) {
      part.literal = format.substr(0, percent);
      part.argument = FormatSpecifier::kNothing;
      format.remove_prefix(percent);
      continue;
    }
    const std::size_t taken = Reader(machine, format.substr(1)).read(part);
    if (taken == 0 || !Checker(machine, part).good()) return false;
    format.remove_prefix(taken + 1);
  }
  return true;
}

}  // namespace sluice::painless::api
