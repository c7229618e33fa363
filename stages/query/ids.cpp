#include <algorithm>
#include <array>

#include "pipeline/base/similar_names.h"
#include "stages/query/compile.h"
#include "stages/query/text_set.h"

namespace sluice::stages {

namespace {

class Ids final : public Query {
 public:
  explicit Ids(std::vector<std::string> ids) : ids_(std::move(ids)), set_(ids_) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return set_.contains(document.document().id); }
  [[nodiscard]] bool matches_none() const override { return ids_.empty(); }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override {
    pipeline::LookupPlan plan;
    plan.kind = pipeline::LookupPlan::Kind::kIds;
    plan.ids = ids_;
    return plan;
  }
  [[nodiscard]] double cost() const override { return cost::kId; }
  void explain(PlanText& plan) const override {
    plan.leaf("_id is one of " + std::to_string(ids_.size()) + ", in a hash table");
  }

 private:
  std::vector<std::string> ids_;
  TextSet set_;
};

constexpr auto kNames = std::to_array<std::string_view>({"_name", "boost", "values"});

/// What the parser of the object says, as Elasticsearch puts it once more.
Error object_error(const ClauseContext& context, const char* at, Error cause) {
  Error error = query_parsing_error(context, at, cause.reason);
  return std::move(error).wrapping(std::move(cause));
}

Status read_values(const JsonMember& member, const ClauseContext& context, std::vector<std::string>& ids) {
  const char* const at = member.value.data();
  if (member.value.starts_with('"')) {
    ids.push_back(json_text_value(member.value).value_or(""));
    return {};
  }
  if (!member.value.starts_with('[')) {
    return std::unexpected(object_error(context, at,
                                        query_object_error(context, at,
                                                           "[ids] values doesn't support values of type: " +
                                                               std::string(json_token_name(member.value)))));
  }
  auto elements = json_elements(member.value, "[ids]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view each : *elements) {
    auto text = json_text_value(each);
    if (!text) {
      Error failed = query_object_error(context, each.data(), "[ids] failed to parse field [values]");
      return std::unexpected(
          object_error(context, each.data(), std::move(failed).wrapping(expected_text(context, each))));
    }
    ids.push_back(std::move(*text));
  }
  return {};
}

}  // namespace

Result<QueryPtr> compile_ids(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[ids]");
  if (!members) return std::unexpected(members.error());
  std::vector<std::string> ids;
  float boost = 1;
  for (const JsonMember& member : *members) {
    if (member.key == "\"values\"") {
      if (auto read = read_values(member, context, ids); !read) return std::unexpected(read.error());
      continue;
    }
    auto known = read_boost_or_name(member, "ids", boost);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    const std::string name = member.name();
    return std::unexpected(
        object_error(context, member.value.data(),
                     query_object_error(context, member.key.data(),
                                        "[ids] unknown field [" + name + "]" + did_you_mean(name, kNames))));
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  return with_boost(std::make_shared<const Ids>(std::move(ids)), boost);
}

}  // namespace sluice::stages
