#include "stages/script/member_editor.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "stages/painless/run/json_document.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/lanes.h"
#include "stages/painless/run/map_keys.h"
#include "stages/painless/run/member_scan.h"

namespace sluice::stages {

using painless::JsonSpan;
using painless::MemberEdit;

namespace {

constexpr std::string_view kNull = "null";
constexpr std::string_view kTrue = "true";
constexpr std::string_view kFalse = "false";

/// The text in front of `end` that begins at `begin`, blanks at its end left out.
std::string_view trimmed(const char* begin, const char* end) {
  while (end > begin && painless::JsonWalk::is_blank(end[-1])) --end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// The value of the member at `member`, as it came.
std::string_view value_text(const JsonSpan& json, const std::uint32_t* member) {
  const std::uint32_t* const behind = painless::behind_value(json.text, member + 2, json.end - 1);
  return trimmed(json.text + member[2], json.text + *behind);
}

/// Whether ctx may have a key of that name.
bool may_be_in_ctx(std::string_view name) { return name.starts_with('_') || name == "op"; }

/// A member of params; `null` where there is none. Nothing: it can't be told.
std::optional<std::string_view> param(const JsonSpan& params, std::string_view name) {
  std::string_view value = kNull;
  int found = 0;
  const bool plain = painless::scan_members(params, [&](const std::uint32_t* member, std::string_view key) {
    if (key != name) return true;
    value = value_text(params, member);
    return ++found == 1;
  });
  if (!plain) return std::nullopt;
  return value;
}

/// Writes an object into memory that has room for it.
class ObjectWriter {
 public:
  explicit ObjectWriter(char* at) : begin_(at), at_(at) {}
  void run(std::string_view members) {
    separate();
    put(members);
  }
  void member(std::string_view key, std::string_view value) {
    separate();
    put(key);
    *at_++ = ':';
    put(value);
  }
  std::string_view end() {
    if (at_ == begin_) *at_++ = '{';
    *at_++ = '}';
    return {begin_, static_cast<std::size_t>(at_ - begin_)};
  }

 private:
  void separate() {
    *at_ = at_ == begin_ ? '{' : ',';
    ++at_;
  }
  void put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  char* begin_;
  char* at_;
};

}  // namespace

std::optional<MemberEditor> MemberEditor::of(painless::Machine& machine, const painless::Program& program,
                                             std::string_view params) {
  constexpr std::uint16_t kParams = 0;
  constexpr std::uint16_t kCtx = 1;
  const auto edits = painless::member_edits(program, kParams, kCtx);
  if (!edits) return std::nullopt;
  painless::JsonDocument document;
  Buffer text;
  text.append(params.empty() ? std::string_view("{}") : params);
  const auto span = document.span(text.view());
  return span ? of(machine, *edits, *span) : std::nullopt;
}

std::optional<MemberEditor> MemberEditor::of(painless::Machine& machine, std::span<const MemberEdit> edits) {
  static constexpr std::uint32_t kEmpty[3] = {0, 1, 2};
  return of(machine, edits, JsonSpan{"{}", kEmpty, kEmpty + 2});
}

std::optional<MemberEditor> MemberEditor::of(painless::Machine& machine, std::span<const MemberEdit> edits,
                                             const JsonSpan& params) {
  MemberEditor editor;
  for (const MemberEdit& edit : edits) {
    if (!editor.add(machine, edit, params)) return std::nullopt;
  }
  if (editor.keys_.empty()) return std::nullopt;
  editor.results_.resize(editor.edits_.size());
  return editor;
}

bool MemberEditor::add(painless::Machine& machine, const MemberEdit& edit, const JsonSpan& params) {
  Edit made;
  made.kind = edit.kind;
  made.edit = edit.edit;
  made.negated = edit.negated;
  made.target = edit.target;
  switch (edit.kind) {
    case MemberEdit::Kind::kGet:
    case MemberEdit::Kind::kRemove:
    case MemberEdit::Kind::kHas:
    case MemberEdit::Kind::kPut: {
      const auto key = key_of(edit.key);
      if (!key) return false;
      made.key = *key;
      if (edit.kind == MemberEdit::Kind::kPut && !put_operand(machine, edit, params, made)) return false;
      break;
    }
    case MemberEdit::Kind::kEquals:
      if (!painless::append_json_value(machine, made.text, edit.constant, 0) || has_escape(made.text)) return false;
      break;
    default:
      break;
  }
  edits_.push_back(std::move(made));
  return true;
}

/// What a kPut puts.
bool MemberEditor::put_operand(painless::Machine& machine, const MemberEdit& edit, const JsonSpan& params,
                               Edit& made) const {
  if (edit.from == MemberEdit::From::kEdit) return true;
  made.edit = kNoEdit;
  if (edit.from == MemberEdit::From::kConstant) {
    return painless::append_json_value(machine, made.text, edit.constant, 0);
  }
  const auto value = param(params, edit.param);
  if (value) made.text = *value;
  return value.has_value();
}

std::optional<std::size_t> MemberEditor::key_of(std::string_view name) {
  const auto there = std::ranges::find(keys_, name, &Key::name);
  if (there != keys_.end()) return static_cast<std::size_t>(there - keys_.begin());
  if (keys_.size() == kMaxKeys || !painless::is_plain_json_text(name)) return std::nullopt;
  Key key;
  key.name = name;
  painless::append_json_text(key.token, name);
  keys_.push_back(std::move(key));
  signatures_[keys_.size() - 1] = painless::signature_of(name);
  return keys_.size() - 1;
}

std::optional<std::string_view> MemberEditor::edit(const JsonSpan& source, Arena& arena) {
  ++seen_;
  const std::optional<bool> changed = find(source) ? apply() : std::nullopt;
  if (!changed) {
    ++given_up_;
    return std::nullopt;
  }
  return *changed ? write(source, arena) : std::string_view();
}

bool MemberEditor::find(const JsonSpan& source) {
  for (Key& key : keys_) {
    key.place = Place::kNowhere;
    key.changed = false;
  }
  found_.clear();
  appended_.clear();
  return painless::scan_members(source, [&](const std::uint32_t* member, std::string_view name) {
    const std::uint32_t signature = painless::signature_of(name);
    const bool named = painless::any_of_four(signatures_.data(), signature) ||
                       (keys_.size() > 4 && painless::any_of_four(signatures_.data() + 4, signature));
    return !may_be_in_ctx(name) && (!named || note(source, member, name));
  });
}

/// Keeps where a member is, if it is one that edits name. False: it has been there already.
bool MemberEditor::note(const JsonSpan& source, const std::uint32_t* member, std::string_view name) {
  const auto key = std::ranges::find_if(keys_, [&](const Key& one) { return painless::same_key(one.name, name); });
  if (key == keys_.end()) return true;
  if (key->place != Place::kNowhere) return false;
  const std::uint32_t* const behind = painless::behind_value(source.text, member + 2, source.end - 1);
  key->place = Place::kWhereItCame;
  key->as_it_came = {name.data() - 1, name.size() + 2};
  key->value = value_text(source, member);
  key->before = member[-1];
  key->begin = member[0];
  key->next = behind == source.end - 1 ? *behind : behind[1];
  found_.push_back(static_cast<std::size_t>(key - keys_.begin()));
  return true;
}

void MemberEditor::remove(std::size_t key) {
  if (keys_[key].place == Place::kAppended) std::erase(appended_, key);
  keys_[key].changed = keys_[key].changed || keys_[key].place == Place::kWhereItCame;
  keys_[key].place = Place::kNowhere;
}

void MemberEditor::put(std::size_t key, std::string_view value) {
  if (keys_[key].place == Place::kNowhere) {
    keys_[key].place = Place::kAppended;
    appended_.push_back(key);
  }
  keys_[key].changed = keys_[key].changed || keys_[key].place == Place::kWhereItCame;
  keys_[key].value = value;
}

/// Whether a value is a constant. Nothing: other numbers, escapes and containers may be the same in other words.
std::optional<bool> MemberEditor::equals(const Edit& edit) const {
  const std::string_view value = results_[edit.edit];
  if (value == edit.text) return !edit.negated;
  const bool is_null = value == kNull;
  const bool is_plain_text = value.starts_with('"') && !has_escape(value);
  if (edit.text != kNull && !is_null && !is_plain_text) return std::nullopt;
  return edit.negated;
}

/// Whether that changed anything. Nothing: the machine is needed.
std::optional<bool> MemberEditor::apply() {
  using enum MemberEdit::Kind;
  bool changed = false;
  for (std::size_t i = 0;; ++i) {
    const Edit& edit = edits_[i];
    const bool there = keys_[edit.key].place != Place::kNowhere;
    switch (edit.kind) {
      case kGet:
        results_[i] = there ? keys_[edit.key].value : kNull;
        break;
      case kRemove:
        results_[i] = there ? keys_[edit.key].value : kNull;
        remove(edit.key);
        changed = changed || there;
        break;
      case kHas:
        results_[i] = there ? kTrue : kFalse;
        break;
      case kEquals: {
        const auto equal = equals(edit);
        if (!equal) return std::nullopt;
        results_[i] = *equal ? kTrue : kFalse;
        break;
      }
      case kPut:
        put(edit.key, edit.edit == kNoEdit ? edit.text : results_[edit.edit]);
        changed = true;
        break;
      case kSkipUnless:
        if ((results_[edit.edit] == kTrue) != edit.negated) break;
        i = edit.target - 1;
        break;
      case kSkip:
        i = edit.target - 1;
        break;
      case kEnd:
        return changed;
      case kMachine:
        return std::nullopt;
    }
  }
}

std::string_view MemberEditor::write(const JsonSpan& source, Arena& arena) const {
  std::size_t room = source.view().size() + 2;
  for (const Key& key : keys_) room += key.as_it_came.size() + key.token.size() + key.value.size() + 4;
  char* const begin = arena.allocate(room);
  ObjectWriter writer(begin);
  std::uint32_t next = source.begin[1];
  for (const std::size_t i : found_) {
    const Key& key = keys_[i];
    if (!key.changed) continue;
    if (next < key.begin) writer.run(trimmed(source.text + next, source.text + key.before));
    if (key.place == Place::kWhereItCame) writer.member(key.as_it_came, key.value);
    next = key.next;
  }
  const std::uint32_t closing = source.end[-1];
  if (next < closing) writer.run(trimmed(source.text + next, source.text + closing));
  for (const std::size_t i : appended_) writer.member(keys_[i].token, keys_[i].value);
  const std::string_view written = writer.end();
  arena.shrink(begin, written.size());
  return written;
}

}  // namespace sluice::stages
