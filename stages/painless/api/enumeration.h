#pragma once

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// A java.util.Enumeration of what an iterator gives.
Value make_enumeration(Machine& machine, Iterator* iterator);

}  // namespace sluice::painless::api
