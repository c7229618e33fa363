#include "io/ndjson/zstd_source.h"

#include <algorithm>
#include <cerrno>
#include <thread>

#include <fcntl.h>

namespace sluice::io {

ZstdSource::ZstdSource(FileSourceOptions options, std::vector<std::uint64_t> frames)
    : options_(std::move(options)), frames_(std::move(frames)) {
  if (options_.slices == 0) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    options_.slices = static_cast<std::uint32_t>(std::clamp<std::size_t>(frames_.size() - 1, 1, cores));
  }
}

/// Equal numbers of frames; with more slices than frames some are empty, but never the first, which tells the format.
Status ZstdSource::make_parts() {
  const std::scoped_lock lock(mutex_);
  const std::size_t count = frames_.size() - 1;
  const auto border = [&](std::size_t part) { return frames_[(part * count + options_.slices - 1) / options_.slices]; };
  for (std::size_t part = 0; part < options_.slices; ++part) {
    const std::uint64_t begin = border(part);
    const std::uint64_t end = border(part + 1);
    const int fd = ::open(options_.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::unexpected(file_error("open for reading", options_.path, errno));
    auto stream = make_zstd_part(options_.path, fd, begin, end);
    if (!stream) return std::unexpected(std::move(stream.error()));
    parts_.push_back(std::make_unique<StreamSource>(options_, std::move(*stream), part == 0));
    if (aborted_) parts_.back()->abort();
  }
  return {};
}

void ZstdSource::open(pipeline::Callback<pipeline::SourceFacts> done) {
  if (Status status = make_parts(); !status) return done(std::unexpected(std::move(status.error())));
  open_from(0, std::move(done));
}

/// One after the other: the first line of the file says what format all of them have.
void ZstdSource::open_from(std::size_t part, pipeline::Callback<pipeline::SourceFacts> done) {
  if (part == parts_.size()) {
    pipeline::SourceFacts facts;
    facts.slices = static_cast<std::uint32_t>(parts_.size());
    return done(facts);
  }
  parts_[part]->open([this, part, done = std::move(done)](Result<pipeline::SourceFacts> opened) mutable {
    if (!opened) return done(std::move(opened));
    const pipeline::PageFormat format = parts_.front()->format();
    if (format == pipeline::PageFormat::kBulk && parts_.size() > 1) {
      return done(
          std::unexpected(illegal_argument("[" + options_.path +
                                           "] holds bulk pairs, and packed it can't be told where one begins; use "
                                           "[slices=1], or unpack it into a plain file first")));
    }
    if (part > 0) parts_[part]->set_format(format);
    open_from(part + 1, std::move(done));
  });
}

std::size_t ZstdSource::page_estimate(std::uint32_t slice, std::uint32_t max_documents) const {
  if (parts_[slice]->measured()) return parts_[slice]->page_estimate(0, max_documents);
  std::size_t largest = 0;
  for (const auto& part : parts_) {
    if (part->measured()) largest = std::max(largest, part->page_estimate(0, max_documents));
  }
  return largest != 0 ? largest : parts_[slice]->page_estimate(0, max_documents);
}

void ZstdSource::fetch(pipeline::PageRequest request, pipeline::Page recycled,
                       pipeline::Callback<pipeline::Page> done) {
  StreamSource& part = *parts_[request.slice];
  part.fetch(std::move(request), std::move(recycled), std::move(done));
}

void ZstdSource::parsed(pipeline::Batch& batch) { parts_[batch.slice]->parsed(batch); }

void ZstdSource::abort() {
  const std::scoped_lock lock(mutex_);
  aborted_ = true;
  for (const auto& part : parts_) part->abort();
}

}  // namespace sluice::io
