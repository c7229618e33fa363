#define PCRE2_CODE_UNIT_WIDTH 8
#include "stages/painless/run/regex.h"

#include <algorithm>

#include <pcre2.h>

#include "stages/painless/run/heap.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/regex_syntax.h"
#include "stages/painless/run/regex_translate.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless {

namespace {

/// Flags of java.util.regex.Pattern by their letters in a literal.
std::int32_t java_flags(std::string_view letters) {
  std::int32_t flags = 0;
  for (const char letter : letters) {
    switch (letter) {
      case 'c':
        flags |= 128;
        break;
      case 'i':
        flags |= 2;
        break;
      case 'l':
        flags |= 16;
        break;
      case 'm':
        flags |= 8;
        break;
      case 's':
        flags |= 32;
        break;
      case 'U':
        flags |= 256 | 64;
        break;
      case 'u':
        flags |= 64;
        break;
      default:  // x
        flags |= 4;
    }
  }
  return flags;
}

std::uint32_t options_of(std::int32_t flags) {
  std::uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
  if ((flags & 2) != 0) options |= PCRE2_CASELESS;
  if ((flags & 8) != 0) options |= PCRE2_MULTILINE;
  if ((flags & 32) != 0) options |= PCRE2_DOTALL;
  if ((flags & 4) != 0) options |= PCRE2_EXTENDED;
  if ((flags & 256) != 0) options |= PCRE2_UCP;
  if ((flags & 16) != 0) options = (options & ~PCRE2_EXTENDED) | PCRE2_LITERAL;
  return options;
}

struct Compiled {
  pcre2_code* code = nullptr;
  int error = 0;
  std::size_t offset = 0;
};

Compiled compile(std::string_view pattern, std::int32_t flags) {
  const std::string translated = (flags & 16) != 0 ? std::string(pattern) : translate_regex(pattern);
  const std::unique_ptr<pcre2_compile_context, void (*)(pcre2_compile_context*)> context(
      pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANY);
  Compiled made;
  // In a literal pattern the other options of Java have no meaning either.
  made.code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(), options_of(flags),
                            &made.error, &made.offset, context.get());
  if (made.code != nullptr) pcre2_jit_compile(made.code, PCRE2_JIT_COMPLETE);
  return made;
}

/// The message of a PatternSyntaxException; `unit`: UTF-16 units, -1: nowhere.
RegexProblem problem_at(std::string_view pattern, std::string description, std::ptrdiff_t unit) {
  RegexProblem problem;
  problem.description = std::move(description);
  const String whole(known().string, pattern);
  const auto units = static_cast<std::ptrdiff_t>(whole.length());
  const auto place = static_cast<std::size_t>(std::max<std::ptrdiff_t>(unit, 0));
  problem.index = unit < units ? whole.byte_of(static_cast<std::uint32_t>(place)) : pattern.size();
  problem.message = problem.description;
  if (unit >= 0) problem.message += " near index " + std::to_string(unit);
  problem.message += "\n" + std::string(pattern);
  if (unit >= 0 && unit < units) problem.message += "\n" + std::string(place, ' ') + "^";
  return problem;
}

/// What java.util.regex calls errors that its syntax has not shown yet.
RegexProblem describe(std::string_view pattern, const Compiled& made) {
  const auto offset =
      static_cast<std::ptrdiff_t>(utf16_length(pattern.substr(0, std::min(made.offset, pattern.size()))));
  if (made.error == 114) return problem_at(pattern, "Unclosed group", offset);
  if (made.error == 108) return problem_at(pattern, "Illegal character range", offset);
  if (made.error == 104) return problem_at(pattern, "Illegal repetition range", offset);
  if (made.error == 103) return problem_at(pattern, "Illegal/unsupported escape sequence", offset);
  if (made.error == 115) {  // a group that there is none of
    const std::size_t name = pattern.rfind("\\k<", made.offset);
    const std::size_t end = name == std::string_view::npos ? name : pattern.find('>', name);
    if (end == std::string_view::npos) return problem_at(pattern, "Illegal/unsupported escape sequence", offset);
    const std::string known_as(pattern.substr(name + 3, end - name - 3));
    return problem_at(pattern, "named capturing group <" + known_as + "> does not exist",
                      static_cast<std::ptrdiff_t>(utf16_length(pattern.substr(0, end))));
  }
  if (made.error == 147) {  // a property that there is none of
    const std::size_t open = pattern.rfind('{', made.offset);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close != std::string_view::npos) {
      return problem_at(
          pattern, "Unknown character property name {" + std::string(pattern.substr(open + 1, close - open - 1)) + "}",
          static_cast<std::ptrdiff_t>(utf16_length(pattern.substr(0, close))));
    }
  }
  PCRE2_UCHAR text[160] = {};
  pcre2_get_error_message(made.error, text, sizeof text);
  return problem_at(pattern, reinterpret_cast<const char*>(text), offset);
}

/// Whether PCRE2 may take for right what is wrong in Java.
bool is_only_javas(const RegexSyntaxError& error) {
  return error.description == "Illegal repetition" || error.description == "Unclosed counted closure" ||
         error.description == "Unknown inline modifier";
}

}  // namespace

Value Pattern::to_string(Machine& machine) { return machine.string_value(pattern); }

std::optional<RegexProblem> regex_problem(std::string_view pattern, std::string_view flags) {
  const Compiled made = compile(pattern, java_flags(flags));
  const bool plain = flags.find_first_of("lx") == std::string_view::npos;
  const auto syntax = plain ? regex_syntax_error(pattern) : std::nullopt;
  if (made.code != nullptr) {
    pcre2_code_free(made.code);
    if (!syntax || !is_only_javas(*syntax)) return std::nullopt;
  }
  if (syntax) return problem_at(pattern, syntax->description, syntax->unit);
  return describe(pattern, made);
}

namespace {

void fill(Pattern& made, std::string_view pattern, std::string_view flags) {
  made.pattern = pattern;
  made.flags = java_flags(flags);
  made.code.reset(compile(pattern, made.flags).code, pcre2_code_free);
  if (made.code != nullptr) pcre2_pattern_info(made.code.get(), PCRE2_INFO_CAPTURECOUNT, &made.groups);
}

}  // namespace

Pattern* make_pattern(Heap& heap, std::string_view pattern, std::string_view flags) {
  auto* made = heap.make<Pattern>(known().pattern);
  fill(*made, pattern, flags);
  return made;
}

std::shared_ptr<const Pattern> shared_pattern(std::string_view pattern) {
  auto made = std::make_shared<Pattern>(known().pattern);
  fill(*made, pattern, {});
  return made;
}

int group_of_name(const Pattern& pattern, std::string_view name) {
  const int number =
      pcre2_substring_number_from_name(pattern.code.get(), reinterpret_cast<PCRE2_SPTR>(std::string(name).c_str()));
  return number > 0 ? number : -1;
}

RegexOutcome regex_find(const Pattern& pattern, std::string_view text, std::size_t from, RegexMode mode,
                        std::uint32_t most_steps, const std::size_t*& offsets) {
  static_assert(RegexMatch::kNone == PCRE2_UNSET);
  if (from > text.size() || pattern.code == nullptr) return RegexOutcome::kNoMatch;
  using Data = std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)>;
  static thread_local const std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> context(
      pcre2_match_context_create(nullptr), pcre2_match_context_free);
  static thread_local Data data(nullptr, pcre2_match_data_free);
  static thread_local std::uint32_t room = 0;
  if (room <= pattern.groups) {
    room = std::max<std::uint32_t>(pattern.groups + 1, 16);
    data.reset(pcre2_match_data_create(room, nullptr));
  }
  pcre2_set_match_limit(context.get(), most_steps);
  std::uint32_t options = 0;
  if (mode != RegexMode::kFind) options |= PCRE2_ANCHORED;
  if (mode == RegexMode::kWhole) options |= PCRE2_ENDANCHORED;
  const int found = pcre2_match(pattern.code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                options, data.get(), context.get());
  if (found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT || found == PCRE2_ERROR_HEAPLIMIT ||
      found == PCRE2_ERROR_JIT_STACKLIMIT) {
    return RegexOutcome::kTooLong;
  }
  if (found < 0) return RegexOutcome::kNoMatch;
  offsets = pcre2_get_ovector_pointer(data.get());
  return RegexOutcome::kMatch;
}

std::optional<RegexMatch> regex_match(Machine& machine, const Pattern& pattern, std::string_view text, std::size_t from,
                                      RegexMode mode) {
  constexpr std::uint64_t kMostSteps = 10'000'000;
  const std::uint32_t factor = machine.limits().regex_factor;
  // PCRE2 counts steps of its matching, Java the characters that were looked at: both grow alike where it matters.
  const std::uint64_t steps = factor == 0 ? kMostSteps : std::uint64_t{factor} * (text.size() + 64) * 4;
  const std::size_t* offsets = nullptr;
  const RegexOutcome found =
      regex_find(pattern, text, from, mode, static_cast<std::uint32_t>(std::min(steps, kMostSteps)), offsets);
  if (found == RegexOutcome::kTooLong) {
    const std::string limit = std::to_string(factor * text.size());
    machine.raise(known().circuit_breaking,
                  "[scripting] Regular expression considered too many characters, pattern: [" + pattern.pattern +
                      "], limit factor: [" + std::to_string(factor) + "], char limit: [" + limit + "], count: [" +
                      std::to_string(factor * text.size() + 1) + "], wrapped: [" + std::string(text.substr(0, 80)) +
                      "], this limit can be changed by changed by the [script.painless.regex.limit-factor] setting");
    return std::nullopt;
  }
  if (found != RegexOutcome::kMatch) return std::nullopt;
  RegexMatch match;
  match.offsets.assign(offsets, offsets + 2 * (static_cast<std::size_t>(pattern.groups) + 1));
  return match;
}

}  // namespace sluice::painless
