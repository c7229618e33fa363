#include "io/ndjson/file_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/ndjson/stream_source.h"
#include "io/ndjson/zstd_frames.h"
#include "io/ndjson/zstd_source.h"
#include "pipeline/base/line_feeds.h"

namespace sluice::io {

namespace {

using pipeline::Page;
using pipeline::PageFormat;

constexpr std::size_t kFirstPage = std::size_t{1} << 20;
constexpr std::size_t kSmallestPage = std::size_t{64} << 10;
constexpr std::size_t kLargestPage = std::size_t{8} << 20;
constexpr std::size_t kHead = std::size_t{64} << 10;
constexpr std::uint64_t kSmallestAutoSlice = std::uint64_t{4} << 20;
constexpr std::size_t kMostCounts = 100'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::uint32_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace

Result<std::unique_ptr<pipeline::Source>> make_file_source(FileSourceOptions options) {
  const bool standard_input = options.path == "-";
  // Without blocking: a named pipe that nobody writes to yet is waited for where a cancel ends the wait.
  const int fd = standard_input ? ::dup(STDIN_FILENO) : ::open(options.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return std::unexpected(file_error("open for reading", options.path, errno));
  struct stat facts{};
  if (::fstat(fd, &facts) != 0 || S_ISDIR(facts.st_mode)) {
    const int why = S_ISDIR(facts.st_mode) ? EISDIR : errno;
    ::close(fd);
    return std::unexpected(file_error("read", options.path, why));
  }
  const Compression compression = compression_of(options.path);
  if (S_ISREG(facts.st_mode) && compression == Compression::kNone && !standard_input) {
    return std::make_unique<FileSource>(std::move(options), fd, static_cast<std::uint64_t>(facts.st_size));
  }
  if (compression != Compression::kNone && S_ISREG(facts.st_mode)) {
    options.packed_size = static_cast<std::uint64_t>(facts.st_size);
  }
  if (compression == Compression::kZstd && S_ISREG(facts.st_mode) && options.slices != 1 && !options.part) {
    auto frames = find_zstd_frames(options.path, fd, static_cast<std::uint64_t>(facts.st_size));
    if (!frames || frames->size() > 2) ::close(fd);
    if (!frames) return std::unexpected(std::move(frames.error()));
    if (frames->size() > 2) return std::make_unique<ZstdSource>(std::move(options), std::move(*frames));
  }
  if (options.slices > 1 || options.part) {
    ::close(fd);
    return std::unexpected(illegal_argument("[" + options.path +
                                            "] is a stream and can't be sliced (a .zst file of several frames could); "
                                            "use [slices=1] and no [source.slice], or unpack it into a plain file"));
  }
  return make_stream_source(std::move(options), fd, compression);
}

FileSource::FileSource(FileSourceOptions options, int fd, std::uint64_t size)
    : options_(std::move(options)), fd_(fd), size_(size) {
  ::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

FileSource::~FileSource() { ::close(fd_); }

void FileSource::open(pipeline::Callback<pipeline::SourceFacts> done) { done(prepare()); }

Result<pipeline::SourceFacts> FileSource::prepare() {
  auto head = line_text(0, kHead);
  if (!head) return std::unexpected(std::move(head.error()));
  std::string_view text = *head;
  if (text.starts_with(kByteOrderMark)) {
    text_begin_ = kByteOrderMark.size();
    text.remove_prefix(kByteOrderMark.size());
  }
  format_ = options_.format.value_or(detect_format(text).value_or(PageFormat::kDocs));
  std::uint32_t count = options_.slices;
  if (count == 0) {
    const std::uint64_t sensible = std::max<std::uint64_t>(1, size_ / kSmallestAutoSlice);
    count = static_cast<std::uint32_t>(std::min<std::uint64_t>(cores(), sensible));
  }
  if (Status cut = cut_slices(count); !cut) return std::unexpected(std::move(cut.error()));
  pipeline::SourceFacts facts;
  facts.slices = count;
  facts.in_place = true;
  facts.bytes = slices_.back()->end - slices_.front()->begin;
  return facts;
}

/// Borders at equal parts of the file, each moved on to the start of a line.
Status FileSource::cut_slices(std::uint32_t count) {
  const std::uint64_t parts = options_.part ? options_.part->second : count;
  const std::uint64_t first = options_.part ? options_.part->first : 0;
  std::vector<std::uint64_t> borders;
  for (std::uint64_t i = first; i <= first + count; ++i) {
    std::uint64_t border = i == parts ? size_ : text_begin_ + (size_ - std::min(size_, text_begin_)) / parts * i;
    if (i != 0 && i != parts) {
      auto start = line_start(border);
      if (!start) return std::unexpected(std::move(start.error()));
      border = *start;
    }
    borders.push_back(std::min(border, size_));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    slices_.push_back(std::make_unique<Slice>());
    slices_.back()->begin = borders[i];
    slices_.back()->end = borders[i + 1];
  }
  return {};
}

/// The first line that starts at `from` or behind it, and in a bulk file is an action.
Result<std::uint64_t> FileSource::line_start(std::uint64_t from) {
  auto start = next_line(from == 0 ? 0 : from - 1);
  if (format_ != PageFormat::kBulk) return start;
  while (start && *start < size_) {
    auto line = line_text(*start, kHead);
    if (!line) return std::unexpected(std::move(line.error()));
    line->resize(std::min(line->find('\n'), line->size()));
    if (looks_like_action(*line)) return start;
    start = next_line(*start);
  }
  return start;
}

/// Behind the first newline at `from` or later; the size of the file where there is none.
Result<std::uint64_t> FileSource::next_line(std::uint64_t from) {
  std::vector<char> chunk(kHead);
  while (from < size_) {
    const std::size_t bytes = std::min<std::uint64_t>(chunk.size(), size_ - from);
    if (Status status = read_at(from, chunk.data(), bytes); !status) return std::unexpected(std::move(status.error()));
    if (const void* newline = std::memchr(chunk.data(), '\n', bytes)) {
      return from + static_cast<std::uint64_t>(static_cast<const char*>(newline) - chunk.data()) + 1;
    }
    from += bytes;
  }
  return size_;
}

Result<std::string> FileSource::line_text(std::uint64_t from, std::size_t most) {
  std::string text(std::min<std::uint64_t>(most, size_ - std::min(from, size_)), '\0');
  if (Status status = read_at(from, text.data(), text.size()); !status) {
    return std::unexpected(std::move(status.error()));
  }
  return text;
}

Status FileSource::read_at(std::uint64_t offset, char* to, std::size_t bytes) const {
  while (bytes > 0) {
    const ssize_t got = ::pread(fd_, to, bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(file_error("read", options_.path, errno));
    if (got == 0) {
      return std::unexpected(Error(ErrorKind::kInternal, 500, "i_o_exception",
                                   "[" + options_.path +
                                       "] became shorter while it was read: there is nothing at byte " +
                                       std::to_string(offset) + "; don't write to a file while it is a source"));
    }
    to += got;
    offset += static_cast<std::uint64_t>(got);
    bytes -= static_cast<std::size_t>(got);
  }
  return {};
}

std::size_t FileSource::page_estimate(std::uint32_t slice, std::uint32_t max_documents) const {
  std::uint32_t document = slices_[slice]->document_bytes.load(std::memory_order_relaxed);
  if (document == 0) document = largest_mean_.load(std::memory_order_relaxed);
  if (document == 0) return kFirstPage;
  // A little more than needed, so that the batch is full; what is left over is read again.
  const std::size_t wanted = std::size_t{document} * max_documents;
  return std::max<std::size_t>(document,
                               std::min(wanted + wanted / 32 + std::max<std::size_t>(document, 512), kLargestPage));
}

void FileSource::fetch(pipeline::PageRequest request, Page recycled, pipeline::Callback<Page> done) {
  if (Status status = read_page(request, recycled); !status) {
    done(std::unexpected(std::move(status.error())));
    return;
  }
  done(std::move(recycled));
}

Status FileSource::read_page(const pipeline::PageRequest& request, Page& page) {
  if (aborted_) return std::unexpected(cancelled());
  const Slice& slice = *slices_[request.slice];
  const std::uint64_t offset = std::max(slice.begin, request.cursor.offset);
  page.format = format_;
  page.begin = request.cursor;
  page.begin.offset = offset;
  page.bytes.clear();
  std::uint64_t wanted = page_estimate(request.slice, request.max_documents);
  for (;;) {
    const std::uint64_t bytes = std::min(wanted, slice.end - offset);
    const std::size_t have = page.bytes.size();
    page.bytes.resize(bytes);
    if (Status status = read_at(offset + have, page.bytes.data() + have, bytes - have); !status) return status;
    page.last = offset + bytes == slice.end;
    if (page.last || whole_lines(page)) break;
    // Not even one document. A page for a small batch grows first; then as many bytes as its lines have, no more.
    if (wanted < kSmallestPage) {
      wanted = std::min(4 * wanted, std::uint64_t{kSmallestPage});
      continue;
    }
    auto end = next_line(offset + bytes);
    if (end && format_ == PageFormat::kBulk && page.bytes.view().find('\n') == std::string_view::npos) {
      end = next_line(*end);
    }
    if (!end) return std::unexpected(std::move(end.error()));
    if (*end - offset > 2 * options_.max_document + kSmallestPage) return cut_oversized(page, offset, slice.end);
    wanted = *end - offset;
  }
  const std::size_t first_line = std::min(page.bytes.view().find('\n'), page.bytes.size());
  if (first_line > options_.max_document) return cut_oversized(page, offset, slice.end);
  return {};
}

/// Cuts the page behind its last line. False: it has too few lines to hold a document.
bool FileSource::whole_lines(Page& page) const {
  const std::string_view text = page.bytes.view();
  const std::size_t last = text.rfind('\n');
  if (last == std::string_view::npos) return false;
  const auto lacks = [text](std::size_t lines) { return end_of_line(text, lines) == std::string_view::npos; };
  if (format_ == PageFormat::kBulk && lacks(2) && !lacks(1)) return false;
  page.bytes.resize(last + 1);
  return true;
}

Status FileSource::cut_oversized(Page& page, std::uint64_t offset, std::uint64_t end) {
  const std::size_t first_line = std::min(page.bytes.view().find('\n'), page.bytes.size());
  auto next = next_line(offset + first_line);
  // It is the source of an action that is too long.
  if (next && format_ == PageFormat::kBulk && first_line <= options_.max_document) next = next_line(*next);
  if (!next) return std::unexpected(std::move(next.error()));
  page.bytes.resize(std::min(page.bytes.size(), kSmallestPage));
  page.oversized_end = std::min(*next, end);
  page.last = page.oversized_end == end;
  return {};
}

void FileSource::parsed(pipeline::Batch& batch) {
  const std::uint32_t mean = mean_document(batch);
  if (mean == 0) return;
  slices_[batch.slice]->document_bytes.store(mean, std::memory_order_relaxed);
  std::uint32_t largest = largest_mean_.load(std::memory_order_relaxed);
  while (mean > largest && !largest_mean_.compare_exchange_weak(largest, mean, std::memory_order_relaxed)) {
  }
}

std::uint64_t FileSource::line_at(std::uint64_t offset) {
  const std::scoped_lock lock(lines_mutex_);
  const auto known = std::prev(counted_lines_.upper_bound(offset));
  std::uint64_t at = known->first;
  std::uint64_t lines = known->second;
  std::vector<char> chunk(std::min<std::uint64_t>(std::size_t{1} << 20, offset - at));
  while (at < offset) {
    const std::size_t bytes = std::min<std::uint64_t>(chunk.size(), offset - at);
    if (!read_at(at, chunk.data(), bytes)) return 0;
    lines += count_line_feeds({chunk.data(), bytes});
    at += bytes;
  }
  if (counted_lines_.size() < kMostCounts) counted_lines_.emplace(offset, lines);
  return lines + 1;
}

}  // namespace sluice::io
