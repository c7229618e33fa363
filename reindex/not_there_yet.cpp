#include <fmt/format.h>

#include "reindex/request.h"

namespace sluice {

std::optional<Error> not_there_yet(const Request& request, bool source_is_file) {
  if (!source_is_file) return std::nullopt;
  if (!request.source.sort.empty()) {
    return unsupported("[source.sort] is not supported for a file: documents are copied in the order of its lines");
  }
  if (!request.source.other.empty()) {
    return unsupported(fmt::format("[source.{}] is not supported for a file: only a cluster can run it, leave it out",
                                   request.source.other.front().first));
  }
  return std::nullopt;
}

}  // namespace sluice
