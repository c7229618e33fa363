#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/ingest/field_path.h"
#include "stages/ingest/template.h"

namespace sluice::ingest {

/// A value of JSON whose texts may have mustache's tags: what `set` and `append` write. Immutable; any thread.
class ValueTemplate {
 public:
  ValueTemplate() = default;
  /// `json` has Buffer::kPadding readable bytes behind it. Errors: of Template::compile().
  static Result<ValueTemplate> compile(std::string_view json, TextEscape escape = TextEscape::kJson);
  /// A new value for a document. Raw scalars live as long as the template.
  Result<painless::Value> make(IngestDocument& document) const;
  /// The value where it is a scalar without tags, which lives as long as the template.
  [[nodiscard]] std::optional<painless::Value> scalar() const;

 private:
  enum class Kind : std::uint8_t { kScalar, kText, kList, kObject };
  Kind kind_ = Kind::kScalar;
  std::shared_ptr<const std::string> scalar_;  ///< raw; where it stands is where values point to
  Template text_;
  std::vector<ValueTemplate> items_;  ///< of a list or an object
  std::vector<Template> keys_;
};

/// A path with mustache's tags. Immutable; any thread.
class PathTemplate {
 public:
  PathTemplate() = default;
  explicit PathTemplate(Template text);
  /// The path for a document; `made` holds it where it is made anew. Errors: of rendering; a text that is no path.
  Result<const FieldPath*> resolve(IngestDocument& document, std::optional<FieldPath>& made) const;
  /// The text for a document, path or not. Errors: of rendering.
  Result<std::string> text(IngestDocument& document) const { return text_.render(document); }
  [[nodiscard]] const std::string& source() const { return text_.source(); }
  /// The path where it is the same for all documents, and names a field of the document itself; null otherwise.
  [[nodiscard]] const FieldPath* fixed_field() const {
    return text_.is_fixed() && fixed_.is_top_field() ? &fixed_ : nullptr;
  }

 private:
  Template text_;
  FieldPath fixed_;  ///< the path where it is the same for all documents
};

}  // namespace sluice::ingest
