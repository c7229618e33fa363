#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/model/document.h"
#include "stages/parse/walker.h"

namespace sluice::stages {

/// Why a piece of JSON is not what it should be, and where.
struct Malformed {
  std::uint32_t offset = 0;  ///< byte in the page
  std::string what;
};

/// What an object lacks at the place where a walk of it ended.
enum class Lack : std::uint8_t { kNothing, kObject, kKey, kColon, kValue, kComma };

/// Calls `member(key, walker)` for each member of the object at the walker; `key` is the raw token, and `member` takes
/// the value off the walker and says whether it could; false ends the walk there, and Lack::kValue is returned.
/// Lack::kNothing: the walker is behind the object.
template <typename Member>
Lack walk_object(Walker& walker, Member&& member) {
  if (!walker.take('{')) return Lack::kObject;
  if (walker.take('}')) return Lack::kNothing;
  for (;;) {
    const std::string_view key = walker.take_string();
    if (key.empty()) return Lack::kKey;
    if (!walker.take(':')) return Lack::kColon;
    if (!member(key, walker)) return Lack::kValue;
    if (walker.take('}')) return Lack::kNothing;
    if (!walker.take(',')) return Lack::kComma;
  }
}

/// What people are told about it.
std::string_view lack_text(Lack lack);

/// walk_object() for those who say why they refuse an object. Nothing: the walker is behind it.
template <typename Member>
std::optional<Malformed> read_object(Walker& walker, Member&& member) {
  const Lack lack = walk_object(walker, std::forward<Member>(member));
  if (lack == Lack::kNothing) [[likely]]
    return std::nullopt;
  return Malformed{walker.offset(), std::string(lack_text(lack))};
}

/// Reads one search hit. Metadata that are not copied (`_score`, `_seq_no`, ...) are passed over; of a key that comes
/// twice the last counts. `sort`, if given, gets the raw `sort` values.
std::optional<Malformed> read_hit(Walker& walker, pipeline::Document& document, std::string_view* sort);

/// Reads a bulk action line: `{"index":{...}}`, `create` or `delete`. `update` is refused, and so is a member that no
/// version's actions have. Members that say how to write rather than what (`pipeline`, `if_seq_no`,
/// `dynamic_templates`,
/// ..) are passed over: that is the request's to say.
std::optional<Malformed> read_action(Walker& walker, pipeline::Document& document);

}  // namespace sluice::stages
