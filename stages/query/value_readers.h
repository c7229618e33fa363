#pragma once

#include <cstdint>
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

/// Whether a text, a raw JSON token, has more UTF-16 units than `ignore_above` lets into the index.
bool is_longer_than(std::uint32_t ignore_above, std::string_view token);

/// A token without its quotes: numbers may be texts.
inline std::string_view bare(std::string_view token) {
  return token.starts_with('"') ? token.substr(1, token.size() - 2) : token;
}

/// Of whole numbers, beyond 2^53 too; fractions are cut off. At most 10^30 and at least -10^30.
class WholeReader {
 public:
  WholeReader() = default;
  /// Those that fit into the field's type only.
  explicit WholeReader(const pipeline::FieldSchema& field);
  std::optional<Wide> operator()(std::string_view token) const;

 private:
  [[nodiscard]] std::optional<Wide> read(std::string_view token) const;

  bool bounded_ = false;
  Wide least_ = 0;
  Wide most_ = 0;
};

/// Of fractions: a `float` keeps 24 binary digits of them, a `half_float` 11, a `scaled_float` multiples of a part. NaN
/// and what is infinite, or becomes it, is in no field.
class FloatingReader {
 public:
  FloatingReader() = default;  ///< double
  explicit FloatingReader(const pipeline::FieldSchema& field);
  /// What the field's type keeps of a number.
  [[nodiscard]] double kept(double value) const;
  /// What an end of a range is compared as: a `half_float` with floats, so that 1.1 is above the 1.0996 that it keeps.
  /// Source: a node.
  [[nodiscard]] double range_end(double value) const;
  std::optional<double> operator()(std::string_view token) const;

 private:
  enum class Precision : std::uint8_t { kDouble, kFloat, kHalf, kScaled } precision_ = Precision::kDouble;
  double factor_ = 1;
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
