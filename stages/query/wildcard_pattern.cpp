#include "stages/query/wildcard_pattern.h"

#include "pipeline/base/ascii_case.h"

namespace sluice::stages {

namespace {

/// Behind the character at `at`.
std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

}  // namespace

WildcardPattern::WildcardPattern(std::string_view pattern, bool fold) : fold_(fold) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '*') {
      if (parts_.empty() || parts_.back().kind != Kind::kRun) parts_.push_back({Kind::kRun, 0});
    } else if (c == '?') {
      parts_.push_back({Kind::kOne, 0});
    } else {
      if (c == '\\' && i + 1 < pattern.size()) ++i;
      parts_.push_back({Kind::kByte, fold ? ascii_lower(pattern[i]) : pattern[i]});
    }
  }
}

bool WildcardPattern::is(char pattern, char text) const { return pattern == (fold_ ? ascii_lower(text) : text); }

bool WildcardPattern::matches(std::string_view text) const {
  std::size_t part = 0;
  std::size_t at = 0;
  std::size_t run = parts_.size();  // the last run, and what it holds up to: a longer one is tried from there
  std::size_t held = 0;
  for (;;) {
    if (part < parts_.size() && parts_[part].kind == Kind::kRun) {
      if (part + 1 == parts_.size()) return true;
      run = part++;
      held = at;
      continue;
    }
    if (at < text.size() && part < parts_.size()) {
      const Part& next = parts_[part];
      if (next.kind == Kind::kOne || is(next.byte, text[at])) {
        at = next.kind == Kind::kOne ? next_character(text, at) : at + 1;
        ++part;
        continue;
      }
    } else if (at == text.size() && part == parts_.size()) {
      return true;
    }
    if (run == parts_.size() || held >= text.size()) return false;
    held = next_character(text, held);
    at = held;
    part = run + 1;
  }
}

}  // namespace sluice::stages
