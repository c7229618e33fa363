#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::io {

/// Where the frames of a zstd file begin, in bytes of the packed file, and behind the last one its size. Frames can be
/// unpacked independently: a file with several can be read in slices. Only block headers are looked at. Frames that say
/// that they hold nothing (skippable ones, as pzstd writes before each, and empty ones) are no borders.
/// Errors: the file can't be read, or is not zstd data.
Result<std::vector<std::uint64_t>> find_zstd_frames(const std::string& path, int fd, std::uint64_t size);

}  // namespace sluice::io
