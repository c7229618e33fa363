#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kActions = std::to_array<std::string_view>({
    "Built",
    "Teardown",
    "Deny",
    "Denied",
    "denied",
    "requested",
    "permitted",
    "denied by ACL",
    "discarded",
    "est-allowed",
    "Dropping",
    "created",
    "deleted",
});

constexpr auto kReasons = std::to_array<std::string_view>({
    "Duplicate TCP SYN",
    "Failed to locate egress interface",
    "Invalid transport field",
    "No matching connection",
    "DNS Response",
    "DNS Query",
});

/// What messages are made of.
constexpr auto kParts = std::to_array<Row>({
    {"unit", "({[Prim|Second]}ary)"},
    {"monitored", "`[Ii]`nterface {GREEDYDATA:interface_name||NOTSPACE:network.interface.name}"},
    {"action", "{CISCO_ACTION:action|cisco.asa.outcome}"},
    {"direction", "{CISCO_DIRECTION:direction|cisco.asa.network.direction}"},
    {"protocol", "{WORD:protocol|cisco.asa.network.transport}"},
    {"type", "{WORD:protocol|cisco.asa.network.type}"},
    {"reason", "{CISCO_REASON:reason|event.reason}"},
    {"rule", "{NOTSPACE:policy_id|cisco.asa.rule_name}"},
    // Ends of a connection.
    {"src ip", "{IP:src_ip|source.ip}"},
    {"dst ip", "{IP:dst_ip|destination.ip}"},
    {"src port", "{INT:src_port|source.port:int}"},
    {"dst port", "{INT:dst_port|destination.port:int}"},
    {"src", "{src ip}/{src port}"},
    {"dst", "{dst ip}/{dst port}"},
    {"src user", "{[({DATA:src_fwuser|source.user.name})|]}"},
    {"dst user", "{[({DATA:dst_fwuser|destination.user.name})|]}"},
    // Interfaces: one that may hold anything, one of the common schema's that may not.
    {"src if", "{DATA:src_interface|observer.ingress.interface.name}"},
    {"dst if", "{DATA:dst_interface|observer.egress.interface.name}"},
    {"src word", "{DATA:src_interface||NOTSPACE:observer.ingress.interface.name}"},
    {"dst word", "{DATA:dst_interface||NOTSPACE:observer.egress.interface.name}"},
    {"last if", "{GREEDYDATA:interface||NOTSPACE:observer.egress.interface.name}"},
    {"if", "{DATA:interface||NOTSPACE:observer.egress.interface.name}"},
    {"src host", "{DATA:src_interface}:{DATA:src_ip}{[/{INT:src_port}|]}{src user}", In::kClassic},
    {"dst host", "{DATA:dst_interface}:{DATA:dst_ip}{[/{INT:dst_port}|]}{dst user}", In::kClassic},
    {"icmp", "(type {INT:icmp_type|cisco.asa.icmp_type:int}, code {INT:icmp_code|cisco.asa.icmp_code:int})"},
    {"hash", "[{DATA:hashcode1}, {DATA:hashcode2}]"},
    {"spi", "SPI= {DATA:spi}", In::kClassic},
    {"spi", R"(SPI=\s?{DATA:cisco.asa.ipsec.spi})", In::kEcs},
    {"user", "(user= {DATA:user})", In::kClassic},
    {"user", R"((user=\s?{DATA:source.user.name}))", In::kEcs},
    // The packet that an ICMP error is about.
    {"orig src",
     "{IP:orig_src_ip|cisco.asa.original_ip_payload.source.ip}"
     "/{INT:orig_src_port|cisco.asa.original_ip_payload.source.port:int}"
     "{[({DATA:orig_src_fwuser|cisco.asa.original_ip_payload.source.user.name})|]}"},
    {"orig dst",
     "{IP:orig_dst_ip|cisco.asa.original_ip_payload.destination.ip}"
     "/{INT:orig_dst_port|cisco.asa.original_ip_payload.destination.port:int}"
     "{[({DATA:orig_dst_fwuser|cisco.asa.original_ip_payload.destination.user.name})|]}"},
    // Burst and average rate, each with what is allowed.
    {"burst",
     "rate is {INT:drop_rate_current_burst|cisco.asa.burst.current_rate:int} per second, max configured rate"
     " is {INT:drop_rate_max_burst|cisco.asa.burst.configured_rate:int}"},
    {"average",
     "rate is {INT:drop_rate_current_avg|cisco.asa.burst.avg_rate:int} per second, max configured rate"
     " is {INT:drop_rate_max_avg|cisco.asa.burst.configured_avg_rate:int}"},
});

constexpr auto kShared = std::to_array<Row>({
    {"CISCO_DIRECTION", "{[`[Ii]`n|`[Oo]`ut]}bound"},
    {"CISCO_INTERVAL", "{[first hit|{INT}-second interval]}"},
    {"CISCO_XLATE_TYPE", "{[static|dynamic]}"},
    {"CISCO_HITCOUNT_INTERVAL",
     "hit-cnt {INT:cisco.asa.hit_count:int} {[first hit|{INT:cisco.asa.interval:int}-second interval]}", In::kEcs},
    {"CISCO_SRC_IP_USER", "{NOTSPACE:observer.ingress.interface.name}:{src ip}{src user}", In::kEcs},
    {"CISCO_DST_IP_USER", "{NOTSPACE:observer.egress.interface.name}:{dst ip}{dst user}", In::kEcs},
    {"CISCO_SRC_HOST_PORT_USER",
     "{NOTSPACE:observer.ingress.interface.name}:{[{src ip}|{HOSTNAME:source.address}]}{[/{src port}|]}{src user}",
     In::kEcs},
    {"CISCO_DST_HOST_PORT_USER",
     "{NOTSPACE:observer.egress.interface.name}:{[{dst ip}|{HOSTNAME:destination.address}]}{[/{dst port}|]}{dst user}",
     In::kEcs},
});

/// By their numbers.
constexpr auto kMessages = std::to_array<Row>({
    {"104001", "{unit} Switching to ACTIVE - {GREEDYDATA:switch_reason|event.reason}"},
    {"104002", "{unit} Switching to STANDBY - {GREEDYDATA:switch_reason|event.reason}"},
    {"104003", R"({unit} Switching to FAILED\.)"},
    {"104004", R"({unit} Switching to OK\.)"},
    {"105003", "{unit} Monitoring on {monitored} waiting"},
    {"105004", "{unit} Monitoring on {monitored} normal"},
    {"105005", "{unit} Lost Failover communications with mate on {monitored}"},
    {"105008", "{unit} Testing {monitored}"},
    {"105009", "{unit} Testing on {monitored} {[Pass|Fail]}ed"},
    {"106001",
     "{direction} {protocol} connection {action} from {src} to {dst}"
     " flags {GREEDYDATA:tcp_flags||DATA:cisco.asa.tcp_flags} on interface {last if}"},
    {"106006_106007_106010",
     "{action} {direction} {protocol} {[from|src]} {src}{src user} {[to|dst]} {dst}{dst user}"
     " {[on interface {if}|due to {reason}]}"},
    {"106014", "{action} {direction} {protocol} src {src if}:{src ip}{src user} dst {dst if}:{dst ip}{dst user} {icmp}",
     In::kClassic},
    {"106014", R"({action} {direction} {protocol} src {CISCO_SRC_IP_USER} dst {CISCO_DST_IP_USER}\s?{icmp})", In::kEcs},
    {"106015",
     "{action} {protocol} ({DATA:policy_id|cisco.asa.rule_name}) from {src} to {dst}"
     " flags {DATA:tcp_flags|cisco.asa.tcp_flags} on interface {last if}"},
    {"106021", "{action} {protocol} reverse path check from {src ip} to {dst ip} on interface {last if}"},
    {"106023",
     "{action}{[ protocol|]} {protocol} src {src host} dst {dst host}{[ {icmp}|]}"
     R"( by access-group `"?`{DATA:policy_id}`"?` {hash})",
     In::kClassic},
    {"106100_2_3",
     "access-list {rule} {action} {protocol} for user '{DATA:src_fwuser}' {src if}/{src ip}({src port})"
     " -> {dst if}/{dst ip}({dst port}) hit-cnt {INT:hit_count} {CISCO_INTERVAL:interval} {hash}",
     In::kClassic},
    {"106100",
     "access-list {rule} {action} {protocol} {src if}/{src ip}({src port}){src user}"
     " -> {dst if}/{dst ip}({dst port}){src user} hit-cnt {INT:hit_count} {CISCO_INTERVAL:interval} {hash}",
     In::kClassic},
    // The node's own of the common schema lack a bracket, so that they can't be used; neither can these.
    {"106023", "`[`", In::kEcs},
    {"106100_2_3", "`[`", In::kEcs},
    {"106100", "`[`", In::kEcs},
    {"304001", "{src ip}{src user} Accessed URL {dst ip}:{GREEDYDATA:dst_url|url.original}"},
    {"110002", "{reason} for {protocol} from {src if}:{src} to {dst}"},
    {"302010",
     "{INT:connection_count|cisco.asa.connections.in_use:int} in use,"
     " {INT:connection_count_max|cisco.asa.connections.most_used:int} most used"},
    {"302013_302014_302015_302016",
     "{action}{[ {direction}|]} {protocol} connection {INT:connection_id|cisco.asa.connection_id}"
     " for {src word}:{src}{[ ({IP:src_mapped_ip|source.nat.ip}/{INT:src_mapped_port|source.nat.port:int})|]}{mapped}"
     " to {dst word}:{dst}{[ ({IP:dst_mapped_ip|destination.nat.ip}/{INT:dst_mapped_port|destination.nat.port:int})|]}"
     "{dst user}{[ duration {TIME:duration|cisco.asa.duration} bytes {INT:bytes|network.bytes:long}|]}"
     "{[ {reason}|]}{[ ({DATA:user|user.name})|]}"},
    {"302020_302021",
     "{action}{[ {direction}|]} {protocol} connection"
     " for faddr {dst ip}/{INT:icmp_seq_num|cisco.asa.icmp_seq:int}{[({DATA:fwuser|destination.user.name})|]}"
     " gaddr {IP:src_xlated_ip|source.nat.ip}/{INT:icmp_code_xlated|cisco.asa.icmp_type:int}"
     " laddr {src ip}/{INT:icmp_code|}{[ ({DATA:user|source.user.name})|]}"},
    {"305011",
     "{action} {CISCO_XLATE_TYPE:xlate_type|} {protocol} translation from {src if}:{src ip}{[/{src port}|]}{src user}"
     " to {DATA:src_xlated_interface|observer.egress.interface.name}:{IP:src_xlated_ip|destination.ip}"
     "/{DATA:src_xlated_port||INT:destination.port:int}"},
    {"313001_313004_313008",
     "{action} {protocol} type={INT:icmp_type|cisco.asa.icmp_type:int},"
     " code={INT:icmp_code|cisco.asa.icmp_code:int} from {src ip} on interface {if}{[ to {dst ip}|]}"},
    {"313005",
     "{reason} for {protocol} error message: {WORD:err_protocol}"
     " src {DATA:err_src_interface}:{IP:err_src_ip}{[({DATA:err_src_fwuser})|]}"
     " dst {DATA:err_dst_interface}:{IP:err_dst_ip}{[({DATA:err_dst_fwuser})|]}"
     R"( (type {INT:err_icmp_type}, code {INT:err_icmp_code}) on {DATA:interface} interface\.)"
     "  Original IP payload: {protocol} src {orig src} dst {orig dst}",
     In::kClassic},
    {"313005",
     "{reason} for {protocol} error message: {WORD} src {CISCO_SRC_IP_USER} dst {CISCO_DST_IP_USER} {icmp}"
     R"( on {NOTSPACE} interface\.\s+Original IP payload: {WORD:cisco.asa.original_ip_payload.network.transport})"
     " src {orig src} dst {orig dst}",
     In::kEcs},
    {"321001",
     "Resource '{WORD:resource_name||DATA:cisco.asa.resource.name}'"
     " limit of {POSINT:resource_limit|cisco.asa.resource.limit:int} reached for system"},
    {"402117", "{type}: Received a non-IPSec packet (protocol= {WORD:orig_protocol}) from {src ip} to {dst ip}",
     In::kClassic},
    {"402117", R"({type}: Received a non-IPSec packet (protocol=\s?{protocol}) from {src ip} to {dst ip}\.?)",
     In::kEcs},
    {"402119",
     "{type}: Received an {WORD:orig_protocol} packet ({spi}, sequence number= {DATA:seq_num}) from {src ip} {user}"
     " to {dst ip} that failed anti-replay checking",
     In::kClassic},
    {"402119",
     R"({type}: Received an {WORD:cisco.asa.ipsec.protocol} packet ({spi}, sequence number=\s?)"
     R"({DATA:cisco.asa.ipsec.seq_num}) from {src ip} {user} to {dst ip} that failed anti-replay checking\.?)",
     In::kEcs},
    {"419001",
     "{action} {protocol} packet from {src word}:{src} to {dst word}:{dst},"
     " reason: {GREEDYDATA:reason|event.reason}"},
    {"419002", "{reason} from {src if}:{src} to {dst if}:{dst} with different initial sequence number"},
    {"500004", "{reason} for protocol={protocol}, from {src} to {dst}"},
    {"602303_602304",
     "{type}: An {direction} {GREEDYDATA:tunnel_type||DATA:cisco.asa.ipsec.tunnel_type} SA ({spi}) between {src ip}"
     " and {dst ip} {user} has been {action}"},
    {"710001_710002_710003_710005_710006", "{protocol} {[request|access]} {action} from {src} to {dst if}:{dst}"},
    {"713172",
     "Group = {GREEDYDATA:group||DATA:cisco.asa.source.group}, IP = {src ip}, Automatic NAT Detection Status:"
     R"(\s+Remote end\s*{DATA:is_remote_natted|@metadata.cisco.asa.remote_nat}\s*behind a NAT device)"
     R"(\s+This\s+end\s*{DATA:is_local_natted|@metadata.cisco.asa.local_nat}\s*behind a NAT device)"},
    {"733100", R"({object}\s*] drop {DATA:drop_rate_id|cisco.asa.burst.id} exceeded. Current burst {burst};)"
               " Current average {average};"
               " Cumulative total count is {INT:drop_total_count|cisco.asa.burst.cumulative_count:int}"},
});

/// Where the two modes match something else.
constexpr auto kOfModes = std::to_array<Row>({
    {"mapped", "{[({DATA:src_fwuser})|]}", In::kClassic},
    // A `?` in its field's name makes the node's slot a text that no device writes, but that is what it matches.
    {"mapped", R"({[(%\{DATA:source.user.nam`e?`\})|]})", In::kEcs},
    {"object", R"([\s*{DATA:drop_type})", In::kClassic},
    // With a backslash, and the bracket in the field's name.
    {"object", R"(\\`s*`{DATA:[cisco.asa.burst.object})", In::kEcs},
});

}  // namespace

Patterns cisco(EcsMode mode) {
  std::vector<Row> parts(kParts.begin(), kParts.end());
  parts.insert(parts.end(), kOfModes.begin(), kOfModes.end());
  const auto made = [&](std::string_view text) { return layout(text, mode, parts); };
  Patterns all{
      {"CISCO_TAGGED_SYSLOG",
       made("`^`<{POSINT:syslog_pri|log.syslog.priority:int}>{CISCOTIMESTAMP:timestamp}"
            "{[ {SYSLOGHOST:sysloghost|host.hostname}|]}` ?`: %{CISCOTAG:ciscotag|cisco.asa.tag}:")},
      {"CISCOTIMESTAMP", made("{MONTH}` +`{MONTHDAY}{[ {YEAR}|]} {TIME}")},
      {"CISCOTAG", made("`[0-9A-Z]+`-{INT}-`[0-9A-Z_]+`")},
      {"CISCO_ACTION", any_of(kActions)},
      {"CISCO_REASON", any_of(kReasons) + "|" + made(R"({[{WORD}\s*]}`*`)")},
  };
  append(all, layouts(kShared, mode, parts));
  for (auto& [number, pattern] : layouts(kMessages, mode, parts))
    all.push_back({"CISCOFW" + number, std::move(pattern)});
  return all;
}

}  // namespace sluice::ingest::bank
