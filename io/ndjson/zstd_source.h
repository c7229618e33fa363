#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "io/ndjson/stream_source.h"
#include "pipeline/ports.h"

namespace sluice::io {

/// A zstd file of several frames, read in slices: each slice unpacks frames of its own, on a thread of its own. A file
/// of one frame, and one of bulk pairs, which can't be told apart in the middle, is one slice.
class ZstdSource final : public pipeline::Source {
 public:
  /// `frames`: where they begin and, last, the size; see find_zstd_frames(). options.slices 0: one a core.
  ZstdSource(FileSourceOptions options, std::vector<std::uint64_t> frames);

  [[nodiscard]] std::string name() const override { return options_.path; }
  void open(pipeline::Callback<pipeline::SourceFacts> done) override;
  [[nodiscard]] std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const override;
  void fetch(pipeline::PageRequest request, pipeline::Page recycled, pipeline::Callback<pipeline::Page> done) override;
  void parsed(pipeline::Batch& batch) override;
  /// Unpacks the parts before the slice, once.
  std::optional<std::uint64_t> lines_before(std::uint32_t slice) override;
  [[nodiscard]] std::optional<std::uint64_t> packed_bytes() const override;
  void abort() override;
  void close(pipeline::Done done) override { done({}); }

 private:
  [[nodiscard]] std::uint64_t border(std::size_t part) const;
  Result<std::unique_ptr<ByteStream>> open_stream(std::size_t first, std::size_t end) const;
  Status make_parts();
  void open_from(std::size_t part, pipeline::Callback<pipeline::SourceFacts> done);

  FileSourceOptions options_;
  const std::vector<std::uint64_t> frames_;
  std::mutex mutex_;  ///< parts_ while they are made
  std::atomic<bool> aborted_ = false;
  std::vector<std::unique_ptr<StreamSource>> parts_;

  std::mutex lines_mutex_;
  std::map<std::uint32_t, std::uint64_t> counted_lines_{{0, 0}};  ///< what lines_before() knows, by slice
};

}  // namespace sluice::io
