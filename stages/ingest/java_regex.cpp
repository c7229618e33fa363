#include "stages/ingest/java_regex.h"

#include <chrono>
#include <utility>

#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

namespace {

constexpr std::uint32_t kStepsOfOne = 2'000'000;
constexpr std::uint64_t kAskTheClock = 64;  // matches
constexpr std::int64_t kMostNanoseconds = 500'000'000;

std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

/// The text that a pattern without any special characters looks for; a backslash before one makes it plain.
std::optional<std::string> literal_of(std::string_view pattern) {
  constexpr std::string_view kSpecial = "\\^$.|?*+()[]{}";
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
      if (i == pattern.size() || kSpecial.find(pattern[i]) == std::string_view::npos) return std::nullopt;
    } else if (kSpecial.find(pattern[i]) != std::string_view::npos) {
      return std::nullopt;
    }
    out += pattern[i];
  }
  if (out.empty()) return std::nullopt;
  return out;
}

Error too_long(const std::string& pattern) {
  return illegal_argument("matching the regular expression [" + pattern + "] takes too long");
}

}  // namespace

Result<JavaRegex> JavaRegex::compile(std::string_view pattern) {
  if (const auto problem = painless::regex_problem(pattern, {})) {
    return std::unexpected(Error(ErrorKind::kDocument, 400, "pattern_syntax_exception", problem->message));
  }
  JavaRegex made;
  made.text_ = pattern;
  made.pattern_ = painless::shared_pattern(pattern);
  made.literal_ = literal_of(pattern);
  const std::size_t* groups = nullptr;
  const bool looks_around =
      pattern.find_first_of("^$\\") != std::string_view::npos || pattern.find("(?") != std::string_view::npos;
  made.finds_nothing_anywhere_ =
      !looks_around && painless::regex_find(*made.pattern_, "", 0, painless::RegexMode::kWhole, kStepsOfOne, groups) ==
                           painless::RegexOutcome::kMatch;
  return made;
}

void JavaRegex::Finder::found(std::size_t begin, std::size_t end) {
  begin_ = begin;
  end_ = end;
  from_ = end;
  inside_pair_ = pair_is_next_ = false;
  if (begin != end) return;
  if (end == text_.size()) {
    ++from_;
    return;
  }
  // Nothing was taken: on behind the next unit, which may be half a character.
  pair_is_next_ = regex_.finds_nothing_anywhere_ && static_cast<unsigned char>(text_[end]) >= 0xF0;
  painless::next_code_point(text_, from_);
}

Result<bool> JavaRegex::Finder::next() {
  if (pair_is_next_) {
    pair_is_next_ = false;
    inside_pair_ = true;
    return true;
  }
  inside_pair_ = false;
  if (from_ > text_.size()) return false;
  if (regex_.literal_) {
    const std::size_t at = text_.find(*regex_.literal_, from_);
    if (at == std::string_view::npos) return false;
    found(at, at + regex_.literal_->size());
    return true;
  }
  if (++steps_ % kAskTheClock == 0) {
    if (started_ == 0) started_ = now();
    if (now() - started_ > kMostNanoseconds) return std::unexpected(too_long(regex_.text_));
  }
  const auto outcome =
      painless::regex_find(*regex_.pattern_, text_, from_, painless::RegexMode::kFind, kStepsOfOne, groups_);
  if (outcome == painless::RegexOutcome::kTooLong) return std::unexpected(too_long(regex_.text_));
  if (outcome == painless::RegexOutcome::kNoMatch) return false;
  found(groups_[0], groups_[1]);
  return true;
}

std::optional<std::string_view> JavaRegex::Finder::group(std::uint32_t number) const {
  if (number == 0 || groups_ == nullptr) return text_.substr(begin_, end_ - begin_);
  const std::size_t begin = groups_[2 * std::size_t{number}];
  if (inside_pair_ || begin == painless::RegexMatch::kNone) return std::nullopt;
  return text_.substr(begin, groups_[2 * std::size_t{number} + 1] - begin);
}

Status JavaRegex::split(std::string_view text, int limit, Split& made) const {
  auto& [parts, halves] = made;
  parts.clear();
  halves.clear();
  Finder finder(*this, text);
  std::size_t at = 0;
  std::string half;  // the end of a character whose first half belongs to the part before
  const auto part_to = [&](std::size_t end) {
    const std::string_view part = text.substr(at, end - at);
    if (half.empty()) return part;
    halves.push_front(std::exchange(half, {}).append(part));
    return std::string_view(halves.front());
  };
  while (limit <= 0 || parts.size() + 1 < static_cast<std::size_t>(limit)) {
    const auto found = finder.next();
    if (!found) return std::unexpected(found.error());
    if (!*found) break;
    if (finder.inside_pair()) {
      halves.emplace_front(part_to(finder.begin()));
      at = finder.begin();
      const char32_t point = painless::next_code_point(text, at) - 0x10000;
      painless::append_unit(halves.front(), static_cast<char16_t>(0xD800 + (point >> 10)));
      painless::append_unit(half, static_cast<char16_t>(0xDC00 + (point & 0x3FF)));
      parts.emplace_back(halves.front());
      continue;
    }
    // A match of nothing at the beginning gives no empty part.
    if (finder.end() == 0) continue;
    parts.push_back(part_to(finder.begin()));
    at = finder.end();
  }
  const bool is_whole = parts.empty();
  parts.push_back(is_whole ? text : part_to(text.size()));
  if (is_whole) return {};
  if (limit == 0) {
    while (!parts.empty() && parts.back().empty()) parts.pop_back();
  }
  return {};
}

}  // namespace sluice::ingest
