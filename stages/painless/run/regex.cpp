#define PCRE2_CODE_UNIT_WIDTH 8
#include "stages/painless/run/regex.h"

#include <algorithm>

#include <pcre2.h>

#include "stages/painless/run/heap.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/regex_translate.h"

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

/// What java.util.regex calls the commonest errors, and where it sees them.
RegexProblem describe(std::string_view pattern, const Compiled& made) {
  RegexProblem problem;
  problem.index = std::min(made.offset, pattern.size());
  switch (made.error) {
    case 114:  // missing closing parenthesis
      problem.description = "Unclosed group";
      problem.index = pattern.size();
      break;
    case 122:  // unmatched closing parenthesis
      problem.description = "Unmatched closing ')'";
      problem.index = made.offset > 0 ? made.offset - 1 : 0;
      break;
    case 106:  // missing terminating ]
      problem.description = "Unclosed character class";
      problem.index = pattern.empty() ? 0 : pattern.size() - 1;
      break;
    case 109: {  // quantifier does not follow a repeatable item
      const std::size_t at = made.offset > 0 ? made.offset - 1 : 0;
      problem.description =
          "Dangling meta character '" + std::string(pattern.substr(std::min(at, pattern.size()), 1)) + "'";
      problem.index = at;
      break;
    }
    case 101:
      problem.description = "Unexpected internal error";
      problem.index = pattern.size();
      break;
    case 108:
      problem.description = "Illegal character range";
      break;
    case 115:
      problem.description = "Illegal/unsupported escape sequence";
      break;
    default: {
      PCRE2_UCHAR text[160] = {};
      pcre2_get_error_message(made.error, text, sizeof text);
      problem.description = reinterpret_cast<const char*>(text);
    }
  }
  problem.message = problem.description + " near index " + std::to_string(problem.index) + "\n" + std::string(pattern);
  if (problem.index < pattern.size()) problem.message += "\n" + std::string(problem.index, ' ') + "^";
  return problem;
}

}  // namespace

Value Pattern::to_string(Machine& machine) { return machine.string_value(pattern); }

std::optional<RegexProblem> regex_problem(std::string_view pattern, std::string_view flags) {
  const Compiled made = compile(pattern, java_flags(flags));
  if (made.code == nullptr) return describe(pattern, made);
  pcre2_code_free(made.code);
  return std::nullopt;
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
