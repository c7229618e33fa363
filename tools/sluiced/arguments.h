#pragma once

#include <string>
#include <vector>

#include "io/store/catalog/catalog.h"

namespace sluice::tools {

/// What the command line and the configuration file said together.
struct Arguments {
  std::string data;
  std::string listen;  ///< `HOST:PORT`; empty: as the settings say
  store::Settings settings;
  bool hash_password = false;  ///< hash the password on stdin, print it, and end
};

/// Reads the command line and the file it names; `--set` counts more than the file. An exit status where the program
/// has to end at once: 0 after --help, 2 where something is wrong, which has been said on stderr.
Result<Arguments> read_arguments(int count, const char* const* arguments, int& exit_status);

/// `127.0.0.1:9200`, `[::1]:0`, `:9200`, taken apart. Errors: what is wrong with it.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_listen(const std::string& text);

}  // namespace sluice::tools
