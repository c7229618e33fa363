#include "tools/sluiced/search/nested_place.h"

#include <utility>

#include "stages/parse/json_object.h"

namespace sluice::rest {

namespace {

void collect(std::string_view json, std::string_view path, std::vector<std::string_view>& objects) {
  if (json.starts_with('[')) {
    const auto elements = stages::json_elements(json, "a document");
    if (!elements) return;
    for (const std::string_view each : *elements) collect(each, path, objects);
    return;
  }
  if (!json.starts_with('{')) return;
  if (path.empty()) {
    objects.push_back(json);
    return;
  }
  const auto members = stages::json_members(json, "a document");
  if (!members) return;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (!path.starts_with(name)) continue;
    if (path.size() == name.size()) collect(member.value, {}, objects);
    if (path.size() > name.size() && path[name.size()] == '.') {
      collect(member.value, path.substr(name.size() + 1), objects);
    }
  }
}

/// The paths of nested objects that lead to `path`, each as it stands within the one before.
std::vector<std::string> levels_of(const store::Mapping& mapping, std::string_view path) {
  std::vector<std::string> levels;
  std::size_t begin = 0;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
    const pipeline::FieldSchema* const field = mapping.find(path.substr(0, dot));
    if (field == nullptr || field->kind != pipeline::FieldKind::kNested) continue;
    levels.emplace_back(path.substr(begin, dot - begin));
    begin = dot + 1;
  }
  levels.emplace_back(path.substr(begin));
  return levels;
}

bool holds(std::string_view text, std::string_view part) {
  return text.data() <= part.data() && part.data() + part.size() <= text.data() + text.size();
}

}  // namespace

std::vector<std::string_view> objects_at(std::string_view object, std::string_view path) {
  std::vector<std::string_view> objects;
  collect(object, path, objects);
  return objects;
}

std::vector<NestedStep> nested_place(const store::Mapping& mapping, std::string_view source, std::string_view path,
                                     std::string_view object) {
  std::vector<NestedStep> place;
  std::string_view around = source;
  for (std::string& level : levels_of(mapping, path)) {
    const std::vector<std::string_view> objects = objects_at(around, level);
    std::size_t offset = 0;
    while (offset < objects.size() && !holds(objects[offset], object)) ++offset;
    if (offset == objects.size()) return {};
    around = objects[offset];
    place.push_back({std::move(level), offset});
  }
  return place;
}

}  // namespace sluice::rest
