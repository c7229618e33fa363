#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// Apache's names for what is in a line (`%h %l %u %t "%r" %>s %b`), and what a line of the error log has.
constexpr auto kParts = std::to_array<Row>({
    {"%h", "{IPORHOST:clientip|source.address}"},
    {"%l", "{HTTPDUSER:ident||-?HTTPDUSER:apache.access.user.identity}"},
    {"%u", "{HTTPDUSER:auth||-?HTTPDUSER:user.name}"},
    {"%t", "[{HTTPDATE:timestamp}]"},
    {"%r", "{[{request}{[ HTTP/{NUMBER:httpversion|http.version}|]}|{DATA:rawrequest|}]}"},
    {"request", "{WORD:verb|http.request.method} {NOTSPACE:request|url.original}"},
    {"%>s", "{-?NUMBER:response||-?INT:http.response.status_code:int}"},
    {"%b", "{-?NUMBER:bytes||-?INT:http.response.body.bytes:long}"},
    {"when", "[{HTTPDERROR_DATE:timestamp}]"},
    {"level", "{LOGLEVEL:loglevel|log.level}"},
    {"module", "[{[{WORD:module|apache.error.module}|]}:{level}]"},
    {"process", "[pid {POSINT:pid|process.pid:long}{[:tid {NUMBER:tid||INT:process.thread.id:int}|]}]"},
    {"proxy", "{[ ({POSINT:proxy_errorcode}){DATA:proxy_message}:|]}", In::kClassic},
    // A `?` in its field's name makes the node's slot of the code a text.
    {"proxy", R"({[ (%\{POSINT:apache.error.proxy.error.cod`e?`\}){DATA:apache.error.proxy.error.message}:|]})",
     In::kEcs},
    {"client", "{[ [client {IPORHOST:clientip}:{POSINT:clientport}]|]}", In::kClassic},
    {"client", "{[ [client {IPORHOST:source.address}{[:{POSINT:source.port:int}|]}]|]}", In::kEcs},
});

constexpr auto kLines = std::to_array<Row>({
    {"HTTPDUSER", "{[{EMAILADDRESS}|{USER}]}"},
    {"HTTPDERROR_DATE", "{DAY} {MONTH} {MONTHDAY} {TIME} {YEAR}"},
    {"HTTPD_COMMONLOG", R"({%h} {%l} {%u} {%t} "{%r}" {%>s} {%b})"},
    {"HTTPD_COMBINEDLOG", "{HTTPD_COMMONLOG} {QS:referrer} {QS:agent}", In::kClassic},
    {"HTTPD_COMBINEDLOG", R"({HTTPD_COMMONLOG} "{-?DATA:http.request.referrer}" "{-?DATA:user_agent.original}")",
     In::kEcs},
    {"HTTPD20_ERRORLOG", "{when} [{level}] {[[client {IPORHOST:clientip|source.address}] |]}{GREEDYDATA:message}"},
    {"HTTPD24_ERRORLOG",
     "{when} {module} {process}{proxy}{client}{[ {DATA:errorcode|error.code}:|]} {GREEDYDATA:message}"},
    {"HTTPD_ERRORLOG", "{[{HTTPD20_ERRORLOG}|{HTTPD24_ERRORLOG}]}"},
    {"COMMONAPACHELOG", "{HTTPD_COMMONLOG}"},
    {"COMBINEDAPACHELOG", "{HTTPD_COMBINEDLOG}"},
});

}  // namespace

Patterns httpd(EcsMode mode) { return layouts(kLines, mode, kParts); }

}  // namespace sluice::ingest::bank
