#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stages/painless/run/program.h"

namespace sluice::painless {

/// One thing that a script does to a member of `ctx._source`.
struct MemberEdit {
  enum class Kind : std::uint8_t { kGet, kRemove, kPut };
  /// What is put: what an earlier edit gave, a constant, or a member of params.
  enum class From : std::uint8_t { kEdit, kConstant, kParam };

  Kind kind = Kind::kGet;
  std::string_view key = {};
  From from = From::kEdit;
  std::size_t edit = 0;            ///< kEdit: which of the edits
  Value constant = Value::null();  ///< kConstant
  std::string_view param = {};     ///< kParam
};

/// What a program of a document's context does, where that is nothing but getting, removing and putting members of
/// `ctx._source`, one after the other: renames, drops, constants. Nothing: it may do more, or fail. Conservative.
/// `params` and `ctx`: the registers of those arguments. The texts are the program's.
std::optional<std::vector<MemberEdit>> member_edits(const Program& program, std::uint16_t params, std::uint16_t ctx);

}  // namespace sluice::painless
