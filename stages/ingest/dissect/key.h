#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::ingest {

/// What is to become of a value between two delimiters.
enum class DissectModifier : std::uint8_t {
  kNone,
  kAppend,           ///< `+name`
  kAppendWithOrder,  ///< `+name/2`
  kFieldName,        ///< `*name`
  kFieldValue,       ///< `&name`
  kNamedSkip,        ///< `?name`
};

/// What stands in the braces of `%{..}`.
struct DissectKey {
  DissectModifier modifier = DissectModifier::kNone;
  bool skip = false;        ///< the value is for nothing
  bool skip_right = false;  ///< `->`: a delimiter may stand several times
  int order = 0;
  std::string name;

  /// Errors: key_parse, 500, the texts are Elasticsearch's.
  static Result<DissectKey> parse(std::string_view text);
};

}  // namespace sluice::ingest
