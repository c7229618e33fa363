#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// The columns that every log of a connection begins with.
constexpr auto kEnds = std::to_array<Columns>({
    {"NUMBER", "timestamp"},
    {"NOTSPACE", "zeek.session_id"},
    {"IP", "source.ip"},
    {"INT:int", "source.port"},
    {"IP", "destination.ip"},
    {"INT:int", "destination.port"},
});

constexpr auto kHttp = std::to_array<Columns>({
    {"INT:int", "zeek.http.trans_depth"},
    {"-?WORD", "http.request.method"},
    {"-?ZEEK_DATA", "url.domain url.original http.request.referrer"},
    {"-?NUMBER", "http.version"},
    {"-?ZEEK_DATA", "user_agent.original zeek.http.origin"},
    {"-?NUMBER:long", "http.request.body.bytes http.response.body.bytes"},
    {"-?POSINT:int", "http.response.status_code"},
    {"-?DATA", "zeek.http.status_msg"},
    {"-?POSINT:int", "zeek.http.info_code"},
    {"-?DATA", "zeek.http.info_msg"},
    {"(empty)?ZEEK_DATA", "zeek.http.tags"},
    {"-?ZEEK_DATA",
     "url.username url.password zeek.http.proxied zeek.http.orig_fuids zeek.http.orig_filenames http.request.mime_type"
     " zeek.http.resp_fuids zeek.http.resp_filenames http.response.mime_type"},
});

constexpr auto kDns = std::to_array<Columns>({
    {"WORD", "network.transport"},
    {"-?INT:int", "dns.id"},
    {"-?NUMBER:float", "zeek.dns.rtt"},
    {"-?ZEEK_DATA", "dns.question.name"},
    {"-?INT:int", "zeek.dns.qclass"},
    {"-?ZEEK_DATA", "zeek.dns.qclass_name"},
    {"-?INT:int", "zeek.dns.qtype"},
    {"-?ZEEK_DATA", "dns.question.type"},
    {"-?INT:int", "zeek.dns.rcode"},
    {"-?ZEEK_DATA", "dns.response_code"},
    {"ZEEK_BOOL", "zeek.dns.AA zeek.dns.TC zeek.dns.RD zeek.dns.RA"},
    {"NONNEGINT:int", "zeek.dns.Z"},
    {"-?ZEEK_DATA", "zeek.dns.answers"},
    {"-?DATA", "zeek.dns.TTLs"},
    {"-?ZEEK_BOOL", "zeek.dns.rejected"},
});

constexpr auto kConnection = std::to_array<Columns>({
    {"WORD", "network.transport"},
    {"-?ZEEK_DATA", "network.protocol"},
    {"-?NUMBER:float", "zeek.connection.duration"},
    {"-?INT:long", "zeek.connection.orig_bytes zeek.connection.resp_bytes"},
    {"-?ZEEK_DATA", "zeek.connection.state"},
    {"-?ZEEK_BOOL", "zeek.connection.local_orig zeek.connection.local_resp"},
    {"-?INT:long", "zeek.connection.missed_bytes"},
    {"-?ZEEK_DATA", "zeek.connection.history"},
    {"-?INT:long", "source.packets source.bytes destination.packets destination.bytes"},
    {"-?ZEEK_DATA", "zeek.connection.tunnel_parents"},
});
constexpr std::string_view kAddresses = R"({[\t{-?COMMONMAC:source.mac}\t{-?COMMONMAC:destination.mac}|]})";

constexpr auto kFiles = std::to_array<Columns>({
    {"NUMBER", "timestamp"},
    {"NOTSPACE", "zeek.files.fuid"},
    {"", "{ZEEK_FILES_TX_HOSTS}"},
    {"", "{ZEEK_FILES_RX_HOSTS}"},
    {"-?ZEEK_DATA", "zeek.files.session_ids zeek.files.source"},
    {"-?INT:int", "zeek.files.depth"},
    {"-?ZEEK_DATA", "zeek.files.analyzers file.mime_type file.name"},
    {"-?NUMBER:float", "zeek.files.duration"},
    {"-?ZEEK_DATA", "zeek.files.local_orig"},
    {"-?ZEEK_BOOL", "zeek.files.is_orig"},
    {"-?INT:long", "zeek.files.seen_bytes file.size zeek.files.missing_bytes zeek.files.overflow_bytes"},
    {"-?ZEEK_BOOL", "zeek.files.timedout"},
    {"-?ZEEK_DATA", "zeek.files.parent_fuid file.hash.md5 file.hash.sha1 file.hash.sha256 zeek.files.extracted"},
});
constexpr std::string_view kCutOff =
    R"({[\t{-?ZEEK_BOOL:zeek.files.extracted_cutoff}\t{-?INT:zeek.files.extracted_size:long}|]})";

/// No host, one, or a list whose first is told by itself too.
constexpr std::string_view kSenders = R"({[-|{IP:server.ip}|{<zeek.files.tx_hosts>{IP:server.ip}{[\s,{IP}]}`+`>}]})";
constexpr std::string_view kReceivers = R"({[-|{IP:client.ip}|{<zeek.files.rx_hosts>{IP:client.ip}{[\s,{IP}]}`+`>}]})";

}  // namespace

Patterns zeek(EcsMode mode) {
  if (mode != EcsMode::kV1) return {};
  constexpr std::string_view kTab = R"(\t)";
  const auto log = [&](std::string_view name, const std::string& text) -> PatternDefinition {
    return {std::string(name), layout(text, mode)};
  };
  return {
      {"ZEEK_BOOL", "[TF]"},
      {"ZEEK_DATA", R"([^\t]+)"},
      log("ZEEK_HTTP", separated(kTab, {kEnds, kHttp})),
      log("ZEEK_DNS", separated(kTab, {kEnds, kDns})),
      log("ZEEK_CONN", separated(kTab, {kEnds, kConnection}) + std::string(kAddresses)),
      log("ZEEK_FILES_TX_HOSTS", std::string(kSenders)),
      log("ZEEK_FILES_RX_HOSTS", std::string(kReceivers)),
      log("ZEEK_FILES", separated(kTab, {kFiles}) + std::string(kCutOff)),
  };
}

}  // namespace sluice::ingest::bank
