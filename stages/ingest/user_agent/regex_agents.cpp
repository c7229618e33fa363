// Files in uap-core's form. Source of how a row is read: a node's answers with such files.
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "stages/ingest/user_agent/agent.h"
#include "stages/painless/run/regex.h"

namespace sluice::ingest {

namespace {

constexpr std::uint32_t kMostSteps = 100'000;
constexpr std::size_t kVersionParts = 4;

struct RegexRow {
  std::string regex;
  std::shared_ptr<const painless::Pattern> pattern;
  std::string name;                     ///< what replaces the first group; empty: nothing does
  std::string versions[kVersionParts];  ///< likewise of the groups behind it
};
using RegexRows = std::vector<RegexRow>;

/// Where a kind of rows stands in the file, and what their replacements are called.
struct RowKind {
  const char* list;
  const char* name;
  const char* versions[kVersionParts];
};
constexpr RowKind kBrowsers{"user_agent_parsers",
                            "family_replacement",
                            {"v1_replacement", "v2_replacement", "v3_replacement", "v4_replacement"}};
constexpr RowKind kSystems{"os_parsers",
                           "os_replacement",
                           {"os_v1_replacement", "os_v2_replacement", "os_v3_replacement", "os_v4_replacement"}};
constexpr RowKind kDevices{"device_parsers", "device_replacement", {nullptr, nullptr, nullptr, nullptr}};

/// A pattern and where it matched.
class Match {
 public:
  Match(const painless::Pattern& pattern, std::string_view text)
      : groups_(pattern.groups),
        text_(text),
        outcome_(painless::regex_find(pattern, text, 0, painless::RegexMode::kFind, kMostSteps, offsets_)) {}
  [[nodiscard]] painless::RegexOutcome outcome() const { return outcome_; }
  /// Nothing: there is no such group, or it took no part.
  [[nodiscard]] std::optional<std::string_view> group(std::uint32_t number) const {
    const std::size_t place = std::size_t{2} * number;
    if (number > groups_ || offsets_[place] == painless::RegexMatch::kNone) return std::nullopt;
    const std::size_t begin = offsets_[place];
    return text_.substr(begin, offsets_[place + 1] - begin);
  }

 private:
  std::uint32_t groups_;
  std::string_view text_;
  const std::size_t* offsets_ = nullptr;
  painless::RegexOutcome outcome_;
};

using Found = Result<std::optional<NamedVersion>>;

Found apply(const RegexRow& row, std::string_view text) {
  const Match match(*row.pattern, text);
  if (match.outcome() == painless::RegexOutcome::kTooLong)
    return std::unexpected(illegal_argument("matching the regular expression [" + row.regex + "] takes too long"));
  if (match.outcome() != painless::RegexOutcome::kMatch) return std::nullopt;
  NamedVersion made;
  const auto first = match.group(1);
  if (row.name.empty()) {
    if (!first) return std::nullopt;
    made.name = *first;
  } else {
    made.name = row.name;
    const std::size_t place = made.name.find("$1");
    if (place != std::string::npos && first) made.name.replace(place, 2, *first);
  }
  for (std::uint32_t part = 0; part < kVersionParts; ++part) {
    const auto group = match.group(part + 2);
    const std::string number = row.versions[part].empty() ? std::string(group.value_or("")) : row.versions[part];
    if (number.empty()) break;
    made.version += (part == 0 ? "" : ".") + number;
  }
  return made;
}

Found first_of(const RegexRows& rows, std::string_view text) {
  for (const RegexRow& row : rows) {
    if (auto found = apply(row, text); !found || *found) return found;
  }
  return std::nullopt;
}

class RegexAgents final : public AgentParser {
 public:
  RegexRows browsers;
  RegexRows systems;
  RegexRows devices;

  [[nodiscard]] Result<std::shared_ptr<const Agent>> parse(std::string_view text) const override {
    auto browser = first_of(browsers, text);
    auto system = first_of(systems, text);
    auto device = first_of(devices, text);
    for (auto* found : {&browser, &system, &device}) {
      if (!*found) return std::unexpected(std::move(found->error()));
    }
    auto agent = std::make_shared<Agent>();
    agent->browser = std::move(*browser);
    agent->system = std::move(*system);
    if (*device) agent->device = std::move((*device)->name);
    return agent;
  }
};

std::string text_at(const YAML::Node& row, const char* key) {
  return key != nullptr && row[key] ? row[key].as<std::string>() : std::string();
}

Result<RegexRows> rows_at(const YAML::Node& file, const RowKind& kind) {
  RegexRows rows;
  for (const YAML::Node& each : file[kind.list]) {
    RegexRow& row = rows.emplace_back();
    std::string regex = text_at(each, "regex");
    if (regex.empty()) return std::unexpected(illegal_argument(std::string(kind.list) + ": a row without [regex]"));
    if (text_at(each, "regex_flag") == "i") regex.insert(0, "(?i)");
    if (const auto problem = painless::regex_problem(regex, "")) {
      return std::unexpected(illegal_argument("[" + regex + "] in " + kind.list + ": " + problem->description));
    }
    row.pattern = painless::shared_pattern(regex);
    row.regex = std::move(regex);
    row.name = text_at(each, kind.name);
    for (std::size_t part = 0; part < kVersionParts; ++part) row.versions[part] = text_at(each, kind.versions[part]);
  }
  return rows;
}

Result<std::shared_ptr<const AgentParser>> read(const std::string& path) {
  const YAML::Node file = YAML::LoadFile(path);
  auto made = std::make_shared<RegexAgents>();
  for (const auto& [kind, rows] : {std::pair{&kBrowsers, &made->browsers}, std::pair{&kSystems, &made->systems},
                                   std::pair{&kDevices, &made->devices}}) {
    auto read_rows = rows_at(file, *kind);
    if (!read_rows) return std::unexpected(std::move(read_rows.error()));
    *rows = std::move(*read_rows);
  }
  if (made->browsers.empty() && made->systems.empty() && made->devices.empty()) {
    return std::unexpected(illegal_argument("not a valid regular expression file"));
  }
  return made;
}

}  // namespace

Result<std::shared_ptr<const AgentParser>> agents_of_file(const std::string& path) try {
  auto made = read(path);
  if (!made) return std::unexpected(illegal_argument("[" + path + "]: " + made.error().reason));
  return made;
} catch (const YAML::Exception& error) {
  return std::unexpected(illegal_argument("[" + path + "]: " + error.what()));
}

}  // namespace sluice::ingest
