#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stages/painless/run/program.h"

namespace sluice::painless {

/// One step of what a script does to the members of `ctx._source`. Steps that ask or take give a JSON value, which
/// later ones name by the step's number.
struct MemberEdit {
  enum class Kind : std::uint8_t {
    kGet,         ///< gives the value of `key`, null where it isn't there
    kRemove,      ///< likewise, and takes it away
    kHas,         ///< gives whether `key` is there
    kEquals,      ///< gives whether what `edit` gave is `constant`, a text or null; or is not, where `negated`
    kPut,         ///< gives `key` a value
    kSkip,        ///< goes on at `target`
    kSkipUnless,  ///< likewise, unless what `edit` gave is true; or is false, where `negated`
    kEnd,
    kMachine,  ///< what comes now only the machine can do
  };
  /// What is put.
  enum class From : std::uint8_t { kEdit, kConstant, kParam };

  Kind kind = Kind::kEnd;
  std::string_view key = {};
  From from = From::kEdit;
  std::size_t edit = 0;
  Value constant = Value::null();
  std::string_view param = {};  ///< a member of params
  bool negated = false;
  std::size_t target = 0;
};

/// What a program of a document's context does, where it renames, drops and sets members of `ctx._source`, perhaps
/// depending on what is there. The last step is kEnd. Nothing: it always needs the machine. Conservative: an edit is as
/// good as running the program, up to kMachine.
/// `params` and `ctx`: the registers of those arguments. The texts are the program's.
std::optional<std::vector<MemberEdit>> member_edits(const Program& program, std::uint16_t params, std::uint16_t ctx);

}  // namespace sluice::painless
