#define PCRE2_CODE_UNIT_WIDTH 16
#include "stages/analysis/pattern.h"

#include <algorithm>
#include <array>

#include <pcre2.h>

#include "pipeline/base/ascii_case.h"
#include "stages/painless/run/regex.h"
#include "stages/painless/run/regex_translate.h"
#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

constexpr std::uint32_t kMostSteps = 10'000'000;

struct Flag {
  std::string_view name;
  std::uint32_t option;
  char letter;
};

constexpr auto kFlags = std::to_array<Flag>({
    {"CASE_INSENSITIVE", PCRE2_CASELESS, 'i'},
    {"MULTILINE", PCRE2_MULTILINE, 'm'},
    {"DOTALL", PCRE2_DOTALL, 's'},
    {"UNICODE_CASE", 0, 'u'},
    {"CANON_EQ", 0, 'c'},
    {"UNIX_LINES", 0, 0},
    {"LITERAL", PCRE2_LITERAL, 'l'},
    {"COMMENTS", PCRE2_EXTENDED, 'x'},
    {"UNICODE_CHAR_CLASS", PCRE2_UCP, 'U'},
    {"UNICODE_CHARACTER_CLASS", PCRE2_UCP, 'U'},
});

struct Options {
  std::uint32_t bits = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
  std::string letters;
};

/// Source: Elasticsearch's Regex.flagsFromString.
Result<Options> options_of(std::string_view flags) {
  Options options;
  while (!flags.empty()) {
    const std::size_t bar = flags.find('|');
    const std::string_view name = flags.substr(0, bar);
    flags = bar == std::string_view::npos ? std::string_view() : flags.substr(bar + 1);
    if (name.empty()) continue;
    const std::string upper = ascii_upper_case(name);
    const auto* const flag = std::ranges::find(kFlags, upper, &Flag::name);
    if (flag == kFlags.end()) {
      return std::unexpected(illegal_argument("Unknown regex flag [" + std::string(name) + "]"));
    }
    options.bits |= flag->option;
    if (flag->letter != 0) options.letters += flag->letter;
  }
  return options;
}

Error too_many_steps() {
  return illegal_argument("a pattern of the analyzer takes too many steps on this text; make it simpler");
}

PCRE2_SPTR16 units(std::u16string_view text) { return reinterpret_cast<PCRE2_SPTR16>(text.data()); }

using CodePtr = std::shared_ptr<pcre2_real_code_16>;

CodePtr compiled(std::u16string_view pattern, std::uint32_t options) {
  const std::unique_ptr<pcre2_compile_context, void (*)(pcre2_compile_context*)> context(
      pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANY);
  int error = 0;
  std::size_t offset = 0;
  return {pcre2_compile(units(pattern), pattern.size(), options, &error, &offset, context.get()),
          [](pcre2_code* code) { pcre2_code_free(code); }};
}

pcre2_match_context* match_context() {
  static thread_local const std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> context = [] {
    std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> made(pcre2_match_context_create(nullptr),
                                                                              pcre2_match_context_free);
    pcre2_set_match_limit(made.get(), kMostSteps);
    return made;
  }();
  return context.get();
}

bool is_limit(int result) {
  return result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT || result == PCRE2_ERROR_HEAPLIMIT ||
         result == PCRE2_ERROR_JIT_STACKLIMIT;
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view pattern, std::string_view flags) {
  auto options = options_of(flags);
  if (!options) return std::unexpected(options.error());
  if (const auto problem = painless::regex_problem(pattern, options->letters)) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "pattern_syntax_exception", problem->message));
  }
  const bool literal = (options->bits & PCRE2_LITERAL) != 0;
  Pattern made;
  made.pattern_ = pattern;
  made.code_ = compiled(painless::to_utf16(literal ? std::string(pattern) : painless::translate_regex(pattern)),
                        literal ? options->bits & ~PCRE2_EXTENDED : options->bits);
  if (made.code_ == nullptr) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "pattern_syntax_exception", "unsupported pattern " + std::string(pattern)));
  }
  pcre2_jit_compile(made.code_.get(), PCRE2_JIT_COMPLETE);
  pcre2_pattern_info(made.code_.get(), PCRE2_INFO_CAPTURECOUNT, &made.groups_);
  return made;
}

Result<std::optional<PatternMatch>> Pattern::match(std::u16string_view text, std::size_t from,
                                                   std::uint32_t options) const {
  if (from > text.size()) return std::nullopt;
  const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data(
      pcre2_match_data_create_from_pattern(code_.get(), nullptr), pcre2_match_data_free);
  const int found = pcre2_match(code_.get(), units(text), text.size(), from, options, data.get(), match_context());
  if (is_limit(found)) return std::unexpected(too_many_steps());
  if (found < 0) return std::nullopt;
  PatternMatch match;
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data.get());
  for (std::size_t i = 0; i <= groups_; ++i) match.groups.push_back({offsets[2 * i], offsets[2 * i + 1]});
  return match;
}

Result<std::optional<PatternMatch>> Pattern::find(std::u16string_view text, std::size_t from) const {
  return match(text, from, 0);
}

Result<bool> Pattern::matches(std::u16string_view text) const {
  auto found = match(text, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
  if (!found) return std::unexpected(found.error());
  return found->has_value();
}

Result<LongestPattern> LongestPattern::compile(std::u16string_view pattern) {
  LongestPattern made;
  made.code_ = compiled(pattern, PCRE2_UTF | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY);
  if (made.code_ == nullptr) return std::unexpected(illegal_argument("the pattern is not one"));
  return made;
}

LongestPattern::Subject::Subject(std::u16string_view text) : text_(text) {
  constexpr std::size_t kLeast = std::size_t{8} << 20;
  constexpr std::size_t kOfEachUnit = 16;
  budget_ = kLeast + text.size() * kOfEachUnit;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] < 0xD800 || text_[i] > 0xDFFF) continue;
    const bool pair = text_[i] < 0xDC00 && i + 1 < text_.size() && text_[i + 1] >= 0xDC00 && text_[i + 1] <= 0xDFFF;
    if (!pair) text_[i] = 0xFFFD;
    i += pair ? 1 : 0;
  }
}

/// Windows that grow: what is far behind is looked at only where a match may reach it.
Result<std::optional<std::size_t>> LongestPattern::match_at(Subject& subject, std::size_t at) const {
  constexpr std::size_t kFirstWindow = 64;
  constexpr std::size_t kWorkspace = 4'096;
  static thread_local std::array<int, kWorkspace> workspace;
  static thread_local const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data(
      pcre2_match_data_create(1, nullptr), pcre2_match_data_free);
  const std::size_t size = subject.text_.size();
  for (std::size_t window = kFirstWindow;; window *= 4) {
    std::size_t end = std::min(size, at + window);
    if (end < size && subject.text_[end] >= 0xDC00 && subject.text_[end] <= 0xDFFF) ++end;
    const std::size_t cost = window > kFirstWindow ? end - at : 0;
    if (subject.budget_ < cost) return std::unexpected(too_many_steps());
    subject.budget_ -= cost;
    const std::uint32_t options = PCRE2_ANCHORED | PCRE2_NO_UTF_CHECK | (end < size ? PCRE2_PARTIAL_HARD : 0U);
    const int found = pcre2_dfa_match(code_.get(), units(subject.text_), end, at, options, data.get(), match_context(),
                                      workspace.data(), workspace.size());
    if (found == PCRE2_ERROR_PARTIAL) continue;
    if (is_limit(found) || found == PCRE2_ERROR_DFA_WSSIZE || found == PCRE2_ERROR_DFA_RECURSE) {
      return std::unexpected(too_many_steps());
    }
    if (found < 0) return std::nullopt;
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data.get());
    return offsets[1] - offsets[0];
  }
}

Result<Replacement> Replacement::parse(std::string_view text) {
  Replacement made;
  const std::u16string wide = painless::to_utf16(text);
  std::u16string literal;
  const auto illegal = [](std::string_view reason) { return std::unexpected(illegal_argument(std::string(reason))); };
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (wide[i] == u'\\') {
      if (++i == wide.size()) return illegal("character to be escaped is missing");
      literal += wide[i];
    } else if (wide[i] == u'$') {
      if (i + 1 == wide.size()) return illegal("Illegal group reference: group index is missing");
      if (wide[i + 1] < u'0' || wide[i + 1] > u'9') return illegal("Illegal group reference");
      made.parts_.push_back({std::exchange(literal, {}), wide[++i] - u'0'});
    } else {
      literal += wide[i];
    }
  }
  made.parts_.push_back({std::move(literal), -1});
  return made;
}

Status Replacement::append(std::u16string& out, std::u16string_view text, const PatternMatch& match) const {
  for (const Part& part : parts_) {
    out += part.text;
    if (part.group < 0) continue;
    if (static_cast<std::size_t>(part.group) >= match.groups.size()) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "index_out_of_bounds_exception",
                                   "No group " + std::to_string(part.group)));
    }
    const PatternMatch::Span span = match.groups[static_cast<std::size_t>(part.group)];
    if (span.begin != PatternMatch::kNone) out += text.substr(span.begin, span.end - span.begin);
  }
  return {};
}

Result<std::u16string> replace_all(const Pattern& pattern, const Replacement& replacement, std::u16string_view text,
                                   bool all) {
  std::u16string out;
  std::size_t copied = 0;
  std::size_t from = 0;
  while (from <= text.size()) {
    auto found = pattern.find(text, from);
    if (!found) return std::unexpected(found.error());
    if (!*found) break;
    const PatternMatch::Span span = (*found)->groups.front();
    out += text.substr(copied, span.begin - copied);
    if (auto done = replacement.append(out, text, **found); !done) return std::unexpected(done.error());
    copied = span.end;
    from = span.end > span.begin ? span.end : span.end + 1;
    if (!all) break;
  }
  out += text.substr(std::min(copied, text.size()));
  return out;
}

}  // namespace sluice::stages
