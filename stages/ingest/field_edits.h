#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/painless/member_edits.h"

namespace sluice::ingest {

/// What processors do to fields of the document itself, as member edits: a stages::MemberEditor does them without
/// making anything of the document. What fails a processor is left to the processors, which say why. Names and values
/// live as long as the edits.
class FieldEdits {
 public:
  /// `overrides`: also where there is a value.
  void set(std::string_view name, const painless::Value& value, bool overrides);
  /// `ignores_missing`: it is no failure that there is no such field; `overrides`: nor that there is one of the new
  /// name.
  void rename(std::string_view name, std::string_view new_name, bool ignores_missing, bool overrides);
  void remove(std::string_view name, bool ignores_missing);

  /// All of them, in their order.
  [[nodiscard]] std::vector<painless::MemberEdit> take();

 private:
  using Kind = painless::MemberEdit::Kind;

  std::size_t add(painless::MemberEdit edit);
  /// Leaves the document to the processors unless what `step` gave is `expected`.
  void expect(std::size_t step, bool expected);
  /// Whether a field is there, as a step.
  std::size_t has(std::string_view name) { return add({.kind = Kind::kHas, .key = name}); }
  /// What comes up to land() happens only if what `step` gave is true.
  std::size_t skip_unless(std::size_t step) { return add({.kind = Kind::kSkipUnless, .edit = step}); }
  void land(std::size_t skip) { edits_[skip].target = edits_.size(); }

  std::vector<painless::MemberEdit> edits_;
};

}  // namespace sluice::ingest
