#include "stages/query/regex_machine.h"

#include <algorithm>
#include <unordered_map>

#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

Error too_complex(std::size_t states, std::size_t transitions, std::uint32_t effort) {
  return Error(ErrorKind::kBadRequest, 400, "too_complex_to_determinize_exception",
               "Determinizing automaton with " + std::to_string(states) + " states and " + std::to_string(transitions) +
                   " transitions would require more than " + std::to_string(effort) + " effort.");
}

}  // namespace

Result<RegexMachine> RegexMachine::compile(std::string_view text, const RegexFlags& flags, bool fold,
                                           std::uint32_t effort) {
  // Lucene counts the states of its automaton that a state stands for, up to ten times the effort.
  constexpr std::size_t kFactor = 10;
  constexpr std::size_t kTerms = 400'000;
  constexpr std::size_t kWork = 4'000'000;
  RegexTerms terms;
  auto root = parse_regex(text, flags, fold, terms);
  if (!root) return std::unexpected(std::move(root.error()));
  RegexMachine machine;
  machine.begins_ = terms.class_begins();
  const std::size_t classes = machine.begins_.size();
  const std::size_t parsed = terms.size();
  std::vector<RegexTerms::Id> states = {terms.nothing()};
  std::unordered_map<RegexTerms::Id, std::uint32_t> numbers = {{terms.nothing(), kDead}};
  const auto state = [&](RegexTerms::Id term) {
    const auto [at, added] = numbers.try_emplace(term, static_cast<std::uint32_t>(states.size()));
    if (added) states.push_back(term);
    return at->second;
  };
  machine.start_ = state(*root);
  std::size_t spent = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    spent += terms.width(states[i]);
    if (spent >= kFactor * effort || states.size() * classes > kTerms * 4 || terms.size() > kTerms ||
        terms.work() > kWork) {
      return std::unexpected(too_complex(parsed, parsed, effort));
    }
    machine.accepts_.push_back(terms.takes_empty(states[i]));
    for (const char32_t begin : machine.begins_) machine.next_.push_back(state(terms.behind(states[i], begin)));
  }
  for (char32_t character = 0; character < machine.ascii_.size(); ++character) {
    machine.ascii_[character] = machine.class_of(character);
  }
  return machine;
}

std::uint32_t RegexMachine::class_of(char32_t character) const {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(begins_, character) - begins_.begin() - 1);
}

bool RegexMachine::matches(std::string_view text) const {
  std::uint32_t state = start_;
  const std::size_t classes = begins_.size();
  for (std::size_t at = 0; at < text.size() && state != kDead;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::uint32_t which = byte < 0x80 ? ascii_[byte] : class_of(painless::next_code_point(text, at));
    if (byte < 0x80) ++at;
    state = next_[state * classes + which];
  }
  return accepts_[state];
}

}  // namespace sluice::stages
