#include "stages/source_filter/field_text_filter.h"

#include <algorithm>
#include <utility>

namespace sluice::stages {

namespace {

void set(std::vector<std::uint64_t>& words, std::size_t place) {
  words[place / 64] |= std::uint64_t{1} << (place % 64);
}

}  // namespace

bool FieldTextFilter::Places::none() const {
  return first == 0 && std::ranges::all_of(many, [](std::uint64_t word) { return word == 0; });
}

FieldTextFilter::Patterns::Patterns(const std::vector<std::string>& patterns) {
  std::size_t places = 1;
  for (const std::string& pattern : patterns) places += pattern.size() + 2;
  count_ = (places + 63) / 64;
  letters_.assign(256, Words(count_));
  stars_ = stay_ = accepting_ = Words(count_);
  Words begins(count_);
  std::size_t place = 0;
  for (const std::string& pattern : patterns) {
    set(begins, place);
    for (const char c : pattern) {
      set(c == '*' ? stars_ : letters_[static_cast<unsigned char>(c)], place);
      if (c == '*') set(stay_, place);
      ++place;
    }
    set(accepting_, place);
    set(letters_['.'], place++);  // from the end to what is below it
    set(accepting_, place);
    set(stay_, place++);
  }
  pass_stars(begins.data());
  start_ = empty();
  std::ranges::copy(begins, count_ == 1 ? &start_.first : start_.many.data());
}

FieldTextFilter::Places FieldTextFilter::Patterns::empty() const {
  return {.first = 0, .many = Words(count_ == 1 ? 0 : count_)};
}

void FieldTextFilter::Patterns::pass_stars(std::uint64_t* words) const {
  for (bool more = true; more;) {
    more = false;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const std::uint64_t at_star = words[i] & stars_[i];
      const std::uint64_t behind = at_star << 1 | carry;
      carry = at_star >> 63;
      more |= (behind & ~words[i] & stars_[i]) != 0;
      words[i] |= behind;
    }
  }
}

void FieldTextFilter::Patterns::step_one(const std::uint64_t* from, std::uint64_t* to, char c) const {
  const Words& taking = letters_[static_cast<unsigned char>(c)];
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    const std::uint64_t moving = from[i] & taking[i];
    const std::uint64_t staying = from[i] & stay_[i];
    to[i] = moving << 1 | carry | staying;
    carry = moving >> 63;
  }
  pass_stars(to);
}

FieldTextFilter::Places FieldTextFilter::Patterns::step(const Places& places, std::string_view text) const {
  Places now = places;
  std::uint64_t* const to = count_ == 1 ? &now.first : now.many.data();
  if (count_ == 1) {
    for (const char c : text) step_one(to, to, c);
    return now;
  }
  Words from(count_);
  for (const char c : text) {
    std::ranges::copy(now.many, from.begin());
    step_one(from.data(), to, c);
  }
  return now;
}

bool FieldTextFilter::Patterns::accepts(const Places& places) const {
  const std::uint64_t* const words_of = words(places);
  for (std::size_t i = 0; i < count_; ++i) {
    if ((words_of[i] & accepting_[i]) != 0) return true;
  }
  return false;
}

FieldTextFilter::FieldTextFilter(const std::vector<std::string>& includes, const std::vector<std::string>& excludes)
    : everything_(includes.empty()), includes_(includes), excludes_(excludes) {}

FieldTextFilter::State FieldTextFilter::root() const {
  return {.includes = includes_.start(), .excludes = excludes_.start(), .all_included = everything_, .accepted = false};
}

Verdict FieldTextFilter::decide(const State& parent, std::string_view key, State& child) const {
  child.all_included = parent.all_included;
  if (!parent.all_included) {
    child.includes = includes_.step(parent.includes, key);
    if (child.includes.none()) return Verdict::kDrop;
  }
  child.excludes = excludes_.step(parent.excludes, key);
  if (excludes_.accepts(child.excludes)) return Verdict::kDrop;
  child.accepted = child.all_included || includes_.accepts(child.includes);
  if (child.accepted) {
    if (excludes_.step(child.excludes, ".").none()) return Verdict::kKeep;
    child.all_included = true;
  }
  return Verdict::kDescend;
}

bool FieldTextFilter::enter_object(State& state) const {
  if (!state.all_included) {
    state.includes = includes_.step(state.includes, ".");
    if (state.includes.none()) return false;
  }
  state.excludes = excludes_.step(state.excludes, ".");
  return true;
}

}  // namespace sluice::stages
