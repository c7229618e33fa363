#include "tools/sluice/failures_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "io/ndjson/format.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"

namespace sluice::tools {
namespace {

Error problem(const std::string& path, int why = errno) {
  return io::file_error("write", path, why, "choose another file with --failures");
}

/// Bytes of the well-formed character at the beginning of `bytes` (RFC 3629); 0: there is none.
std::size_t character_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

/// Bytes at the beginning of `text` that are written at a time: no character is cut, if it is one.
std::size_t piece_of(std::string_view text) {
  constexpr std::size_t kPiece = std::size_t{64} << 10;
  constexpr std::size_t kLongestTail = 3;
  if (text.size() <= kPiece) return text.size();
  std::size_t size = kPiece;
  const auto inside = [&] { return (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80; };
  while (inside() && size > kPiece - kLongestTail) --size;
  return size;
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = character_length(bytes);
    if (length == 0) {
      text += "\xEF\xBF\xBD";
    } else {
      text += bytes.substr(0, length);
    }
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

Result<std::unique_ptr<FailuresFile>> FailuresFile::open(const std::string& path) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK;  // a pipe that nobody reads is an error
  int descriptor = ::open(path.c_str(), kFlags | O_EXCL, 0666);
  const bool made = descriptor >= 0;
  if (!made) descriptor = ::open(path.c_str(), kFlags, 0666);
  if (descriptor < 0) return std::unexpected(problem(path));
  std::FILE* const file = ::fcntl(descriptor, F_SETFL, 0) == 0 ? ::fdopen(descriptor, "wb") : nullptr;
  if (file == nullptr) {
    const int why = errno;
    ::close(descriptor);
    return std::unexpected(problem(path, why));
  }
  return std::unique_ptr<FailuresFile>(new FailuresFile(path, file, made));
}

FailuresFile::FailuresFile(std::string path, std::FILE* file, bool made)
    : path_(std::move(path)), made_(made), file_(file) {
  ::fstat(::fileno(file), &facts_);
}

FailuresFile::~FailuresFile() {
  if (made_) ::unlink(path_.c_str());
}

Status FailuresFile::begin() {
  made_ = false;
  if (S_ISREG(facts_.st_mode) && ::ftruncate(::fileno(file_.get()), 0) != 0) return std::unexpected(problem(path_));
  return {};
}

void FailuresFile::add(const pipeline::Failure& failure) {
  JsonWriter out;
  out.begin_object();
  if (!failure.place.empty()) out.member("place", valid_utf8(failure.place));
  if (!failure.index.empty()) out.member("index", valid_utf8(failure.index));
  if (failure.id) out.member("id", valid_utf8(*failure.id));
  out.member("status", failure.cause.status).key("cause");
  Error cause = failure.cause;
  cause.reason = valid_utf8(cause.reason);
  cause.write(out);
  if (failure.document_bytes != 0) out.member("truncated", true).member("document_bytes", failure.document_bytes);
  std::string head = out.end_object().take();
  head.back() = ',';
  head += R"("document":")";
  const std::scoped_lock lock(mutex_);
  write(head);
  // Piece by piece: a document may be as large as the memory that runs are given.
  for (std::string_view rest = failure.document; !rest.empty();) {
    const std::size_t size = piece_of(rest);
    const std::string piece = json_string(valid_utf8(rest.substr(0, size)));
    write(std::string_view(piece).substr(1, piece.size() - 2));
    rest.remove_prefix(size);
  }
  write("\"}\n");
}

void FailuresFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size() && problem_ == 0) problem_ = errno;
}

Status FailuresFile::close() {
  const std::scoped_lock lock(mutex_);
  if (std::fclose(file_.release()) != 0 && problem_ == 0) problem_ = errno;
  if (problem_ != 0) return std::unexpected(problem(path_, problem_));
  return {};
}

}  // namespace sluice::tools
