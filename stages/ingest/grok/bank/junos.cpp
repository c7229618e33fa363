#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// Two ends, before and after their addresses were translated, and how much each sent.
constexpr auto kParts = std::to_array<Row>({
    {"tag", "{RT_FLOW_EVENT:event||RT_FLOW_TAG:juniper.srx.tag}"},
    {"from", "{IP:src-ip|source.ip}/{INT:src-port|source.port:int}"},
    {"to", "{IP:dst-ip|destination.ip}/{INT:dst-port|destination.port:int}"},
    {"nat from", "{IP:nat-src-ip|source.nat.ip}/{INT:nat-src-port|source.nat.port:int}"},
    {"nat to", "{IP:nat-dst-ip|destination.nat.ip}/{INT:nat-dst-port|destination.nat.port:int}"},
    {"service", "{DATA:service|juniper.srx.service_name}"},
    {"rules",
     "{DATA:src-nat-rule-name||None?DATA:juniper.srx.src_nat_rule_name}"
     " {DATA:dst-nat-rule-name||None?DATA:juniper.srx.dst_nat_rule_name}"},
    {"protocol", "{INT:protocol-id|network.iana_number}"},
    {"policy",
     "{DATA:policy-name|rule.name} {DATA:from-zone|observer.ingress.zone} {DATA:to-zone|observer.egress.zone}"},
    {"session", "{INT:session-id|juniper.srx.session_id}"},
    {"sent", R"(\d+({DATA:sent||INT:source.bytes:long}))"},
    {"received", R"(\d+({DATA:received||INT:destination.bytes:long}))"},
    {"elapsed", "{INT:elapsed-time|juniper.srx.elapsed_time:int}"},
    {"flow", "{from}->{to} {service} {nat from}->{nat to} {rules} {protocol} {policy} {session} "},
});

constexpr auto kRows = std::to_array<Row>({
    {"RT_FLOW_TAG", "RT_FLOW_SESSION_{[C{[REATE|LOSE]}|DENY]}", In::kEcs},
    {"RT_FLOW_EVENT", "RT_FLOW_SESSION_{[C{[REATE|LOSE]}|DENY]}", In::kClassic},
    // No reference, on the node neither.
    {"RT_FLOW_EVENT", "RT_FLOW_TAG", In::kEcs},
    {"RT_FLOW1", "{tag}: {GREEDYDATA:close-reason|juniper.srx.reason}: {flow}{sent} {received} {elapsed} `.*`"},
    {"RT_FLOW2", "{tag}: session created {flow}`.*`"},
    {"RT_FLOW3", R"({tag}: session denied {from}->{to} {service} {protocol}(\d) {policy} `.*`)"},
});

}  // namespace

Patterns junos(EcsMode mode) { return layouts(kRows, mode, kParts); }

}  // namespace sluice::ingest::bank
