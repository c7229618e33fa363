#pragma once

#include <optional>
#include <string_view>

#include "stages/ingest/user_agent/agent.h"

namespace sluice::ingest {

/// Whether a text has `bot`, `spider` or `crawl` in it.
bool sounds_like_robot(std::string_view text);
/// The robot that a text names, by a word such as `FooBot/2.1` or `some-spider`, outside of addresses. Nothing: none.
std::optional<NamedVersion> robot_word(std::string_view text);

}  // namespace sluice::ingest
