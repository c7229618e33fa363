#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::rest {

/// How alike two names are: 1 - edits / the longer length, as Lucene's LevenshteinDistance.
float likeness(std::string_view one, std::string_view other);

/// The candidates that are more like `name` than `least`, the most alike first.
std::vector<std::string> similar_names(std::string_view name, std::span<const std::string_view> candidates,
                                       float least);

/// ` did you mean [a]?`, ` did you mean any of [a, b]?`
std::string did_you_mean(const std::vector<std::string>& names);

}  // namespace sluice::rest
