#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kRows = std::to_array<Row>({
    {"PATH", "{[{UNIXPATH}|{WINPATH}]}"},
    {"UNIXPATH", R"(`(?:/(?:[\w%!$@:.,+~-]|\\.)*)+`)", In::kClassic},
    {"UNIXPATH", R"(`(?:/[[:alnum:]_%!$@:.,+~-]*)+`)", In::kEcs},
    {"TTY", R"(`/dev/(?:pts|tty[pq]?)\w*/?\d+`)"},
    {"WINPATH", R"(`(?>\\|[A-Za-z]+:)(?:\\[^\\*?]*)+`)"},
    {"URIPROTO", "`[A-Za-z][0-9A-Za-z+.-]+`"},
    {"URIHOST", "{IPORHOST}{[:{POSINT:port|}|]}"},
    {"URIPATH", R"(`/[\w/!#$%&'()*+,.:;=@{}~-]*`)"},
    {"URIQUERY", R"(`[\w!#$%&'()*+,./:;<=>?@\[\]{|}~-]*`)", In::kEcs},
    {"URIPARAM", R"(`\?[\w!#$%&'()*+,./:;<=>?@\[\]{|}~-]*`)", In::kClassic},
    {"URIPARAM", R"(\?{URIQUERY})", In::kEcs},
    {"URIPATHPARAM", "{URIPATH}{[{URIPARAM}|]}"},
    {"URI", "{URIPROTO}://{[{USER}{[:`[^@]*`|]}@|]}{[{URIHOST}|]}{[{URIPATHPARAM}|]}"},
});

}  // namespace

Patterns paths(EcsMode mode) { return layouts(kRows, mode); }

}  // namespace sluice::ingest::bank
