#include "stages/ingest/field_edits.h"

namespace sluice::ingest {

using painless::MemberEdit;

std::size_t FieldEdits::add(MemberEdit edit) {
  edits_.push_back(edit);
  return edits_.size() - 1;
}

void FieldEdits::expect(std::size_t step, bool expected) {
  const std::size_t fine = add({.kind = Kind::kSkipUnless, .edit = step, .negated = expected});
  add({.kind = Kind::kMachine});
  land(fine);
}

void FieldEdits::set(std::string_view name, const painless::Value& value, bool overrides) {
  const MemberEdit put{.kind = Kind::kPut, .key = name, .from = MemberEdit::From::kConstant, .constant = value};
  if (overrides) {
    add(put);
    return;
  }
  const std::size_t there = add({.kind = Kind::kGet, .key = name});
  const std::size_t is_null = add({.kind = Kind::kEquals, .edit = there, .constant = painless::Value::null()});
  const std::size_t skip = skip_unless(is_null);
  add(put);
  land(skip);
}

void FieldEdits::rename(std::string_view name, std::string_view new_name, bool ignores_missing, bool overrides) {
  const std::size_t there = has(name);
  if (!ignores_missing) expect(there, true);
  const std::size_t skip = skip_unless(there);
  if (!overrides) expect(has(new_name), false);
  const std::size_t value = add({.kind = Kind::kRemove, .key = name});
  add({.kind = Kind::kPut, .key = new_name, .from = MemberEdit::From::kEdit, .edit = value});
  land(skip);
}

void FieldEdits::remove(std::string_view name, bool ignores_missing) {
  if (!ignores_missing) expect(has(name), true);
  add({.kind = Kind::kRemove, .key = name});
}

std::vector<MemberEdit> FieldEdits::take() {
  add({.kind = Kind::kEnd});
  return std::exchange(edits_, {});
}

}  // namespace sluice::ingest
