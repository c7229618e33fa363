#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kWords = std::to_array<Row>({
    {"JAVACLASS", R"((?:[A-Za-z_$][\w$]*\.)*[A-Za-z_$][\w$]*)"},
    {"JAVAFILE", "[0-9A-Za-z_$. -]+"},
    {"JAVAMETHOD", R"(<(?:cl)?init>|[A-Za-z_$][\w$]*)"},
});

constexpr auto kParts = std::to_array<Row>({
    {"class", "{JAVACLASS:class|java.log.origin.class.name}"},
    {"level", "{LOGLEVEL:level|log.level}"},
    {"message", "{JAVALOGMESSAGE:logmessage|message}"},
    {"seconds", "{HOUR}`:?`{MINUTE}`:?`{SECOND}", In::kClassic},
    {"seconds", "{HOUR}:{MINUTE}:{SECOND}", In::kEcs},
    {"month and day", "{MONTH} {MONTHDAY}, "},
    {"date", "{YEAR}-{MONTHNUM}-{MONTHDAY} "},
    {"half", " `[AP]`M"},
});

constexpr auto kLines = std::to_array<Row>({
    {"JAVASTACKTRACEPART",
     "{SPACE}at {class}\\.{JAVAMETHOD:method|log.origin.function}"
     "({JAVAFILE:file|log.origin.file.name}{[:{NUMBER:line||INT:log.origin.file.line:int}|]})"},
    {"JAVATHREAD", R"(`[A-Z]{2}`-Processor\d+)"},
    {"JAVALOGMESSAGE", "`.*`"},
    {"CATALINA_DATESTAMP", "{month and day}20{YEAR} {seconds}{half}", In::kClassic},
    {"TOMCAT_DATESTAMP", "20{date}{seconds} {ISO8601_TIMEZONE}", In::kClassic},
    {"CATALINALOG", "{CATALINA_DATESTAMP:timestamp} {class} {message}", In::kClassic},
    {"TOMCATLOG", "{TOMCAT_DATESTAMP:timestamp} | {level} | {class} - {message}", In::kClassic},
    {"CATALINA7_DATESTAMP", "{month and day}{YEAR} {seconds}{half}", In::kEcs},
    {"CATALINA7_LOG",
     R"({CATALINA7_DATESTAMP:timestamp} {class}{[ {JAVAMETHOD:log.origin.function}|]}\s*{[{level}:|]} {message})",
     In::kEcs},
    {"CATALINA8_DATESTAMP", "{MONTHDAY}-{MONTH}-{YEAR} {seconds}", In::kEcs},
    {"CATALINA8_LOG",
     R"({CATALINA8_DATESTAMP:timestamp} {level} [{DATA:java.log.origin.thread.name}] {class}\.)"
     "{[{JAVAMETHOD:log.origin.function}|]} {message}",
     In::kEcs},
    {"CATALINA_DATESTAMP", "{[{CATALINA8_DATESTAMP}|{CATALINA7_DATESTAMP}]}", In::kEcs},
    {"CATALINALOG", "{[{CATALINA8_LOG}|{CATALINA7_LOG}]}", In::kEcs},
    {"TOMCAT7_LOG", "{CATALINA7_LOG}", In::kEcs},
    {"TOMCAT8_LOG", "{CATALINA8_LOG}", In::kEcs},
    {"TOMCATLEGACY_DATESTAMP", "{date}{seconds}{[ {ISO8601_TIMEZONE}|]}", In::kEcs},
    {"TOMCATLEGACY_LOG", "{TOMCATLEGACY_DATESTAMP:timestamp} | {level} | {class} - {message}", In::kEcs},
    {"TOMCAT_DATESTAMP", "{[{CATALINA8_DATESTAMP}|{CATALINA7_DATESTAMP}|{TOMCATLEGACY_DATESTAMP}]}", In::kEcs},
    {"TOMCATLOG", "{[{TOMCAT8_LOG}|{TOMCAT7_LOG}|{TOMCATLEGACY_LOG}]}", In::kEcs},
});

}  // namespace

Patterns java(EcsMode mode) {
  Patterns all = rows(kWords, mode);
  append(all, layouts(kLines, mode, kParts));
  return all;
}

}  // namespace sluice::ingest::bank
