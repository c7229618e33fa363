#include "stages/parse/parse.h"

#include "stages/parse/page_readers.h"

namespace sluice::stages {

namespace {
/// An index of four bytes for each structural character is kept for pages of up to this size only.
constexpr std::size_t kKeptIndex = std::size_t{8} << 20;
}  // namespace

Status Parse::apply(pipeline::Batch& batch) const {
  if (batch.page.format == pipeline::PageFormat::kStored) return read_stored_page(batch);
  static thread_local Structurals structurals;
  const Status status = batch.page.format == pipeline::PageFormat::kSearchResponse
                            ? read_search_page(batch, options_, structurals)
                            : read_lines(batch, options_, structurals);
  structurals.trim(kKeptIndex);
  return status;
}

}  // namespace sluice::stages
