#include "pipeline/model/batch.h"

#include <algorithm>

namespace sluice::pipeline {

namespace {
/// A buffer that one large document made large is not kept: it would count against the memory ceiling for ever.
constexpr std::size_t kKeptBuffer = std::size_t{4} << 20;
}  // namespace

void Batch::trim(std::size_t bytes) {
  page.bytes.trim(bytes);
  bulk.body.trim(bytes);
  bulk.reply.trim(bytes);
  structurals.trim(2 * bytes);  // few bytes of a page are positions, and memory that is not written is not there
}

void Batch::reset() {
  trim(kKeptBuffer);
  page.bytes.clear();
  page.begin = {};
  page.line = 0;
  page.last = false;
  page.oversized_end = 0;
  page.retries = 0;
  documents.clear();
  conditions.clear();
  structurals.clear();
  arena.clear();
  facts = {};
  failures.clear();
  error.reset();
  bulk.body.clear();
  bulk.reply.clear();
  bulk.reply_status = 0;
  bulk.error.reset();
  bulk.items.clear();
  bulk.byte_limit = 0;
  bulk.attempts = 0;
  bulk.refused_end = 0;
  bulk.first_refused = {};
  sent = false;
  bulk_retries = 0;
  search_retries = 0;
  bytes_written = 0;
  credit = 0;
  fetch_began = {};
  page_arrived = {};
  write_began = {};
}

const WriteCondition* Batch::condition_of(std::uint32_t document) const {
  if (!documents[document].has_condition) return nullptr;
  const auto found = std::ranges::lower_bound(conditions, document, {}, &WriteCondition::document);
  return found == conditions.end() || found->document != document ? nullptr : &*found;
}

std::uint64_t consumed_bytes(const Batch& batch) {
  const PageFormat format = batch.page.format;
  if (format == PageFormat::kSearchResponse || format == PageFormat::kStored) return batch.page.text().size();
  return batch.facts.next.offset - batch.page.begin.offset;
}

}  // namespace sluice::pipeline
