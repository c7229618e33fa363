#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::rest {

struct MergedDocument {
  std::string json;
  bool changed = false;  ///< some value differs from what was there
};

/// Lays a partial document over a document as the update API does: objects are merged key by key, everything else
/// replaces what was there, new keys come last. Untouched values keep their bytes. Both have Buffer::kPadding readable
/// bytes behind them. Errors: one of them is not JSON.
Result<MergedDocument> merge_document(std::string_view document, std::string_view change);

/// Whether two JSON values are the same but for white space and the order of keys.
bool same_json(std::string_view a, std::string_view b);

}  // namespace sluice::rest
