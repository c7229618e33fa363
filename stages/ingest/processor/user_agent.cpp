#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <utility>

#include "pipeline/base/ascii_case.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"
#include "stages/ingest/user_agent/agent.h"
#include "stages/painless/api/natives.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr std::string_view kDefaultFile = "_default_";

enum Property : std::uint8_t { kName, kOs, kDevice, kOriginal, kVersion, kProperties };
constexpr std::string_view kPropertyNames[] = {"NAME", "OS", "DEVICE", "ORIGINAL", "VERSION"};

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "The text that a program calls itself by."},
    {"target_field", "string", "user_agent", "Where the object with what it says goes."},
    {"regex_file", "string", "built-in tables",
     "A file in uap-core's form, in the folder of databases; what it doesn't know is `Other`."},
    {"properties", "list", "all", "What is written: `name`, `os`, `device`, `original`, `version`."},
    {"extract_device_type", "boolean", "false",
     "Whether `device.type` is written: `Desktop`, `Phone`, `Tablet`, `Robot`, `Other`."},
    kIgnoreMissingOption,
};

class UserAgent final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  std::shared_ptr<const AgentParser> parser;
  std::array<bool, kProperties> wanted{};
  bool with_type = false;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = need_text(document, field, ignore_missing, "parse user-agent.");
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) return {};
    const auto agent = parser->parse((*text)->text());
    if (!agent) return std::unexpected(agent.error());
    return document.set(target, shown(document.machine(), **agent, (*text)->text()));
  }

 private:
  [[nodiscard]] Value shown(painless::Machine& machine, const Agent& agent, std::string_view text) const {
    auto* map = painless::api::new_hash_map(machine);
    const auto put = [&](auto* into, std::string_view key, std::string_view value) {
      into->put(machine, machine.string_value(key), machine.string_value(value));
    };
    if (wanted[kName]) put(map, "name", agent.browser ? agent.browser->name : "Other");
    if (wanted[kOs] && agent.system) {
      auto* os = painless::api::new_hash_map(machine);
      const auto& [name, version] = *agent.system;
      put(os, "name", name);
      if (!version.empty()) {
        put(os, "version", version);
        put(os, "full", name + " " + version);
      }
      map->put(machine, machine.string_value("os"), Value::of(os));
    }
    if (wanted[kDevice]) {
      auto* device = painless::api::new_hash_map(machine);
      put(device, "name", agent.device ? *agent.device : "Other");
      if (with_type) put(device, "type", device_type(text, agent));
      map->put(machine, machine.string_value("device"), Value::of(device));
    }
    if (wanted[kOriginal]) put(map, "original", text);
    if (wanted[kVersion] && agent.browser && !agent.browser->version.empty())
      put(map, "version", agent.browser->version);
    return Value::of(map);
  }
};

Status read_properties(Config& config, UserAgent& made) {
  const auto names = config.optional_list("properties");
  if (!names) return std::unexpected(names.error());
  if (!*names) {
    made.wanted.fill(true);
    return {};
  }
  for (const std::string& name : **names) {
    const std::string upper = ascii_upper_case(name);
    const auto* found = std::ranges::find(kPropertyNames, upper);
    if (found == std::end(kPropertyNames)) {
      return std::unexpected(config.problem(
          "properties",
          "illegal property value [" + name + "]. valid values are [NAME, OS, DEVICE, ORIGINAL, VERSION]"));
    }
    made.wanted[static_cast<std::size_t>(found - std::begin(kPropertyNames))] = true;
  }
  return {};
}

Status read_parser(Config& config, const CompileEnvironment& environment, UserAgent& made) {
  const auto file = config.text_or("regex_file", kDefaultFile);
  if (!file) return std::unexpected(file.error());
  auto parser = Result<std::shared_ptr<const AgentParser>>(built_in_agents());
  if (*file != kDefaultFile) {
    const auto path = std::filesystem::path(environment.databases) / *file;
    std::error_code failed;
    const bool is_there = !environment.databases.empty() && file->find('/') == std::string::npos &&
                          std::filesystem::is_regular_file(path, failed);
    if (!is_there) {
      return std::unexpected(
          config.problem("regex_file", "regex file [" + *file + "] doesn't exist (has to exist at node startup)"));
    }
    parser = agents_of_file(path.string());
    if (!parser) return std::unexpected(config.problem("regex_file", parser.error().reason));
  }
  made.parser = remembering(std::move(*parser));
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment& environment) {
  auto made = std::make_unique<UserAgent>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.path_or("target_field", "user_agent");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto with_type = config.flag("extract_device_type", false);
  if (!with_type) return std::unexpected(with_type.error());
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  if (Status done = read_parser(config, environment, *made); !done) return std::unexpected(std::move(done.error()));
  if (Status done = read_properties(config, *made); !done) return std::unexpected(std::move(done.error()));
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->with_type = *with_type;
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& user_agent_processor() {
  static const ProcessorRow row{
      "user_agent",
      "Tells the program, the system and the device of a user agent's text. Its tables are sluice's own; names are "
      "uap-core's.",
      kOptions,
      R"({"field":"agent","properties":["name","version","os"]})",
      R"({"agent":"Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0"})",
      R"({"agent":"Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0","user_agent":{"os":{"name":"Linux"},"name":"Firefox","version":"102.0"}})",
      make};
  return row;
}

}  // namespace sluice::ingest
