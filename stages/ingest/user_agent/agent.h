#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::ingest {

/// What a program, a system or a device is called, and its version: `120.0.0.0`; empty: it says none.
struct NamedVersion {
  std::string name;
  std::string version;
};

/// What a user agent's text says. What is not known is nothing.
struct Agent {
  std::optional<NamedVersion> browser;
  std::optional<NamedVersion> system;
  std::optional<std::string> device;
};

/// Reads the texts that programs call themselves by in HTTP. Immutable; any thread.
class AgentParser {
 public:
  virtual ~AgentParser() = default;
  /// Never null. Errors: illegal_argument_exception, an expression takes too long.
  [[nodiscard]] virtual Result<std::shared_ptr<const Agent>> parse(std::string_view text) const = 0;
};

/// The parser that is always there: tables of what the well-known browsers, systems and devices call themselves,
/// written for this project. The names are those of uap-core, which Elasticsearch's answers have.
std::shared_ptr<const AgentParser> built_in_agents();
/// A parser of a file in uap-core's form: YAML with `user_agent_parsers`, `os_parsers` and `device_parsers`. Errors:
/// illegal_argument_exception, 400, with the file's name and what is wrong in it.
Result<std::shared_ptr<const AgentParser>> agents_of_file(const std::string& path);
/// The same parser, which remembers the last thousand texts that are no longer than 2048 bytes: they repeat.
std::shared_ptr<const AgentParser> remembering(std::shared_ptr<const AgentParser> parser);

/// `Desktop`, `Phone`, `Tablet`, `Robot`, `Other`.
std::string_view device_type(std::string_view text, const Agent& agent);

}  // namespace sluice::ingest
