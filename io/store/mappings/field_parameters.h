#pragma once

#include <string_view>

#include <boost/json/object.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/field.h"
#include "pipeline/base/error.h"

namespace sluice::store {

/// Reads the parameters of a leaf by its type's rules; unknown ones are errors.
Status read_parameters(Field& field, const boost::json::object& definition);
/// Those of an object besides `dynamic`, `enabled`, `subobjects` and `properties`.
Status read_object_parameters(Field& field, const boost::json::object& definition);
/// Reads `fields`.
Status read_multi_fields(Field& field, const boost::json::value& fields, const Place& place);
/// Sets what queries see.
void complete_schema(Field& field, const Place& place, const Field* parent);

/// `true`, `false` and their strings. `name` is for the message.
Result<bool> boolean_of(const boost::json::value& value, std::string_view name);
Result<Dynamic> dynamic_named(std::string_view text);
/// The class a value has in Java, for messages: `java.lang.String`.
std::string java_class(const boost::json::value& value);

}  // namespace sluice::store
