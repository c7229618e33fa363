#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/model/batch.h"

namespace sluice::pipeline {

/// Why the batch's document `item` was refused: with its index (`default_index` where it names none), its id and type,
/// and a view of its bytes, or of its line where it is a delete of a file. Its outcome is the caller's to set.
Failure document_failure(const Batch& batch, std::uint32_t item, Error cause, std::string_view default_index = {});

}  // namespace sluice::pipeline
