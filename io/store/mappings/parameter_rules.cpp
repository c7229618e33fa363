#include "io/store/mappings/parameter_rules.h"

#include <string_view>

namespace sluice::store {

std::span<const ParameterRule> parameter_rules(std::string_view type) {
  using enum ParameterKind;
#define SLUICE_PARAMETERS(name, ...)                         \
  if (type == (name)) {                                      \
    static constexpr ParameterRule kRules[] = {__VA_ARGS__}; \
    return kRules;                                           \
  }
#include "io/store/mappings/parameters.def"
#undef SLUICE_PARAMETERS
  return {};
}

}  // namespace sluice::store
