#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/date_format.h"
#include "stages/query/compile.h"
#include "stages/query/value_readers.h"

namespace sluice::stages {

/// The values of a field as Lucene's doc values have them: numbers, smallest first. Dates are milliseconds since 1970,
/// booleans 0 and 1. Immutable; any thread.
class NumberValues {
 public:
  /// Errors: unsupported for fields that have no numbers.
  static Result<NumberValues> make(const pipeline::FieldSchema& field, const ClauseContext& context);

  /// Replaces what is in `values`.
  void read(DocumentFields& document, std::vector<double>& values) const;
  [[nodiscard]] std::optional<double> smallest(DocumentFields& document) const;
  /// One raw token; nothing: it is no value of the field.
  [[nodiscard]] std::optional<double> convert(std::string_view token) const;
  [[nodiscard]] const std::string& path() const { return access_.path(); }

 private:
  FieldAccess access_;
  pipeline::FieldKind kind_ = pipeline::FieldKind::kFloating;
  FloatingReader fraction_;
  std::shared_ptr<const pipeline::DateFormat> format_;
};

}  // namespace sluice::stages
