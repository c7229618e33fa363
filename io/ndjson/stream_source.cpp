#include "io/ndjson/stream_source.h"

#include <algorithm>
#include <cstring>

#include "pipeline/base/line_feeds.h"

namespace sluice::io {

namespace {

using pipeline::Page;
using pipeline::PageFormat;

constexpr std::size_t kFirstPage = std::size_t{1} << 20;
constexpr std::size_t kLargestPage = std::size_t{8} << 20;
constexpr std::size_t kHead = std::size_t{64} << 10;
constexpr std::size_t kReadStep = std::size_t{256} << 10;

}  // namespace

Result<std::unique_ptr<pipeline::Source>> make_stream_source(FileSourceOptions options, int fd,
                                                             Compression compression) {
  auto stream = make_byte_stream(options.path, fd, compression);
  if (!stream) return std::unexpected(std::move(stream.error()));
  return std::make_unique<StreamSource>(std::move(options), std::move(*stream));
}

StreamSource::StreamSource(FileSourceOptions options, std::unique_ptr<ByteStream> stream)
    : options_(std::move(options)), stream_(std::move(stream)), thread_([this] { run(); }) {}

StreamSource::~StreamSource() {
  abort();
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void StreamSource::run() {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
  }
}

void StreamSource::post(Task task) {
  {
    const std::scoped_lock lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

void StreamSource::abort() { stream_->interrupt(); }

void StreamSource::open(pipeline::Callback<pipeline::SourceFacts> done) {
  post([this, done = std::move(done)]() mutable { done(prepare()); });
}

Result<pipeline::SourceFacts> StreamSource::prepare() {
  // Enough to judge by: the first line, or more of it than anybody's metadata.
  while (!at_end_ && window_.size() < kHead && window_.view().find('\n') == std::string_view::npos) {
    if (Status status = fill(window_.size() + 1); !status) return std::unexpected(std::move(status.error()));
  }
  if (window_.view().starts_with("\xEF\xBB\xBF")) drop(3);
  format_ = options_.format.value_or(detect_format(window_.view()).value_or(PageFormat::kDocs));
  pipeline::SourceFacts facts;
  facts.bytes = options_.packed_size;
  return facts;
}

std::optional<std::uint64_t> StreamSource::packed_bytes() const {
  if (!options_.packed_size) return std::nullopt;
  return stream_->packed_bytes();
}

/// At least `bytes` bytes in the window, unless the stream ends before.
Status StreamSource::fill(std::size_t bytes) {
  while (!at_end_ && window_.size() < bytes) {
    const std::size_t before = window_.size();
    window_.resize(before + kReadStep);
    auto got = stream_->read(window_.data() + before, kReadStep);
    window_.resize(before + got.value_or(0));
    if (!got) return std::unexpected(std::move(got.error()));
    at_end_ = *got == 0;
  }
  return {};
}

void StreamSource::drop(std::size_t bytes) {
  const char* from = window_.data();
  window_line_ += count_line_feeds({from, bytes});
  window_offset_ += bytes;
  std::memmove(window_.data(), from + bytes, window_.size() - bytes);
  window_.resize(window_.size() - bytes);
}

std::size_t StreamSource::page_estimate(std::uint32_t /*slice*/, std::uint32_t max_documents) const {
  const std::uint32_t document = document_bytes_.load(std::memory_order_relaxed);
  if (document == 0) return kFirstPage;
  const std::size_t wanted = std::size_t{document} * max_documents;
  return std::max<std::size_t>(document,
                               std::min(wanted + wanted / 32 + std::max<std::size_t>(document, 512), kLargestPage));
}

void StreamSource::fetch(pipeline::PageRequest request, Page recycled, pipeline::Callback<Page> done) {
  post([this, request = std::move(request), page = std::move(recycled), done = std::move(done)]() mutable {
    done(next_page(request, std::move(page)));
  });
}

/// Lines enough for one document and, where they come, for a whole batch.
Status StreamSource::fill_lines(std::size_t wanted) {
  LineEnd first_document(lines_of_a_document());
  for (;;) {
    if (Status status = fill(wanted); !status) return status;
    if (at_end_ || window_.size() > options_.max_document) return {};
    if (first_document.find(window_.view()) != std::string_view::npos) return {};
    wanted = window_.size() + 1;
  }
}

Result<Page> StreamSource::next_page(const pipeline::PageRequest& request, Page page) {
  if (request.cursor.offset > window_offset_) drop(request.cursor.offset - window_offset_);
  const std::size_t wanted = page_estimate(0, request.max_documents);
  if (Status status = fill_lines(wanted); !status) return std::unexpected(std::move(status.error()));
  page.format = format_;
  page.begin = request.cursor;
  page.begin.offset = window_offset_;
  page.line = window_line_;
  page.bytes.clear();
  const std::string_view window = window_.view();
  const std::size_t first_line = std::min(window.find('\n'), window.size());
  if (first_line > options_.max_document) return skip_oversized(std::move(page), 1);
  const std::size_t needed = end_of_line(window, lines_of_a_document());
  // The source of an action is too long.
  if (!at_end_ && needed == std::string_view::npos) return skip_oversized(std::move(page), 2);
  const std::size_t size = at_end_ ? window.size() : window.substr(0, std::max(wanted, needed)).rfind('\n') + 1;
  page.last = at_end_ && size == window.size();
  page.bytes.append(window.substr(0, size));
  return page;
}

/// Reads on to the end of a document of so many lines that is over the limit, keeping its beginning only.
Result<Page> StreamSource::skip_oversized(Page page, int lines) {
  constexpr std::size_t kKept = std::size_t{64} << 10;
  page.bytes.append(window_.view().substr(0, kKept));
  while (lines > 0) {
    const std::size_t newline = window_.view().find('\n');
    const std::string_view line = window_.view().substr(0, newline);
    if (newline != std::string_view::npos) {
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) --lines;
      drop(newline + 1);
      continue;
    }
    drop(window_.size());
    if (at_end_) break;
    if (Status status = fill(1); !status) return std::unexpected(std::move(status.error()));
  }
  page.oversized_end = window_offset_;
  if (Status status = fill(1); !status) return std::unexpected(std::move(status.error()));
  page.last = at_end_ && window_.empty();
  return page;
}

void StreamSource::parsed(pipeline::Batch& batch) {
  if (const std::uint32_t mean = mean_document(batch); mean != 0) {
    document_bytes_.store(mean, std::memory_order_relaxed);
  }
}

}  // namespace sluice::io
