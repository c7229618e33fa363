#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "io/ndjson/format.h"
#include "pipeline/ports.h"

namespace sluice::io {

struct FileSourceOptions {
  std::string path;                                             ///< `-` is standard input
  std::optional<pipeline::PageFormat> format;                   ///< nothing: recognised by the first lines
  std::uint32_t slices = 1;                                     ///< 0: one a core
  std::optional<std::pair<std::uint32_t, std::uint32_t>> part;  ///< (id, max): read one of max parts of the file only
  std::size_t max_document = std::size_t{100} << 20;            ///< bytes of a line
  std::optional<std::uint64_t> packed_size;                     ///< bytes of a packed file; make_file_source() finds it
};

/// An NDJSON source for the path: plain files are read in place and sliced by byte ranges at line borders; compressed
/// files, pipes and standard input are streams of one slice, read by a thread of their own. A .zst file of several
/// frames is sliced by frames.
/// Errors: the file can't be opened, is a directory, or is to be sliced and can't be.
Result<std::unique_ptr<pipeline::Source>> make_file_source(FileSourceOptions options);

/// A plain file, several slices at a time. fetch() reads in place: what the page cache holds is a copy, and what it
/// doesn't the kernel has been told to read ahead.
class FileSource final : public pipeline::Source {
 public:
  FileSource(FileSourceOptions options, int fd, std::uint64_t size);
  ~FileSource() override;

  [[nodiscard]] std::string name() const override { return options_.path; }
  void open(pipeline::Callback<pipeline::SourceFacts> done) override;
  [[nodiscard]] std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const override;
  void fetch(pipeline::PageRequest request, pipeline::Page recycled, pipeline::Callback<pipeline::Page> done) override;
  void parsed(pipeline::Batch& batch) override;
  std::uint64_t line_at(std::uint64_t offset) override;
  void abort() override { aborted_ = true; }
  void close(pipeline::Done done) override { done({}); }

 private:
  struct Slice {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::atomic<std::uint32_t> document_bytes{0};  ///< mean of the last page, 0: not known yet
  };
  Result<pipeline::SourceFacts> prepare();
  Status cut_slices(std::uint32_t count);
  Result<std::uint64_t> line_start(std::uint64_t from);
  Result<std::uint64_t> next_line(std::uint64_t from);
  Result<std::string> line_text(std::uint64_t from, std::size_t most);
  Status read_at(std::uint64_t offset, char* to, std::size_t bytes) const;
  Status read_page(const pipeline::PageRequest& request, pipeline::Page& page);
  Status cut_oversized(pipeline::Page& page, std::uint64_t offset, std::uint64_t end);
  [[nodiscard]] bool whole_lines(pipeline::Page& page) const;

  const FileSourceOptions options_;
  const int fd_;
  const std::uint64_t size_;
  pipeline::PageFormat format_ = pipeline::PageFormat::kDocs;
  std::uint64_t text_begin_ = 0;  ///< behind a byte order mark
  std::vector<std::unique_ptr<Slice>> slices_;
  std::atomic<std::uint32_t> largest_mean_{0};  ///< of document_bytes, in all slices
  std::atomic<bool> aborted_{false};

  std::mutex lines_mutex_;
  std::map<std::uint64_t, std::uint64_t> counted_lines_{{0, 0}};  ///< what line_at() knows: lines before an offset
};

}  // namespace sluice::io
