#include "pipeline/model/batch.h"

namespace sluice::pipeline {

namespace {
/// A buffer that one large document made large is not kept: it would count against the memory ceiling for ever.
constexpr std::size_t kKeptBuffer = std::size_t{4} << 20;
/// The room of a page of that size: few of its bytes are positions, and memory that is not written is not there.
constexpr std::size_t kKeptPositions = std::size_t{8} << 20;
}  // namespace

void Batch::reset() {
  page.bytes.trim(kKeptBuffer);
  page.bytes.clear();
  page.begin = {};
  page.line = 0;
  page.last = false;
  page.oversized_end = 0;
  page.retries = 0;
  documents.clear();
  structurals.trim(kKeptPositions);
  structurals.clear();
  arena.clear();
  facts = {};
  failures.clear();
  error.reset();
  bulk.body.trim(kKeptBuffer);
  bulk.body.clear();
  bulk.reply.trim(kKeptBuffer);
  bulk.reply.clear();
  bulk.reply_status = 0;
  bulk.error.reset();
  bulk.items.clear();
  bulk.byte_limit = 0;
  bulk.attempts = 0;
  bulk.first_sent = {};
  sent = false;
  next_item = 0;
  bulk_retries = 0;
  search_retries = 0;
  bytes_written = 0;
  credit = 0;
  fetch_began = {};
  page_arrived = {};
  write_began = {};
}

}  // namespace sluice::pipeline
