#include "stages/ingest/user_agent/agent_row.h"

namespace sluice::ingest {

namespace {

constexpr AgentRow windows(std::string_view token, std::string_view version) {
  return {.token = token, .name = "Windows", .version = version};
}
constexpr AgentRow plain(std::string_view token, std::string_view name) {
  return {.token = token, .name = name, .parts = 0};
}

constexpr AgentRow kRows[] = {
    {.token = "Windows Phone OS ", .name = "Windows Phone", .parts = 2},
    {.token = "Windows Phone ", .name = "Windows Phone", .parts = 2},
    windows("Windows NT 10", "10"),
    windows("Windows NT 6.4", "10"),
    windows("Windows NT 6.3; ARM", "RT 8.1"),
    windows("Windows NT 6.2; ARM", "RT"),
    windows("Windows NT 6.3", "8.1"),
    windows("Windows NT 6.2", "8"),
    windows("Windows NT 6.1", "7"),
    windows("Windows NT 6.0", "Vista"),
    windows("Windows NT 5.2", "XP"),
    windows("Windows NT 5.1", "XP"),
    windows("Windows XP", "XP"),
    windows("Windows NT 5.0", "2000"),
    windows("Windows 2000", "2000"),
    windows("Win 9x 4.90", "ME"),
    windows("Windows ME", "ME"),
    windows("Windows 98", "98"),
    windows("Win98", "98"),
    windows("Windows 95", "95"),
    windows("Win95", "95"),
    windows("Windows CE", "CE"),
    windows("Windows NT 4.0", "NT 4.0"),
    windows("Windows NT", "NT"),
    {.token = "KAIOS/", .name = "KaiOS"},
    {.token = "CrKey/", .name = "Chromecast"},
    {.token = "Tizen ", .name = "Tizen", .parts = 2},
    {.token = "Tizen/", .name = "Tizen", .parts = 2},
    plain("Web0S", "Web0S"),
    {.token = "webOS/", .name = "webOS"},
    {.token = "Roku/DVP-", .name = "Roku", .parts = 2},
    {.token = "CrOS ", .name = "Chrome OS"},
    plain("Apple TV", "ATV OS X"),
    plain("AppleTV", "ATV OS X"),
    {.token = "Android ", .name = "Android"},
    {.token = "Android-", .name = "Android"},
    plain("Android", "Android"),
    {.token = "iPhone OS ", .name = "iOS"},
    {.token = "CPU OS ", .name = "iOS"},
    {.token = "iOS ", .name = "iOS"},
    {.token = "iOS/", .name = "iOS"},
    plain("iPhone", "iOS"),
    plain("iPad", "iOS"),
    plain("iPod", "iOS"),
    {.token = "CFNetwork/", .name = "Mac OS X", .parts = 0, .with = "(x86_64)"},
    plain("CFNetwork/", "iOS"),
    {.token = "Mac OS X ", .name = "Mac OS X"},
    plain("Mac OS X", "Mac OS X"),
    plain("Macintosh", "Mac OS X"),
    {.token = "BB10", .name = "BlackBerry OS", .version_after = "Version/"},
    {.token = "RIM Tablet OS ", .name = "BlackBerry Tablet OS"},
    {.token = "BlackBerry", .name = "BlackBerry OS", .parts = 4, .with = "Version/", .version_after = "Version/"},
    {.token = "BlackBerry", .name = "BlackBerry OS", .parts = 4, .version_after = "/"},
    {.token = "SymbianOS/", .name = "Symbian OS", .parts = 2},
    plain("Series 60", "Symbian OS"),
    plain("Series60", "Symbian OS"),
    {.token = "Symbian/", .name = "Symbian^3", .parts = 0},
    {.token = "Ubuntu/", .name = "Ubuntu"},
    plain("Ubuntu", "Ubuntu"),
    {.token = "Fedora/", .name = "Fedora"},
    plain("Fedora", "Fedora"),
    plain("Debian", "Debian"),
    {.token = "CentOS/", .name = "CentOS"},
    plain("CentOS", "CentOS"),
    {.token = "Red Hat/", .name = "Red Hat"},
    plain("Red Hat", "Red Hat"),
    plain("SUSE", "SUSE"),
    {.token = "Linux Mint/", .name = "Linux Mint"},
    plain("Linux Mint", "Linux Mint"),
    plain("Arch Linux", "Arch Linux"),
    plain("Gentoo", "Gentoo"),
    plain("FreeBSD", "FreeBSD"),
    plain("OpenBSD", "OpenBSD"),
    plain("NetBSD", "NetBSD"),
    plain("SunOS", "Solaris"),
    {.token = "Linux ", .name = "Linux"},
    {.token = "Linux/", .name = "Linux"},
    plain("Linux", "Linux"),
    plain("linux", "Linux"),
};

}  // namespace

std::span<const AgentRow> system_rows() { return kRows; }

}  // namespace sluice::ingest
