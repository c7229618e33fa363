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
/// `condition`: null where there is none.
void append_document(Buffer& out, const pipeline::Document& document, const pipeline::WriteCondition* condition,
                     const LineOptions& options);

/// Whether the format has a way to say what the document's operation is.
bool can_express(pipeline::PageFormat format, pipeline::Operation operation);

/// Whether the format can say how the document's version is compared, and what its condition is, where a pipeline set
/// them: what no bulk takes has no place in a file of bulk lines either. Errors: illegal_argument_exception.
Status check_rules(const pipeline::Document& document, const LineOptions& options);

}  // namespace sluice::io
