#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stages/ingest/grok/regex/node.h"

namespace sluice::ingest::regex {

enum class Outcome : std::uint8_t {
  kMatch,
  kNone,
  kInterrupted,  ///< it took too long
};

/// An expression that can be run, on PCRE2's compiled code. Immutable; any thread.
///
/// A search is over in a second, whatever expression and text are: it runs with a limit of steps first, so low for the
/// text's length that trying it at one place is cheap, and looks at the clock at each place. Only a search that reaches
/// the limit is begun anew, from that place on, by code that looks at the clock all the time.
class Program {
 public:
  /// The longest that a search may take.
  static constexpr int kMilliseconds = 1000;

  /// Errors: what PCRE2 has against it.
  static std::expected<Program, std::string> compile(Tree tree);

  /// Searches `text` for the first match. `groups` gets begin and end of each of the tree's groups that captures, in
  /// order, as bytes; kNone: it took no part. It is valid until the thread's next search.
  Outcome search(std::string_view text, std::span<const std::size_t>& groups) const;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// The tree's groups that capture, as they are numbered in it.
  [[nodiscard]] const std::vector<std::uint32_t>& groups() const;
  /// All that is in the code for ASCII, as PCRE2 gets it: for tests.
  [[nodiscard]] const std::string& text() const;

 private:
  struct Parts;
  explicit Program(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<Parts> parts_;
};

}  // namespace sluice::ingest::regex
