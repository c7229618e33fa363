#include "stages/query/document_script.h"
#include "stages/query/script_text.h"

namespace sluice::stages {

namespace {

class ScriptQuery final : public Query {
 public:
  explicit ScriptQuery(DocumentScriptPtr script) : script_(std::move(script)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return script_->truth(document); }
  [[nodiscard]] double cost() const override { return cost::kScript; }
  void explain(PlanText& plan) const override { plan.leaf(script_->explain() + " says so"); }

 private:
  DocumentScriptPtr script_;
};

Error no_arrays(const QueryContext& context, const JsonMember& member) {
  return query_parsing_error(
      context, member.value.data(),
      "[script] query does not support an array of scripts. Use a bool query with a clause per script instead.");
}

}  // namespace

Result<QueryPtr> compile_script(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[script]");
  if (!members) return std::unexpected(members.error());
  std::optional<ScriptText> text;
  float boost = 1;
  for (const JsonMember& member : *members) {
    if (member.value.starts_with('[')) return std::unexpected(no_arrays(context, member));
    if (member.key == "\"script\"") {
      auto read = read_script_text(member.value, context);
      if (!read) return std::unexpected(read.error());
      text = std::move(*read);
      continue;
    }
    auto known = read_boost_or_name(member, "script", boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "script", member));
  }
  if (!text) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "script must be provided with a [script] filter"));
  }
  auto script = DocumentScript::make(*text, painless::filter_context(), context);
  if (!script) return std::unexpected(failed_script(context, std::move(script.error())));
  return with_boost(std::make_shared<const ScriptQuery>(std::move(*script)), boost);
}

}  // namespace sluice::stages
