#include <algorithm>

#include "pipeline/base/json_text.h"
#include "stages/query/compile.h"
#include "stages/query/field_values.h"

namespace sluice::stages {

namespace {

/// Whether there is anything in a value that is not null.
bool holds_something(std::string_view token) {
  if (token == "null") return false;
  if (!token.starts_with('{')) return true;
  auto members = json_members_of(std::string(token), "a value");
  return members && std::ranges::any_of(*members, [](const JsonMember& member) {
           return member.value.starts_with('[') ? member.value.find_first_not_of("[] ,\nnul") != std::string_view::npos
                                                : holds_something(member.value);
         });
}

class Exists final : public Query {
 public:
  explicit Exists(std::vector<std::string> paths) : paths_(std::move(paths)) {}
  [[nodiscard]] bool matches(const QueryDocument& document) const override {
    return std::ranges::any_of(paths_,
                               [&](const std::string& path) { return any_value(document, path, holds_something); });
  }

 private:
  std::vector<std::string> paths_;
};

}  // namespace

Result<QueryPtr> compile_exists(std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[exists]");
  if (!members) return std::unexpected(members.error());
  std::string name;
  for (const JsonMember& member : *members) {
    if (member.key == "\"field\"") {
      name = json_text_value(member.value).value_or("");
      continue;
    }
    auto known = read_boost_or_name(member, "exists");
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support("exists", member.name()));
  }
  if (name.empty()) return std::unexpected(query_parsing_error("[exists] must be provided with a [field]"));
  if (name == "_id" || name == "_index" || name == "_source" || name == "_seq_no")
    return compile_match_all("{}", context);
  std::vector<std::string> paths;
  for (const pipeline::FieldSchema* field : context.schema.matching(name)) {
    if (std::ranges::find(paths, field->source_path) == paths.end()) paths.push_back(field->source_path);
  }
  if (paths.empty()) return compile_match_none("{}", context);
  return std::make_shared<const Exists>(std::move(paths));
}

}  // namespace sluice::stages
