#include "stages/query/field_names.h"

#include <algorithm>

#include "pipeline/base/parse_number.h"

namespace sluice::stages {

namespace {

bool is_searchable(const pipeline::FieldSchema& field) {
  using pipeline::FieldKind;
  switch (field.kind) {
    case FieldKind::kGeoPoint:
    case FieldKind::kGeoShape:
    case FieldKind::kBinary:
    case FieldKind::kObject:
    case FieldKind::kNested:
    case FieldKind::kVector:
    case FieldKind::kOther:
    case FieldKind::kFlattened:
      return false;
    default:
      return true;
  }
}

void add(const pipeline::FieldSchema* field, float boost, std::vector<BoostedField>& fields) {
  const auto known = std::ranges::find(fields, field, &BoostedField::field);
  if (known == fields.end()) {
    fields.push_back({field, boost});
  } else {
    known->boost *= boost;
  }
}

}  // namespace

Result<FieldName> parse_field_name(std::string_view text) {
  const std::size_t mark = text.find('^');
  if (mark == std::string_view::npos) return FieldName{std::string(text), 1};
  FieldName name{std::string(text.substr(0, mark)), 1};
  const std::string_view number = text.substr(mark + 1);
  if (const auto boost = parse_number<float>(number)) {
    name.boost = *boost;
    return name;
  }
  Error cause = number_format_error(number);
  if (number.empty()) cause.reason = "empty String";
  return std::unexpected(request_error(std::move(cause)));
}

Result<std::vector<FieldName>> parse_field_names(std::string_view json, std::string_view query) {
  std::vector<std::string_view> values = {json};
  if (json.starts_with('[')) {
    auto elements = json_elements(json, "[" + std::string(query) + "]");
    if (!elements) return std::unexpected(elements.error());
    values = std::move(*elements);
  }
  std::vector<FieldName> names;
  for (const std::string_view value : values) {
    auto name = parse_field_name(json_text_value(value).value_or(""));
    if (!name) return std::unexpected(name.error());
    const auto same = std::ranges::find(names, name->name, &FieldName::name);
    if (same == names.end()) {
      names.push_back(std::move(*name));
    } else {
      same->boost = name->boost;
    }
  }
  return names;
}

std::vector<BoostedField> fields_of(const std::vector<FieldName>& names, std::string_view suffix,
                                    const ClauseContext& context) {
  std::vector<BoostedField> fields;
  for (const FieldName& name : names) {
    const bool pattern = name.name.find('*') != std::string::npos;
    std::vector<const pipeline::FieldSchema*> found;
    if (pattern) {
      found = context.schema.matching(name.name);
    } else if (const pipeline::FieldSchema* field = context.schema.find(name.name)) {
      found.push_back(field);
    }
    for (const pipeline::FieldSchema* field : found) {
      if (!suffix.empty()) {
        const pipeline::FieldSchema* other = context.schema.find(field->path + std::string(suffix));
        if (other != nullptr) field = other;
      }
      if (field->nested_path != context.scope || (pattern && !is_searchable(*field))) continue;
      add(context.find(field->path) == nullptr ? field : context.find(field->path), name.boost, fields);
    }
  }
  return fields;
}

bool names_all(const std::vector<FieldName>& names) {
  return std::ranges::any_of(names, [](const FieldName& name) { return name.name == "*"; });
}

}  // namespace sluice::stages
