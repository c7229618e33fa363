#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sluice::painless {

/// What the front end throws; caught by compile(), never seen outside of it.
struct CompileError {
  /// One of Elasticsearch's errors: `illegal_argument_exception` and a reason.
  struct Cause {
    std::string type;
    std::string reason;
    bool has_reason = true;
  };
  static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

  std::uint32_t offset;       ///< bytes into the source; kNowhere: the error has no place
  std::vector<Cause> causes;  ///< the outermost first
};

/// `illegal_argument_exception`, the usual one.
[[noreturn]] inline void fail(std::uint32_t offset, std::string reason) {
  throw CompileError{offset, {{"illegal_argument_exception", std::move(reason)}}};
}
[[noreturn]] inline void fail_cast(std::uint32_t offset, std::string reason) {
  throw CompileError{offset, {{"class_cast_exception", std::move(reason)}}};
}

}  // namespace sluice::painless
