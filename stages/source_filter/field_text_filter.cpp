#include "stages/source_filter/field_text_filter.h"

#include <algorithm>
#include <utility>

namespace sluice::stages {

FieldTextFilter::Patterns::Patterns(const std::vector<std::string>& patterns) {
  std::vector<std::uint32_t> starts;
  for (const std::string& pattern : patterns) {
    starts.push_back(static_cast<std::uint32_t>(places_.size()));
    for (const char c : pattern) places_.push_back({c == '*' ? Kind::kStar : Kind::kLetter, c});
    places_.push_back({Kind::kEnd, 0});
    places_.push_back({Kind::kBelow, 0});
  }
  for (const std::uint32_t start : starts) add(start_, start);
}

/// Adds a place, and those behind it that take no letter to get to.
void FieldTextFilter::Patterns::add(Places& places, std::uint32_t place) const {
  for (;; ++place) {
    if (std::ranges::find(places, place) == places.end()) places.push_back(place);
    if (places_[place].kind != Kind::kStar) return;
  }
}

FieldTextFilter::Places FieldTextFilter::Patterns::step(const Places& places, std::string_view text) const {
  Places now = places;
  for (const char c : text) {
    Places next;
    for (const std::uint32_t place : now) {
      switch (places_[place].kind) {
        case Kind::kLetter:
          if (places_[place].letter == c) add(next, place + 1);
          break;
        case Kind::kStar:
        case Kind::kBelow:
          add(next, place);
          break;
        case Kind::kEnd:
          if (c == '.') add(next, place + 1);
          break;
      }
    }
    now = std::move(next);
    if (now.empty()) break;
  }
  return now;
}

bool FieldTextFilter::Patterns::accepts(const Places& places) const {
  return std::ranges::any_of(places, [&](std::uint32_t place) {
    return places_[place].kind == Kind::kEnd || places_[place].kind == Kind::kBelow;
  });
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
    if (child.includes.empty()) return Verdict::kDrop;
  }
  child.excludes = excludes_.step(parent.excludes, key);
  if (excludes_.accepts(child.excludes)) return Verdict::kDrop;
  child.accepted = child.all_included || includes_.accepts(child.includes);
  if (child.accepted) {
    if (excludes_.step(child.excludes, ".").empty()) return Verdict::kKeep;
    child.all_included = true;
  }
  return Verdict::kDescend;
}

bool FieldTextFilter::enter_object(State& state) const {
  if (!state.all_included) {
    state.includes = includes_.step(state.includes, ".");
    if (state.includes.empty()) return false;
  }
  state.excludes = excludes_.step(state.excludes, ".");
  return true;
}

}  // namespace sluice::stages
