#include "stages/query/terms_lookup.h"

#include <array>

#include "pipeline/base/json_text.h"
#include "pipeline/base/similar_names.h"
#include "stages/query/field_values.h"

namespace sluice::stages {

namespace {

struct Lookup {
  std::string index;
  std::string id;
  std::string path;
  std::string routing;
};

constexpr auto kNames = std::to_array<std::string_view>({"id", "index", "path", "routing"});

Result<Lookup> read_lookup(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[terms_lookup]");
  if (!members) return std::unexpected(members.error());
  Lookup lookup;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    const std::string text = json_text_value(member.value).value_or("");
    if (name == "index") {
      lookup.index = text;
    } else if (name == "id") {
      lookup.id = text;
    } else if (name == "path") {
      lookup.path = text;
    } else if (name == "routing") {
      lookup.routing = text;
    } else {
      return std::unexpected(query_object_error(
          context, member.key.data(), "[terms_lookup] unknown field [" + name + "]" + did_you_mean(name, kNames)));
    }
  }
  if (lookup.index.empty()) return std::unexpected(illegal_argument("Required [index]"));
  if (lookup.id.empty()) return std::unexpected(illegal_argument("Required [id]"));
  if (lookup.path.empty()) return std::unexpected(illegal_argument("Required [path]"));
  return lookup;
}

}  // namespace

Result<std::vector<TermValue>> look_up_terms(std::string_view body, const ClauseContext& context) {
  auto lookup = read_lookup(body, context);
  if (!lookup) return std::unexpected(std::move(lookup.error()));
  if (!context.source_of) {
    return std::unexpected(unsupported(
        "a terms lookup needs an index to look in, and there is none here: list the terms in the query itself"));
  }
  auto source = context.source_of(lookup->index, lookup->id, lookup->routing);
  if (!source) return std::unexpected(std::move(source.error()));
  std::vector<TermValue> values;
  if (!*source) return values;
  Structurals structurals;
  QueryDocument document{.source = (*source)->view()};
  if (structurals.build(document.source) != Structurals::Problem::kNone) return values;
  document.set_structurals(structurals);
  any_value(document, lookup->path, [&](std::string_view token) {
    if (token != "null" && !token.starts_with('{')) {
      values.push_back({json_unquoted(token), false, !token.starts_with('"')});
    }
    return false;
  });
  return values;
}

}  // namespace sluice::stages
