#include "stages/ingest/grok/bank/families.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace sluice::ingest::bank {

namespace {

constexpr auto kFamilies = std::to_array<Family>({
    amazon,  bacula,  bind,   bro,        exim,    netscreen, cisco, linux_firewalls, words,
    network, paths,   dates,  log_basics, haproxy, httpd,     java,  junos,           syslog,
    tools,   mongodb, nagios, postgresql, rails,   redis,     ruby,  squid,           zeek,
});

}  // namespace

std::span<const Family> families() { return kFamilies; }

Patterns rows(std::span<const Row> rows, EcsMode mode) {
  Patterns patterns;
  for (const Row& row : rows) {
    if (is_in(row.in, mode)) patterns.push_back({std::string(row.name), std::string(row.text)});
  }
  return patterns;
}

Patterns layouts(std::span<const Row> rows, EcsMode mode, std::span<const Row> parts) {
  Patterns patterns;
  for (const Row& row : rows) {
    if (is_in(row.in, mode)) patterns.push_back({std::string(row.name), layout(row.text, mode, parts)});
  }
  return patterns;
}

void append(Patterns& all, Patterns more) { std::ranges::move(more, std::back_inserter(all)); }

}  // namespace sluice::ingest::bank
