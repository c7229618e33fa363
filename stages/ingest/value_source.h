#pragma once

#include <optional>

#include "stages/ingest/config.h"
#include "stages/ingest/value_template.h"

namespace sluice::ingest {

/// What `set` and `append` write: a value of the configuration, or a copy of what another field has. Immutable; any
/// thread.
class ValueSource {
 public:
  /// Takes `copy_from`, `media_type` and `value`. Errors: both are given, or neither; of templates.
  static Result<ValueSource> read(Config& config);
  /// A new value for a document. Errors: there is no field to copy.
  Result<painless::Value> make(IngestDocument& document) const;
  /// The field that is copied; nothing: it is a value.
  [[nodiscard]] const std::optional<FieldPath>& copy_from() const { return copy_from_; }
  /// The value where it is a scalar that is the same for all documents.
  [[nodiscard]] std::optional<painless::Value> scalar() const { return copy_from_ ? std::nullopt : value_.scalar(); }
  /// It is a text with mustache's tags.
  [[nodiscard]] bool is_template() const { return is_template_; }

 private:
  ValueTemplate value_;
  std::optional<FieldPath> copy_from_;
  bool is_template_ = false;
};

/// Null, or a text without characters.
bool is_empty_value(painless::Machine& machine, const painless::Value& value);

}  // namespace sluice::ingest
