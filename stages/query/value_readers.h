#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/model/date_format.h"
#include "pipeline/model/schema.h"
#include "stages/query/address.h"

namespace sluice::stages {

/// What a raw JSON token of a document is as a value of a field; nothing: it is none. Queries compare these, and the
/// index of a field is sorted by them. Immutable; any thread.
using Wide = pipeline::DateNanos::Wide;

/// Of whole numbers, beyond 2^53 too; fractions are cut off.
struct WholeReader {
  std::optional<Wide> operator()(std::string_view token) const;
};

class FloatingReader {
 public:
  explicit FloatingReader(const pipeline::FieldSchema& field);
  /// What the field's type keeps of a number.
  [[nodiscard]] double kept(double value) const;
  std::optional<double> operator()(std::string_view token) const;

 private:
  bool narrow_;
  double factor_;
};

struct BooleanReader {
  std::optional<int> operator()(std::string_view token) const;
};

/// Nanoseconds since 1970.
class DateReader {
 public:
  DateReader(std::shared_ptr<const pipeline::DateFormat> format, bool nanos)
      : format_(std::move(format)), nanos_(nanos) {}
  std::optional<Wide> operator()(std::string_view token) const;

 private:
  std::shared_ptr<const pipeline::DateFormat> format_;
  bool nanos_;
};

struct AddressReader {
  std::optional<Address> operator()(std::string_view token) const;
};

struct TextReader {
  std::optional<std::string> operator()(std::string_view token) const;
};

/// The format of a mapping or a query; empty: the one that dates have by themselves. Errors: it is none.
Result<std::shared_ptr<const pipeline::DateFormat>> date_format_of(std::string_view text);

}  // namespace sluice::stages
