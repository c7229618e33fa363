#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/arena.h"
#include "stages/painless/member_edits.h"
#include "stages/painless/run/json_span.h"
#include "stages/painless/run/machine.h"

namespace sluice::stages {

/// Does what a script says to the members of a document (painless::member_edits) without a map of it: its members are
/// looked at once, and those that are left alone are copied in runs. The result is what the machine would write, byte
/// for byte. One thread at a time.
class MemberEditor {
 public:
  /// Nothing where the script always needs the machine, names too many members, or puts what `params`, a raw JSON
  /// object or empty, can't be asked for beforehand. `machine`: of the program; writes its constants.
  static std::optional<MemberEditor> of(painless::Machine& machine, const painless::Program& program,
                                        std::string_view params);

  /// Likewise of edits that come from elsewhere, have no `params`, and end with kEnd.
  static std::optional<MemberEditor> of(painless::Machine& machine, std::span<const painless::MemberEdit> edits);

  /// The object as the edits leave it, in `arena`; empty where they change nothing. Nothing: the machine has to judge,
  /// for the script goes on to what it alone can do, or the document has an escape in a key, a key twice, or a key that
  /// ctx has.
  std::optional<std::string_view> edit(const painless::JsonSpan& source, Arena& arena);

  /// Whether so many documents needed the machine that asking here first is a waste.
  [[nodiscard]] bool is_wasted() const { return seen_ >= 64 && given_up_ > seen_ / 2; }

 private:
  static constexpr std::size_t kMaxKeys = 8;
  static constexpr std::size_t kNoEdit = static_cast<std::size_t>(-1);
  enum class Place : std::uint8_t { kNowhere, kWhereItCame, kAppended };

  /// A key that edits name: what the document at hand has of it, and what the edits make of that.
  struct Key {
    std::string name;
    std::string token;  ///< as a JSON string

    std::string_view as_it_came;  ///< with its quotes
    std::uint32_t before = 0;     ///< at the comma or bracket in front of the member
    std::uint32_t begin = 0;      ///< of the member
    std::uint32_t next = 0;       ///< of the member behind it, or the closing bracket
    bool changed = false;         ///< what came there is gone, or has another value

    Place place = Place::kNowhere;
    std::string_view value;
  };
  /// A painless::MemberEdit with its keys found and its values written.
  struct Edit {
    painless::MemberEdit::Kind kind = painless::MemberEdit::Kind::kEnd;
    std::size_t key = 0;
    std::size_t edit = kNoEdit;  ///< kPut: kNoEdit where `text` is put
    std::string text = {};       ///< what is put, or compared with
    bool negated = false;
    std::size_t target = 0;
  };

  MemberEditor() = default;
  static std::optional<MemberEditor> of(painless::Machine& machine, std::span<const painless::MemberEdit> edits,
                                        const painless::JsonSpan& params);
  bool add(painless::Machine& machine, const painless::MemberEdit& edit, const painless::JsonSpan& params);
  std::optional<std::size_t> key_of(std::string_view name);
  bool find(const painless::JsonSpan& source);
  bool note(const painless::JsonSpan& source, const std::uint32_t* member, std::string_view name);
  void remove(std::size_t key);
  void put(std::size_t key, std::string_view value);
  bool put_operand(painless::Machine& machine, const painless::MemberEdit& edit, const painless::JsonSpan& params,
                   Edit& made) const;
  std::optional<bool> apply();
  [[nodiscard]] std::optional<bool> equals(const Edit& edit) const;
  std::string_view write(const painless::JsonSpan& source, Arena& arena) const;

  std::vector<Key> keys_;
  std::array<std::uint32_t, kMaxKeys> signatures_ = {};
  std::vector<Edit> edits_;
  std::vector<std::string_view> results_;  ///< of each edit
  std::vector<std::size_t> found_;         ///< keys that the document has, in its order
  std::vector<std::size_t> appended_;      ///< keys that were put behind all others, in their order
  std::size_t seen_ = 0;                   ///< documents
  std::size_t given_up_ = 0;               ///< of them to the machine
};

}  // namespace sluice::stages
