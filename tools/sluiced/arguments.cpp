#include "tools/sluiced/arguments.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::tools {
namespace {

std::string settings_help() {
  std::string text = "\nSettings, for --set and --config:\n";
  for (const rest::SettingRow& row : rest::setting_rows()) {
    text += fmt::format("  {:<46} {}{}\n", row.name, row.sentence,
                        row.fallback.empty() ? "" : fmt::format(" [{}]", row.fallback));
  }
  return text;
}

Status settle(const std::string& config, const std::vector<std::string>& assignments, Arguments& arguments) {
  if (!config.empty()) {
    if (auto loaded = rest::load_config(config, arguments.settings); !loaded) return loaded;
  }
  for (const std::string& assignment : assignments) {
    if (auto added = rest::add_assignment(assignment, arguments.settings); !added) return added;
  }
  if (arguments.data.empty()) arguments.data = rest::node_setting(arguments.settings, "path.data");
  if (arguments.data.empty() && !arguments.hash_password) {
    return std::unexpected(illegal_argument("where are the documents to be kept? Name a folder with --data DIR"));
  }
  return {};
}

}  // namespace

Result<Arguments> read_arguments(int count, const char* const* arguments, int& exit_status) {
  constexpr int kWrong = 2;
  Arguments read;
  std::string config;
  std::vector<std::string> assignments;
  CLI::App app("sluiced: Elasticsearch's REST API over an embedded store", "sluiced");
  app.footer(settings_help);
  app.set_version_flag("--version", SLUICE_VERSION);
  app.add_option("--data", read.data, "The folder of the store; made where it is missing");
  app.add_option("--listen", read.listen, "HOST:PORT to listen on, 127.0.0.1:9200 unless set; port 0: a free one");
  app.add_option("--config", config, "A YAML file with settings");
  app.add_option("--set", assignments, "A setting, as name=value; may be given several times");
  app.add_flag("--hash-password", read.hash_password, "Hash the password on stdin for sluice.users.NAME, and end");
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error) == 0 ? 0 : kWrong;
    return std::unexpected(illegal_argument(error.what()));
  }
  if (auto settled = settle(config, assignments, read); !settled) {
    fmt::print(stderr, "sluiced: {}\n", settled.error().message());
    exit_status = kWrong;
    return std::unexpected(std::move(settled.error()));
  }
  return read;
}

Result<HostPort> parse_listen(const std::string& text) {
  const auto wrong = [&] { return std::unexpected(illegal_argument("[" + text + "] is not HOST:PORT to listen on")); };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return wrong();
  HostPort parsed{.host = text.substr(0, colon)};
  if (parsed.host.starts_with('[') && parsed.host.ends_with(']')) {
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  } else if (parsed.host.find(':') != std::string::npos) {
    return wrong();
  }
  if (parsed.host.empty()) parsed.host = "127.0.0.1";
  const auto port = parse_number<decltype(parsed.port)>(std::string_view(text).substr(colon + 1));
  if (!port) return wrong();
  parsed.port = *port;
  return parsed;
}

}  // namespace sluice::tools
