#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// One term of a text, as `_analyze` shows it.
struct Token {
  std::string text;            ///< the term, UTF-8; a surrogate without its other half is three bytes of its own
  std::uint32_t position = 0;  ///< of the first one: 0
  std::uint32_t start = 0;     ///< UTF-16 units of the text as it was before any char filter
  std::uint32_t end = 0;
  std::uint16_t position_length = 1;  ///< how many positions it spans: more than 1 for synonyms of several words
  std::string_view type = "word";     ///< `<ALPHANUM>`, `word`, `SYNONYM`, ...; never freed
  bool operator==(const Token&) const = default;
};

/// Where a text goes on that follows others of the same field: carried from value to value.
struct TextPlace {
  std::int32_t position = -1;  ///< of the last term
  std::uint32_t offset = 0;    ///< where the next value begins
};

/// Called with each term, UTF-8, and its position, in the order of the tokens. The text lives during the call.
using TermVisitor = std::function<void(std::string_view term, std::uint32_t position)>;

struct AnalyzerParts;  // chain_analyzer.h

/// Makes terms of text. Immutable; any number of threads. Source: Lucene's analysis as Elasticsearch 9 sets it up.
class Analyzer {
 public:
  /// Elasticsearch's for several values of one field.
  static constexpr std::uint32_t kDefaultGap = 100;

  explicit Analyzer(std::string name, std::uint32_t position_increment_gap = kDefaultGap)
      : name_(std::move(name)), gap_(position_increment_gap) {}
  virtual ~Analyzer() = default;
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Positions between the last term of a value and the first of the next one.
  [[nodiscard]] std::uint32_t position_increment_gap() const { return gap_; }

  /// Appends the tokens of one value of a field; `place` starts as it is and is handed on to the next value. Errors: a
  /// pattern that takes too many steps, filters that make too much of a text (illegal_argument_exception, 400); what
  /// was appended before stays.
  [[nodiscard]] virtual Status analyze(std::string_view text, std::vector<Token>& tokens, TextPlace& place) const = 0;
  [[nodiscard]] Status analyze(std::string_view text, std::vector<Token>& tokens) const;

  /// The same without offsets and types, for matching: nothing is allocated where an analyzer has a short way.
  [[nodiscard]] virtual Status visit_terms(std::string_view text, const TermVisitor& visitor, TextPlace& place) const;

  /// What becomes of a term that is not split into words (prefix, wildcard, range): char filters and those filters of
  /// tokens that change single characters. Errors: of analyze().
  [[nodiscard]] virtual Result<std::string> normalize(std::string_view text) const = 0;

  /// What it is made of, as long as it lives: for `explain`.
  [[nodiscard]] virtual const AnalyzerParts* parts() const { return nullptr; }

 private:
  std::string name_;
  std::uint32_t gap_;
};
using AnalyzerPtr = std::shared_ptr<const Analyzer>;

}  // namespace sluice::stages
