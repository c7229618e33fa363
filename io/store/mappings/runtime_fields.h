#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "pipeline/base/error.h"
#include "pipeline/model/schema.h"

namespace sluice::store {

/// Reads `runtime` of a mapping, or `runtime_mappings` of a search: the same, as GET _mapping shows it. `removes`: null
/// takes a field away, and is kept. Errors: mapper_parsing_exception, as Elasticsearch words it; kUnsupported for types
/// that are not there yet, by name.
Result<std::string> read_runtime_fields(const boost::json::value& section, bool removes);

/// The fields of a section in the order in which they are shown.
boost::json::object sorted_by_name(const boost::json::object& fields);

/// What queries have to know of the fields of a section that read_runtime_fields() gave.
std::vector<pipeline::FieldSchema> runtime_schemas(std::string_view section);

}  // namespace sluice::store
