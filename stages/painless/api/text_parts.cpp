#include <optional>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

/// java.util.StringTokenizer. By code points.
struct Tokenizer final : Object {
  std::u32string_view text;                       ///< in the heap, as the delimiters
  std::optional<std::u32string_view> delimiters;  ///< none: Java's null, which is found out when it is asked
  bool returns_delimiters;
  std::size_t at = 0;

  Tokenizer(const Class* cls, std::u32string_view of, std::optional<std::u32string_view> by, bool with_delimiters)
      : Object(cls), text(of), delimiters(by), returns_delimiters(with_delimiters) {}

  [[nodiscard]] bool delimits(std::size_t place) const {
    return delimiters->find(text[place]) != std::u32string_view::npos;
  }
  [[nodiscard]] std::size_t skip(std::size_t place) const {
    while (!returns_delimiters && place < text.size() && delimits(place)) ++place;
    return place;
  }
  /// Behind the token that begins at `place`.
  [[nodiscard]] std::size_t scan(std::size_t place) const {
    const std::size_t begin = place;
    while (place < text.size() && !delimits(place)) ++place;
    return returns_delimiters && begin == place && place < text.size() ? place + 1 : place;
  }
};

Tokenizer& tokenizer(const Value& value) { return object<Tokenizer>(value); }

/// A text's code points, in the heap.
std::u32string_view points_of(Machine& machine, std::string_view text) {
  auto* points = machine.heap().array<char32_t>(text.size());
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) points[count++] = next_code_point(text, at);
  return {points, count};
}
std::optional<std::u32string_view> delimiters_of(Machine& machine, const Value& value) {
  if (value.is_null() || !machine.afford(text(value).size() * sizeof(char32_t))) return std::nullopt;
  return points_of(machine, text(value));
}
Value make_tokenizer(Machine& machine, const Value& of, std::optional<std::u32string_view> by, bool with_delimiters) {
  if (missing(machine, of, R"~(Cannot invoke "String.length()" because "str" is null)~")) return Value::error();
  if (!machine.afford(text(of).size() * sizeof(char32_t))) return Value::error();
  static const Class* const cls = Registry::get().class_named("java.util.StringTokenizer");
  return made(machine.heap().make<Tokenizer>(cls, points_of(machine, text(of)), by, with_delimiters));
}
Value tokens_of_blanks(Machine& machine, const Value* a) { return make_tokenizer(machine, a[0], U" \t\n\r\f", false); }
Value tokens_of(Machine& machine, const Value* a) {
  return make_tokenizer(machine, a[0], delimiters_of(machine, a[1]), false);
}
Value tokens_and_more(Machine& machine, const Value* a) {
  return make_tokenizer(machine, a[0], delimiters_of(machine, a[1]), a[2].i != 0);
}
Value has_more(Machine& machine, const Value* a) {
  Tokenizer& tokens = tokenizer(a[0]);
  if (!tokens.delimiters) return machine.null_pointer();
  return Value::boolean(tokens.skip(tokens.at) < tokens.text.size());
}
Value next(Machine& machine, const Value* a) {
  Tokenizer& tokens = tokenizer(a[0]);
  if (!tokens.delimiters) return machine.null_pointer();
  const std::size_t begin = tokens.skip(tokens.at);
  if (begin >= tokens.text.size()) return machine.raise(known().no_such_element);
  tokens.at = tokens.scan(begin);
  std::string token;
  for (std::size_t i = begin; i < tokens.at; ++i) append_code_point(token, tokens.text[i]);
  return machine.string_value(token);
}
Value next_by(Machine& machine, const Value* a) {
  tokenizer(a[0]).delimiters = delimiters_of(machine, a[1]);
  return next(machine, a);
}
Value count(Machine& machine, const Value* a) {
  const Tokenizer& tokens = tokenizer(a[0]);
  if (!tokens.delimiters) return machine.null_pointer();
  std::int32_t found = 0;
  for (std::size_t at = tokens.skip(tokens.at); at < tokens.text.size(); at = tokens.skip(tokens.scan(at))) ++found;
  return Value::of_int(found);
}

constexpr MethodRow kTokenizer[] = {
    {"new(String)", tokens_of_blanks, "The words of a text.", "new StringTokenizer(' a b ').countTokens()", "2"},
    {"new(String,String)", tokens_of, "The parts between any of these characters.",
     "new StringTokenizer('a,b;c', ',;').countTokens()", "3"},
    {"new(String,String,boolean)", tokens_and_more, "Likewise, the characters themselves too.",
     "new StringTokenizer('a,b', ',', true).countTokens()", "3"},
    {"int countTokens()", count, "How many parts are left.", "new StringTokenizer('').countTokens()", "0"},
    {"boolean hasMoreTokens()", has_more, "Whether there is one more.", "new StringTokenizer('a').hasMoreTokens()",
     "true"},
    {"boolean hasMoreElements()", has_more, "Whether there is one more.", "new StringTokenizer('a').hasMoreElements()",
     "true"},
    {"def nextElement()", next, "The next part.", "new StringTokenizer('a b').nextElement()", "a"},
    {"String nextToken()", next, "The next part.", "new StringTokenizer('a b').nextToken()", "a"},
    {"String nextToken(String)", next_by, "The next part, between other characters from now on.",
     "StringTokenizer t = new StringTokenizer('a b,c'); t.nextToken() + '|' + t.nextToken(',')", "a| b"},
};

/// java.util.StringJoiner.
struct Joiner final : Object {
  std::string between;
  std::string prefix;
  std::string suffix;
  std::optional<std::string> empty;  ///< what it says while nothing was added
  std::optional<std::string> joined;

  Joiner(const Class* cls, std::string_view delimiter, std::string_view before, std::string_view behind)
      : Object(cls), between(delimiter), prefix(before), suffix(behind) {}
  Value to_string(Machine& machine) override {
    if (!joined && empty) return machine.string_value(*empty);
    return machine.string_value(prefix + joined.value_or("") + suffix);
  }
  bool add(Machine& machine, std::string_view more) {
    if (!machine.afford(more.size() + (joined ? joined->size() : 0))) return false;
    if (joined) *joined += between;
    if (!joined) joined.emplace();
    *joined += more;
    return true;
  }
};

Joiner& joiner(const Value& value) { return object<Joiner>(value); }

Value make_joiner(Machine& machine, const Value& between, const Value& prefix, const Value& suffix) {
  if (missing(machine, prefix, "The prefix must not be null") ||
      missing(machine, between, "The delimiter must not be null") ||
      missing(machine, suffix, "The suffix must not be null")) {
    return Value::error();
  }
  const String* delimiter = machine.to_text(between);
  const String* before = delimiter == nullptr ? nullptr : machine.to_text(prefix);
  const String* behind = before == nullptr ? nullptr : machine.to_text(suffix);
  if (behind == nullptr) return Value::error();
  static const Class* const cls = Registry::get().class_named("java.util.StringJoiner");
  return made(machine.heap().make<Joiner>(cls, delimiter->text(), before->text(), behind->text()));
}
Value join_by(Machine& machine, const Value* a) {
  const Value nothing = machine.string_value("");
  return make_joiner(machine, a[0], nothing, nothing);
}
Value join_between(Machine& machine, const Value* a) { return make_joiner(machine, a[0], a[1], a[2]); }
Value add(Machine& machine, const Value* a) {
  const String* more = machine.to_text(a[1]);
  return more != nullptr && joiner(a[0]).add(machine, more->text()) ? a[0] : Value::error();
}
Value merge(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  const std::optional<std::string> other = joiner(a[1]).joined;  // a copy: it may be the same joiner
  return !other || joiner(a[0]).add(machine, *other) ? a[0] : Value::error();
}
Value set_empty(Machine& machine, const Value* a) {
  if (missing(machine, a[1], "The empty value must not be null")) return Value::error();
  const String* value = machine.to_text(a[1]);
  if (value == nullptr) return Value::error();
  joiner(a[0]).empty = value->text();
  return a[0];
}
Value length(Machine& machine, const Value* a) {
  const String* shown = machine.to_text(a[0]);
  return shown == nullptr ? Value::error() : Value::of_int(static_cast<std::int32_t>(shown->length()));
}

constexpr MethodRow kJoiner[] = {
    {"new(CharSequence)", join_by, "Joins with something in between.",
     "new StringJoiner(', ').add('a').add('b').toString()", "a, b"},
    {"new(CharSequence,CharSequence,CharSequence)", join_between,
     "Joins with something in between, before and behind all.",
     "new StringJoiner(',', '[', ']').add('a').add('b').toString()", "[a,b]"},
    {"StringJoiner add(CharSequence)", add, "One more part.", "new StringJoiner(',').add('a').toString()", "a"},
    {"int length()", length, "How long the text is by now.", "new StringJoiner(',', '[', ']').length()", "2"},
    {"StringJoiner merge(StringJoiner)", merge, "What the other joined as one more part, without its ends.",
     "new StringJoiner(',').add('a').merge(new StringJoiner('-', '<', '>').add('b').add('c')).toString()", "a,b-c"},
    {"StringJoiner setEmptyValue(CharSequence)", set_empty, "What it says while there is no part.",
     "new StringJoiner(',').setEmptyValue('none').toString()", "none"},
};

constexpr ClassRow kRows[] = {
    {"java.util.StringTokenizer", "Enumeration", "Cuts a text into parts.", kTokenizer},
    {"java.util.StringJoiner", "", "Makes one text of parts.", kJoiner},
};

}  // namespace

std::span<const ClassRow> text_parts_family() { return kRows; }

}  // namespace sluice::painless::api
