#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "tools/sluiced/arguments.h"
#include "tools/sluiced/rest/secret_hash.h"
#include "tools/sluiced/server.h"

namespace sluice::tools {
namespace {

constexpr int kWrong = 2;
constexpr int kCannotStart = 3;

int run(int count, const char* const* arguments) {
  int exit_status = 0;
  const auto read = read_arguments(count, arguments, exit_status);
  if (!read) return exit_status;
  if (read->hash_password) {
    std::string password;
    std::getline(std::cin, password);
    fmt::print("{}\n", rest::hash_secret(password));
    return 0;
  }
  const Status served = serve(*read);
  if (served) return 0;
  fmt::print(stderr, "sluiced: {}\n", served.error().message());
  return served.error().kind == ErrorKind::kBadRequest ? kWrong : kCannotStart;
}

}  // namespace
}  // namespace sluice::tools

int main(int count, char** arguments) {
  try {
    return sluice::tools::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sluiced: internal error: %s; please report it\n", error.what());
    return 1;
  }
}
