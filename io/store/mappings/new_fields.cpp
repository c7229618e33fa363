#include "io/store/mappings/new_fields.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/json_text.h"

namespace sluice::store {

const Field* NewFields::find(std::string_view path) const {
  const auto found = fields_.find(path);
  return found == fields_.end() ? nullptr : found->second.get();
}

std::size_t NewFields::count() const {
  std::size_t count = fields_.size() + runtime_.size();
  for (const auto& [path, field] : fields_) count += field->multi_fields.size();
  return count;
}

const Field* NewFields::add(const Scope& scope, FieldPtr field) {
  link(scope, field->path);
  return (fields_[field->path] = std::move(field)).get();
}

void NewFields::link(const Scope& scope, const std::string& child) {
  const std::string& path = scope.object->path;
  const auto [at, fresh] = objects_.try_emplace(path, Object{scope.object, {}});
  if (std::ranges::find(at->second.children, child) == at->second.children.end()) at->second.children.push_back(child);
  if (fresh && scope.around != nullptr) link(*scope.around, path);
}

FieldPtr NewFields::tree(const std::string& path) const {
  const auto inside = objects_.find(path);
  if (inside == objects_.end()) return fields_.find(path)->second;
  auto copy = std::make_shared<Field>(*inside->second.object);
  if (fields_.find(path) == fields_.end()) {
    // It is there already: only what is new inside is said, and what tells its type.
    copy->dynamic.reset();
    copy->subobjects.reset();
    copy->enabled_given.reset();
  }
  std::vector<FieldPtr> children;
  for (const std::string& child : inside->second.children) children.push_back(tree(child));
  copy->children = FieldTable(std::move(children));
  return copy;
}

Root NewFields::root() const {
  Root root;
  root.object = objects_.contains("") ? tree("") : std::make_shared<const Field>();
  std::string runtime;
  for (const auto& [path, definition] : runtime_) {
    runtime += (runtime.empty() ? "{" : ",") + json_string(path) + ":" + definition;
  }
  if (!runtime.empty()) root.sections.emplace_back("runtime", runtime + "}");
  return root;
}

}  // namespace sluice::store
