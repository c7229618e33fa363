#pragma once

#include <cstdint>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// java.util.Random: the linear congruential generator that its documentation gives, so that a seed gives what it gives
/// in Java.
struct Random final : Object {
  std::uint64_t seed = 0;
  double other_gaussian = 0;
  bool has_other_gaussian = false;

  Random(const Class* cls, std::int64_t from) : Object(cls) { set_seed(from); }
  void set_seed(std::int64_t from);
  std::int32_t next(int bits);
  std::int32_t next_int() { return next(32); }
  /// Below `bound`, which is positive.
  std::int32_t next_int(std::int32_t bound);
  std::int64_t next_long();
  double next_double();
  double next_gaussian();
};

/// A seed that is another one each time.
std::int64_t fresh_seed();

}  // namespace sluice::painless::api
