#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tools/sluice/command.h"

namespace sluice::tools {
namespace {

constexpr int kWrongRequest = 2;

struct Command {
  std::string_view name;
  std::string_view sentence;
  CommandFunction run;
};

constexpr std::array kCommands{
#define SLUICE_COMMAND(name, sentence) Command{#name, sentence, name##_command},
#include "tools/sluice/commands.def"
#undef SLUICE_COMMAND
};

std::string usage() {
  std::string text = "sluice COMMAND [OPTIONS]\n\nCommands:\n";
  for (const Command& command : kCommands) text += fmt::format("  {:<10} {}\n", command.name, command.sentence);
  return text + "\n`sluice COMMAND --help` tells the options of a command.\n";
}

int run(int count, const char* const* arguments) {
  const std::string_view name = count > 1 ? arguments[1] : "";
  if (name == "--help" || name == "-h" || name == "help") {
    fmt::print("{}", usage());
    return 0;
  }
  for (const Command& command : kCommands) {
    if (name == command.name || (name == "--version" && command.name == "version")) {
      return command.run(count - 1, arguments + 1);
    }
  }
  if (!name.empty()) fmt::print(stderr, "sluice: there is no command [{}]\n\n", name);
  fmt::print(stderr, "{}", usage());
  return kWrongRequest;
}

}  // namespace
}  // namespace sluice::tools

int main(int count, char** arguments) {
  try {
    return sluice::tools::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sluice: internal error: %s; please report it\n", error.what());
    return 1;
  }
}
