#include "stages/query/field_reader.h"

#include <utility>

#include "pipeline/base/buffer.h"
#include "stages/query/compile.h"
#include "stages/query/geo_field.h"
#include "stages/query/runtime_field.h"

namespace sluice::stages {

namespace {

/// Not those of the query, which may be looked at on the same thread.
DocumentFields& fields_of_this_thread() {
  static thread_local DocumentFields fields;
  return fields;
}

bool is_point(const pipeline::FieldSchema& field) { return field.kind == pipeline::FieldKind::kGeoPoint; }

}  // namespace

Result<FieldReaderPtr> FieldReader::make(const pipeline::FieldSchema& field, const NestedPart* nested,
                                         const QueryContext& context) {
  auto made = std::make_shared<FieldReader>();
  ClauseContext clause{context};
  auto runtime = clause.runtime == nullptr ? RuntimeScripts::make(context) : clause.runtime;
  if (!runtime) return std::unexpected(std::move(runtime.error()));
  clause.runtime = made->runtime_ = std::move(*runtime);
  made->reads_.set_runtime(made->runtime_.get());
  if (nested != nullptr && nested->max_children) made->most_ = *nested->max_children;
  if (nested != nullptr && nested->path.empty()) return made;  // of no objects
  for (const NestedPart* part = nested; part != nullptr; part = part->inner.get()) {
    if (part != nested && part->max_children) {
      return std::unexpected(query_shard_error(context, "max_children is only supported on top level of nested sort"));
    }
    if (Status added = made->add_level(*part, clause); !added) return std::unexpected(std::move(added.error()));
    clause.scope = part->path;
  }
  // A field of other objects than those has no value here.
  if (field.nested_path == clause.scope) {
    made->access_ = FieldAccess(field, clause.scope, made->reads_within(made->levels_.size()),
                                is_point(field) ? Take::kWhole : Take::kValues);
  }
  return made;
}

Status FieldReader::add_level(const NestedPart& part, const ClauseContext& context) {
  const pipeline::FieldSchema* objects = context.schema.find(part.path);
  if (objects == nullptr || objects->kind != pipeline::FieldKind::kNested) {
    return std::unexpected(
        query_shard_error(context, "[nested] failed to find nested object under path [" + part.path + "]"));
  }
  auto level = std::make_unique<Level>();
  level->objects = FieldAccess(*objects, context.scope, reads_within(levels_.size()), Take::kObjects);
  if (!part.filter.empty()) {
    ClauseContext inside = context;
    inside.reads = &level->reads;
    inside.words = &level->words;
    inside.statistics = &level->statistics;
    inside.scope = part.path;
    inside.scored = false;
    inside.filters = true;
    Buffer padded(part.filter.size());
    padded.append(part.filter);
    auto filter = compile_clause(padded.view(), inside);
    if (!filter) return std::unexpected(std::move(filter.error()));
    if (level->statistics.scores_words() || !level->statistics.required_by().empty()) {
      return std::unexpected(
          unsupported("the [filter] of a [nested] sort can't depend on how common words are here: "
                      "leave out [min_score] and [more_like_this]"));
    }
    level->filter = std::move(*filter);
  }
  levels_.push_back(std::move(level));
  return {};
}

Status FieldReader::read(const QueryDocument& document, const Look& look) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(reads_, document);
  std::uint32_t left = most_;
  look_inside(0, fields, left, look);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return {};
}

void FieldReader::look_inside(std::size_t level, DocumentFields& around, std::uint32_t& left, const Look& look) const {
  if (level == levels_.size()) return look(around);
  const Level& at = *levels_[level];
  DocumentFields& inner = around.inner();
  at.objects.any_value(around, [&](const FieldValue& value) {
    QueryDocument object = around.document();
    object.source = value.token;
    object.begin = value.begin;
    object.end = value.end;
    inner.load(at.reads, object);
    if (at.filter != nullptr && !at.filter->matches(inner)) return false;
    if (level + 1 == levels_.size()) {
      if (left == 0) return true;
      --left;
    }
    look_inside(level + 1, inner, left, look);
    return false;
  });
  if (auto error = inner.take_error()) around.fail(std::move(*error));
}

Status FieldReader::points(const QueryDocument& document, std::vector<GeoPoint>& points) const {
  return read(document, [&](DocumentFields& fields) { read_points(access_, fields, points); });
}

}  // namespace sluice::stages
