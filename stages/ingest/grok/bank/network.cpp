#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// RFC 4291: eight groups, the last two of which may be an IPv4 address, or fewer around `::`. The more groups there
/// are before the `::`, the earlier it is tried. A zone may follow.
std::string ipv6() {
  const std::string group = R"(\h{1,4})";
  const std::string octet = R"((?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))";
  const std::string ipv4 = octet + R"((?:\.)" + octet + "){3}";
  std::string out = R"((?=\h{0,4}:)(?:)" /* there is none without a colon: most texts end here */;
  out += "(?:" + group + ":){7}(?:" + group + "|:)";
  out += "|(?:" + group + ":){6}(?::" + group + "|" + ipv4 + "|:)";
  for (int before = 5; before >= 0; --before) {
    out += before > 0 ? "|(?:" + group + ":){" + std::to_string(before) + "}" : "|:";
    out += "(?:(?::" + group + "){1," + std::to_string(7 - before) + "}|";
    if (before < 5) out += "(?::" + group + "){0," + std::to_string(5 - before) + "}";
    out += ":" + ipv4 + "|:)";
  }
  return out + ")(?:%.+)?";
}

std::string ipv4() {
  const std::string octet = R"((?:25[0-5]|2[0-4]\d|[01]?\d{1,2}))";
  return R"((?<!\d)(?:)" + octet + R"(\.){3})" + octet + R"((?!\d))";
}

}  // namespace

Patterns network(EcsMode mode) {
  static constexpr auto kHardware = std::to_array<Row>({
      {"MAC", "%{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC}"},
      {"CISCOMAC", R"(\h{4}(?:\.\h{4}){2})"},
      {"WINDOWSMAC", R"(\h{2}(?:-\h{2}){5})"},
      {"COMMONMAC", R"(\h{2}(?::\h{2}){5})"},
  });
  static constexpr auto kNames = std::to_array<Row>({
      {"IP", "%{IPV6}|%{IPV4}"},
      {"HOSTNAME", R"(\b[0-9A-Za-z][0-9A-Za-z-]{0,62}(?:\.[0-9A-Za-z][0-9A-Za-z-]{0,62})*\.?)"},
      {"IPORHOST", "%{IP}|%{HOSTNAME}"},
      {"HOSTPORT", "%{IPORHOST}:%{POSINT}"},
  });
  Patterns all = rows(kHardware, mode);
  all.push_back({"IPV6", ipv6()});
  all.push_back({"IPV4", ipv4()});
  for (PatternDefinition& pattern : rows(kNames, mode)) all.push_back(std::move(pattern));
  return all;
}

}  // namespace sluice::ingest::bank
