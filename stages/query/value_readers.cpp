#include "stages/query/value_readers.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"

namespace sluice::stages {

namespace {

/// To 11 binary digits, half to even, as half_float keeps it.
double half_precision(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  constexpr int kDigits = 11;
  constexpr int kLeastExponent = -24;
  constexpr double kMost = 65504;
  int exponent = 0;
  std::frexp(value, &exponent);
  const double quantum = std::ldexp(1.0, std::max(exponent - kDigits, kLeastExponent));
  const double rounded = std::nearbyint(value / quantum) * quantum;
  return std::abs(rounded) > kMost ? std::copysign(std::numeric_limits<double>::infinity(), value) : rounded;
}

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

}  // namespace

bool is_longer_than(std::uint32_t ignore_above, std::string_view token) {
  // Without its quotes a token has no more units than bytes.
  return token.size() > ignore_above && utf16_units(json_unquoted(token)) > ignore_above;
}

WholeReader::WholeReader(const pipeline::FieldSchema& field) {
  const auto within = [this](Wide least, Wide most) {
    bounded_ = true;
    least_ = least;
    most_ = most;
  };
  constexpr Wide kByte = 128;
  constexpr Wide kShort = 32'768;
  constexpr Wide kInteger = 2'147'483'648;
  constexpr Wide kLong = Wide{1} << 63;
  if (field.type == "byte") within(-kByte, kByte - 1);
  if (field.type == "short") within(-kShort, kShort - 1);
  if (field.type == "integer") within(-kInteger, kInteger - 1);
  if (field.type == "long") within(-kLong, kLong - 1);
  if (field.type == "unsigned_long") within(0, 2 * kLong - 1);
}

std::optional<Wide> WholeReader::operator()(std::string_view token) const {
  const std::optional<Wide> whole = read(token);
  return !whole || !bounded_ || (*whole >= least_ && *whole <= most_) ? whole : std::nullopt;
}

std::optional<Wide> WholeReader::read(std::string_view token) const {
  constexpr double kMost = 1e30;
  const std::string_view text = bare(token);
  if (const auto whole = parse_number<std::int64_t>(text)) return *whole;
  if (const auto large = parse_number<std::uint64_t>(text)) return *large;
  const auto fraction = parse_number<double>(text);
  if (!fraction || !std::isfinite(*fraction)) return std::nullopt;
  return static_cast<Wide>(std::clamp(*fraction, -kMost, kMost));
}

FloatingReader::FloatingReader(const pipeline::FieldSchema& field) : factor_(field.scaling_factor) {
  if (field.type == "float") precision_ = Precision::kFloat;
  if (field.type == "half_float") precision_ = Precision::kHalf;
  if (field.type == "scaled_float") precision_ = Precision::kScaled;
}

double FloatingReader::kept(double value) const {
  constexpr double kLongEnd = 0x1p63;  // a scaled_float keeps a long
  switch (precision_) {
    case Precision::kFloat:
      return static_cast<double>(static_cast<float>(value));
    case Precision::kHalf:
      return half_precision(value);
    case Precision::kScaled:
      return std::clamp(std::floor(value * factor_ + 0.5), -kLongEnd, kLongEnd) * (1.0 / factor_);
    default:
      return value;
  }
}

double FloatingReader::range_end(double value) const {
  return precision_ == Precision::kHalf ? static_cast<double>(static_cast<float>(value)) : kept(value);
}

std::optional<double> FloatingReader::operator()(std::string_view token) const {
  const auto value = parse_number<double>(bare(token));
  if (!value) return std::nullopt;
  const double of_field = kept(*value);
  return std::isfinite(of_field) ? std::optional(of_field) : std::nullopt;
}

std::optional<int> BooleanReader::operator()(std::string_view token) const {
  const std::string_view text = bare(token);
  if (text == "true") return 1;
  if (text == "false" || text.empty()) return 0;
  return std::nullopt;
}

std::optional<Wide> DateReader::operator()(std::string_view token) const {
  const auto date = has_escape(token) ? format_->parse(json_unquoted(token)) : format_->parse(bare(token));
  if (!date) return std::nullopt;
  return nanos_ ? date->nanos : static_cast<Wide>(date->millis()) * 1'000'000;
}

std::optional<Address> AddressReader::operator()(std::string_view token) const { return parse_address(bare(token)); }

std::optional<std::string> TextReader::operator()(std::string_view token) const { return json_unquoted(token); }

Result<std::shared_ptr<const pipeline::DateFormat>> date_format_of(std::string_view text) {
  if (text.empty()) return pipeline::DateFormat::standard();
  return pipeline::DateFormat::compile(text);
}

}  // namespace sluice::stages
