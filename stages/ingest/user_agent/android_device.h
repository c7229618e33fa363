#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::ingest {

/// The device that a text with `Android` in it names: `Samsung SM-G991B`; `Generic Smartphone`, `Generic Tablet` where
/// it says none.
std::string android_device(std::string_view text);
/// Likewise of `Windows Phone`: `Lumia 950`. Nothing: it names none.
std::optional<std::string> windows_phone_device(std::string_view text);

}  // namespace sluice::ingest
