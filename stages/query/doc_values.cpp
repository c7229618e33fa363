#include "stages/query/doc_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "pipeline/base/json_text.h"

namespace sluice::stages {

using pipeline::FieldKind;

Result<NumberValues> NumberValues::make(const pipeline::FieldSchema& field, const ClauseContext& context) {
  NumberValues values;
  values.kind_ = field.kind;
  switch (field.kind) {
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
    case FieldKind::kBoolean:
      break;
    case FieldKind::kFloating:
      values.narrow_ = field.type == "float" || field.type == "half_float";
      values.scaling_factor_ = field.type == "scaled_float" ? field.scaling_factor : 0;
      break;
    case FieldKind::kDate: {
      auto format = field.format.empty()
                        ? Result<std::shared_ptr<const pipeline::DateFormat>>(pipeline::DateFormat::standard())
                        : pipeline::DateFormat::compile(field.format);
      if (!format) return std::unexpected(std::move(format.error()));
      values.format_ = std::move(*format);
      break;
    }
    default:
      return std::unexpected(illegal_argument("field [" + field.path + "] is of type [" + field.type +
                                              "], but only numeric types are supported."));
  }
  values.access_ = FieldAccess(field, context.scope, *context.reads);
  return values;
}

std::optional<double> NumberValues::convert(std::string_view token) const {
  if (token.starts_with('{')) return std::nullopt;
  const std::string_view text = token.starts_with('"') ? token.substr(1, token.size() - 2) : token;
  if (kind_ == FieldKind::kBoolean) {
    if (text == "true") return 1;
    return text == "false" || text.empty() ? std::optional(0.0) : std::nullopt;
  }
  if (kind_ == FieldKind::kDate) {
    const auto date = has_escape(text) ? format_->parse(json_unquoted(token)) : format_->parse(text);
    return date ? std::optional(static_cast<double>(date->millis())) : std::nullopt;
  }
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (kind_ != FieldKind::kFloating) return std::trunc(value);
  if (scaling_factor_ != 0) return std::round(value * scaling_factor_) / scaling_factor_;
  return narrow_ ? static_cast<double>(static_cast<float>(value)) : value;
}

void NumberValues::read(const DocumentFields& document, std::vector<double>& values) const {
  values.clear();
  access_.any(document, [&](std::string_view token) {
    if (const auto value = convert(token)) values.push_back(*value);
    return false;
  });
  std::ranges::sort(values);
}

std::optional<double> NumberValues::smallest(const DocumentFields& document) const {
  std::optional<double> least;
  access_.any(document, [&](std::string_view token) {
    const auto value = convert(token);
    if (value && (!least || *value < *least)) least = value;
    return false;
  });
  return least;
}

}  // namespace sluice::stages
