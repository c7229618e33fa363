#include <algorithm>

#include "io/store/catalog/index_names.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/cat_table.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

const std::vector<CatColumn>& alias_columns() {
  static const std::vector<CatColumn> made{{"alias", "a", "alias name"},
                                           {"index", "i,idx", "index alias points to"},
                                           {"filter", "f,fi", "filter"},
                                           {"routing.index", "ri,routingIndex", "index routing"},
                                           {"routing.search", "rs,routingSearch", "search routing"},
                                           {"is_write_index", "w,isWriteIndex", "write index"}};
  return made;
}

const std::vector<CatColumn>& template_columns() {
  static const std::vector<CatColumn> made{{"name", "n", "template name"},
                                           {"index_patterns", "t", "template index patterns"},
                                           {"order", "o,p", "template application order/priority number"},
                                           {"version", "v", "version"},
                                           {"composed_of", "c", "component templates comprising index template"}};
  return made;
}

CatValue or_dash(const std::string& text) { return CatValue::of(text.empty() ? "-" : text); }

bool fits_any(const std::vector<std::string>& patterns, std::string_view name) {
  return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
           return pattern == "_all" || wildcard_match(pattern, name);
         });
}

std::string listed(const std::vector<std::string>& names) {
  std::string text = "[";
  for (const std::string& name : names) text += (text.size() > 1 ? ", " : "") + name;
  return text + "]";
}

CatRow template_row(const store::TemplateMeta& meta, bool composable) {
  CatValue version = CatValue::none();
  std::vector<std::string> components;
  auto members = stages::json_members_of(meta.json, "a template");
  for (const stages::JsonMember& member : members ? *members : std::vector<stages::JsonMember>{}) {
    if (member.name() == "version") version = CatValue::of(stages::json_integer_value(member.value).value_or(0));
    if (member.name() == "composed_of") {
      components = stages::json_text_list(member.value, "[composed_of]").value_or(std::vector<std::string>{});
    }
  }
  return {CatValue::of(meta.name), CatValue::of(listed(meta.patterns)), CatValue::of(meta.priority), version,
          CatValue::of(composable ? listed(components) : "")};
}

}  // namespace

Result<Reply> cat_aliases(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(alias_columns());
  store::IndexOptions defaults = administration_options();
  defaults.expand_hidden = true;
  auto options = index_options_of(call, defaults);
  if (!options) return std::unexpected(options.error());
  const store::StatePtr state = services.catalog.state();
  const std::vector<std::string> patterns = call.list("alias");
  std::vector<CatRow> rows;
  for (const auto& [index_name, index] : state->indices) {
    if (index->open ? !options->expand_open : !options->expand_closed) continue;
    for (const auto& [name, alias] : index->aliases) {
      const bool named = std::ranges::find(patterns, name) != patterns.end();
      const bool dotted = name.starts_with('.') && std::ranges::any_of(patterns, [](const std::string& pattern) {
                            return pattern.starts_with('.');
                          });
      if (!fits_any(patterns, name)) continue;
      if (alias.hidden.value_or(false) && !options->expand_hidden && !named && !dotted) continue;
      rows.push_back({CatValue::of(name), CatValue::of(index_name), CatValue::of(alias.filter.empty() ? "-" : "*"),
                      or_dash(alias.index_routing), or_dash(alias.search_routing),
                      CatValue::of(!alias.write_index   ? "-"
                                   : *alias.write_index ? "true"
                                                        : "false")});
    }
  }
  return cat_reply(call, alias_columns(), std::move(rows));
}

Result<Reply> cat_templates(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(template_columns());
  const store::StatePtr state = services.catalog.state();
  const std::vector<std::string> patterns = call.list("name");
  std::vector<CatRow> rows;
  for (const auto& [name, meta] : state->legacy_templates) {
    if (fits_any(patterns, name)) rows.push_back(template_row(meta, false));
  }
  for (const auto& [name, meta] : state->templates) {
    if (fits_any(patterns, name)) rows.push_back(template_row(meta, true));
  }
  return cat_reply(call, template_columns(), std::move(rows));
}

}  // namespace sluice::rest
