#include <algorithm>

#include <fmt/format.h>

#include "reindex/request.h"

namespace sluice {

namespace {

constexpr std::string_view kRuntime = "runtime_mappings";

}  // namespace

std::string_view RequestSource::other_key(std::string_view name) const {
  const auto found = std::ranges::find(other, name, [](const auto& each) { return std::string_view(each.first); });
  return found == other.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view RequestSource::unsupported_key(std::string_view known) const {
  const auto found =
      std::ranges::find_if(other, [&](const auto& each) { return each.first != kRuntime && each.first != known; });
  return found == other.end() ? std::string_view() : std::string_view(found->first);
}

std::optional<Error> not_there_yet(const Request& request, bool source_is_file) {
  if (!source_is_file) return std::nullopt;
  if (!request.source.sort.empty()) {
    return unsupported("[source.sort] is not supported for a file: documents are copied in the order of its lines");
  }
  if (const std::string_view key = request.source.unsupported_key(); !key.empty()) {
    return unsupported(
        fmt::format("[source.{}] is not supported for a file: only a cluster can run it, leave it out", key));
  }
  return std::nullopt;
}

}  // namespace sluice
