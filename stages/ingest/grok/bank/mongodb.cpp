#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kParts = std::to_array<Row>({
    {"collection",
     R"({MONGO_WORDDASH:database|mongodb.database}\.{MONGO_WORDDASH:collection|mongodb.collection} {WORD}:)"},
    {"query", "{MONGO_QUERY:query|mongodb.query.original}"},
    // Counters: the classic patterns don't look at the names of most.
    {"counters",
     "{WORD}:{NONNEGINT:ntoreturn} {WORD}:{NONNEGINT:ntoskip} {WORD}:{NONNEGINT:nscanned}`.*`"
     "nreturned:{NONNEGINT:nreturned}",
     In::kClassic},
    {"counters",
     "ntoreturn:{NONNEGINT:mongodb.profile.ntoreturn:int} ntoskip:{NONNEGINT:mongodb.profile.ntoskip:int}"
     " nscanned:{NONNEGINT:mongodb.profile.nscanned:int}`.*?` nreturned:{NONNEGINT:mongodb.profile.nreturned:int}",
     In::kEcs},
    {"took", R"(`..+` {<duration>\d+>}ms)", In::kClassic},
    {"took", "`.*?` {INT:mongodb.profile.duration:int}ms", In::kEcs},
});

constexpr auto kLines = std::to_array<Row>({
    {"MONGO_LOG", "{SYSLOGTIMESTAMP:timestamp} [{WORD:component|mongodb.component}] {GREEDYDATA:message}"},
    {"MONGO_QUERY", R"(\{ `.*(?= \} ntoreturn:)` \})"},
    {"MONGO_SLOWQUERY", "{WORD:|mongodb.profile.op} {collection} {query} {counters}{took}"},
    {"MONGO_WORDDASH", R"(`\b[\w-]+\b`)"},
    {"MONGO3_SEVERITY", R"(\w)"},
    {"MONGO3_COMPONENT", "{[{WORD}|-]}", In::kClassic},
    {"MONGO3_COMPONENT", "{WORD}", In::kEcs},
    {"MONGO3_LOG",
     "{TIMESTAMP_ISO8601:timestamp} {MONGO3_SEVERITY:severity|log.level}"
     " {MONGO3_COMPONENT:component||-?MONGO3_COMPONENT:mongodb.component}{SPACE}"
     "{[[{DATA:context|mongodb.context}]|]} {GREEDYDATA:message}"},
});

}  // namespace

Patterns mongodb(EcsMode mode) { return layouts(kLines, mode, kParts); }

}  // namespace sluice::ingest::bank
