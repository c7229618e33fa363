#include <algorithm>

#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// One of several.
class Any final : public Query {
 public:
  explicit Any(std::vector<QueryPtr> queries) : queries_(std::move(queries)) {}
  [[nodiscard]] bool matches(const QueryDocument& document) const override {
    return std::ranges::any_of(queries_, [&](const QueryPtr& query) { return query->matches(document); });
  }

 private:
  std::vector<QueryPtr> queries_;
};

/// The fields that a name stands for; those below it, where it is an object.
std::vector<const pipeline::FieldSchema*> leaves(const pipeline::Schema& schema, const std::string& name) {
  std::vector<const pipeline::FieldSchema*> found;
  for (const pipeline::FieldSchema* field : schema.matching(name)) {
    if (field->kind != pipeline::FieldKind::kObject && field->kind != pipeline::FieldKind::kNested) {
      found.push_back(field);
      continue;
    }
    for (const pipeline::FieldSchema* below : schema.matching(field->path + ".*")) {
      if (below->kind != pipeline::FieldKind::kObject && below->kind != pipeline::FieldKind::kNested) {
        found.push_back(below);
      }
    }
  }
  return found;
}

}  // namespace

Result<QueryPtr> compile_exists(std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[exists]");
  if (!members) return std::unexpected(members.error());
  std::string name;
  for (const JsonMember& member : *members) {
    if (member.key == "\"field\"") {
      if (!json_text_value(member.value)) {
        return std::unexpected(query_parsing_error(
            context, member.value.data(),
            "[exists] unknown token [" + std::string(token_name_of(member.value)) + "] after [field]"));
      }
      name = json_text_value(member.value).value_or("");
      continue;
    }
    auto known = read_boost_or_name(member, "exists");
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "exists", member));
  }
  if (name.empty())
    return std::unexpected(query_parsing_error(context, end_of(body), "[exists] must be provided with a [field]"));
  if (name == "_id" || name == "_index" || name == "_source" || name == "_seq_no")
    return compile_match_all("{}", context);
  std::vector<QueryPtr> queries;
  for (const pipeline::FieldSchema* field : leaves(context.schema, name)) {
    auto test = test_exists(*field);
    if (!test) return std::unexpected(test.error());
    queries.push_back(field_query(*field, std::move(*test)));
  }
  if (queries.empty()) return compile_match_none("{}", context);
  return std::make_shared<const Any>(std::move(queries));
}

}  // namespace sluice::stages
