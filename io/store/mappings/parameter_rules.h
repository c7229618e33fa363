#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sluice::store {

/// What values a parameter of a field takes.
enum class ParameterKind : std::uint8_t {
  kBoolean,
  kExplicitBoolean,  ///< shown even where it equals the default
  kInteger,
  kDouble,
  kString,
  kAny,       ///< any JSON value, kept as it is
  kMeta,      ///< an object of short strings
  kAnalyzer,  ///< the name of an analyzer
};

/// One row of a type's table of parameters.
struct ParameterRule {
  std::string_view name;
  ParameterKind kind;
  std::string_view initial;  ///< the default as JSON; empty: none
  bool updatable;
};

/// The parameters of a type, in the order in which GET _mapping shows them. `fields` and `copy_to` are not among them.
std::span<const ParameterRule> parameter_rules(std::string_view type);

}  // namespace sluice::store
