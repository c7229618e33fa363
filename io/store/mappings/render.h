#pragma once

#include <string>

#include "io/store/mappings/root.h"

namespace sluice::store {

/// A mapping as GET _mapping shows it.
std::string render_root(const Root& root);
/// The definition of one field. `defaults`: parameters that were not given too.
std::string render_field(const Field& field, bool defaults);

}  // namespace sluice::store
