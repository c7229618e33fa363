#include "io/ndjson/file_sink.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "pipeline/base/quiet_pipes.h"
#include "pipeline/model/document_failure.h"

namespace sluice::io {

namespace {

using pipeline::Batch;
using pipeline::BatchPtr;
using pipeline::Document;
using pipeline::Outcome;

/// The file system is asked for room in steps, which is cheaper than page by page; close() gives back the rest.
constexpr std::uint64_t kRoomStep = std::uint64_t{64} << 20;
/// What is written at a time where no reader can keep a write from ending.
constexpr std::size_t kLargestPiece = std::size_t{1} << 20;

/// Bytes that a stream which can be written to takes whole: where there is a reader, it takes no more for sure.
std::size_t piece_of(const struct stat& facts) {
  constexpr unsigned kMemoryDevices = 1;  // /dev/null and its like
  const bool no_reader = S_ISREG(facts.st_mode) || S_ISBLK(facts.st_mode) ||
                         (S_ISCHR(facts.st_mode) && major(facts.st_rdev) == kMemoryDevices);
  return no_reader ? kLargestPiece : PIPE_BUF;
}

/// `open` without waiting for whoever is at the other end; what is read and written then waits as usual. -1: errno.
int open_blocking(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0666);
  if (fd >= 0) ::fcntl(fd, F_SETFL, 0);
  return fd;
}

Result<OpenedOutput> open_output(const std::string& path) {
  OpenedOutput output;
  struct stat facts{};
  if (path == "-") {
    output.fd = ::dup(STDOUT_FILENO);
  } else {
    output.fd = open_blocking(path, O_WRONLY | O_CREAT | O_EXCL);
    output.made = output.fd >= 0;
    if (!output.made) output.fd = open_blocking(path, O_WRONLY | O_CREAT);
  }
  const int why = errno;
  if (output.fd < 0 && why == ENXIO && ::stat(path.c_str(), &facts) == 0 && S_ISFIFO(facts.st_mode)) {
    output.piece = piece_of(facts);  // nobody reads it yet
    return output;
  }
  if (output.fd < 0) return std::unexpected(file_error("open for writing", path, why));
  if (::fstat(output.fd, &facts) != 0) {
    const int problem = errno;
    ::close(output.fd);
    return std::unexpected(file_error("open for writing", path, problem));
  }
  output.piece = S_ISREG(facts.st_mode) && path != "-" ? 0 : piece_of(facts);
  return output;
}

Status pack_gzip(std::string_view in, Buffer& out, int level) {
  z_stream z{};
  deflateInit2(&z, level == 0 ? 1 : level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  out.clear();
  out.resize(deflateBound(&z, in.size()));
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // zlib does not write to it
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&z, Z_FINISH);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  if (code != Z_STREAM_END) return std::unexpected(internal_error("zlib could not pack a batch"));
  return {};
}

Status pack_zstd(std::string_view in, Buffer& out, int level) {
  out.clear();
  out.resize(ZSTD_compressBound(in.size()));
  const std::size_t size = ZSTD_compress(out.data(), out.size(), in.data(), in.size(), level == 0 ? 3 : level);
  if (ZSTD_isError(size) != 0) return std::unexpected(internal_error(ZSTD_getErrorName(size)));
  out.resize(size);
  return {};
}

void refuse(Batch& batch, std::uint32_t item, Error why) {
  batch.documents[item].outcome = Outcome::kFailed;
  batch.failures.push_back(pipeline::document_failure(batch, item, std::move(why)));
}

Error no_deletes() {
  return {ErrorKind::kDocument, 400, "illegal_argument_exception",
          "a delete can't be written in this format; use [--format bulk] for the destination"};
}

}  // namespace

Result<std::unique_ptr<pipeline::Sink>> make_file_sink(FileSinkOptions options) {
  auto output = open_output(options.path);
  if (!output) return std::unexpected(std::move(output.error()));
  return std::make_unique<FileSink>(std::move(options), *output);
}

FileSink::FileSink(FileSinkOptions options, const OpenedOutput& output)
    : options_(std::move(options)),
      compression_(compression_of(options_.path)),
      fd_(output.fd),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      positioned_(output.piece == 0),
      piece_(output.piece),
      made_(output.made) {}

FileSink::~FileSink() {
  forget();
  if (fd_ >= 0) ::close(fd_);
  ::close(wake_);
}

/// A file that was made and never opened is not left behind, empty.
void FileSink::forget() {
  if (!std::exchange(made_, false) || opened_) return;
  struct stat mine{};
  struct stat there{};
  if (::fstat(fd_, &mine) == 0 && mine.st_size == 0 && ::lstat(options_.path.c_str(), &there) == 0 &&
      mine.st_dev == there.st_dev && mine.st_ino == there.st_ino) {
    ::unlink(options_.path.c_str());
  }
}

/// A reader that has stopped reading must not keep the run from ending. A disk is waited for.
void FileSink::abort() {
  const std::uint64_t one = 1;
  // An eventfd takes the first one always, and the first one is enough.
  [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
}

/// What was in the file is given up only now, when the source has turned out to be there.
void FileSink::open(pipeline::Done done) {
  if (Status status = await_reader(); !status) {
    done(std::move(status));
    return;
  }
  if (positioned_ && ::ftruncate(fd_, 0) != 0) {
    done(std::unexpected(file_error("empty", options_.path, errno)));
    return;
  }
  opened_ = true;
  done({});
}

/// A named pipe can't be opened before it has a reader, and the kernel's way of waiting for one can't be ended.
Status FileSink::await_reader() {
  constexpr int kAskAgain = 20;  // milliseconds
  while (fd_ < 0) {
    fd_ = open_blocking(options_.path, O_WRONLY);
    if (fd_ >= 0) break;
    if (errno != ENXIO && errno != EINTR) return std::unexpected(file_error("open for writing", options_.path, errno));
    pollfd wait{wake_, POLLIN, 0};
    if (::poll(&wait, 1, kAskAgain) > 0) return std::unexpected(cancelled());
  }
  return {};
}

Status FileSink::encode(Batch& batch) {
  pipeline::Bulk& bulk = batch.bulk;
  bulk.body.clear();
  std::size_t bytes = 0;
  for (const Document& document : batch.documents) bytes += document.source.size() + document.id.size() + 64;
  bulk.body.reserve(bytes);
  for (std::uint32_t item = 0; item < batch.documents.size(); ++item) {
    const Document& document = batch.documents[item];
    if (document.outcome != Outcome::kPending) continue;
    if (!can_express(options_.lines.format, document.operation)) {
      refuse(batch, item, no_deletes());
      continue;
    }
    if (Status fine = check_rules(document, options_.lines); !fine) {
      refuse(batch, item, std::move(fine.error()));
      continue;
    }
    append_document(bulk.body, document, batch.condition_of(item), options_.lines);
  }
  return compression_ == Compression::kNone || bulk.body.empty() ? Status{} : pack(bulk);
}

Status FileSink::pack(pipeline::Bulk& bulk) const {
  const std::string_view plain = bulk.body.view();
  Status packed = compression_ == Compression::kGzip ? pack_gzip(plain, bulk.reply, options_.compression_level)
                                                     : pack_zstd(plain, bulk.reply, options_.compression_level);
  if (packed) std::swap(bulk.body, bulk.reply);
  return packed;
}

void FileSink::send(const BatchPtr& batch, Task done) {
  {
    const std::scoped_lock lock(mutex_);
    Order& order = order_[batch->slice];
    order.parked.emplace(batch->sequence, Waiting{batch, std::move(done)});
    for (auto next = order.parked.begin(); next != order.parked.end() && next->first == order.next;
         next = order.parked.erase(next)) {
      ready_.push_back(std::move(next->second));
      ++order.next;
    }
    if (writing_ || ready_.empty()) return;
    writing_ = true;
  }
  write_ready();
}

/// Writes what is ready, also what becomes so meanwhile.
void FileSink::write_ready() {
  for (;;) {
    Waiting next;
    {
      const std::scoped_lock lock(mutex_);
      writing_ = !ready_.empty();
      if (!writing_) return;
      next = std::move(ready_.front());
      ready_.pop_front();
    }
    write(*next.batch);
    next.batch.reset();
    next.done();
  }
}

void FileSink::write(Batch& batch) {
  const std::string_view bytes = batch.bulk.body.view();
  if (bytes.empty()) return;
  if (!failed_) {
    if (Status status = positioned_ ? write_positioned(bytes) : write_streamed(bytes); !status) {
      failed_ = std::move(status.error());
    }
  }
  batch.bulk.error = failed_;
  batch.bytes_written += bytes.size();
}

Status FileSink::write_positioned(std::string_view bytes) {
  make_room(size_ + bytes.size());
  Status status = write_at(bytes, size_);
  if (status) size_ += bytes.size();  // else close() cuts the file there
  return status;
}

/// In pieces that a stream with room takes whole, so that a write never blocks where abort() can't end it.
Status FileSink::write_streamed(std::string_view bytes) {
  const QuietPipes quiet;
  while (!bytes.empty()) {
    std::array<pollfd, 2> wait = {pollfd{fd_, POLLOUT, 0}, pollfd{wake_, POLLIN, 0}};
    if (::poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) {
      return std::unexpected(file_error("write", options_.path, errno));
    }
    if (wait[1].revents != 0) return std::unexpected(cancelled());
    if (wait[0].revents == 0) continue;
    const ssize_t written = ::write(fd_, bytes.data(), std::min(bytes.size(), piece_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return std::unexpected(file_error("write", options_.path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

void FileSink::make_room(std::uint64_t end) {
  if (end <= room_) return;
  const std::uint64_t from = std::exchange(room_, end + kRoomStep);
  // Not every file system can, and then it is merely slower; a full disk shows at the write.
  if (end > kRoomStep) {
    static_cast<void>(
        ::fallocate(fd_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(from), static_cast<off_t>(end + kRoomStep - from)));
  }
}

Status FileSink::write_at(std::string_view bytes, std::uint64_t offset) const {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return std::unexpected(file_error("write", options_.path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

Result<pipeline::Settlement> FileSink::settle(Batch& batch) {
  if (batch.bulk.error) return std::unexpected(std::move(*batch.bulk.error));
  for (Document& document : batch.documents) {
    if (document.outcome != Outcome::kPending) continue;
    document.outcome = document.operation == pipeline::Operation::kDelete ? Outcome::kDeleted : Outcome::kCreated;
  }
  return pipeline::Settlement{};
}

void FileSink::close(bool /*complete*/, pipeline::Done done) {
  forget();
  done(opened_ ? finish() : Status{});
}

Status FileSink::finish() {
  if (positioned_) {
    // An empty file is no packed file: even no documents have a frame.
    if (size_ == 0 && compression_ != Compression::kNone) {
      pipeline::Bulk nothing;
      Status status = pack(nothing);
      if (status) status = write_positioned(nothing.body.view());
      if (!status) return status;
    }
    if (::ftruncate(fd_, static_cast<off_t>(size_)) != 0) {
      return std::unexpected(file_error("finish", options_.path, errno));
    }
  }
  // Some file systems tell only now that the data could not be kept.
  if (::close(std::exchange(fd_, -1)) != 0) return std::unexpected(file_error("finish", options_.path, errno));
  return {};
}

}  // namespace sluice::io
