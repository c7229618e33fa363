#pragma once

#include <string_view>

#include "io/store/mappings/mapping_tree.h"

namespace sluice::store {

/// Mapping::check().
Result<CheckedDocument> check_document(const MappingTree& mapping, std::string_view source, std::string_view id,
                                       const MappingLimits& limits);

}  // namespace sluice::store
