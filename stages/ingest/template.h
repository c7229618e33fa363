#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/ingest/document.h"

namespace sluice::ingest {

/// How `{{x}}` writes a text: by the media type of what is made.
enum class TextEscape : std::uint8_t { kJson, kNone, kUrl };

/// `application/json`, `text/plain`, `application/x-www-form-urlencoded`. Errors: illegal_argument_exception.
Result<TextEscape> text_escape_of(std::string_view media_type);

/// A text with places for what a document holds, in the mustache language: variables, sections, `toJson`, `join`,
/// `url`. Immutable; any thread. Source: reference/ingest.md 4, and OpenSearch's answers.
class Template {
 public:
  /// A part of a template.
  struct Node {
    enum class Kind : std::uint8_t { kText, kVariable, kSection, kInverted, kToJson, kJoin, kUrl };
    Kind kind = Kind::kText;
    std::string text;       ///< the text, or the name
    std::string delimiter;  ///< of kJoin
    bool escaped = false;   ///< of kVariable
    std::vector<Node> inner;
  };

  Template() = default;
  /// Errors: script_exception with mustache's words, 400: a tag that is not closed, a partial.
  static Result<Template> compile(std::string_view text, TextEscape escape = TextEscape::kJson);

  /// Whether it is the same for every document; it is source() then.
  [[nodiscard]] bool is_fixed() const { return fixed_; }
  /// The text as it was written.
  [[nodiscard]] const std::string& source() const { return source_; }
  /// What it says for a document. Errors: a value that can't be written as text.
  Result<std::string> render(IngestDocument& document) const;

 private:
  std::string source_;
  std::vector<Node> nodes_;
  TextEscape escape_ = TextEscape::kJson;
  bool fixed_ = true;
};

}  // namespace sluice::ingest
