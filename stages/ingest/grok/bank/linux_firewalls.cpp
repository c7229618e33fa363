#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kFlags = std::to_array<std::string_view>({"CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"});

/// `NAME=` and a value, which may be missing, as Linux writes a packet's header; between them stand spaces.
constexpr auto kParts = std::to_array<Row>({
    {"IN", R"(IN={[{NOTSPACE:observer.ingress.interface.name}|]}\s+)"},
    {"OUT", R"(OUT={[{NOTSPACE:observer.egress.interface.name}|]}\s+)"},
    {"MAC", R"({[MAC={[{COMMONMAC:destination.mac}|]}{[:{COMMONMAC:source.mac}|]}{[{type}{type}|]}\s+|]})"},
    // Two bytes of an Ethernet frame's type; the node's lack their brackets, so that only this text is one.
    {"type", ":A-Fa-f0-99"},
    {"LEN", R"(LEN={[{INT:iptables.length:int}|]}\s+)"},
    {"TOS", R"(TOS={[0|0x{BASE16NUM:iptables.tos}|]}\s+)"},
    {"PREC", R"(PREC={[0x{BASE16NUM:iptables.precedence_bits}|]}\s+)"},
    {"TTL", R"(TTL={[{INT:iptables.ttl:int}|]}\s+)"},
    {"ID", R"(ID={[{INT:iptables.id}|]}\s+)"},
    {"fragment", R"({[{IPTABLES4_FRAG:iptables.fragment_flags}|]}{[\s+FRAG: {INT:iptables.fragment_offset:int}|]})"},
    {"TC", R"(TC={[0|0x{BASE16NUM:iptables.tos}|]}\s+)"},
    {"HOPLIMIT", R"(HOPLIMIT={[{INT:iptables.ttl:int}|]}\s+)"},
    {"FLOWLBL", "FLOWLBL={[{INT:iptables.flow_label}|]}"},
    {"PROTO", R"(PROTO={[{WORD:network.transport}|]}\s+)"},
    {"SPT", R"(SPT={[{INT:source.port:int}|]}\s+)"},
    {"DPT", R"(DPT={[{INT:destination.port:int}|]}\s+)"},
    {"SEQ", R"({[SEQ={INT:iptables.tcp.seq:int}\s+|]})"},
    {"ACK", R"({[ACK={INT:iptables.tcp.ack:int}\s+|]})"},
    {"WINDOW", R"(WINDOW={INT:iptables.tcp.window:int}\s+)"},
    {"RES", R"(RES=0x{BASE16NUM:iptables.tcp_reserved_bits}\s+)"},
    {"when", "{[{SYSLOGTIMESTAMP:timestamp}|{TIMESTAMP_ISO8601:timestamp}]}"},
    // The classic patterns', which take what stands between for granted.
    {"macs", "{COMMONMAC:nf_dst_mac}:{[{COMMONMAC:nf_src_mac}|]}"},
    {"way out", "{[OUT=` *`MAC={macs}|OUT={USERNAME:nf_out_interface}]}"},
    {"ports", "SPT={INT:nf_src_port}`.*`DPT={INT:nf_dst_port}`.*`"},
});

constexpr auto kLines = std::to_array<Row>({
    {"IPTABLES_TCP_PART", "{SEQ}{ACK}{WINDOW}{RES}{IPTABLES_TCP_FLAGS:iptables.tcp.flags}", In::kEcs},
    {"IPTABLES4_FRAG", "`(?:(?<= )(?:[DM]F|CE))*`", In::kEcs},
    {"IPTABLES4_PART", R"(SRC={IPV4:source.ip}\s+DST={IPV4:destination.ip}\s+{LEN}{TOS}{PREC}{TTL}{ID}{fragment})",
     In::kEcs},
    {"IPTABLES6_PART", R"(SRC={IPV6:source.ip}\s+DST={IPV6:destination.ip}\s+{LEN}{TC}{HOPLIMIT}{FLOWLBL})", In::kEcs},
    {"IPTABLES",
     "{IN}{OUT}{MAC}{[`:?`{IPTABLES4_PART}|{IPTABLES6_PART}]}`.*?`{PROTO}{SPT}{DPT}{[{IPTABLES_TCP_PART}|]}", In::kEcs},
    {"SHOREWALL",
     "{SYSLOGTIMESTAMP:timestamp} {WORD:nf_host} `.*`Shorewall:{[{WORD:nf_action1}|]}:{[{WORD:nf_action2}|]}`.*`"
     "IN={[{USERNAME:nf_in_interface}|]}`.*`{way out}`.*`SRC={IPV4:nf_src_ip}`.*`DST={IPV4:nf_dst_ip}`.*`"
     "LEN={WORD:nf_len}`.*`TOS={WORD:nf_tos}`.*`PREC={WORD:nf_prec}`.*`TTL={INT:nf_ttl}`.*`ID={INT:nf_id}`.*`"
     "PROTO={WORD:nf_protocol}`.*`SPT={[{INT:nf_src_port}|]}`.*`DPT={[{INT:nf_dst_port}|]}`.*`",
     In::kClassic},
    {"SHOREWALL",
     "{SYSLOGTIMESTAMP:timestamp} {WORD:observer.hostname} `.*`Shorewall:{[{WORD:shorewall.firewall.type}|]}"
     ":{[{WORD:shorewall.firewall.action}|]}`.*`{IPTABLES}",
     In::kEcs},
    {"SFW2_LOG_PREFIX", "SFW2-INext-{NOTSPACE:suse.firewall.action}", In::kEcs},
    {"SFW2",
     R"({when}\s*{HOSTNAME}\s*kernel\S+\s*{[{NAGIOSTIME}\s*|]}SFW2-INext-{NOTSPACE:nf_action}\s*)"
     R"(IN={USERNAME:nf_in_interface}`.*`OUT={[\s*{USERNAME:nf_out_interface}|]}\s*)"
     R"(MAC={[{COMMONMAC:nf_dst_mac}:{COMMONMAC:nf_src_mac}|\s*]}`.*`SRC={IP:nf_src_ip}\s*DST={IP:nf_dst_ip}`.*`)"
     "PROTO={WORD:nf_protocol}{[`.*`{ports}|]}",
     In::kClassic},
    {"SFW2", R"({when}\s*{HOSTNAME:observer.hostname}`.*?`{SFW2_LOG_PREFIX:suse.firewall.log_prefix}\s*{IPTABLES})",
     In::kEcs},
});

}  // namespace

Patterns linux_firewalls(EcsMode mode) {
  Patterns all;
  if (mode == EcsMode::kV1) all.push_back({"IPTABLES_TCP_FLAGS", "(?:" + any_of(kFlags) + " )*"});
  append(all, layouts(kLines, mode, kParts));
  return all;
}

}  // namespace sluice::ingest::bank
