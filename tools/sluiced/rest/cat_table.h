#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// A column of a `_cat` table.
struct CatColumn {
  std::string_view name;
  std::string_view aliases;  ///< with commas
  std::string_view description;
  bool shown = true;   ///< also where `h` is not given
  bool right = false;  ///< its text is at the right
};

/// A value of a table. Bytes and times are printed as `bytes` and `time` ask for.
struct CatValue {
  enum class Kind : std::uint8_t { kNone, kText, kNumber, kBytes, kTime };
  Kind kind = Kind::kNone;
  std::string text;
  std::int64_t number = 0;  ///< bytes; nanoseconds of a time

  static CatValue none() { return {}; }
  static CatValue of(std::string_view text) { return {Kind::kText, std::string(text), 0}; }
  static CatValue of(std::int64_t number) { return {Kind::kNumber, std::to_string(number), number}; }
  static CatValue bytes(std::int64_t count) { return {Kind::kBytes, {}, count}; }
  static CatValue time(std::int64_t nanoseconds) { return {Kind::kTime, {}, nanoseconds}; }
};

using CatRow = std::vector<CatValue>;  ///< a value for each column

/// `?help`: the columns, their other names, and what they say.
bool wants_help(const Call& call);
Reply cat_help(const std::vector<CatColumn>& columns);

/// Renders rows as `_cat` does: `h` (names, other names, patterns), `s` (`name:desc`), `v`, `bytes`, `time`,
/// `format=json|yaml`. Source: Elasticsearch's RestTable. Errors: `Unable to sort by unknown sort key`, 400.
Result<Reply> cat_reply(const Call& call, const std::vector<CatColumn>& columns, std::vector<CatRow> rows);

}  // namespace sluice::rest
