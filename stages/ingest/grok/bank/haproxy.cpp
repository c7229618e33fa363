#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// Some fields the common schema has as one.
constexpr auto kWords = std::to_array<Row>({
    {"HAPROXYTIME", R"({HOUR:haproxy_hour|}:{MINUTE:haproxy_minute|}:{SECOND:haproxy_second|}`(?!\d)`)"},
    {"HAPROXYDATE",
     "{MONTHDAY:haproxy_monthday|}/{MONTH:haproxy_month|}/{YEAR:haproxy_year|}:{HAPROXYTIME:haproxy_time|}"
     ".{INT:haproxy_milliseconds|}"},
    {"HAPROXYCAPTUREDREQUESTHEADERS", "{<captured_request_headers|haproxy.http.request.captured_headers>{DATA}>}"},
    {"HAPROXYCAPTUREDRESPONSEHEADERS", "{<captured_response_headers|haproxy.http.response.captured_headers>{DATA}>}"},
    {"HAPROXYURI",
     "{[{URIPROTO:url.scheme}://|]}{[{USER:url.username}{[:`[^@]*`|]}@|]}"
     R"({[{IPORHOST:url.domain}{[:{POSINT:url.port:int}|]}|]}{[{URIPATH:url.path}{[\?{URIQUERY:url.query}|]}|]})",
     In::kEcs},
    {"HAPROXYHTTPREQUESTLINE",
     "{[<BADREQ>|{WORD:http.request.method} {HAPROXYURI:url.original}{[ HTTP/{NUMBER:http.version}|]}]}", In::kEcs},
});

/// Numbers with a slash between; the common schema has none for -1.
constexpr auto kConnections = std::to_array<Columns>({
    {"", "{INT:actconn|haproxy.connections.active:int}"},
    {"", "{INT:feconn|haproxy.connections.frontend:int}"},
    {"", "{INT:beconn|haproxy.connections.backend:int}"},
    {"", "{INT:srvconn|haproxy.connections.server:int}"},
    {"", "{NOTSPACE:retries||INT:haproxy.connections.retries:int}"},
});
constexpr auto kHttpTimes = std::to_array<Columns>({
    {"", "{INT:time_request||-1?INT:haproxy.http.request.time_wait_ms:int}"},
    {"", "{INT:time_queue||-1?INT:haproxy.total_waiting_time_ms:int}"},
    {"", "{INT:time_backend_connect||-1?INT:haproxy.connection_wait_time_ms:int}"},
    {"", "{INT:time_backend_response||-1?INT:haproxy.http.request.time_wait_without_data_ms:int}"},
    {"", "{NOTSPACE:time_duration|haproxy.total_time_ms}"},
});
constexpr auto kTcpTimes = std::to_array<Columns>({
    {"", "{INT:time_queue||-1?INT:haproxy.total_waiting_time_ms:int}"},
    {"", "{INT:time_backend_connect||-1?INT:haproxy.connection_wait_time_ms:int}"},
    {"", "{NOTSPACE:time_duration|haproxy.total_time_ms}"},
});

constexpr auto kParts = std::to_array<Row>({
    {"when", "{[{SYSLOGTIMESTAMP:syslog_timestamp|timestamp}|{TIMESTAMP_ISO8601:timestamp8601|timestamp}]}"},
    {"head", "{when} {IPORHOST:syslog_server|host.hostname} {SYSLOGPROG}: "},
    {"server", "{NOTSPACE:server_name||<NOSRV>?NOTSPACE:haproxy.server_name}"},
    {"ends",
     "{IP:client_ip|source.address}:{INT:client_port|source.port:int} [{HAPROXYDATE:accept_date|haproxy.request_date}]"
     " {NOTSPACE:frontend_name|haproxy.frontend_name} {NOTSPACE:backend_name|haproxy.backend_name}/{server} "},
    {"bytes", " {NOTSPACE:bytes_read||INT:source.bytes:long}"},
    {"state", " {NOTSPACE:termination_state|haproxy.termination_state} "},
    {"queues", " {INT:srv_queue|haproxy.server_queue:int}/{INT:backend_queue|haproxy.backend_queue:int}"},
    {"status", " {INT:http_status_code|http.response.status_code:int}"},
    {"cookies",
     " {DATA:captured_request_cookie||-?DATA:haproxy.http.request.captured_cookie}"
     " {DATA:captured_response_cookie||-?DATA:haproxy.http.response.captured_cookie}"},
    {"headers", R"( {[\{{HAPROXYCAPTUREDREQUESTHEADERS}\}|]}` ?`{[\{{HAPROXYCAPTUREDRESPONSEHEADERS}\}|]}` ?`)",
     In::kClassic},
    {"headers", R"({[ \{{HAPROXYCAPTUREDREQUESTHEADERS}\}{[ \{{HAPROXYCAPTUREDRESPONSEHEADERS}\}|]}|]})", In::kEcs},
    {"address",
     "{[{URIPROTO:http_proto}://|]}{[{USER:http_user}{[:`[^@]*`|]}@|]}{[{URIHOST:http_host}|]}"
     "{[{URIPATHPARAM:http_request}|]}",
     In::kClassic},
    {"request", R"("{[<BADREQ>|{[{WORD:http_verb} {address}{[ HTTP/{NUMBER:http_version}|]}|]}]}`"?`)", In::kClassic},
    {"request", R"({[ "{HAPROXYHTTPREQUESTLINE}`"?`|]})", In::kEcs},
});

std::string slashes(std::span<const Columns> numbers) {
  std::string out;
  for (const Columns& number : numbers) out.append(out.empty() ? "" : "/").append(number.names);
  return out;
}

}  // namespace

Patterns haproxy(EcsMode mode) {
  Patterns all = layouts(kWords, mode);
  const std::string connections = "{state}" + slashes(kConnections) + "{queues}";
  const std::string http = "{ends}" + slashes(kHttpTimes) + "{status}{bytes}{cookies}" + connections;
  const std::string tcp = "{head}{ends}" + slashes(kTcpTimes) + "{bytes}" + connections;
  all.push_back({"HAPROXYHTTPBASE", layout(http + "{headers}{request}", mode, kParts)});
  all.push_back({"HAPROXYHTTP", layout("{head}{HAPROXYHTTPBASE}", mode, kParts)});
  all.push_back({"HAPROXYTCP", layout(tcp, mode, kParts)});
  return all;
}

}  // namespace sluice::ingest::bank
