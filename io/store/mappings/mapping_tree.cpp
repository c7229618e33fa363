#include "io/store/mappings/mapping_tree.h"

#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/document_check.h"
#include "io/store/mappings/merge.h"
#include "io/store/mappings/render.h"
#include "io/store/mappings/runtime_fields.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

MappingTree::MappingTree(Root root) : root_(std::move(root)) {
  index(root_.object->children.all());
  index_copies();
  index_aliases();
  index_runtime();
}

void MappingTree::index(const std::vector<FieldPtr>& fields) {
  for (const FieldPtr& field : fields) {
    fields_.emplace(field->path, field.get());
    if (field->type != FieldType::kAlias) schemas_.emplace(field->path, &field->schema);
    if (field->type == FieldType::kJoin) join_ = &field->schema;
    index(field->children.all());
    index(field->multi_fields);
  }
}

/// What is copied to a field goes to its multi-fields too, and not on from there.
void MappingTree::index_copies() {
  std::map<std::string, std::vector<std::string>, std::less<>> sources;
  for (const auto& [path, field] : fields_) {
    for (const std::string& target : field->copy_to) sources[target].push_back(field->path);
  }
  const auto add = [this](const Field& field, const std::vector<std::string>& from) {
    pipeline::FieldSchema& schema = copies_.emplace_back(field.schema);
    schema.copied_from.insert(schema.copied_from.end(), from.begin(), from.end());
    schemas_.insert_or_assign(field.path, &schema);
  };
  for (const auto& [path, from] : sources) {
    const Field* target = field(path);
    if (target == nullptr || target->type == FieldType::kAlias) continue;
    add(*target, from);
    for (const FieldPtr& multi : target->multi_fields) add(*multi, from);
  }
}

void MappingTree::index_aliases() {
  for (const auto& [path, field] : fields_) {
    if (field->type != FieldType::kAlias) continue;
    const auto target = schemas_.find(field->alias_path);
    if (target == schemas_.end()) continue;
    pipeline::FieldSchema& schema = aliases_.emplace_back(*target->second);
    schema.path = path;
  }
  for (const pipeline::FieldSchema& schema : aliases_) schemas_.emplace(schema.path, &schema);
}

/// Runtime fields hide others of the same name.
void MappingTree::index_runtime() {
  for (const auto& [name, text] : root_.sections) {
    if (name != "runtime") continue;
    for (pipeline::FieldSchema& field : runtime_schemas(text)) {
      const std::string path = field.path;
      runtime_.emplace(path, std::move(field));
    }
  }
  for (const auto& [path, schema] : runtime_) {
    schemas_.insert_or_assign(path, &schema);
    if (schema.script != nullptr) scripted_.push_back(&schema);
  }
}

const pipeline::FieldSchema* MappingTree::find(std::string_view path) const {
  const auto found = schemas_.find(path);
  return found == schemas_.end() ? nullptr : found->second;
}

std::vector<const pipeline::FieldSchema*> MappingTree::matching(std::string_view pattern) const {
  std::vector<const pipeline::FieldSchema*> out;
  for (const auto& [path, schema] : schemas_) {
    if (wildcard_match(pattern, path)) out.push_back(schema);
  }
  return out;
}

const Field* MappingTree::field(std::string_view path) const {
  const auto found = fields_.find(path);
  return found == fields_.end() ? nullptr : found->second;
}

bool MappingTree::is_runtime(std::string_view path) const { return runtime_.contains(path); }

Result<MappingPtr> MappingTree::merge(const Mapping& update, const MappingLimits& limits, MergeReason reason) const {
  auto merged = merge_roots(root_, static_cast<const MappingTree&>(update).root(), reason);
  if (!merged) return std::unexpected(std::move(merged.error()));
  if (Status good = check_limits(*merged, root_, limits); !good) return std::unexpected(std::move(good.error()));
  return std::make_shared<const MappingTree>(std::move(*merged));
}

Result<MappingPtr> MappingTree::with_runtime(std::string_view json) const {
  boost::system::error_code problem;
  const boost::json::value given = boost::json::parse({json.data(), json.size()}, problem);
  if (problem) return std::unexpected(mapper_parsing("[runtime_mappings] is not valid JSON: " + problem.message()));
  auto section = read_runtime_fields(given, /*removes=*/false);
  if (!section) return std::unexpected(std::move(section.error()));
  Root update;
  update.object = std::make_shared<const Field>();
  update.sections.emplace_back("runtime", std::move(*section));
  auto merged = merge_roots(root_, update, MergeReason::kUpdate);
  if (!merged) return std::unexpected(std::move(merged.error()));
  return std::make_shared<const MappingTree>(std::move(*merged));
}

Result<CheckedDocument> MappingTree::check(std::string_view source, std::string_view id,
                                           const MappingLimits& limits) const {
  return check_document(*this, source, id, limits);
}

std::string MappingTree::json() const { return render_root(root_); }

std::string MappingTree::field_json(std::string_view path, bool defaults) const {
  const Field* found = field(path);
  if (found == nullptr || found->is_object()) return {};
  return "{" + json_string(found->name) + ":" + render_field(*found, defaults) + "}";
}

MappingPtr Mapping::empty() {
  static const MappingPtr without_fields = std::make_shared<const MappingTree>(*parse_root("{}"));
  return without_fields;
}

Result<MappingPtr> Mapping::parse(std::string_view json) {
  auto root = parse_root(json);
  if (!root) {
    Error cause = std::move(root.error());
    if (cause.reason.starts_with("Failed to parse mapping: ")) return std::unexpected(std::move(cause));
    Error error = mapper_parsing("Failed to parse mapping: " + cause.reason);
    const bool own = cause.type == "mapper_parsing_exception" || cause.type == "parse_exception";
    if (own) error.root_causes.push_back(cause);
    return std::unexpected(std::move(error).wrapping(std::move(cause)));
  }
  return std::make_shared<const MappingTree>(std::move(*root));
}

}  // namespace sluice::store
