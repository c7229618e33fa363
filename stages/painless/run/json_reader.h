#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "stages/painless/run/machine.h"

namespace sluice::painless {

/// Reads a JSON text that a script has at hand, as Json.load() does: objects become HashMaps, arrays ArrayLists, and
/// what is no JSON an x_content_parse_exception with the words of Jackson, which a node reads with. Reads one value;
/// what follows it is not looked at, unless it touches a number. Comments are read over. One thread, one text.
class JsonReader {
 public:
  /// `duplicates`: of members with the same name the last one counts, instead of an exception.
  JsonReader(Machine& machine, std::string_view text, bool duplicates = false)
      : machine_(machine), text_(text), duplicates_(duplicates) {}
  /// The value; an error: an exception is pending.
  Value read();
  /// Whether anything is left but blanks and comments; false too where an exception is pending.
  bool has_more() { return skip() && !ended(); }
  /// Over a token, as far as Jackson reads it before somebody asks what it says: a bracket, a quote, a number, a word.
  Value skip_token();

 private:
  /// What is being read: `{` or `[`, and where it began; 0: nothing yet.
  struct Container {
    char open = 0;
    std::size_t begin = 0;
  };

  Value value(Container in);
  Value object();
  Value array();
  Value number(Container in);
  Value word();
  /// Behind an opening quote. `what`: for a text that doesn't end.
  bool string(std::string& out, std::string_view what);
  bool escape(std::string& out);
  /// Over digits; false: there are none.
  bool digits();
  bool comment();
  /// Over blanks and comments. False: an exception is pending.
  bool skip();
  /// A separator between two items; false: the end, or an exception.
  bool more(Container in, std::size_t count);

  [[nodiscard]] bool ended() const { return at_ >= text_.size(); }
  [[nodiscard]] char here() const { return ended() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string source(std::size_t place) const;
  /// Line and column of a byte, from 1.
  [[nodiscard]] std::pair<std::size_t, std::size_t> position(std::size_t place) const;
  Value fail(const std::string& reason, std::size_t place);
  Value fail_end(const std::string& reason);
  /// `Unexpected character ('x' (code 120))` at the place.
  Value fail_here(std::string_view what, std::size_t column_of);
  Value fail_here(std::string_view what) { return fail_here(what, at_); }
  Value fail_not_closed(Container in);

  Machine& machine_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  bool duplicates_;
};

}  // namespace sluice::painless
