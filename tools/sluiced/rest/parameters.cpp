#include "tools/sluiced/rest/parameters.h"

#include <algorithm>
#include <array>

#include "pipeline/base/parse_number.h"
#include "pipeline/base/similar_names.h"
#include "pipeline/base/units.h"

namespace sluice::rest {
namespace {

constexpr std::array<std::string_view, 7> kAlways{"error_trace", "filter_path",        "format", "human", "pretty",
                                                  "source",      "source_content_type"};
constexpr float kAlike = 0.5F;
constexpr std::array<std::string_view, 3> kTimes{"timeout", "master_timeout", "cluster_manager_timeout"};

/// What most routes have no use for, but would not let pass on a node.
Status check_values(const Call& call) {
  for (const std::string_view name : kTimes) {
    const auto text = call.text(name);
    if (!text) continue;
    if (auto time = parse_time_value(*text, name); !time) return std::unexpected(std::move(time.error()));
  }
  const auto shards = call.text("wait_for_active_shards");
  if (!shards || *shards == "all" || *shards == "index-setting" || parse_number<std::uint32_t>(*shards)) return {};
  Error error = illegal_argument("cannot parse ActiveShardCount[" + std::string(*shards) + "]");
  return std::unexpected(std::move(error).wrapping(number_format_error(*shards)));
}

}  // namespace

Status check_parameters(const Call& call, const Route& route) {
  std::vector<std::string_view> known(kAlways.begin(), kAlways.end());
  std::string_view rest = route.parameters;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    known.push_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  for (const auto& [name, value] : call.parts) known.push_back(name);
  std::string wrong;
  std::size_t count = 0;
  for (const auto& [name, value] : call.query) {
    if (std::ranges::find(known, name) != known.end()) continue;
    wrong += (count++ == 0 ? "[" : ", [") + name + "]";
    const std::vector<std::string> alike = similar_names(name, known, kAlike);
    if (!alike.empty()) wrong += " ->" + did_you_mean(alike);
  }
  if (count == 0) return check_values(call);
  return std::unexpected(illegal_argument("request [" + call.path + "] contains unrecognized parameter" +
                                          (count > 1 ? "s" : "") + ": " + wrong));
}

}  // namespace sluice::rest
