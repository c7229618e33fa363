#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// RFC 5424, 6: the columns of a header, the first of which follows the priority at once.
constexpr auto kHeader = std::to_array<Columns>({
    {"", "{SYSLOG5424PRI}{NONNEGINT:syslog5424_ver|system.syslog.version}"},
    {"", "{-?TIMESTAMP_ISO8601:syslog5424_ts|timestamp}"},
    {"", "{-?IPORHOST:syslog5424_host|host.hostname}"},
    {"", "{-?SYSLOG5424PRINTASCII:syslog5424_app|process.name}"},
    {"", "{-?SYSLOG5424PRINTASCII:syslog5424_proc||-?POSINT:process.pid:int}"},
    {"", "{-?SYSLOG5424PRINTASCII:syslog5424_msgid|event.code}"},
    {"", "{[-|{SYSLOG5424SD:syslog5424_sd|system.syslog.structured_data}|]}"},
});

constexpr auto kParts = std::to_array<Row>({
    {"when", "{[{SYSLOGTIMESTAMP:timestamp}|{TIMESTAMP_ISO8601:timestamp8601|timestamp}]}"},
    {"session", "session {WORD:pam_session_state|system.auth.pam.session_state}"},
    {"user", "{USERNAME:username|user.name}{[ by {GREEDYDATA:pam_by|}|]}"},
});

constexpr auto kRows = std::to_array<Row>({
    {"SYSLOG5424PRINTASCII", "`[!-~]+`"},
    {"SYSLOGBASE2", "{when} {[{SYSLOGFACILITY} |]}{SYSLOGHOST:logsource}`+`{[ {SYSLOGPROG}:|]}", In::kClassic},
    {"SYSLOGBASE2", "{when}{[ {SYSLOGFACILITY}|]}{[ {SYSLOGHOST:host.hostname}|]}{[ {SYSLOGPROG}:|]}", In::kEcs},
    {"SYSLOGPAMSESSION",
     "{SYSLOGBASE} `(?=%{GREEDYDATA:message})`{WORD:pam_module|system.auth.pam.module}"
     "({DATA:pam_caller|system.auth.pam.origin}): {session} for user {user}"},
    {"CRON_ACTION", "`[ A-Z]+`"},
    {"CRONLOG", "{SYSLOGBASE} ({USER:user|user.name}) {CRON_ACTION:action|system.cron.action} ({DATA:message})"},
    {"SYSLOGLINE", "{SYSLOGBASE2} {GREEDYDATA:message}"},
    {"SYSLOG5424PRI", "<{NONNEGINT:syslog5424_pri|log.syslog.priority:int}>"},
    {"SYSLOG5424SD", "[{DATA}]`+`"},
});

}  // namespace

Patterns syslog(EcsMode mode) {
  Patterns all = layouts(kRows, mode, kParts);
  std::string header;
  for (const Columns& column : kHeader) header.append(header.empty() ? "" : "` +`").append(column.names);
  all.push_back({"SYSLOG5424BASE", layout(header, mode)});
  all.push_back({"SYSLOG5424LINE", layout("{SYSLOG5424BASE}` +`{GREEDYDATA:syslog5424_msg|message}", mode)});
  return all;
}

}  // namespace sluice::ingest::bank
