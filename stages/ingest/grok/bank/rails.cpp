#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kRows = std::to_array<Row>({
    {"RUUID", R"(`\h{32}`)"},
    {"RCONTROLLER", R"({<controller|rails.controller.class>`[^#]+`>}#{<action|rails.controller.action>\w+>})"},
    {"RAILS3HEAD", R"(`(?m)`Started {WORD:verb|http.request.method} "{URIPATHPARAM:request|url.original}")"
                   " for {IPORHOST:clientip|source.address} at"
                   " {<timestamp>{YEAR}-{MONTHNUM}-{MONTHDAY} {HOUR}:{MINUTE}:{SECOND} {ISO8601_TIMEZONE}>}"},
    {"RPROCESSING", R"(\W*Processing by {RCONTROLLER} as {<format|rails.request.format>\S+>})"
                    R"({[\W*Parameters: \{{DATA:params|rails.request.params}\}\W*|]})"},
    {"RAILS3FOOT",
     "Completed {NUMBER:response||POSINT:http.response.status_code:int}{DATA}"
     " in {NUMBER:totalms|rails.request.duration.total:float}ms {RAILS3PROFILE}{GREEDYDATA}"},
    {"RAILS3PROFILE",
     "{[({[Views: {NUMBER:viewms|rails.request.duration.view:float}ms \\| |]}"
     "ActiveRecord: {NUMBER:activerecordms|rails.request.duration.active_record:float}ms|]}"},
    {"RAILS3",
     R"({RAILS3HEAD}{[{RPROCESSING}|]}{<context|rails.request.explain.original>{[{DATA}\n]}`*`>}{[{RAILS3FOOT}|]})"},
});

}  // namespace

Patterns rails(EcsMode mode) { return layouts(kRows, mode); }

}  // namespace sluice::ingest::bank
