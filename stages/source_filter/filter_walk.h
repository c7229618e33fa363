#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "pipeline/base/json_text.h"
#include "stages/parse/walker.h"
#include "stages/source_filter/verdict.h"

namespace sluice::stages {

/// Which keys at the top of a document a filter has to look at, by their first byte: most keys are told by it alone.
using KeyMask = std::array<bool, 256>;

/// Walks one document along its structural index and copies what a filter keeps. `Filter` is FieldPathFilter or
/// FieldTextFilter. One walk, one document, one thread.
template <typename Filter>
class FilterWalk {
 public:
  using State = typename Filter::State;
  /// Deeper nesting fails the document, as it does in Elasticsearch's parser.
  static constexpr int kMaxDepth = 1000;

  FilterWalk(const Filter& filter, const KeyMask& mask, bool keep_others, Walker walker, const char* bytes, char* out)
      : filter_(filter), mask_(mask), keep_others_(keep_others), walker_(walker), bytes_(bytes), out_(out) {}

  /// False: the document is malformed. `out` needs room for the whole document.
  bool run(const State& root) {
    if (walker_.peek() != '{') return false;
    if (!top(root)) return false;
    return !broken_ && walker_.done();
  }
  /// Whether anything was left out; else the document can stay as it is.
  [[nodiscard]] bool changed() const { return changed_; }
  [[nodiscard]] char* end() const { return out_; }

 private:
  /// Members that are kept one behind the other are copied as one span, with the commas and spaces between them.
  struct Members {
    const char* begin = nullptr;
    const char* end = nullptr;
    bool any = false;
  };

  void copy(const char* from, const char* to) {
    const auto size = static_cast<std::size_t>(to - from);
    std::memcpy(out_, from, size);
    out_ += size;
  }
  void flush(Members& members) {
    if (members.begin == nullptr) return;
    separate(members);
    copy(members.begin, members.end);
    members.begin = nullptr;
  }
  void separate(Members& members) {
    if (members.any) *out_++ = ',';
    members.any = true;
  }
  static void keep(Members& members, const char* begin, std::string_view value) {
    if (members.begin == nullptr) members.begin = begin;
    members.end = value.data() + value.size();
  }

  [[nodiscard]] const char* here() const { return bytes_ + walker_.offset(); }

  bool top(const State& root) {
    Members members;
    walker_.take('{');
    *out_++ = '{';
    if (walker_.peek() != '}') {
      do {
        if (!keep_others_ && skip_unasked()) flush(members);
        if (!member(root, members, true)) return false;
      } while (walker_.take(','));
    }
    flush(members);
    *out_++ = '}';
    return walker_.take('}');
  }

  /// Passes by scalar members that no pattern begins like, the common case of a short list of includes.
  bool skip_unasked() {
    const std::uint32_t* const begin = walker_.position();
    const std::uint32_t* at = begin;
    const std::uint32_t* const end = walker_.limit();
    while (end - at > 4) {
      const char value = bytes_[at[2]];
      if (mask_[static_cast<unsigned char>(bytes_[at[0] + 1])] || bytes_[at[0]] != '"' || bytes_[at[1]] != ':' ||
          value == '{' || value == '[' || bytes_[at[3]] != ',') {
        break;
      }
      at += 4;
    }
    if (at == begin) return false;
    walker_.move_to(at);
    changed_ = true;
    return true;
  }

  /// One member of an object. False: there is none here.
  bool member(const State& state, Members& members, bool at_top) {
    const char* begin = walker_.done() ? nullptr : here();
    const std::string_view token = walker_.take_string();
    if (token.size() < 2 || !walker_.take(':') || walker_.done()) return false;
    State child;
    Verdict verdict = keep_others_ ? Verdict::kKeep : Verdict::kDrop;
    if (!at_top || mask_[static_cast<unsigned char>(token[1])]) verdict = decide(state, token, child);
    if (verdict == Verdict::kDescend) return descend(begin, child, members);
    const std::string_view value = walker_.take_value();
    if (value.empty()) return false;
    if (verdict == Verdict::kKeep) {
      keep(members, begin, value);
    } else {
      changed_ = true;
      flush(members);
    }
    return true;
  }

  Verdict decide(const State& state, std::string_view token, State& child) const {
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (!has_escape(inner)) return filter_.decide(state, inner, child);
    return filter_.decide(state, json_unquoted(token), child);
  }

  bool descend(const char* begin, const State& child, Members& members) {
    flush(members);
    char* const before = out_;
    const Members members_before = members;
    separate(members);
    copy(begin, here());
    if (!value(child, true)) {
      out_ = before;
      members = members_before;
    }
    return !broken_;
  }

  /// A value that the filter goes into. False: it is left out (or broken).
  bool value(const State& state, bool is_member) {
    const char c = walker_.peek();
    if (c == '{' || c == '[') {
      if (++depth_ > kMaxDepth) return fail();
      const bool kept = c == '{' ? object(state, is_member) : array(state, is_member);
      --depth_;
      return kept;
    }
    const std::string_view scalar = walker_.take_value();
    if (scalar.empty()) return fail();
    if (!filter_.keeps_scalar(state)) return drop();
    copy(scalar.data(), scalar.data() + scalar.size());
    return true;
  }

  bool object(const State& outer, bool is_member) {
    State state = outer;
    if (!filter_.enter_object(state)) return walker_.take_value().empty() ? fail() : drop();
    Members members;
    walker_.take('{');
    *out_++ = '{';
    const bool had_content = walker_.peek() != '}';
    if (had_content) {
      do {
        if (!member(state, members, false)) return fail();
      } while (walker_.take(','));
    }
    if (!walker_.take('}')) return fail();
    flush(members);
    *out_++ = '}';
    return members.any || filter_.keeps_empty(outer, is_member, had_content) || drop();
  }

  bool array(const State& state, bool is_member) {
    walker_.take('[');
    *out_++ = '[';
    bool any = false;
    const bool had_content = walker_.peek() != ']';
    if (had_content) {
      do {
        char* const before = out_;
        if (any) *out_++ = ',';
        if (value(state, false)) {
          any = true;
        } else {
          out_ = before;
        }
        if (broken_) return false;
      } while (walker_.take(','));
    }
    if (!walker_.take(']')) return fail();
    *out_++ = ']';
    return any || filter_.keeps_empty(state, is_member, had_content) || drop();
  }

  bool drop() {
    changed_ = true;
    return false;
  }
  bool fail() {
    broken_ = true;
    return false;
  }

  const Filter& filter_;
  const KeyMask& mask_;
  const bool keep_others_;
  Walker walker_;
  const char* bytes_;
  char* out_;
  int depth_ = 1;
  bool changed_ = false;
  bool broken_ = false;
};

}  // namespace sluice::stages
