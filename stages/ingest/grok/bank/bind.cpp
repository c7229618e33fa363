#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// Types of records.
constexpr auto kTypes = std::to_array<std::string_view>({
    "A",      "AAAA",  "CAA",   "CDNSKEY", "CDS",    "CERT",  "CNAME", "CSYNC", "DLV",   "DNAME",
    "DNSKEY", "DS",    "HINFO", "LOC",     "MX",     "NAPTR", "NS",    "NSEC",  "NSEC3", "OPENPGPKEY",
    "PTR",    "RRSIG", "RP",    "SIG",     "SMIMEA", "SOA",   "SRV",   "TSIG",  "TXT",   "URI",
});

/// One client asks for a name, and which of our addresses it asked.
constexpr auto kParts = std::to_array<Row>({
    {"client", R"(client{[`:?` @0x\h+|]} {IP:clientip|client.ip}#{POSINT:clientport|client.port:int})"},
});

constexpr auto kQueries = std::to_array<Row>({
    {"BIND9_CATEGORY", "queries", In::kEcs},
    {"BIND9_QUERYLOGBASE",
     "{client} ({GREEDYDATA:bind.log.question.name}): query: {GREEDYDATA:dns.question.name}"
     " {<dns.question.class>IN>} {BIND9_DNSTYPE:dns.question.type}{[`:?` {DATA:bind.log.question.flags}|]}"
     " ({IP:server.ip})",
     In::kEcs},
    // `bing` is the field's name.
    {"BIND9_QUERYLOG",
     "{BIND9_TIMESTAMP:timestamp} {BIND9_CATEGORY:bing.log.category}: {LOGLEVEL:log.level}: {BIND9_QUERYLOGBASE}",
     In::kEcs},
    {"BIND9", "{BIND9_QUERYLOG}", In::kEcs},
    {"BIND9",
     "{BIND9_TIMESTAMP:timestamp} queries: {LOGLEVEL:loglevel}: {client} ({GREEDYDATA:query}):"
     " query: {GREEDYDATA:query} IN {GREEDYDATA:querytype} ({IP:dns})",
     In::kClassic},
});

}  // namespace

Patterns bind(EcsMode mode) {
  Patterns all{{"BIND9_TIMESTAMP", layout("{MONTHDAY}-{MONTH}-{YEAR} {TIME}", mode)}};
  if (mode == EcsMode::kV1) all.push_back({"BIND9_DNSTYPE", any_of(kTypes)});
  append(all, layouts(kQueries, mode, kParts));
  return all;
}

}  // namespace sluice::ingest::bank
