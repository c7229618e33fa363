#pragma once

#include <boost/json/value.hpp>

#include "io/store/mappings/field.h"
#include "pipeline/base/error.h"

namespace sluice::store {

/// One parameter, checked by its rule and normalised. Errors: mapper_parsing_exception.
Result<Parameter> parameter_value(const Field& field, const ParameterRule& rule, const boost::json::value& value);

}  // namespace sluice::store
