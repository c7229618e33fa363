#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// What lines hold that tell of no message.
constexpr auto kOther = std::to_array<std::string_view>({
    "Message is frozen",
    "Start queue run",
    "End queue run",
    " Warning: ",
    " retry time not reached ",
    " no IP address found for IP address ",
    " no IP address found for host ",
    " no host name found for IP address ",
    " no host name found for host ",
    " unexpected disconnection while reading SMTP command ",
    " no immediate delivery: ",
    "another process is handling this message",
});

constexpr auto kWords = std::to_array<Row>({
    {"EXIM_MSGID", "(?:[0-9A-Za-z]{6}-){2}[0-9A-Za-z]{2}"},
    {"EXIM_FLAGS", R"(<=|[=>*-]>|\*\*|==)", In::kClassic},
    {"EXIM_FLAGS", R"(<=|[=*>-]>|<>|\*\*|==)", In::kEcs},
});

constexpr auto kFields = std::to_array<Row>({
    {"EXIM_REMOTE_HOST",
     "H={[{NOTSPACE:remote_hostname} |]}{[({NOTSPACE:remote_heloname}) |]}[{IP:remote_host}]{[:{POSINT:remote_port}|]}",
     In::kClassic},
    // The node's own of the common schema lacks a bracket, so that it can't be used; neither can this one.
    {"EXIM_REMOTE_HOST", "`)`", In::kEcs},
    {"EXIM_INTERFACE", "I=[{IP:exim_interface|destination.ip}]{[:{NUMBER:exim_interface_port|destination.port:int}]}"},
    {"EXIM_PROTOCOL", "P={NOTSPACE:protocol|network.protocol}"},
    {"EXIM_MSG_SIZE", "S={NUMBER:exim_msg_size|exim.log.message.size:int}"},
    {"EXIM_HEADER_ID", "id={NOTSPACE:exim_header_id|exim.log.header_id}"},
    {"EXIM_QUOTED_CONTENT", R"(`(?:\\.|[^\\"])*`)", In::kEcs},
    {"EXIM_SUBJECT", "T={QS:exim_subject}", In::kClassic},
    {"EXIM_SUBJECT", R"(T="{EXIM_QUOTED_CONTENT:exim.log.message.subject}")", In::kEcs},
    {"EXIM_UNKNOWN_FIELD", "`[0-9A-Za-z]{1,4}`={NOTSPACE}", In::kClassic},
    {"EXIM_UNKNOWN_FIELD", "`[0-9A-Za-z]{1,4}`={[{QUOTEDSTRING}|{NOTSPACE}]}", In::kEcs},
    {"EXIM_NAMED_FIELDS",
     "{[ {EXIM_REMOTE_HOST}| {EXIM_INTERFACE}| {EXIM_PROTOCOL}| {EXIM_MSG_SIZE}| {EXIM_HEADER_ID}| {EXIM_SUBJECT}"
     "| {EXIM_UNKNOWN_FIELD}]}`*`"},
    {"EXIM_MESSAGE_ARRIVAL",
     "{EXIM_DATE:timestamp} {[{EXIM_PID} |]}{EXIM_MSGID:exim_msgid|exim.log.message.id}"
     " {<exim_flags|exim.log.flags><=>} {[{<exim_status|exim.log.status>`[a-z:]` >}|]}"
     "{EMAILADDRESS:exim_sender_email|exim.log.sender.email}{EXIM_NAMED_FIELDS}{recipient}"},
    {"EXIM", "{EXIM_MESSAGE_ARRIVAL}"},
});

constexpr auto kRecipient = std::to_array<Row>({
    {"recipient", "{[ for {EMAILADDRESS:exim_recipient_email}|]}", In::kClassic},
    {"recipient", "{[{[ from `<?`{DATA:exim.log.sender.original}`>?`|]} for {EMAILADDRESS:exim.log.recipient.email}|]}",
     In::kEcs},
});

constexpr auto kStart = std::to_array<Row>({
    {"EXIM_DATE", "{YEAR:exim_year}-{MONTHNUM:exim_month}-{MONTHDAY:exim_day} {TIME:exim_time}", In::kClassic},
    {"EXIM_DATE", "`:?`{YEAR}-{MONTHNUM}-{MONTHDAY} {TIME}", In::kEcs},
    {"EXIM_PID", "[{POSINT:pid|process.pid:int}]"},
    {"EXIM_QT", R"(`(?:\d+y|)(?:\d+w|)(?:\d+d|)(?:\d+h|)(?:\d+m|)(?:\d+s|)`)"},
});

}  // namespace

Patterns exim(EcsMode mode) {
  Patterns all = rows(kWords, mode);
  append(all, layouts(kStart, mode));
  all.push_back({"EXIM_EXCLUDE_TERMS", any_of(kOther)});
  append(all, layouts(kFields, mode, kRecipient));
  return all;
}

}  // namespace sluice::ingest::bank
