#include "io/ndjson/zstd_frames.h"

#include <cerrno>
#include <memory>

#include <sys/mman.h>
#include <zstd.h>

#include "io/ndjson/format.h"

namespace sluice::io {

Result<std::vector<std::uint64_t>> find_zstd_frames(const std::string& path, int fd, std::uint64_t size) {
  std::vector<std::uint64_t> frames = {0};
  if (size == 0) return frames;
  void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) return std::unexpected(file_error("read", path, errno));
  const auto unmap = [size](void* at) { ::munmap(at, size); };
  const std::unique_ptr<void, decltype(unmap)> memory(mapped, unmap);
  const char* const begin = static_cast<const char*>(mapped);
  bool any = false;
  for (std::uint64_t at = 0; at < size;) {
    const std::size_t length = ZSTD_findFrameCompressedSize(begin + at, size - at);
    if (ZSTD_isError(length) != 0) {
      return std::unexpected(Error(ErrorKind::kDocument, 400, "i_o_exception",
                                   "[" + path + "] is not valid zstd data, or cut off, at byte " + std::to_string(at) +
                                       " (" + ZSTD_getErrorName(length) + "); fetch or make the file anew"));
    }
    // Frames that hold nothing (those to be skipped, and empty ones) go with the one before them.
    const bool holds = ZSTD_getFrameContentSize(begin + at, size - at) != 0;
    if (holds && any) frames.push_back(at);
    any = any || holds;
    at += length;
  }
  frames.push_back(size);
  return frames;
}

}  // namespace sluice::io
