#pragma once

namespace sluice::tools {

/// `sluice generate CORPUS [--docs N | --bytes SIZE] [--seed S] [--format hits|bulk|docs] [--index NAME] [-o FILE]`:
/// writes a seeded corpus as NDJSON to a file or to stdout, and says on stderr how much it was. `arguments[0]` is the
/// command's own name. Returns the exit status: 0 done, 2 the request is wrong, 3 the file can't be written.
int generate_command(int count, const char* const* arguments);

}  // namespace sluice::tools
