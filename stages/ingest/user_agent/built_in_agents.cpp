#include "stages/ingest/user_agent/agent.h"
#include "stages/ingest/user_agent/agent_row.h"
#include "stages/ingest/user_agent/android_device.h"
#include "stages/ingest/user_agent/robot_word.h"

namespace sluice::ingest {

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

NamedVersion named(const AgentRow& row, std::string_view text) {
  return {std::string(row.name), version_in(row, text)};
}

/// `MyApp/1.2` in front of Apple's network library: the app.
std::optional<NamedVersion> apple_app(std::string_view text) {
  if (!has(text, "CFNetwork/")) return std::nullopt;
  const std::size_t slash = text.find('/');
  return NamedVersion{std::string(text.substr(0, slash)), version_at(text.substr(slash + 1), 3)};
}

/// The last four of the first four digits or more.
std::optional<std::string_view> four_digits(std::string_view text) {
  std::size_t run = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool digit = at < text.size() && text[at] >= '0' && text[at] <= '9';
    if (!digit && run >= 4) return text.substr(at - 4, 4);
    run = digit ? run + 1 : 0;
  }
  return std::nullopt;
}

std::optional<std::string> device_of(std::string_view text) {
  if (const AgentRow* row = row_of(device_rows(), text)) return std::string(row->name);
  if (has(text, "Windows Phone")) {
    if (auto device = windows_phone_device(text)) return device;
  } else if (has(text, "Android")) {
    return android_device(text);
  } else {
    for (const std::string_view apple : {"iPhone", "iPad", "iPod"}) {
      if (has(text, "(" + std::string(apple))) return std::string(apple);
    }
  }
  if (const std::size_t at = text.find("BlackBerry"); at != std::string_view::npos) {
    if (const auto number = four_digits(text.substr(at))) return "BlackBerry " + std::string(*number);
  }
  if (has(text, "Macintosh") || has(text, "Mac OS X")) return "Mac";
  if (has(text, "Mobile") || has(text, "Windows CE")) return "Generic Smartphone";
  return std::nullopt;
}

class BuiltIn final : public AgentParser {
 public:
  [[nodiscard]] Result<std::shared_ptr<const Agent>> parse(std::string_view text) const override {
    auto made = std::make_shared<Agent>();
    Agent& agent = *made;
    const AgentRow* program = row_of(browser_rows(), text);
    bool is_robot = program != nullptr && program->is_robot;
    if (!is_robot) agent.browser = robot_word(text);
    // An address that tells of robots makes one of what no person's browser calls itself.
    is_robot = is_robot || agent.browser || (program == nullptr && sounds_like_robot(text));
    if (!agent.browser && program != nullptr) agent.browser = named(*program, text);
    if (!agent.browser) agent.browser = apple_app(text);
    if (const AgentRow* system = row_of(system_rows(), text)) agent.system = named(*system, text);
    agent.device = is_robot ? std::optional<std::string>("Spider") : device_of(text);
    return made;
  }
};

}  // namespace

std::shared_ptr<const AgentParser> built_in_agents() {
  static const auto parser = std::make_shared<const BuiltIn>();
  return parser;
}

}  // namespace sluice::ingest
