#pragma once

#include <cstddef>
#include <string_view>

namespace sluice {

/// How many line feeds are in `text`: a pass over memory, no more. Any thread.
std::size_t count_line_feeds(std::string_view text) noexcept;

}  // namespace sluice
