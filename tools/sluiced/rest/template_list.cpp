#include "tools/sluiced/rest/template_list.h"

#include "pipeline/base/wildcard.h"
#include "tools/sluiced/rest/template_parts.h"

namespace sluice::rest {

Result<Reply> list_templates(const Call& call, const std::map<std::string, store::TemplateMeta, std::less<>>& templates,
                             const TemplateKind& kind) {
  const std::string pattern(call.text_or("name", "*"));
  auto flat = call.flag("flat_settings", false);
  if (!flat) return std::unexpected(flat.error());
  bool any = false;
  JsonWriter out;
  out.begin_object().key(kind.list).begin_array();
  for (const auto& [name, meta] : templates) {
    if (!wildcard_match(pattern, name)) continue;
    any = true;
    auto json = *flat ? with_flat_settings(meta.json) : Result<std::string>(meta.json);
    if (!json) return std::unexpected(json.error());
    out.begin_object().member("name", name).key(kind.one).raw(*json).end_object();
  }
  out.end_array().end_object();
  const bool named = call.text("name").has_value();
  if (!any && named && pattern.find('*') == std::string::npos) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 std::string(kind.words) + " matching [" + pattern + "] not found"));
  }
  return Reply::json(out.take(), any || !named || pattern == "*" ? 200 : 404);
}

}  // namespace sluice::rest
