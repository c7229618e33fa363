#pragma once

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// A java.util.Enumeration of what an iterator gives. `at_end`: what the exception says behind the last item; a
/// literal.
Value make_enumeration(Machine& machine, Iterator* iterator, std::string_view at_end = {});

}  // namespace sluice::painless::api
