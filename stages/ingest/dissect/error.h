#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "pipeline/base/error.h"

namespace sluice::ingest {

/// An exception that the node's processor does not catch: it is told of with its class, and again as its own cause.
inline Error dissect_error(std::string_view class_name, std::string_view type, std::string reason) {
  Error cause(ErrorKind::kBadRequest, 500, std::string(type), reason);
  return Error(ErrorKind::kBadRequest, 500, "exception",
               "org.elasticsearch.dissect.DissectException$" + std::string(class_name) + ": " + std::move(reason))
      .wrapping(std::move(cause));
}

}  // namespace sluice::ingest
