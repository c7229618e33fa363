#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice {

/// Where documents are read or written.
struct Endpoint {
  enum class Kind : std::uint8_t { kCluster, kFile, kStore, kNull };
  Kind kind = Kind::kFile;
  std::string
      address;  ///< the URL; the path (`-`: standard input or output); a store's folder (empty: RunOptions::store)
};

/// `http(s)://..` is a cluster, `null:` drops, `file:PATH` or anything else is a file. `store:DIR` is an
/// embedded store, `store:` the one that the program has opened. `which` is `source` or `dest`, for messages. Errors:
/// illegal_argument_exception.
Result<Endpoint> parse_endpoint_text(std::string_view text, std::string_view which);

}  // namespace sluice
