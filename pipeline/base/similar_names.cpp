#include "pipeline/base/similar_names.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sluice {

float likeness(std::string_view one, std::string_view other) {
  const std::size_t longer = std::max(one.size(), other.size());
  if (longer == 0) return 1;
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return 1.0F - static_cast<float>(row.back()) / static_cast<float>(longer);
}

std::vector<std::string> similar_names(std::string_view name, std::span<const std::string_view> candidates,
                                       float least) {
  std::vector<std::pair<float, std::string_view>> found;
  for (const std::string_view candidate : candidates) {
    const float alike = likeness(name, candidate);
    if (alike > least) found.emplace_back(alike, candidate);
  }
  std::ranges::stable_sort(
      found, [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::vector<std::string> names;
  names.reserve(found.size());
  for (const auto& [alike, candidate] : found) names.emplace_back(candidate);
  return names;
}

std::string did_you_mean(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  if (names.size() == 1) return " did you mean [" + names.front() + "]?";
  std::string text = " did you mean any of [";
  for (const std::string& name : names) text += (&name == &names.front() ? "" : ", ") + name;
  return text + "]?";
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  return did_you_mean(similar_names(name, candidates, 0.5F));
}

}  // namespace sluice
