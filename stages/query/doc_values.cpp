#include "stages/query/doc_values.h"

#include <algorithm>

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
      values.fraction_ = FloatingReader(field);
      break;
    case FieldKind::kDate: {
      auto format = date_format_of(field.value_format());
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
  const std::string_view text = bare(token);
  if (kind_ == FieldKind::kBoolean) {
    if (text == "true") return 1;
    return text == "false" || text.empty() ? std::optional(0.0) : std::nullopt;
  }
  if (kind_ == FieldKind::kDate) {
    const auto date = has_escape(text) ? format_->parse(json_unquoted(token)) : format_->parse(text);
    return date ? std::optional(static_cast<double>(date->millis())) : std::nullopt;
  }
  if (kind_ == FieldKind::kFloating) return fraction_(token);
  const auto whole = WholeReader()(token);
  return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

void NumberValues::read(DocumentFields& document, std::vector<double>& values) const {
  values.clear();
  access_.any(document, [&](std::string_view token) {
    if (const auto value = convert(token)) values.push_back(*value);
    return false;
  });
  std::ranges::sort(values);
}

std::optional<double> NumberValues::smallest(DocumentFields& document) const {
  std::optional<double> least;
  access_.any(document, [&](std::string_view token) {
    const auto value = convert(token);
    if (value && (!least || *value < *least)) least = value;
    return false;
  });
  return least;
}

}  // namespace sluice::stages
