#include "io/ndjson/byte_stream.h"

#include <array>
#include <atomic>
#include <cerrno>
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
  ZstdStream(std::string path, std::unique_ptr<ByteStream> packed)
      : PackedStream(std::move(path), std::move(packed)), context_(ZSTD_createDCtx()) {}
  ~ZstdStream() override { ZSTD_freeDCtx(context_); }

  Result<std::size_t> read(char* to, std::size_t most) override {
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
      begin_ = in.pos;
      inside_ = code != 0;
      full_ = out.pos == most;  // there may be more to flush without new input
      if (out.pos != 0) return out.pos;
    }
  }

 private:
  ZSTD_DCtx* context_;
  bool inside_ = false;
  bool full_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> make_byte_stream(std::string path, int fd, Compression compression) {
  const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0) {
    const int why = errno;
    ::close(fd);
    return std::unexpected(file_error("read", path, why));
  }
  std::unique_ptr<ByteStream> plain = std::make_unique<PlainStream>(path, fd, wake);
  if (compression == Compression::kGzip) return std::make_unique<GzipStream>(std::move(path), std::move(plain));
  if (compression == Compression::kZstd) return std::make_unique<ZstdStream>(std::move(path), std::move(plain));
  return plain;
}

}  // namespace sluice::io
