#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::nodes {

/// Where a node of the test run listens: `http://127.0.0.1:PORT`. `kind` is `opensearch` or `elasticsearch`.
/// Reads the file that $SLUICE_NODES_ENV names, as `tests/nodes/node cluster up` wrote it. Errors: kNotFound, saying
/// why the node could not be started.
Result<std::string> node_url(std::string_view kind);
/// The same, from the text of such a file.
Result<std::string> node_url_in(std::string_view environment, std::string_view kind);

/// Whether a missing node is a failure (CI=true) or skips the test.
bool nodes_are_required();

}  // namespace sluice::nodes

/// Declares `std::string name`, the URL of a node; where there is none the test is skipped loudly, or fails with
/// CI=true.
#define SLUICE_NODE_OR_SKIP(name, kind)                                 \
  const auto name##_result = ::sluice::nodes::node_url(kind);           \
  if (!name##_result && ::sluice::nodes::nodes_are_required()) {        \
    FAIL() << name##_result.error().message();                          \
  }                                                                     \
  if (!name##_result) {                                                 \
    GTEST_SKIP() << "*** SKIPPED: " << name##_result.error().message(); \
  }                                                                     \
  const std::string& name = *name##_result
