#include <algorithm>
#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// A level in its spellings, the longer ones first: some with a letter or two missing. Each may be written in small
/// letters, in small letters but for the first, or in capital ones.
constexpr auto kLevels = std::to_array<std::string_view>({
    "alert", "critical", "crit", "criical", "cri",    "debug", "emergency", "emerg", "error",  "err", "eror",
    "er",    "fatal",    "info", "notice",  "severe", "trace", "warning",   "warn",  "waring", "war",
});
constexpr auto kMoreLevels = std::to_array<std::string_view>({"information", "info", "infrmation", "inf"});

char capital(char letter) { return static_cast<char>(letter - 'a' + 'A'); }

std::string levels(EcsMode mode) {
  std::vector<std::string> all;
  const auto add = [&](std::string_view word) {
    std::string spelled(word);
    all.push_back(spelled);
    spelled.front() = capital(spelled.front());
    all.push_back(spelled);
    for (std::size_t i = 1; i < spelled.size(); ++i) spelled[i] = capital(spelled[i]);
    all.push_back(spelled);
  };
  for (const std::string_view word : kLevels) {
    if (word != "info" || mode != EcsMode::kV1) add(word);
  }
  if (mode == EcsMode::kV1) std::ranges::for_each(kMoreLevels, add);
  return any_of(std::vector<std::string_view>(all.begin(), all.end()));
}

constexpr auto kRows = std::to_array<Row>({
    {"SYSLOGTIMESTAMP", "{MONTH}` +`{MONTHDAY} {TIME}"},
    {"PROG", R"(`[!-Z\\^-~]+`)"},
    {"SYSLOGPROG", "{PROG:program|process.name}{[[{POSINT:pid|process.pid:int}]|]}"},
    {"SYSLOGHOST", "{IPORHOST}"},
    {"SYSLOGFACILITY",
     "<{NONNEGINT:facility|log.syslog.facility.code:int}.{NONNEGINT:priority|log.syslog.priority:int}>"},
    {"HTTPDATE", "{MONTHDAY}/{MONTH}/{YEAR}:{TIME} {INT}"},
    {"QS", "{QUOTEDSTRING}"},
    {"SYSLOGBASE",
     "{SYSLOGTIMESTAMP:timestamp} {[{SYSLOGFACILITY} |]}{SYSLOGHOST:logsource|host.hostname} {SYSLOGPROG}:"},
});

}  // namespace

Patterns log_basics(EcsMode mode) {
  Patterns all = layouts(kRows, mode);
  all.push_back({"LOGLEVEL", levels(mode)});
  return all;
}

}  // namespace sluice::ingest::bank
