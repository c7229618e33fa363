#include "io/ndjson/byte_stream.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace sluice::io {

namespace {

constexpr std::size_t kPackedChunk = std::size_t{256} << 10;

Error packed_error(const std::string& path, std::string_view what) {
  return {ErrorKind::kDocument, 400, "i_o_exception",
          "[" + path + "] " + std::string(what) + "; fetch or make the file anew"};
}

/// The file descriptor itself.
class PlainStream final : public ByteStream {
 public:
  PlainStream(std::string path, int fd, int wake) : path_(std::move(path)), fd_(fd), wake_(wake) {}
  ~PlainStream() override {
    ::close(fd_);
    ::close(wake_);
  }

  Result<std::size_t> read(char* to, std::size_t most) override {
    for (;;) {
      std::array<pollfd, 2> wait = {pollfd{fd_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
      if (::poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) {
        return std::unexpected(file_error("read", path_, errno));
      }
      if (wait[1].revents != 0) return std::unexpected(cancelled());
      if (wait[0].revents == 0) continue;
      const ssize_t got = ::read(fd_, to, most);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return std::unexpected(file_error("read", path_, errno));
      bytes_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
  }
  void interrupt() override {
    const std::uint64_t one = 1;
    // An eventfd takes the first one always, and the first one is enough.
    [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
  }
  [[nodiscard]] std::uint64_t packed_bytes() const override { return bytes_; }

 private:
  const std::string path_;
  const int fd_;
  const int wake_;
  std::atomic<std::uint64_t> bytes_{0};
};

/// What the two packed formats share: a chunk of packed bytes that is filled again when it has been used up.
class PackedStream : public ByteStream {
 public:
  PackedStream(std::string path, std::unique_ptr<ByteStream> packed)
      : path_(std::move(path)), packed_(std::move(packed)), chunk_(kPackedChunk) {}
  void interrupt() override { packed_->interrupt(); }
  [[nodiscard]] std::uint64_t packed_bytes() const override { return packed_->packed_bytes(); }

 protected:
  /// False: the file is at its end.
  Result<bool> refill() {
    auto got = packed_->read(chunk_.data(), chunk_.size());
    if (!got) return std::unexpected(std::move(got.error()));
    begin_ = 0;
    end_ = *got;
    return *got != 0;
  }
  const std::string path_;
  std::unique_ptr<ByteStream> packed_;
  std::vector<char> chunk_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

class GzipStream final : public PackedStream {
 public:
  GzipStream(std::string path, std::unique_ptr<ByteStream> packed) : PackedStream(std::move(path), std::move(packed)) {
    inflateInit2(&z_, 15 + 16);
  }
  ~GzipStream() override { inflateEnd(&z_); }

  Result<std::size_t> read(char* to, std::size_t most) override {
    for (;;) {
      if (begin_ == end_) {
        auto more = refill();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more && inside_)
          return std::unexpected(packed_error(path_, "is cut off: its gzip data stop in the middle"));
        if (!*more) return 0;
      }
      z_.next_in = reinterpret_cast<Bytef*>(chunk_.data() + begin_);
      z_.avail_in = static_cast<uInt>(end_ - begin_);
      z_.next_out = reinterpret_cast<Bytef*>(to);
      z_.avail_out = static_cast<uInt>(most);
      inside_ = true;
      const int code = inflate(&z_, Z_NO_FLUSH);
      begin_ = end_ - z_.avail_in;
      if (code == Z_STREAM_END) {
        inside_ = false;
        inflateReset(&z_);  // a gzip file may have several members
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return std::unexpected(packed_error(path_, "is not valid gzip data, or damaged"));
      }
      if (const std::size_t made = most - z_.avail_out; made != 0) return made;
    }
  }

 private:
  z_stream z_{};
  bool inside_ = false;
};

class ZstdStream final : public PackedStream {
 public:
  /// `end`: packed bytes from the stream's beginning, at which a frame ends; see passed_end().
  ZstdStream(std::string path, std::unique_ptr<ByteStream> packed, std::uint64_t end = UINT64_MAX)
      : PackedStream(std::move(path), std::move(packed)), end_of_part_(end), context_(ZSTD_createDCtx()) {}
  ~ZstdStream() override { ZSTD_freeDCtx(context_); }

  /// Also 0, once, where the end of the part is passed without a byte: of a checksum, of frames that hold nothing.
  Result<std::size_t> read(char* to, std::size_t most) override {
    const bool within = !passed_end();
    for (;;) {
      if (begin_ == end_ && !full_) {
        auto more = refill();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more && inside_)
          return std::unexpected(packed_error(path_, "is cut off: its zstd data stop in the middle"));
        if (!*more) return 0;
      }
      ZSTD_inBuffer in{chunk_.data(), end_, begin_};
      ZSTD_outBuffer out{to, most, 0};
      const std::size_t code = ZSTD_decompressStream(context_, &out, &in);
      if (ZSTD_isError(code) != 0) {
        return std::unexpected(
            packed_error(path_, "is not valid zstd data, or damaged (" + std::string(ZSTD_getErrorName(code)) + ")"));
      }
      used_ += in.pos - begin_;
      begin_ = in.pos;
      inside_ = code != 0;
      full_ = inside_ && out.pos == most;  // there may be more to flush without new input
      if (out.pos != 0 || (within && passed_end())) return out.pos;
    }
  }

  [[nodiscard]] std::uint64_t end_of_part() const { return end_of_part_; }
  /// Whether all bytes of the part have been read. A read never goes beyond the end of a frame.
  [[nodiscard]] bool passed_end() const { return used_ >= end_of_part_ && !inside_; }

 private:
  const std::uint64_t end_of_part_;
  std::uint64_t used_ = 0;
  ZSTD_DCtx* context_;
  bool inside_ = false;
  bool full_ = false;
};

/// Cuts what a ZstdStream unpacks at lines, as make_zstd_part() says.
class ZstdPart final : public ByteStream {
 public:
  ZstdPart(std::unique_ptr<ZstdStream> stream, bool first, bool empty)
      : stream_(std::move(stream)), skipping_(!first), ended_(empty) {}
  void interrupt() override { stream_->interrupt(); }
  /// Of the part: what is read beyond it belongs to the next one.
  [[nodiscard]] std::uint64_t packed_bytes() const override {
    return std::min(stream_->packed_bytes(), stream_->end_of_part());
  }

  Result<std::size_t> read(char* to, std::size_t most) override {
    while (!ended_) {
      beyond_ = beyond_ || stream_->passed_end();
      if (beyond_ && skipping_) break;  // no line begins in this part
      auto got = stream_->read(to, most);
      if (got && *got == 0 && !beyond_ && stream_->passed_end()) continue;
      if (!got || *got == 0) return got;
      std::size_t size = *got;
      if (beyond_) {
        // The last line goes on into the next part; behind it the other part begins.
        const char* newline = std::find(to, to + size, '\n');
        ended_ = newline != to + size;
        if (ended_) size = static_cast<std::size_t>(newline - to) + 1;
      } else if (skipping_) {
        const char* newline = std::find(to, to + size, '\n');
        skipping_ = newline == to + size;
        if (skipping_) continue;
        size -= static_cast<std::size_t>(newline + 1 - to);
        std::memmove(to, newline + 1, size);
      }
      if (size != 0) return size;
    }
    return 0;
  }

 private:
  std::unique_ptr<ZstdStream> stream_;
  bool skipping_;
  bool beyond_ = false;
  bool ended_;
};

/// An eventfd for interrupt(), and the plain stream with it. Takes over `fd`.
Result<std::unique_ptr<ByteStream>> make_plain_stream(const std::string& path, int fd) {
  const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0) {
    const int why = errno;
    ::close(fd);
    return std::unexpected(file_error("read", path, why));
  }
  return std::make_unique<PlainStream>(path, fd, wake);
}

}  // namespace

Result<std::unique_ptr<ByteStream>> make_zstd_part(std::string path, int fd, std::uint64_t begin, std::uint64_t end) {
  if (::lseek(fd, static_cast<off_t>(begin), SEEK_SET) < 0) {
    const int why = errno;
    ::close(fd);
    return std::unexpected(file_error("read", path, why));
  }
  auto plain = make_plain_stream(path, fd);
  if (!plain) return plain;
  auto stream = std::make_unique<ZstdStream>(std::move(path), std::move(*plain), end - begin);
  return std::make_unique<ZstdPart>(std::move(stream), begin == 0, begin == end);
}

Result<std::unique_ptr<ByteStream>> make_byte_stream(std::string path, int fd, Compression compression) {
  auto plain = make_plain_stream(path, fd);
  if (!plain) return plain;
  if (compression == Compression::kGzip) return std::make_unique<GzipStream>(std::move(path), std::move(*plain));
  if (compression == Compression::kZstd) return std::make_unique<ZstdStream>(std::move(path), std::move(*plain));
  return plain;
}

}  // namespace sluice::io
