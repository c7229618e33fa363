#include "stages/painless/api/families.h"

#include <array>

namespace sluice::painless::api {

std::span<const std::span<const ClassRow>> families() {
  static const std::array all = {
#define FAMILY(name) name##_family(),
#include "stages/painless/api/families.def"
#undef FAMILY
  };
  return all;
}

}  // namespace sluice::painless::api
