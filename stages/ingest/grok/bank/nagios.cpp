#include <array>
#include <initializer_list>
#include <utility>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// What a line tells of, in words.
constexpr auto kTypes = std::to_array<std::string_view>({
    "CURRENT SERVICE STATE",
    "CURRENT HOST STATE",
    "SERVICE NOTIFICATION",
    "HOST NOTIFICATION",
    "SERVICE ALERT",
    "HOST ALERT",
    "SERVICE FLAPPING ALERT",
    "HOST FLAPPING ALERT",
    "SERVICE DOWNTIME ALERT",
    "HOST DOWNTIME ALERT",
    "PASSIVE SERVICE CHECK",
    "PASSIVE HOST CHECK",
    "SERVICE EVENT HANDLER",
    "HOST EVENT HANDLER",
    "EXTERNAL COMMAND",
    "TIMEPERIOD TRANSITION",
});

constexpr auto kCommands = std::to_array<std::string_view>({
    "DISABLE_SVC_CHECK",
    "ENABLE_SVC_CHECK",
    "DISABLE_HOST_CHECK",
    "ENABLE_HOST_CHECK",
    "PROCESS_SERVICE_CHECK_RESULT",
    "PROCESS_HOST_CHECK_RESULT",
    "SCHEDULE_SERVICE_DOWNTIME",
    "SCHEDULE_HOST_DOWNTIME",
    "DISABLE_HOST_SVC_NOTIFICATIONS",
    "ENABLE_HOST_SVC_NOTIFICATIONS",
    "DISABLE_HOST_NOTIFICATIONS",
    "ENABLE_HOST_NOTIFICATIONS",
    "DISABLE_SVC_NOTIFICATIONS",
    "ENABLE_SVC_NOTIFICATIONS",
});

/// Columns that many lines have.
constexpr std::string_view kHost = "DATA:nagios_hostname|host.hostname";
constexpr std::string_view kService = "DATA:nagios_service|service.name";
constexpr std::string_view kState = "DATA:nagios_state|service.state";
constexpr std::string_view kStateType = "DATA:nagios_statetype|nagios.log.state_type";
constexpr std::string_view kStateCode = "DATA:nagios_statecode||INT:nagios.log.attempt:int";
constexpr std::string_view kLevel = "DATA:nagios_statelevel|nagios.log.state_type";
constexpr std::string_view kAttempt = "NUMBER:nagios_attempt||INT:nagios.log.attempt:int";
constexpr std::string_view kNotified = "DATA:nagios_notifyname|user.name";
constexpr std::string_view kContact = "DATA:nagios_contact|nagios.log.notification_command";
constexpr std::string_view kHandler = "DATA:nagios_event_handler_name|nagios.log.event_handler_name";
constexpr std::string_view kResult = "GREEDYDATA:nagios_check_result|nagios.log.check_result";
constexpr std::string_view kMessage = "GREEDYDATA:nagios_message|message";
constexpr std::string_view kComment = "GREEDYDATA:nagios_comment|nagios.log.comment";
constexpr std::string_view kHostRest = "GREEDYDATA:nagios_hostname|host.hostname";
constexpr std::string_view kServiceRest = "GREEDYDATA:nagios_service|service.name";

struct Line {
  std::string_view name;  ///< of its type, or of the command
  std::initializer_list<std::string_view> columns;
};

std::string named(std::string_view prefix, std::string_view words) {
  std::string name(prefix);
  for (const char letter : words) name += letter == ' ' ? '_' : letter;
  return name;
}

class Lines {
 public:
  explicit Lines(EcsMode mode) : mode_(mode) {}

  void event(const Line& line) {
    add(named("NAGIOS_", line.name),
        "{" + named("NAGIOS_TYPE_", line.name) + ":nagios_type|nagios.log.type}: ", line.columns);
  }

  void command(const Line& line) {
    add(named("NAGIOS_EC_LINE_", line.name),
        "{NAGIOS_TYPE_EXTERNAL_COMMAND:nagios_type|nagios.log.type}: {" + named("NAGIOS_EC_", line.name) +
            ":nagios_command|nagios.log.command};",
        line.columns);
  }

  Patterns take() { return std::move(all_); }

 private:
  /// A semicolon in a column is none between columns, so that there may be more.
  void add(std::string name, const std::string& head, std::initializer_list<std::string_view> columns) {
    std::string text;
    for (const std::string_view column : columns) {
      text.append(text.empty() ? "" : ";").append("{").append(column).append("}");
    }
    if (columns.size() > 1) text.insert(0, many(columns.size() - 1));
    all_.push_back({std::move(name), layout(head + text, mode_)});
  }

  static std::string many(std::size_t semicolons) { return "`(?=(?:[^;]*;){" + std::to_string(semicolons) + "})`"; }

  EcsMode mode_;
  Patterns all_;
};

Patterns lines(EcsMode mode) {
  Lines lines(mode);
  lines.event({"CURRENT SERVICE STATE", {kHost, kService, kState, kStateType, kStateCode, kMessage}});
  lines.event({"CURRENT HOST STATE", {kHost, kState, kStateType, kStateCode, kMessage}});
  lines.event({"SERVICE NOTIFICATION", {kNotified, kHost, kService, kState, kContact, kMessage}});
  lines.event({"HOST NOTIFICATION", {kNotified, kHost, kState, kContact, kMessage}});
  lines.event({"SERVICE ALERT", {kHost, kService, kState, kLevel, kAttempt, kMessage}});
  lines.event({"HOST ALERT", {kHost, kState, kLevel, kAttempt, kMessage}});
  lines.event({"SERVICE FLAPPING ALERT", {kHost, kService, kState, kMessage}});
  lines.event({"HOST FLAPPING ALERT", {kHost, kState, kMessage}});
  lines.event({"SERVICE DOWNTIME ALERT", {kHost, kService, kState, kComment}});
  lines.event({"HOST DOWNTIME ALERT", {kHost, kState, kComment}});
  lines.event({"PASSIVE SERVICE CHECK", {kHost, kService, kState, kComment}});
  lines.event({"PASSIVE HOST CHECK", {kHost, kState, kComment}});
  lines.event({"SERVICE EVENT HANDLER", {kHost, kService, kState, kLevel, kHandler}});
  lines.event({"HOST EVENT HANDLER", {kHost, kState, kLevel, kHandler}});
  lines.event({"TIMEPERIOD TRANSITION",
               {kService, "NUMBER:nagios_unknown1|nagios.log.period_from:int",
                "NUMBER:nagios_unknown2|nagios.log.period_to:int"}});
  lines.command({"DISABLE_SVC_CHECK", {kHost, kService}});
  lines.command({"DISABLE_HOST_CHECK", {kHost}});
  lines.command({"ENABLE_SVC_CHECK", {kHost, kService}});
  lines.command({"ENABLE_HOST_CHECK", {kHost}});
  lines.command({"PROCESS_SERVICE_CHECK_RESULT", {kHost, kService, kState, kResult}});
  lines.command({"PROCESS_HOST_CHECK_RESULT", {kHost, kState, kResult}});
  lines.command({"DISABLE_HOST_SVC_NOTIFICATIONS", {kHostRest}});
  lines.command({"DISABLE_HOST_NOTIFICATIONS", {kHostRest}});
  lines.command({"DISABLE_SVC_NOTIFICATIONS", {kHost, kServiceRest}});
  lines.command({"ENABLE_HOST_SVC_NOTIFICATIONS", {kHostRest}});
  lines.command({"ENABLE_HOST_NOTIFICATIONS", {kHostRest}});
  lines.command({"ENABLE_SVC_NOTIFICATIONS", {kHost, kServiceRest}});
  lines.command(
      {"SCHEDULE_HOST_DOWNTIME",
       {kHost, "NUMBER:nagios_start_time|nagios.log.start_time", "NUMBER:nagios_end_time|nagios.log.end_time",
        "NUMBER:nagios_fixed|nagios.log.fixed", "NUMBER:nagios_trigger_id|nagios.log.trigger_id",
        "NUMBER:nagios_duration|nagios.log.duration:int", "DATA:author|user.name", "DATA:comment|nagios.log.comment"}});
  return lines.take();
}

}  // namespace

Patterns nagios(EcsMode mode) {
  Patterns all{{"NAGIOSTIME", layout("[{NUMBER:nagios_epoch|timestamp}]", mode)}};
  for (const std::string_view type : kTypes) all.push_back({named("NAGIOS_TYPE_", type), std::string(type)});
  for (const std::string_view command : kCommands) all.push_back({named("NAGIOS_EC_", command), std::string(command)});
  all.push_back({"NAGIOS_WARNING", layout("Warning:{SPACE}{GREEDYDATA:nagios_message|message}", mode)});
  // No two kinds of line begin alike, so that their order has no meaning.
  std::string any = "{NAGIOSTIME} {[{NAGIOS_WARNING}";
  for (PatternDefinition& line : lines(mode)) {
    any += "|{" + line.name + "}";
    all.push_back(std::move(line));
  }
  all.push_back({"NAGIOSLOGLINE", layout(any + "]}", mode)});
  return all;
}

}  // namespace sluice::ingest::bank
