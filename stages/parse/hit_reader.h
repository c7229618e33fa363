#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/model/document.h"
#include "stages/parse/walker.h"

namespace sluice::stages {

/// Why a piece of JSON is not what it should be, and where.
struct Malformed {
  std::uint32_t offset = 0;  ///< byte in the page
  std::string what;
};

/// Calls `member(key, walker)` for each member of the object at the walker; `key` is the raw token, and `member` takes
/// the value off the walker and says whether it could. Nothing: the walker is behind the object.
template <typename Member>
std::optional<Malformed> read_object(Walker& walker, Member&& member) {
  if (!walker.take('{')) return Malformed{walker.offset(), "expected an object"};
  if (walker.take('}')) return std::nullopt;
  for (;;) {
    const std::string_view key = walker.take_string();
    if (key.empty()) return Malformed{walker.offset(), "expected a key"};
    if (!walker.take(':')) return Malformed{walker.offset(), "expected a colon behind the key"};
    if (!member(key, walker)) return Malformed{walker.offset(), "expected a value that is complete"};
    if (walker.take('}')) return std::nullopt;
    if (!walker.take(',')) return Malformed{walker.offset(), "expected a comma or the end of the object"};
  }
}

/// Reads one search hit. Metadata that are not copied (`_score`, `_seq_no`, ...) are passed over; of a key that comes
/// twice the last counts. `sort`, if given, gets the raw `sort` values.
std::optional<Malformed> read_hit(Walker& walker, pipeline::Document& document, std::string_view* sort);

/// Reads a bulk action line: `{"index":{...}}`, `create` or `delete`. `update` is refused.
std::optional<Malformed> read_action(Walker& walker, pipeline::Document& document);

}  // namespace sluice::stages
