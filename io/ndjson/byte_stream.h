#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "io/ndjson/format.h"
#include "pipeline/base/error.h"

namespace sluice::io {

/// Bytes one after the other, unpacked where they are packed. One thread at a time; interrupt() from any.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Up to `most` bytes; 0: the end. Blocks. Errors: i/o, data that is corrupt or cut off, kCancelled.
  virtual Result<std::size_t> read(char* to, std::size_t most) = 0;
  /// read() returns soon with kCancelled, now and later.
  virtual void interrupt() = 0;
  /// Bytes read so far, as they are in the file, for progress. Any thread.
  [[nodiscard]] virtual std::uint64_t packed_bytes() const = 0;
};

/// Takes over `fd`.
Result<std::unique_ptr<ByteStream>> make_byte_stream(std::string path, int fd, Compression compression);

/// The lines of a zstd file that begin in some of its frames: from packed byte `begin`, where a frame begins, to `end`,
/// where one ends. A line that began before is passed over, and one that goes beyond is read to its end, so that parts
/// that meet hold every line once. Takes over `fd`.
Result<std::unique_ptr<ByteStream>> make_zstd_part(std::string path, int fd, std::uint64_t begin, std::uint64_t end);

}  // namespace sluice::io
