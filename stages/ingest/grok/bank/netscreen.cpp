#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// What a line of a session says, as `name=value`. The common schema lets the later groups be missing.
struct Value {
  std::string_view name;
  std::string_view slot;
};

constexpr auto kValues = std::to_array<Value>({
    {"duration", "INT:duration|netscreen.session.duration:int"},
    {"policy_id", "INT:policy_id|netscreen.policy_id"},
    {"service", "DATA:service|netscreen.service"},
    {"proto", "INT:proto|netscreen.protocol_number:int"},
    {"src zone", "WORD:src_zone|observer.ingress.zone"},
    {"dst zone", "WORD:dst_zone|observer.egress.zone"},
    {"action", "WORD:action|event.action"},
    {"sent", "INT:sent|source.bytes:long"},
    {"rcvd", "INT:rcvd|destination.bytes:long"},
    {"src", "IPORHOST:src_ip|source.address"},
    {"dst", "IPORHOST:dst_ip|destination.address"},
});
constexpr auto kPorts = std::to_array<Value>({
    {"src_port", "INT:src_port|source.port:int"},
    {"dst_port", "INT:dst_port|destination.port:int"},
});
constexpr auto kTranslated = std::to_array<Value>({
    {"src-xlated ip", "IPORHOST:src_xlated_ip||IP:source.nat.ip"},
    {"port", "INT:src_xlated_port|source.nat.port:int"},
    {"dst-xlated ip", "IPORHOST:dst_xlated_ip||IP:destination.nat.ip"},
    {"port", "INT:dst_xlated_port|destination.nat.port:int"},
});
constexpr auto kEnd = std::to_array<Value>({
    {"session_id", "INT:session_id|netscreen.session.id"},
    {"reason", "GREEDYDATA:reason|netscreen.session.reason"},
});

constexpr std::string_view kHeadClassic =
    "{SYSLOGTIMESTAMP:date} {IPORHOST:device} {IPORHOST}: NetScreen device_id={WORD:device_id}{DATA}:"
    " start_time={QUOTEDSTRING:start_time}";
constexpr std::string_view kHeadEcs =
    "{SYSLOGTIMESTAMP:timestamp} {IPORHOST:observer.hostname} {NOTSPACE:observer.name}:"
    R"( {<observer.product>NetScreen>} device_id={WORD:netscreen.device_id} `.*?`{[system-\w+-{NONNEGINT:event.code})"
    R"(({WORD:netscreen.session.type})|]}: start_time="{DATA:netscreen.session.start_time}")";

std::string list(std::span<const Value> values) {
  std::string out;
  for (const auto& [name, slot] : values) out.append(" ").append(name).append("={").append(slot).append("}");
  return out;
}

}  // namespace

Patterns netscreen(EcsMode mode) {
  const bool ecs = mode == EcsMode::kV1;
  std::string text(ecs ? kHeadEcs : kHeadClassic);
  text += list(kValues);
  for (const std::span<const Value> values :
       {std::span<const Value>(kPorts), std::span<const Value>(kTranslated), std::span<const Value>(kEnd)}) {
    text += ecs ? "{[" + list(values) + "|]}" : list(values);
  }
  return {{"NETSCREENSESSIONLOG", layout(text, mode)}};
}

}  // namespace sluice::ingest::bank
