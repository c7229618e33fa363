#pragma once

#include <string>
#include <string_view>

#include "tools/sluiced/services.h"

namespace sluice::rest {

/// The value of a setting that counts now, without quotes: transient, else persistent, else the node's, else the
/// default of settings.def. Any thread.
std::string cluster_setting(const Services& services, std::string_view name);

}  // namespace sluice::rest
