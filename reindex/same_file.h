#pragma once

#include <optional>
#include <string>

#include <sys/stat.h>

namespace sluice {

/// What is behind the path of a file; `-` is the open descriptor `standard`. Nothing: there is no such file, or it
/// can't be asked.
std::optional<struct stat> file_facts(const std::string& path, int standard);

/// Whether both are one plain file, or one pipe, under whatever names: what is written to one is what the other has.
bool same_file(const struct stat& one, const struct stat& other);

}  // namespace sluice
