#pragma once

#include <cstddef>
#include <string_view>

#include <boost/json/object.hpp>

#include "io/store/mappings/root.h"
#include "pipeline/base/error.h"

namespace sluice::store {

/// Reads what stands under `mappings`. Errors: mapper_parsing_exception, without `Failed to parse mapping: ` in front.
Result<Root> parse_root(std::string_view json);
/// Objects and lists in each other that a mapping may have.
inline constexpr std::size_t kMostMappingLevels = 256;

/// Where a field stands: what its definition depends on.
struct Place {
  std::string_view path;         ///< of the object around it; empty: the root
  std::string_view nested_path;  ///< of the innermost nested object; empty: none
  bool subobjects = true;
};

/// Reads the definition of one field. A multi-field has `parent`.
Result<FieldPtr> parse_field(std::string_view name, const boost::json::object& definition, const Place& place,
                             const Field* parent = nullptr);

/// Reads `properties`; names with dots become objects.
Result<std::vector<FieldPtr>> parse_properties(const boost::json::value& properties, const Place& place);

/// The text of the part of a path behind its last dot, and `a.b` of `a` and `b`.
std::string joined_path(std::string_view parent, std::string_view name);

/// mapper_parsing_exception, 400.
Error mapper_parsing(std::string reason);

/// JSON as Elasticsearch prints it: doubles as Java does.
std::string plain_json(const boost::json::value& value);
/// As Java's Map.toString and List.toString.
std::string java_text(const boost::json::value& value);

}  // namespace sluice::store
