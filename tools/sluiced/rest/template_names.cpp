#include <algorithm>
#include <vector>

#include "tools/sluiced/rest/template_parts.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kForbidden = "\\/?\"<>| ,";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void pattern_problems(const std::string& pattern, std::vector<std::string>& problems) {
  if (contains(pattern, " ")) problems.push_back("index_patterns [" + pattern + "] must not contain a space");
  for (const std::string_view each : {",", "#", ":"}) {
    if (contains(pattern, each)) {
      problems.push_back("index_pattern [" + pattern + "] must not contain a '" + std::string(each) + "'");
    }
  }
  if (pattern.starts_with('_')) problems.push_back("index_pattern [" + pattern + "] must not start with '_'");
  if (pattern.find_first_of(kForbidden) != std::string::npos) {
    problems.push_back("index_pattern [" + pattern +
                       R"(] must not contain the following characters [' ','"','*',',','/','<','>','?','\','|'])");
  }
}

}  // namespace

std::vector<std::string> template_name_problems(std::string_view name, const std::vector<std::string>& patterns) {
  std::vector<std::string> problems;
  if (contains(name, " ")) problems.emplace_back("name must not contain a space");
  for (const std::string_view each : {",", "#", "*"}) {
    if (contains(name, each)) problems.push_back("name must not contain a '" + std::string(each) + "'");
  }
  if (name.starts_with('_')) problems.emplace_back("name must not start with '_'");
  if (std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; })) {
    problems.emplace_back("name must be lower cased");
  }
  for (const std::string& pattern : patterns) pattern_problems(pattern, problems);
  return problems;
}

std::string validation_text(const std::vector<std::string>& problems) {
  std::string text = "Validation Failed: ";
  for (std::size_t i = 0; i < problems.size(); ++i) text += std::to_string(i + 1) + ": " + problems[i] + ";";
  return text;
}

Error invalid_template(std::string_view name, std::string_view cause) {
  return {ErrorKind::kBadRequest, 400, "invalid_index_template_exception",
          "index_template [" + std::string(name) + "] invalid, cause [" + std::string(cause) + "]"};
}

Error template_missing(std::string_view name) {
  return {ErrorKind::kNotFound, 404, "index_template_missing_exception",
          "index_template [" + std::string(name) + "] missing"};
}

bool patterns_overlap(std::string_view a, std::string_view b) {
  // overlaps[j]: whether what is left of `a` and of `b` from j on have a text in common.
  std::vector<bool> overlaps(b.size() + 1, false);
  for (std::size_t left = 0; left <= a.size(); ++left) {
    const std::size_t i = a.size() - left;
    std::vector<bool> now(b.size() + 1, false);
    for (std::size_t right = 0; right <= b.size(); ++right) {
      const std::size_t j = b.size() - right;
      const bool a_ends = i == a.size();
      const bool b_ends = j == b.size();
      if (a_ends && b_ends) {
        now[j] = true;
      } else if (!a_ends && a[i] == '*') {
        now[j] = overlaps[j] || (!b_ends && now[j + 1]);
      } else if (!b_ends && b[j] == '*') {
        now[j] = now[j + 1] || (!a_ends && overlaps[j]);
      } else {
        now[j] = !a_ends && !b_ends && a[i] == b[j] && overlaps[j + 1];
      }
    }
    overlaps = std::move(now);
  }
  return overlaps[0];
}

}  // namespace sluice::rest
