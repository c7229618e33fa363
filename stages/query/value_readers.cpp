#include "stages/query/value_readers.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "pipeline/base/json_text.h"

namespace sluice::stages {

namespace {

template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The text between quotes, or the token itself.
std::string_view bare(std::string_view token) {
  return token.starts_with('"') ? token.substr(1, token.size() - 2) : token;
}

}  // namespace

std::optional<Wide> WholeReader::operator()(std::string_view token) const {
  const std::string_view text = bare(token);
  if (const auto whole = parse_number<std::int64_t>(text)) return *whole;
  if (const auto large = parse_number<std::uint64_t>(text)) return *large;
  const auto fraction = parse_number<double>(text);
  if (!fraction || !std::isfinite(*fraction)) return std::nullopt;
  return static_cast<Wide>(std::trunc(*fraction));
}

FloatingReader::FloatingReader(const pipeline::FieldSchema& field)
    : narrow_(field.type == "float" || field.type == "half_float"),
      factor_(field.type == "scaled_float" ? field.scaling_factor : 0) {}

double FloatingReader::kept(double value) const {
  if (factor_ != 0) return std::round(value * factor_) / factor_;
  return narrow_ ? static_cast<double>(static_cast<float>(value)) : value;
}

std::optional<double> FloatingReader::operator()(std::string_view token) const {
  const auto value = parse_number<double>(bare(token));
  return value ? std::optional(kept(*value)) : std::nullopt;
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
