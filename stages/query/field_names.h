#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stages/query/compile.h"

namespace sluice::stages {

/// A field of a query on several fields, and how much it counts.
struct BoostedField {
  const pipeline::FieldSchema* field = nullptr;
  float boost = 1;
};

/// `name^2` as it stands in `fields`.
struct FieldName {
  std::string name;
  float boost = 1;
};

/// Errors: number_format_exception for a boost that is none.
Result<FieldName> parse_field_name(std::string_view text);
/// A string, or an array of strings.
Result<std::vector<FieldName>> parse_field_names(std::string_view json, std::string_view query);

/// The fields that names and patterns with `*` stand for, those that there are. `*` alone means those whose values can
/// be looked for as text. `suffix`: where a field with this behind its name is there, it stands for it.
std::vector<BoostedField> fields_of(const std::vector<FieldName>& names, std::string_view suffix,
                                    const ClauseContext& context);
/// Whether one of them is `*`: then a field that does not fit is left out.
bool names_all(const std::vector<FieldName>& names);

}  // namespace sluice::stages
