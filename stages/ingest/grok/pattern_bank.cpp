#include "stages/ingest/grok/pattern_bank.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest {

namespace {

/// The circles among patterns, found as the node finds them, so that the same one is told: one walk from each pattern
/// that a walk before did not come by, or came by twice; a walk ends where it comes by a pattern again.
class CircleSearch {
 public:
  explicit CircleSearch(std::vector<std::vector<std::uint32_t>> references)
      : references_(std::move(references)), seen_(references_.size()), twice_(references_.size()) {}

  /// The way from a pattern to itself; empty: there is none.
  std::vector<std::uint32_t> find() {
    for (std::uint32_t start = 0; start < references_.size(); ++start) {
      if (seen_[start] && !twice_[start]) continue;
      start_ = start;
      here_.assign(references_.size(), false);
      if (walk(start)) return way_;
    }
    return {};
  }

 private:
  struct Level {
    std::uint32_t node;
    std::size_t next = 0;
  };

  bool walk(std::uint32_t start) {
    std::vector<Level> levels{{start}};
    here_[start] = seen_[start] = true;
    while (!levels.empty()) {
      Level& level = levels.back();
      if (level.next == references_[level.node].size()) {
        levels.pop_back();
        continue;
      }
      const std::uint32_t node = references_[level.node][level.next++];
      if (node == start_) {
        way_.clear();
        for (const Level& passed : levels) way_.push_back(passed.node);
        way_.push_back(start_);
        return true;
      }
      if (here_[node]) {
        twice_[node] = true;
        continue;
      }
      here_[node] = seen_[node] = true;
      levels.push_back({node});
    }
    return false;
  }

  std::vector<std::vector<std::uint32_t>> references_;
  std::vector<bool> seen_;
  std::vector<bool> twice_;
  std::vector<bool> here_;
  std::vector<std::uint32_t> way_;
  std::uint32_t start_ = 0;
};

}  // namespace

Result<EcsMode> ecs_mode(std::string_view name) {
  if (name == "disabled") return EcsMode::kDisabled;
  if (name == "v1") return EcsMode::kV1;
  return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception",
                               "[ecs_compatibility] unsupported mode '" + std::string(name) + "'")
                             .with("property_name", "ecs_compatibility"));
}

const PatternBank& PatternBank::built_in(EcsMode mode) {
  static const auto make = [](EcsMode wanted) {
    PatternBank bank;
    for (const bank::Family& family : bank::families()) {
      for (auto& [name, pattern] : family(wanted)) bank.add(std::move(name), std::move(pattern));
    }
    return bank;
  };
  if (mode == EcsMode::kV1) {
    static const PatternBank ecs = make(EcsMode::kV1);
    return ecs;
  }
  static const PatternBank classic = make(EcsMode::kDisabled);
  return classic;
}

void PatternBank::add(std::string name, std::string pattern) {
  const auto [at, added] = positions_.try_emplace(name, static_cast<std::uint32_t>(patterns_.size()));
  if (added) {
    patterns_.push_back({std::move(name), std::move(pattern)});
  } else {
    patterns_[at->second].pattern = std::move(pattern);
  }
}

std::expected<PatternBank, std::string> PatternBank::with(const PatternBank& bank,
                                                          std::span<const PatternDefinition> definitions) {
  PatternBank larger = bank;
  for (const auto& [name, pattern] : definitions) larger.add(name, pattern);
  if (auto status = larger.check_circles(); !status) return std::unexpected(std::move(status).error());
  return larger;
}

std::vector<PatternDefinition> PatternBank::sorted() const {
  std::vector<PatternDefinition> sorted = patterns_;
  std::ranges::sort(sorted, {}, &PatternDefinition::name);
  return sorted;
}

const std::string* PatternBank::find(std::string_view name) const {
  const auto found = positions_.find(name);
  return found == positions_.end() ? nullptr : &patterns_[found->second].pattern;
}

/// All that stands between `%{` and the next `}` or `:` is a name here, whatever it is made of.
std::expected<std::vector<std::uint32_t>, std::string> PatternBank::references(const PatternDefinition& pattern) const {
  std::vector<std::uint32_t> found;
  const std::string_view text = pattern.pattern;
  for (std::size_t at = text.find("%{"); at != std::string_view::npos; at = text.find("%{", at + 1)) {
    const std::size_t end = text.find_first_of("}:", at + 2);
    if (end == std::string_view::npos)
      return std::unexpected("pattern [" + pattern.pattern + "] has an invalid syntax");
    const std::string_view name = text.substr(at + 2, end - at - 2);
    const auto position = positions_.find(name);
    if (position == positions_.end()) {
      return std::unexpected("pattern [" + pattern.name + "] is referencing a non-existent pattern [" +
                             std::string(name) + "]");
    }
    if (std::ranges::find(found, position->second) == found.end()) found.push_back(position->second);
  }
  return found;
}

std::expected<void, std::string> PatternBank::check_circles() const {
  std::vector<std::vector<std::uint32_t>> all;
  for (const PatternDefinition& pattern : patterns_) {
    auto names = references(pattern);
    if (!names) return std::unexpected(std::move(names).error());
    all.push_back(*std::move(names));
  }
  const auto circle = CircleSearch(std::move(all)).find();
  if (circle.empty()) return {};
  std::string message = "circular reference detected: ";
  for (std::size_t i = 0; i < circle.size(); ++i) message += (i == 0 ? "" : "->") + patterns_[circle[i]].name;
  return std::unexpected(std::move(message));
}

}  // namespace sluice::ingest
