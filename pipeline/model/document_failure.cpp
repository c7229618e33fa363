#include "pipeline/model/document_failure.h"

#include <utility>

#include "pipeline/base/json_text.h"

namespace sluice::pipeline {
namespace {

/// A delete has no source; in a file it has a line.
std::string_view bytes_of(const Batch& batch, const Document& document) {
  if (!document.source.empty() || batch.page.format != PageFormat::kBulk) return document.source;
  const std::string_view rest = batch.page.text().substr(document.offset);
  return rest.substr(0, rest.find('\n'));
}

}  // namespace

Failure document_failure(const Batch& batch, std::uint32_t item, Error cause, std::string_view default_index) {
  const Document& document = batch.documents[item];
  Failure failure;
  failure.item = item;
  failure.index = document.index.empty() ? std::string(default_index) : json_unquoted(document.index);
  if (!document.id.empty()) failure.id = json_unquoted(document.id);
  if (!document.type.empty()) failure.type = json_unquoted(document.type);
  failure.cause = std::move(cause);
  failure.document = bytes_of(batch, document);
  return failure;
}

}  // namespace sluice::pipeline
