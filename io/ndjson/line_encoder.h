#pragma once

#include <string>

#include "pipeline/base/buffer.h"
#include "pipeline/model/batch.h"
#include "pipeline/model/document.h"
#include "pipeline/model/page.h"

namespace sluice::io {

struct LineOptions {
  pipeline::PageFormat format = pipeline::PageFormat::kHits;
  std::string version_type;  ///< of bulk actions: empty, `external` or `external_gte`
};

/// Appends one document as a hit, an action with its source, or a bare source. Metadata are spliced as raw tokens.
void append_document(Buffer& out, const pipeline::Document& document, const LineOptions& options);

/// Whether the format has a way to say what the document's operation is.
bool can_express(pipeline::PageFormat format, pipeline::Operation operation);

}  // namespace sluice::io
