#include "stages/ingest/user_agent/agent_row.h"

namespace sluice::ingest {

namespace {

constexpr AgentRow named(std::string_view token, std::string_view name, std::string_view with = {}) {
  return {.token = token, .name = name, .parts = 0, .with = with};
}

constexpr AgentRow kRows[] = {
    named("PlayStation 5", "PlayStation 5"),
    named("PlayStation 4", "PlayStation 4"),
    named("PLAYSTATION 3", "PlayStation 3"),
    named("PlayStation Vita", "PlayStation Vita"),
    named("PlayStation Portable", "PlayStation Portable"),
    named("Nintendo WiiU", "Nintendo Wii U"),
    named("Nintendo Wii", "Nintendo Wii"),
    named("Nintendo 3DS", "Nintendo 3DS"),
    named("SMART-TV", "Samsung SMART-TV"),
    named("Web0S", "LG Web0S"),
    named("Roku/", "Roku"),
    named("Apple TV", "AppleTV"),
    named("AppleTV", "AppleTV"),
    named("HuaweiBrowser", "Huawei Browser"),
    named("Kindle", "Kindle"),
    named("Silk/", "Kindle", "KF"),
    named("CFNetwork", "Mac", "(x86_64)"),
    named("CFNetwork", "iOS-Device"),
    named("BB10; Touch", "BlackBerry Touch"),
    named("BB10; Kbd", "BlackBerry Kbd"),
    named("PlayBook", "BlackBerry Playbook"),
    named("NokiaN97", "Nokia N97"),
    named("MIDP", "Generic Feature Phone", "Opera Mini"),
};

}  // namespace

std::span<const AgentRow> device_rows() { return kRows; }

}  // namespace sluice::ingest
