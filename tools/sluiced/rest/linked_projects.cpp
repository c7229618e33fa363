#include "tools/sluiced/rest/linked_projects.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/similar_names.h"
#include "reindex/parse_parts.h"
#include "reindex/project_names.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kPrefix = "sluice.projects.";
constexpr std::string_view kHeaders = "headers.";
constexpr auto kOptions = std::to_array<std::string_view>(
    {"api_key", "connect_timeout", "headers.NAME", "host", "password", "socket_timeout", "username"});

using Options = std::map<std::string, std::string, std::less<>>;

bool is_alias(std::string_view alias) {
  return !alias.empty() && !alias.starts_with('_') && !alias.starts_with('-') && std::ranges::all_of(alias, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string setting_of(std::string_view alias, std::string_view option) {
  return fmt::format("{}{}.{}", kPrefix, alias, option);
}

/// `sluice.projects.ALIAS.OPTION` of every project.
Result<std::map<std::string, Options>> by_project(const store::Settings& settings) {
  std::map<std::string, Options> projects;
  for (auto at = settings.lower_bound(kPrefix); at != settings.end() && at->first.starts_with(kPrefix); ++at) {
    const std::string_view rest = std::string_view(at->first).substr(kPrefix.size());
    const std::size_t dot = rest.find('.');
    const std::string_view alias = rest.substr(0, dot);
    if (dot == std::string_view::npos || !is_alias(alias)) {
      return std::unexpected(illegal_argument(
          fmt::format("[{}] is no setting of a linked project: it is {}ALIAS.host, with an alias of letters, digits, "
                      "[-] and [_] that begins with a letter or a digit",
                      at->first, kPrefix)));
    }
    projects[std::string(alias)].emplace(rest.substr(dot + 1), json_unquoted(at->second));
  }
  return projects;
}

Error unknown_option(const std::string& alias, const std::string& option) {
  const auto alike = similar_names(option, kOptions, 0.7F);
  std::string known;
  for (const std::string_view each : kOptions) known += (known.empty() ? "" : ", ") + std::string(each);
  return illegal_argument(fmt::format("unknown setting [{}]{}; a linked project has: {}", setting_of(alias, option),
                                      alike.empty() ? "" : did_you_mean(alike), known));
}

Status set_time(const std::string& name, const std::string& text, Nanoseconds& duration) {
  const auto time = parse_time_value(text, name);
  if (!time) return std::unexpected(time.error());
  duration = time->duration;
  return {};
}

Status set_option(const std::string& alias, const std::string& option, const std::string& value, RemoteSource& remote) {
  if (option == "host") return {};
  if (option == "socket_timeout") return set_time(setting_of(alias, option), value, remote.socket_timeout);
  if (option == "connect_timeout") return set_time(setting_of(alias, option), value, remote.connect_timeout);
  if (option == "api_key") {
    remote.api_key = value;
  } else if (option == "username") {
    remote.username = value;
  } else if (option == "password") {
    remote.password = value;
  } else if (option.starts_with(kHeaders) && option.size() > kHeaders.size()) {
    remote.headers.emplace_back(option.substr(kHeaders.size()), value);
  } else {
    return std::unexpected(unknown_option(alias, option));
  }
  return {};
}

Status check_credentials(const std::string& alias, const RemoteSource& remote) {
  if (remote.username.has_value() != remote.password.has_value()) {
    return std::unexpected(
        illegal_argument(fmt::format("[{}] is set and [{}] is not: a linked project needs both, or neither",
                                     setting_of(alias, remote.username ? "username" : "password"),
                                     setting_of(alias, remote.username ? "password" : "username"))));
  }
  if (remote.api_key && remote.username) {
    return std::unexpected(
        illegal_argument(fmt::format("[{}] and [{}] are both set: a linked project is entered with one of them",
                                     setting_of(alias, "api_key"), setting_of(alias, "username"))));
  }
  return {};
}

Result<LinkedProject> read_project(const std::string& alias, const Options& options) {
  const auto host = options.find("host");
  if (host == options.end()) {
    const std::string& first = options.begin()->first;
    RemoteSource ignored;
    if (Status known = set_option(alias, first, options.begin()->second, ignored); !known) {
      return std::unexpected(std::move(known.error()));
    }
    return std::unexpected(
        illegal_argument(fmt::format("[{}] is set, and [{}] is not: say where the project is, such as http://host:9200",
                                     setting_of(alias, first), setting_of(alias, "host"))));
  }
  auto remote = parse_remote_url(host->second);
  if (remote && remote->scheme != "http" && remote->scheme != "https") {
    remote = std::unexpected(
        illegal_argument(fmt::format("[host] must begin with http:// or https:// but was [{}]", host->second)));
  }
  if (!remote) {
    remote.error().reason = fmt::format("[{}]: {}", setting_of(alias, "host"), remote.error().reason);
    return std::unexpected(std::move(remote.error()));
  }
  for (const auto& [option, value] : options) {
    if (Status set = set_option(alias, option, value, *remote); !set) return std::unexpected(std::move(set.error()));
  }
  if (Status whole = check_credentials(alias, *remote); !whole) return std::unexpected(std::move(whole.error()));
  return LinkedProject{alias, std::move(*remote)};
}

}  // namespace

Result<std::vector<LinkedProject>> linked_projects(const store::Settings& node_settings) {
  const auto settings = by_project(node_settings);
  if (!settings) return std::unexpected(settings.error());
  std::vector<LinkedProject> projects;
  for (const auto& [alias, options] : *settings) {
    auto project = read_project(alias, options);
    if (!project) return std::unexpected(std::move(project.error()));
    projects.push_back(std::move(*project));
  }
  return projects;
}

}  // namespace sluice::rest
