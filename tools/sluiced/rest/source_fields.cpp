#include "tools/sluiced/rest/source_fields.h"

#include "stages/parse/json_object.h"

namespace sluice::rest {

namespace {

Result<std::vector<std::string>> names_of(std::string_view value) {
  if (value.starts_with('[')) return stages::json_text_list(value, "_source");
  // A name alone is no list, whatever is in it.
  auto text = stages::json_text_value(value);
  if (!text) return std::unexpected(illegal_argument("[_source] must be a name or a list of names"));
  return std::vector<std::string>{std::move(*text)};
}

}  // namespace

Status read_source_fields(std::string_view value, SourceFields& fields) {
  fields = {};
  fields.json = value;
  if (value == "true" || value == "false") {
    fields.enabled = value == "true";
    return {};
  }
  if (!value.starts_with('{')) {
    auto names = names_of(value);
    if (!names) return std::unexpected(names.error());
    fields.includes = std::move(*names);
    return {};
  }
  auto members = stages::json_members(value, "[_source]");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "exclude_vectors") {
      // Vectors are kept in the source like everything else, and given back with it.
      auto flag = stages::json_flag_value(member.value);
      if (!flag) return std::unexpected(flag.error());
      continue;
    }
    const bool includes = name == "includes" || name == "include";
    if (!includes && name != "excludes" && name != "exclude") {
      return std::unexpected(
          Error(ErrorKind::kBadRequest, 400, "parsing_exception", "Unknown key for a VALUE_STRING in [" + name + "]."));
    }
    auto names = names_of(member.value);
    if (!names) return std::unexpected(names.error());
    (includes ? fields.includes : fields.excludes) = std::move(*names);
  }
  return {};
}

}  // namespace sluice::rest
