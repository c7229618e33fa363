#include "stages/painless/run/regex.h"

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

/// java.util.regex.Matcher over a text. Places are bytes inside, UTF-16 units to the script.
struct Matcher final : Object {
  Pattern* pattern;
  String* subject;
  RegexMatch match;
  bool matched = false;
  std::size_t next = 0;  ///< where find() goes on
  std::size_t append = 0;

  Matcher(const Class* cls, Pattern* with, String* over) : Object(cls), pattern(with), subject(over) {}
  Value to_string(Machine& machine) override {
    return machine.string_value("java.util.regex.Matcher[pattern=" + pattern->pattern + "]");
  }
};

Matcher& matcher_of(const Value& value) { return object<Matcher>(value); }

bool run(Machine& machine, Matcher& matcher, std::size_t from, RegexMode mode) {
  auto found = regex_match(machine, *matcher.pattern, matcher.subject->text(), from, mode);
  matcher.matched = found.has_value();
  if (!found) return false;
  matcher.match = std::move(*found);
  const std::size_t end = matcher.match.offsets[1];
  matcher.next = end;
  if (end == matcher.match.offsets[0]) {  // nothing was taken: go on behind the next character
    if (end < matcher.subject->size) {
      next_code_point(matcher.subject->text(), matcher.next);
    } else {
      ++matcher.next;
    }
  }
  return true;
}
Value outcome(Machine& machine, bool found) { return machine.failed() ? Value::error() : Value::boolean(found); }

Value find(Machine& machine, const Value* a) {
  Matcher& matcher = matcher_of(a[0]);
  if (matcher.next > matcher.subject->size) {
    matcher.matched = false;
    return Value::boolean(false);
  }
  return outcome(machine, run(machine, matcher, matcher.next, RegexMode::kFind));
}
Value find_from(Machine& machine, const Value* a) {
  Matcher& matcher = matcher_of(a[0]);
  if (a[1].i < 0 || a[1].i > matcher.subject->length())
    return machine.raise(known().index_out_of_bounds, "Illegal start index");
  return outcome(machine,
                 run(machine, matcher, matcher.subject->byte_of(static_cast<std::uint32_t>(a[1].i)), RegexMode::kFind));
}
Value matches(Machine& machine, const Value* a) {
  return outcome(machine, run(machine, matcher_of(a[0]), 0, RegexMode::kWhole));
}
Value looking_at(Machine& machine, const Value* a) {
  return outcome(machine, run(machine, matcher_of(a[0]), 0, RegexMode::kLookingAt));
}

/// The bytes of a group; false: an exception is pending.
bool group_bytes(Machine& machine, const Matcher& matcher, std::int64_t group, std::size_t& begin, std::size_t& end) {
  if (!matcher.matched) {
    machine.raise(known().illegal_state, "No match found");
    return false;
  }
  if (group < 0 || group > matcher.pattern->groups) {
    machine.raise(known().index_out_of_bounds, "No group " + std::to_string(group));
    return false;
  }
  begin = matcher.match.offsets[2 * static_cast<std::size_t>(group)];
  end = matcher.match.offsets[2 * static_cast<std::size_t>(group) + 1];
  return true;
}
Value group_text(Machine& machine, const Matcher& matcher, std::int64_t group) {
  std::size_t begin = 0;
  std::size_t end = 0;
  if (!group_bytes(machine, matcher, group, begin, end)) return Value::error();
  if (begin == RegexMatch::kNone) return Value::null();
  return made(machine.text(matcher.subject->text().substr(begin, end - begin)));
}
Value group(Machine& machine, const Value* a) { return group_text(machine, matcher_of(a[0]), 0); }
Value group_number(Machine& machine, const Value* a) { return group_text(machine, matcher_of(a[0]), a[1].i); }
Value named_group(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  const int number = group_of_name(*matcher_of(a[0]).pattern, text(a[1]));
  if (number < 0)
    return machine.raise(known().illegal_argument, "No group with name <" + std::string(text(a[1])) + ">");
  return group_text(machine, matcher_of(a[0]), number);
}
template <bool kEnd>
Value place(Machine& machine, const Value* a, std::int64_t group) {
  const Matcher& matcher = matcher_of(a[0]);
  std::size_t begin = 0;
  std::size_t end = 0;
  if (!group_bytes(machine, matcher, group, begin, end)) return Value::error();
  if (begin == RegexMatch::kNone) return Value::of_int(-1);
  return Value::of_int(static_cast<std::int32_t>(utf16_length(matcher.subject->text().substr(0, kEnd ? end : begin))));
}
Value start(Machine& machine, const Value* a) { return place<false>(machine, a, 0); }
Value start_of(Machine& machine, const Value* a) { return place<false>(machine, a, a[1].i); }
Value end(Machine& machine, const Value* a) { return place<true>(machine, a, 0); }
Value end_of(Machine& machine, const Value* a) { return place<true>(machine, a, a[1].i); }
Value group_count(Machine&, const Value* a) {
  return Value::of_int(static_cast<std::int32_t>(matcher_of(a[0]).pattern->groups));
}
Value matcher_pattern(Machine&, const Value* a) { return made(matcher_of(a[0]).pattern); }
Value reset(Machine&, const Value* a) {
  matcher_of(a[0]).next = 0;
  matcher_of(a[0]).matched = false;
  return a[0];
}

/// Appends a replacement with `$1`, `${name}` and `\` resolved. False: an exception is pending.
bool expand(Machine& machine, const Matcher& matcher, std::string_view replacement, std::string& out) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c == '\\') {
      if (++i >= replacement.size()) {
        machine.raise(known().illegal_argument, "character to be escaped is missing");
        return false;
      }
      out += replacement[i];
      continue;
    }
    if (c != '$') {
      out += c;
      continue;
    }
    Value part = Value::null();
    const std::size_t close = replacement.find('}', i);
    if (i + 1 < replacement.size() && replacement[i + 1] == '{' && close != std::string_view::npos) {
      const std::string name(replacement.substr(i + 2, close - i - 2));
      const int number = group_of_name(*matcher.pattern, name);
      if (number < 0) {
        machine.raise(known().illegal_argument, "No group with name {" + name + "}");
        return false;
      }
      part = group_text(machine, matcher, number);
      i = close;
    } else if (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9') {
      std::int64_t number = replacement[++i] - '0';
      while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9' &&
             number * 10 + (replacement[i + 1] - '0') <= matcher.pattern->groups) {
        number = number * 10 + (replacement[++i] - '0');
      }
      part = group_text(machine, matcher, number);
    } else {
      machine.raise(known().illegal_argument, "Illegal group reference");
      return false;
    }
    if (part.is_error()) return false;
    if (!part.is_null()) out += text(part);
  }
  return true;
}

/// Replaces matches by what `make` appends for each. `make` is false when an exception is pending.
template <typename F>
Value replace_with(Machine& machine, Matcher& matcher, bool all, F&& make) {
  std::string out;
  std::size_t at = 0;
  matcher.next = 0;
  const std::string_view subject = matcher.subject->text();
  while (matcher.next <= subject.size() && run(machine, matcher, matcher.next, RegexMode::kFind)) {
    if (!machine.tick()) return Value::error();
    out += subject.substr(at, matcher.match.offsets[0] - at);
    if (!make(out) || !machine.afford(out.size())) return Value::error();
    at = matcher.match.offsets[1];
    if (!all) break;
  }
  if (machine.failed()) return Value::error();
  out += subject.substr(at);
  return machine.string_value(out);
}
template <bool kAll>
Value replace_text(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  Matcher& matcher = matcher_of(a[0]);
  return replace_with(machine, matcher, kAll,
                      [&](std::string& out) { return expand(machine, matcher, text(a[1]), out); });
}
/// CharSequence.replaceAll(Pattern, Function): what the function makes of the matcher, as it is.
template <bool kAll>
Value replace_by(Machine& machine, const Value* a) {
  if (missing(machine, a[1]) || missing(machine, a[2])) return Value::error();
  String* subject = machine.to_text(a[0]);
  if (subject == nullptr) return Value::error();
  auto* matcher = machine.heap().make<Matcher>(known().matcher, &object<Pattern>(a[1]), subject);
  return replace_with(machine, *matcher, kAll, [&](std::string& out) {
    const Value result = machine.call(a[2], {made(matcher)});
    const String* shown = result.is_error() ? nullptr : machine.to_text(result);
    if (shown == nullptr) return false;
    out += shown->text();
    return true;
  });
}

Value matcher(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  String* subject = machine.to_text(a[1]);
  if (subject == nullptr) return Value::error();
  return made(machine.heap().make<Matcher>(known().matcher, &object<Pattern>(a[0]), subject));
}
Value pattern_text(Machine& machine, const Value* a) { return machine.string_value(object<Pattern>(a[0]).pattern); }
Value pattern_flags(Machine&, const Value* a) { return Value::of_int(object<Pattern>(a[0]).flags); }
Value split_by(Machine& machine, const Value* a, std::int64_t limit) {
  const Value over = matcher(machine, a);
  if (over.is_error()) return over;
  Matcher& walk = matcher_of(over);
  const std::string_view subject = walk.subject->text();
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (walk.next <= subject.size() && (limit <= 0 || static_cast<std::int64_t>(parts.size()) + 1 < limit) &&
         run(machine, walk, walk.next, RegexMode::kFind)) {
    if (!machine.tick()) return Value::error();
    const std::size_t begin = walk.match.offsets[0];
    // A match of nothing at the beginning gives no empty part.
    if (walk.match.offsets[1] == 0) continue;
    if (begin == walk.match.offsets[1] && begin == subject.size()) break;
    parts.push_back(subject.substr(at, begin - at));
    at = walk.match.offsets[1];
  }
  if (machine.failed()) return Value::error();
  parts.push_back(subject.substr(at));
  if (limit == 0) {
    while (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  }
  Value* items = machine.heap().array<Value>(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) items[i] = made(machine.text(parts[i]));
  const Type* type = Registry::get().array_of(known().string->type);
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(parts.size()), items));
}
Value split(Machine& machine, const Value* a) { return split_by(machine, a, 0); }
Value split_limit(Machine& machine, const Value* a) { return split_by(machine, a, a[2].i); }
Value finds(Machine& machine, const Function& self, const Value* args, std::size_t) {
  const Value both[] = {self.captures[0], args[0]};
  const Value over = args[0].is_null() ? machine.null_pointer() : matcher(machine, both);
  return over.is_error() ? over : find(machine, &over);
}
Value as_predicate(Machine& machine, const Value* a) {
  auto* function = machine.heap().make<Function>(Registry::get().class_named("java.util.function.Predicate"), finds);
  Value* captured = machine.heap().array<Value>(1);
  captured[0] = a[0];
  function->captures = captured;
  function->captured = 1;
  return made(function);
}
Value quote(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : machine.string_value("\\Q" + std::string(text(a[0])) + "\\E");
}
Value quote_replacement(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  std::string out;
  for (const char c : text(a[0])) {
    if (c == '\\' || c == '$') out += '\\';
    out += c;
  }
  return machine.string_value(out);
}

constexpr MethodRow kPattern[] = {
    {"Predicate asPredicate()", as_predicate, "What tests whether the pattern is found.",
     "/b/.asPredicate().test('abc')", "true"},
    {"int flags()", pattern_flags, "The flags, as Java numbers them.", "/a/i.flags()", "2"},
    {"Matcher matcher(CharSequence)", matcher, "The pattern over a text.", "/b/.matcher('abc').find()", "true"},
    {"String pattern()", pattern_text, "The pattern as text.", "/a.b/.pattern()", "a.b"},
    {"String[] split(CharSequence)", split, "The parts between the matches.", "/,/.split('a,b,,').length", "2"},
    {"String[] split(CharSequence,int)", split_limit, "Likewise, in so many parts at most.", "/,/.split('a,b,c', 2)[1]",
     "b,c"},
    {"static String quote(String)", quote, "A pattern that is just that text.", "Pattern.quote('a.b')", "\\Qa.b\\E"},
};
constexpr MethodRow kMatcher[] = {
    {"int end()", end, "Where the match ends.", "Matcher m = /b/.matcher('abc'); m.find(); m.end()", "2"},
    {"int end(int)", end_of, "Where a group ends.", "Matcher m = /(b)c/.matcher('abc'); m.find(); m.end(1)", "2"},
    {"boolean find()", find, "The next match.", "/b/.matcher('abc').find()", "true"},
    {"boolean find(int)", find_from, "The next match from a place on.", "/b/.matcher('abc').find(2)", "false"},
    {"String group()", group, "What matched.", "Matcher m = /b./.matcher('abc'); m.find(); m.group()", "bc"},
    {"String group(int)", group_number, "What a group matched.",
     "Matcher m = /(b)./.matcher('abc'); m.find(); m.group(1)", "b"},
    {"int groupCount()", group_count, "How many groups there are.", "/(a)(b)/.matcher('').groupCount()", "2"},
    {"boolean lookingAt()", looking_at, "Whether it matches at the beginning.", "/a/.matcher('abc').lookingAt()",
     "true"},
    {"boolean matches()", matches, "Whether it matches all of the text.", "/a.c/.matcher('abc').matches()", "true"},
    {"String namedGroup(String)", named_group, "What a group with a name matched.",
     "Matcher m = /(?<x>b)/.matcher('abc'); m.find(); m.namedGroup('x')", "b"},
    {"Pattern pattern()", matcher_pattern, "The pattern.", "/a/.matcher('').pattern().pattern()", "a"},
    {"String replaceAll(String)", replace_text<true>, "Replaces each match; `$1` is a group.",
     "/(b)/.matcher('abab').replaceAll('<$1>')", "a<b>a<b>"},
    {"String replaceFirst(String)", replace_text<false>, "Replaces the first match.",
     "/b/.matcher('abab').replaceFirst('x')", "axab"},
    {"Matcher reset()", reset, "Begins again.", "Matcher m = /a/.matcher('a'); m.find(); m.reset().find()", "true"},
    {"int start()", start, "Where the match begins.", "Matcher m = /b/.matcher('abc'); m.find(); m.start()", "1"},
    {"int start(int)", start_of, "Where a group begins.", "Matcher m = /a(b)/.matcher('abc'); m.find(); m.start(1)",
     "1"},
    {"static String quoteReplacement(String)", quote_replacement, "A replacement that is just that text.",
     "Matcher.quoteReplacement('$1')", "\\$1"},
};
constexpr MethodRow kReplacing[] = {
    {"String replaceAll(Pattern,Function)", replace_by<true>, "Each match becomes what the function makes of it.",
     "'abc'.replaceAll(/[ac]/, m -> m.group().toUpperCase())", "AbC"},
    {"String replaceFirst(Pattern,Function)", replace_by<false>,
     "The first match becomes what the function makes of it.", "'aba'.replaceFirst(/a/, m -> 'x')", "xba"},
};

constexpr ClassRow kRows[] = {
    {"java.util.regex.Pattern", "", "A regular expression, as `/a+/` makes it.", kPattern},
    {"java.util.regex.Matcher", "", "A regular expression over a text.", kMatcher},
    {"java.lang.Replacing", "", "What text can do with patterns.", kReplacing, true, true},
};

}  // namespace

std::span<const ClassRow> regex_family() { return kRows; }

}  // namespace sluice::painless::api
