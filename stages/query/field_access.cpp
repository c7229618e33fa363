#include "stages/query/field_access.h"

#include "pipeline/base/json_text.h"

namespace sluice::stages {

namespace {

/// UTF-16 units of a text: what `ignore_above` counts.
std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::string_view within(std::string_view path, std::string_view scope) {
  return scope.empty() || path.size() <= scope.size() ? path : path.substr(scope.size() + 1);
}

}  // namespace

FieldAccess::FieldAccess(const pipeline::FieldSchema& field, std::string_view scope, ReadPlan& reads, Take take)
    : path_(field.path), null_value_(field.null_value.value_or("")), ignore_above_(field.ignore_above) {
  add(field, scope, reads, take);
}

void FieldAccess::add(const pipeline::FieldSchema& field, std::string_view scope, ReadPlan& reads, Take take) {
  if (field.script != nullptr) {
    computed_ = reads.computed(field);
    return;
  }
  slots_.push_back(reads.slot(within(field.source_path, scope), take));
  for (const std::string& path : field.copied_from) slots_.push_back(reads.slot(within(path, scope), take));
}

bool FieldAccess::is_too_long(std::string_view token) const {
  // Without its quotes a token has no more units than bytes.
  return token.size() > *ignore_above_ && utf16_units(json_unquoted(token)) > *ignore_above_;
}

}  // namespace sluice::stages
