#pragma once

#include <atomic>
#include <cstdint>
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
  void abort() override;
  void close(pipeline::Done done) override { done({}); }

 private:
  Status make_parts();
  void open_from(std::size_t part, pipeline::Callback<pipeline::SourceFacts> done);

  FileSourceOptions options_;
  const std::vector<std::uint64_t> frames_;
  std::mutex mutex_;  ///< parts_ while they are made
  bool aborted_ = false;
  std::vector<std::unique_ptr<StreamSource>> parts_;
};

}  // namespace sluice::io
