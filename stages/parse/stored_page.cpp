#include "pipeline/model/stored_page.h"

#include "stages/parse/page_readers.h"

namespace sluice::stages {

Status read_stored_page(pipeline::Batch& batch) {
  pipeline::StoredPageReader reader(batch.page.text());
  if (!reader.valid()) return std::unexpected(internal_error("a page of the store has no head"));
  if (reader.head().total != pipeline::StoredPageHead::kUnknown) batch.facts.total = reader.head().total;
  while (!reader.at_end()) {
    const auto offset = static_cast<std::uint32_t>(reader.offset());
    const auto texts = reader.next();
    if (!texts) return std::unexpected(internal_error("a page of the store ends inside of a record"));
    pipeline::Document& document = batch.documents.emplace_back();
    document.index = texts->index;
    document.id = texts->id;
    document.routing = texts->routing;
    document.source = texts->source;
    document.version = texts->version;
    document.offset = offset;
  }
  if (batch.documents.size() > batch.max_documents) {
    return std::unexpected(internal_error("a page of the store has more documents than were asked for"));
  }
  batch.facts.next = batch.page.begin;
  batch.facts.next.documents += batch.documents.size();
  batch.facts.end = batch.page.last;
  return {};
}

}  // namespace sluice::stages
