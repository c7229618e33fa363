#pragma once

namespace sluice::tools {

/// A command of the tool: `arguments[0]` is its own name. Returns the exit status.
using CommandFunction = int (*)(int count, const char* const* arguments);

// NAME_command() for each line of commands.def.
#define SLUICE_COMMAND(name, sentence) int name##_command(int count, const char* const* arguments);
#include "tools/sluice/commands.def"
#undef SLUICE_COMMAND

}  // namespace sluice::tools
