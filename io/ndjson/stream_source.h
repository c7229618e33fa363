#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "io/ndjson/byte_stream.h"
#include "io/ndjson/file_source.h"
#include "pipeline/ports.h"

namespace sluice::io {

/// A source of one slice that can only be read from front to back: a pipe, standard input, a compressed file. A thread
/// of its own reads and unpacks, so that no worker waits for a slow pipe.
class StreamSource final : public pipeline::Source {
 public:
  StreamSource(FileSourceOptions options, std::unique_ptr<ByteStream> stream);
  ~StreamSource() override;

  [[nodiscard]] std::string name() const override { return options_.path; }
  void open(pipeline::Callback<pipeline::SourceFacts> done) override;
  [[nodiscard]] std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const override;
  void fetch(pipeline::PageRequest request, pipeline::Page recycled, pipeline::Callback<pipeline::Page> done) override;
  void parsed(pipeline::Batch& batch) override;
  [[nodiscard]] std::optional<std::uint64_t> packed_bytes() const override;
  void abort() override;
  void close(pipeline::Done done) override { done({}); }
  /// Valid once open() has succeeded.
  [[nodiscard]] pipeline::PageFormat format() const { return format_; }
  /// Whether a page has told how large documents are.
  [[nodiscard]] bool measured() const { return document_bytes_.load(std::memory_order_relaxed) != 0; }
  /// For a part of a file, whose own first line says nothing. Between open() and the first fetch().
  void set_format(pipeline::PageFormat format) { format_ = format; }

 private:
  void run();
  Result<pipeline::SourceFacts> prepare();
  Result<pipeline::Page> next_page(const pipeline::PageRequest& request, pipeline::Page page);
  Status fill(std::size_t bytes);
  Status fill_lines(std::size_t wanted);
  [[nodiscard]] std::size_t lines_of_a_document() const { return format_ == pipeline::PageFormat::kBulk ? 2 : 1; }
  Result<pipeline::Page> skip_oversized(pipeline::Page page, int lines);
  void drop(std::size_t bytes);
  void post(Task task);

  const FileSourceOptions options_;
  const std::unique_ptr<ByteStream> stream_;
  pipeline::PageFormat format_ = pipeline::PageFormat::kDocs;
  std::atomic<std::uint32_t> document_bytes_{0};

  // The thread's own: the bytes of the stream from window_offset_ on that have been read and not been consumed.
  Buffer window_;
  std::uint64_t window_offset_ = 0;
  std::uint64_t window_line_ = 1;
  bool at_end_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  bool stop_ = false;
  std::thread thread_;
};

Result<std::unique_ptr<pipeline::Source>> make_stream_source(FileSourceOptions options, int fd,
                                                             Compression compression);

}  // namespace sluice::io
