#pragma once

#include <string>

#include "pipeline/model/schema.h"

namespace sluice::stages {

/// Whether a field is another one by a second name. A multi-field is none: its name goes on from its parent's.
inline bool is_alias(const pipeline::FieldSchema& field) {
  return field.source_path != field.path && !field.path.starts_with(field.source_path + ".");
}
/// The name of the field itself, for an alias too.
inline const std::string& own_name(const pipeline::FieldSchema& field) {
  return is_alias(field) ? field.source_path : field.path;
}

}  // namespace sluice::stages
