#include "io/ndjson/zstd_source.h"

#include <algorithm>
#include <cerrno>
#include <thread>

#include <fcntl.h>

#include "pipeline/base/line_feeds.h"

namespace sluice::io {

namespace {
constexpr std::size_t kCountedChunk = std::size_t{256} << 10;
}  // namespace

ZstdSource::ZstdSource(FileSourceOptions options, std::vector<std::uint64_t> frames)
    : options_(std::move(options)), frames_(std::move(frames)) {
  if (options_.slices == 0) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    options_.slices = static_cast<std::uint32_t>(std::clamp<std::size_t>(frames_.size() - 1, 1, cores));
  }
}

/// Where the part begins, in bytes of the packed file: equal numbers of frames. With more slices than frames some are
/// empty, but never the first, which tells the format.
std::uint64_t ZstdSource::border(std::size_t part) const {
  const std::size_t count = frames_.size() - 1;
  return frames_[(part * count + options_.slices - 1) / options_.slices];
}

/// The parts from `first` on, up to `end`.
Result<std::unique_ptr<ByteStream>> ZstdSource::open_stream(std::size_t first, std::size_t end) const {
  const int fd = ::open(options_.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::unexpected(file_error("open for reading", options_.path, errno));
  return make_zstd_part(options_.path, fd, border(first), border(end));
}

Status ZstdSource::make_parts() {
  const std::scoped_lock lock(mutex_);
  for (std::size_t part = 0; part < options_.slices; ++part) {
    auto stream = open_stream(part, part + 1);
    if (!stream) return std::unexpected(std::move(stream.error()));
    parts_.push_back(std::make_unique<StreamSource>(options_, std::move(*stream)));
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
    facts.bytes = options_.packed_size;
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

std::optional<std::uint64_t> ZstdSource::lines_before(std::uint32_t slice) {
  const std::scoped_lock lock(lines_mutex_);
  const auto known = std::prev(counted_lines_.upper_bound(slice));
  if (known->first == slice) return known->second;
  auto stream = open_stream(known->first, slice);
  if (!stream) return std::nullopt;
  std::uint64_t lines = known->second;
  for (std::vector<char> chunk(kCountedChunk); !aborted_;) {
    const auto got = (*stream)->read(chunk.data(), chunk.size());
    if (!got) return std::nullopt;
    if (*got == 0) return counted_lines_[slice] = lines;
    lines += count_line_feeds({chunk.data(), *got});
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ZstdSource::packed_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& part : parts_) bytes += part->packed_bytes().value_or(0);
  return bytes;
}

void ZstdSource::abort() {
  const std::scoped_lock lock(mutex_);
  aborted_ = true;
  for (const auto& part : parts_) part->abort();
}

}  // namespace sluice::io
