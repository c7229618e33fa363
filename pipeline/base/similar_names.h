#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// How alike two names are: 1 - edits / the longer length, as Lucene's LevenshteinDistance.
float likeness(std::string_view one, std::string_view other);

/// The candidates that are more like `name` than `least`, the most alike first.
std::vector<std::string> similar_names(std::string_view name, std::span<const std::string_view> candidates,
                                       float least);

/// ` did you mean [a]?`, ` did you mean any of [a, b]?`, nothing without names.
std::string did_you_mean(const std::vector<std::string>& names);

/// The same for the candidates that Elasticsearch's parsers of objects find similar enough to `name`.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace sluice
