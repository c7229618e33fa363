#pragma once

#include "stages/query/body_position.h"

namespace sluice::rest {

using stages::body_position;
using stages::failed_field_error;
using stages::unknown_field_error;

}  // namespace sluice::rest
