#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/sluiced/services.h"

namespace sluice::rest {

/// The value of a setting that counts now, without quotes: transient, else persistent, else the node's, else the
/// default of settings.def. Any thread.
std::string cluster_setting(const Services& services, std::string_view name);

/// indices.query.bool.max_clause_count, as it counts now.
std::size_t max_clause_count(const Services& services);

}  // namespace sluice::rest
