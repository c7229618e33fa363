#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// The columns that every log of a connection begins with.
constexpr auto kEndsClassic = std::to_array<Columns>({
    {"NUMBER", "ts"},
    {"NOTSPACE", "uid"},
    {"IP", "orig_h"},
    {"INT", "orig_p"},
    {"IP", "resp_h"},
    {"INT", "resp_p"},
});
constexpr auto kEndsEcs = std::to_array<Columns>({
    {"NUMBER", "timestamp"},
    {"NOTSPACE", "zeek.session_id"},
    {"IP", "source.ip"},
    {"INT:int", "source.port"},
    {"IP", "destination.ip"},
    {"INT:int", "destination.port"},
});

constexpr auto kHttpClassic = std::to_array<Columns>({
    {"INT", "trans_depth"},
    {"GREEDYDATA", "method domain uri referrer user_agent"},
    {"NUMBER", "request_body_len response_body_len"},
    {"GREEDYDATA",
     "status_code status_msg info_code info_msg filename bro_tags username password proxied orig_fuids orig_mime_types"
     " resp_fuids resp_mime_types"},
});
constexpr auto kHttpEcs = std::to_array<Columns>({
    {"INT:int", "zeek.http.trans_depth"},
    {"-?WORD", "http.request.method"},
    {"-?BRO_DATA", "url.domain url.original http.request.referrer user_agent.original"},
    {"-?NUMBER:long", "http.request.body.bytes http.response.body.bytes"},
    {"-?POSINT:int", "http.response.status_code"},
    {"-?DATA", "zeek.http.status_msg"},
    {"-?POSINT:int", "zeek.http.info_code"},
    {"-?DATA", "zeek.http.info_msg"},
    {"-?BRO_DATA", "zeek.http.filename"},
    {"(empty)?BRO_DATA", "zeek.http.tags"},
    {"-?BRO_DATA",
     "url.username url.password zeek.http.proxied zeek.http.orig_fuids http.request.mime_type zeek.http.resp_fuids"
     " http.response.mime_type"},
});

constexpr auto kDnsClassic = std::to_array<Columns>({
    {"WORD", "proto"},
    {"INT", "trans_id"},
    {"GREEDYDATA", "query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected"},
});
constexpr auto kDnsEcs = std::to_array<Columns>({
    {"WORD", "network.transport"},
    {"-?INT:int", "dns.id"},
    {"-?BRO_DATA", "dns.question.name"},
    {"-?INT:int", "zeek.dns.qclass"},
    {"-?BRO_DATA", "zeek.dns.qclass_name"},
    {"-?INT:int", "zeek.dns.qtype"},
    {"-?BRO_DATA", "dns.question.type"},
    {"-?INT:int", "zeek.dns.rcode"},
    {"-?BRO_DATA", "dns.response_code"},
    {"-?BRO_BOOL", "zeek.dns.AA zeek.dns.TC zeek.dns.RD zeek.dns.RA"},
    {"-?NONNEGINT:int", "zeek.dns.Z"},
    {"-?BRO_DATA", "zeek.dns.answers"},
    {"-?DATA", "zeek.dns.TTLs"},
    {"-?BRO_BOOL", "zeek.dns.rejected"},
});

constexpr auto kConnectionClassic = std::to_array<Columns>({
    {"WORD", "proto"},
    {"GREEDYDATA", "service"},
    {"NUMBER", "duration orig_bytes resp_bytes"},
    {"GREEDYDATA",
     "conn_state local_orig missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents"},
});
constexpr auto kConnectionEcs = std::to_array<Columns>({
    {"WORD", "network.transport"},
    {"-?BRO_DATA", "network.protocol"},
    {"-?NUMBER:float", "zeek.connection.duration"},
    {"-?INT:long", "zeek.connection.orig_bytes zeek.connection.resp_bytes"},
    {"-?BRO_DATA", "zeek.connection.state"},
    {"-?BRO_BOOL", "zeek.connection.local_orig"},
    // Older versions don't have the first of the two.
    {"", R"({[{-?BRO_BOOL:zeek.connection.local_resp}\t|]}{-?INT:zeek.connection.missed_bytes:long})"},
    {"-?BRO_DATA", "zeek.connection.history"},
    {"-?INT:long", "source.packets source.bytes destination.packets destination.bytes"},
    {"(empty)?BRO_DATA", "zeek.connection.tunnel_parents"},
});

constexpr auto kFilesClassic = std::to_array<Columns>({
    {"NUMBER", "ts"},
    {"NOTSPACE", "fuid"},
    {"IP", "tx_hosts rx_hosts"},
    {"NOTSPACE", "conn_uids"},
    {"GREEDYDATA",
     "source depth analyzers mime_type filename duration local_orig is_orig seen_bytes total_bytes missing_bytes"
     " overflow_bytes timedout parent_fuid md5 sha1 sha256 extracted"},
});
constexpr auto kFilesEcs = std::to_array<Columns>({
    {"NUMBER", "timestamp"},
    {"NOTSPACE", "zeek.files.fuid"},
    {"-?IP", "server.ip client.ip"},
    {"-?BRO_DATA", "zeek.files.session_ids zeek.files.source"},
    {"-?INT:int", "zeek.files.depth"},
    {"-?BRO_DATA", "zeek.files.analyzers file.mime_type file.name"},
    {"-?NUMBER:float", "zeek.files.duration"},
    {"-?BRO_DATA", "zeek.files.local_orig"},
    {"-?BRO_BOOL", "zeek.files.is_orig"},
    {"-?INT:long", "zeek.files.seen_bytes file.size zeek.files.missing_bytes zeek.files.overflow_bytes"},
    {"-?BRO_BOOL", "zeek.files.timedout"},
    {"-?BRO_DATA", "zeek.files.parent_fuid file.hash.md5 file.hash.sha1 file.hash.sha256 zeek.files.extracted"},
});

}  // namespace

Patterns bro(EcsMode mode) {
  const bool ecs = mode == EcsMode::kV1;
  const auto log = [&](std::span<const Columns> classic, std::span<const Columns> with_ecs) {
    return ecs ? layout(separated(R"(\t)", {kEndsEcs, with_ecs}), mode)
               : layout(separated(R"(\t)", {kEndsClassic, classic}), mode);
  };
  Patterns all;
  if (ecs) all = {{"BRO_BOOL", "[TF]"}, {"BRO_DATA", R"([^\t]+)"}};
  all.push_back({"BRO_HTTP", log(kHttpClassic, kHttpEcs)});
  all.push_back({"BRO_DNS", log(kDnsClassic, kDnsEcs)});
  all.push_back({"BRO_CONN", log(kConnectionClassic, kConnectionEcs)});
  all.push_back(
      {"BRO_FILES", layout(ecs ? separated(R"(\t)", {kFilesEcs}) : separated(R"(\t)", {kFilesClassic}), mode)});
  return all;
}

}  // namespace sluice::ingest::bank
