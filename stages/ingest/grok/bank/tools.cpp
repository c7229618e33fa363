#include <array>

#include "stages/ingest/grok/bank/families.h"

/// Small families: what one program has a line or two of.
namespace sluice::ingest::bank {

namespace {

constexpr auto kTools = std::to_array<Row>({
    {"MAVEN_VERSION", R"(`(?:\d+\.){0,2}(?:\*|\d+)(?:[.-](?:RELEASE|SNAPSHOT)|)`)"},
    {"MCOLLECTIVE",
     "`.`, [{TIMESTAMP_ISO8601:timestamp} #{POSINT:pid|process.pid:int}]{SPACE}{LOGLEVEL:event_level|log.level}"},
    {"MCOLLECTIVEAUDIT", "{TIMESTAMP_ISO8601:timestamp}:"},
});

constexpr auto kPostgresql = std::to_array<Row>({
    {"POSTGRESQL",
     "{DATESTAMP:timestamp} {TZ:|event.timezone} {DATA:user_id|user.name}"
     " {GREEDYDATA:connection_id|postgresql.log.connection_id} {POSINT:pid|process.pid:int}"},
});

constexpr auto kRedis = std::to_array<Row>({
    {"REDISTIMESTAMP", "{MONTHDAY} {MONTH} {TIME}"},
    {"REDISLOG", R"([{POSINT:pid|process.pid:int}] {REDISTIMESTAMP:timestamp} *{end})"},
    {"REDISMONLOG",
     "{NUMBER:timestamp} [{INT:database|redis.database.id} {IP:client|client.ip}:{port}]"
     R"( "{WORD:command|redis.command.name}"\s?{GREEDYDATA:params|redis.command.args})"},
});
constexpr auto kRedisParts = std::to_array<Row>({
    {"port", "{NUMBER:port||POSINT:client.port:int}"},
    {"end", " ", In::kClassic},
    {"end", "", In::kEcs},
});

constexpr auto kLevels = std::to_array<std::string_view>({"DEBUG", "INFO", "WARN", "ERROR", "FATAL"});

constexpr auto kRuby = std::to_array<Row>({
    {"RUBY_LOGGER",
     "`[DEFIW]`, [{TIMESTAMP_ISO8601:timestamp} #{POSINT:pid|process.pid:int}]` *`{RUBY_LOGLEVEL:loglevel|log.level}"
     " --` +`{DATA:progname|process.name}: {GREEDYDATA:message}"},
});

/// Squid's own format, access.log: columns between single spaces but for the second, which is padded.
constexpr auto kSquid = std::to_array<Row>({
    {"SQUID3_STATUS", "{[{POSINT:http.response.status_code:int}|0{[|00]}]}", In::kEcs},
    {"SQUID3", R"({NUMBER:timestamp}\s+{took}\s{client}\s{result}\s{size}\s{request}\s{user}\s{server}\s{type})"},
});
constexpr auto kSquidParts = std::to_array<Row>({
    {"took", "{NUMBER:duration|squid.request.duration:int}"},
    {"client", "{IP:client_address|source.ip}"},
    {"result", "{WORD:cache_result}/{NONNEGINT:status_code}", In::kClassic},
    {"result", "{WORD:event.action}/{SQUID3_STATUS}", In::kEcs},
    {"size", "{NUMBER:bytes||INT:http.response.bytes:long}"},
    {"request", R"({WORD:request_method|http.request.method}\s{NOTSPACE:url|url.original})"},
    {"user", "{[{NOTSPACE:user}|-]}", In::kClassic},
    {"user", "{-?NOTSPACE:user.name}", In::kEcs},
    {"server", "{WORD:hierarchy_code|squid.hierarchy_code}/{-?IPORHOST:server|destination.address}"},
    {"type", "{NOTSPACE:content_type||-?NOTSPACE:http.response.mime_type}"},
});

}  // namespace

Patterns tools(EcsMode mode) { return layouts(kTools, mode); }

Patterns postgresql(EcsMode mode) { return layouts(kPostgresql, mode); }

Patterns redis(EcsMode mode) { return layouts(kRedis, mode, kRedisParts); }

Patterns ruby(EcsMode mode) {
  Patterns all{{"RUBY_LOGLEVEL", any_of(kLevels)}};
  append(all, layouts(kRuby, mode));
  return all;
}

Patterns squid(EcsMode mode) { return layouts(kSquid, mode, kSquidParts); }

}  // namespace sluice::ingest::bank
