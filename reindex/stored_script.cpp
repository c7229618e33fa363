#include "reindex/stored_script.h"

#include "stages/parse/json_object.h"

namespace sluice {

Result<std::optional<std::string>> stored_script_source(const store::ClusterState& state, std::string_view id) {
  const auto found = state.scripts.find(id);
  if (found == state.scripts.end()) return std::nullopt;
  auto members = stages::json_members_of(found->second, "the stored script [" + std::string(id) + "]");
  if (!members) return std::unexpected(std::move(members.error()));
  std::string source;
  for (const stages::JsonMember& member : *members) {
    const std::string text = stages::json_text_value(member.value).value_or("");
    if (member.name() == "source") source = text;
    if (member.name() == "lang" && text != "painless") {
      return std::unexpected(illegal_argument("script_lang not supported [" + text + "]"));
    }
  }
  return source;
}

}  // namespace sluice
