#include "stages/query/score_mode.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "stages/parse/json_object.h"

namespace sluice::stages {

Status read_score_mode(std::string_view value, ScoreMode& mode) {
  constexpr auto kModes = std::to_array<std::pair<std::string_view, ScoreMode>>({{"avg", ScoreMode::kAverage},
                                                                                 {"max", ScoreMode::kMax},
                                                                                 {"min", ScoreMode::kMin},
                                                                                 {"sum", ScoreMode::kSum},
                                                                                 {"none", ScoreMode::kNone}});
  const std::string text = json_text_value(value).value_or("");
  const auto* const found = std::ranges::find(kModes, text, &std::pair<std::string_view, ScoreMode>::first);
  if (found == kModes.end()) {
    return std::unexpected(illegal_argument("No score mode for child query [" + text + "] found"));
  }
  mode = found->second;
  return {};
}

}  // namespace sluice::stages
