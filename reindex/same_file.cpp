#include "reindex/same_file.h"

namespace sluice {

std::optional<struct stat> file_facts(const std::string& path, int standard) {
  struct stat facts{};
  const int failed = path == "-" ? ::fstat(standard, &facts) : ::stat(path.c_str(), &facts);
  if (failed != 0) return std::nullopt;
  return facts;
}

bool same_file(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino && (S_ISREG(one.st_mode) || S_ISFIFO(one.st_mode));
}

}  // namespace sluice
