#include "stages/query/field_access.h"

#include "stages/query/value_readers.h"

namespace sluice::stages {

namespace {

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

bool FieldAccess::is_too_long(std::string_view token) const { return is_longer_than(*ignore_above_, token); }

}  // namespace sluice::stages
