#include <algorithm>
#include <span>

#include "stages/ingest/user_agent/agent.h"
#include "stages/ingest/user_agent/robot_word.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kPhoneSystems[] = {"Android",    "iOS",   "Windows Phone",  "BlackBerry OS",
                                              "Firefox OS", "KaiOS", "Windows Mobile", "Windows CE"};
constexpr std::string_view kDesktopSystems[] = {
    "Windows", "Mac OS X", "Linux",   "Chrome OS",  "Ubuntu",  "Fedora", "Debian", "CentOS",    "Red Hat",
    "SUSE",    "Solaris",  "FreeBSD", "Linux Mint", "OpenBSD", "NetBSD", "Gentoo", "Arch Linux"};
constexpr std::string_view kDesktopBrowsers[] = {"Chrome", "Firefox", "Safari", "Edge", "Opera", "IE", "Chromium"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

std::string_view device_type(std::string_view text, const Agent& agent) {
  const std::string_view browser = agent.browser ? std::string_view(agent.browser->name) : std::string_view();
  const std::string_view system = agent.system ? std::string_view(agent.system->name) : std::string_view();
  const std::string_view device = agent.device ? std::string_view(*agent.device) : std::string_view();
  if (device == "Spider" && (sounds_like_robot(text) || sounds_like_robot(browser))) return "Robot";
  if (device == "Spider") return "Other";
  if (device == "iPad" || device == "Kindle" || has(device, "Tablet")) return "Tablet";
  if (system == "Android" && has(text, "Chrome/") && !has(text, "Mobile")) return "Tablet";
  if (is_one_of(kPhoneSystems, system) || has(browser, "Mobile") || has(device, "Smartphone") || device == "iPhone" ||
      browser == "Pinterest") {
    return "Phone";
  }
  if (is_one_of(kDesktopSystems, system) || is_one_of(kDesktopBrowsers, browser)) return "Desktop";
  return "Other";
}

}  // namespace sluice::ingest
