#include <algorithm>

#include "stages/query/bool.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

bool is_leaf(const pipeline::FieldSchema& field, const ClauseContext& context) {
  return field.kind != pipeline::FieldKind::kObject && field.kind != pipeline::FieldKind::kNested &&
         field.nested_path == context.scope;
}

/// The fields that a name stands for; those below it, where it is an object.
std::vector<const pipeline::FieldSchema*> leaves(const ClauseContext& context, const std::string& name) {
  std::vector<const pipeline::FieldSchema*> found;
  for (const pipeline::FieldSchema* field : context.schema.matching(name)) {
    if (field->kind != pipeline::FieldKind::kObject && field->kind != pipeline::FieldKind::kNested) {
      if (is_leaf(*field, context)) found.push_back(field);
      continue;
    }
    for (const pipeline::FieldSchema* below : context.schema.matching(field->path + ".*")) {
      if (is_leaf(*below, context)) found.push_back(below);
    }
  }
  return found;
}

}  // namespace

Result<QueryPtr> compile_exists(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[exists]");
  if (!members) return std::unexpected(members.error());
  std::string name;
  float boost = 1;
  for (const JsonMember& member : *members) {
    if (member.key == "\"field\"") {
      if (!json_text_value(member.value)) {
        return std::unexpected(query_parsing_error(
            context, member.value.data(),
            "[exists] unknown token [" + std::string(json_token_name(member.value)) + "] after [field]"));
      }
      name = json_text_value(member.value).value_or("");
      continue;
    }
    auto known = read_boost_or_name(member, "exists", boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "exists", member));
  }
  if (name.empty())
    return std::unexpected(query_parsing_error(context, end_of(body), "[exists] must be provided with a [field]"));
  if (name == "_id" || name == "_index" || name == "_source" || name == "_seq_no" || name == "_version") {
    return everything(boost);
  }
  std::vector<QueryPtr> queries;
  for (const pipeline::FieldSchema* field : leaves(context, name)) {
    if (!field->indexed && !field->doc_values && !field->runtime) continue;  // it is in no index at all
    auto test = test_exists(*field, context);
    if (!test) return std::unexpected(test.error());
    queries.push_back(field_query(*field, std::move(*test), context));
  }
  if (queries.empty()) return nothing("there is no field [" + name + "] with values");
  return with_boost(with_constant_score(any_of(std::move(queries))), boost);
}

}  // namespace sluice::stages
