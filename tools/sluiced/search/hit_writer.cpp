#include "tools/sluiced/search/hit_writer.h"

#include <algorithm>

#include "pipeline/base/json_text.h"
#include "stages/parse/structurals.h"
#include "stages/query/field_values.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/search/date_text.h"

namespace sluice::rest {

namespace {

/// A value as `fields` shows it: of its field's type, dates formatted.
void write_field_value(JsonWriter& out, const pipeline::FieldSchema& field, std::string_view token) {
  const std::string text = json_unquoted(token);
  switch (field.kind) {
    case pipeline::FieldKind::kDate: {
      if (!field.format.empty() && !field.format.starts_with("strict_date_optional_time")) break;
      const auto date = pipeline::DateFormat::standard()->parse(text);
      if (!date) break;
      out.string(date_text(date->millis(), ""));
      return;
    }
    case pipeline::FieldKind::kText:
    case pipeline::FieldKind::kKeyword:
    case pipeline::FieldKind::kIp:
      out.string(text);
      return;
    case pipeline::FieldKind::kInteger:
    case pipeline::FieldKind::kFloating:
    case pipeline::FieldKind::kBoolean:
      out.raw(text);
      return;
    default:
      break;
  }
  out.raw(token);
}

}  // namespace

HitWriter::HitWriter(const SearchRequest& request) : request_(request) {
  out_.begin_array();
  const SourceFields& source = request.source;
  const bool named = std::ranges::find(request.stored_fields, "_source") != request.stored_fields.end();
  with_source_ = source.enabled && (!request.stored_fields_set || named || !source.json.empty());
  if (with_source_ && !source.everything()) {
    filter_ = std::make_unique<const stages::SourceFilter>(source.includes, source.excludes);
  }
}

void HitWriter::write(const Hit& hit) {
  const bool none = std::ranges::find(request_.stored_fields, "_none_") != request_.stored_fields.end();
  out_.begin_object().member("_index", hit.index.name);
  if (!none) out_.member("_id", hit.document.id);
  if (request_.version) out_.member("_version", hit.document.version);
  if (request_.seq_no) {
    out_.member("_seq_no", hit.document.seq_no).member("_primary_term", hit.document.primary_term);
  }
  write_ignored(out_, hit.index, hit.document);
  out_.key("_score");
  if (hit.scored) {
    out_.raw("1.0");
  } else {
    out_.null();
  }
  if (!hit.document.routing.empty() && !none) out_.member("_routing", hit.document.routing);
  write_source(hit);
  if (!request_.fields.empty()) {
    write_fields(hit);
  } else if (request_.stored_fields_set) {
    write_stored_fields(out_, hit.index, request_.stored_fields, hit.document);
  }
  if (!request_.sort.empty()) {
    out_.key("sort").begin_array();
    for (std::size_t i = 0; i < hit.sort.size(); ++i) hit.sorters[i].write(out_, hit.sort[i]);
    if (hit.shard_doc) out_.integer(*hit.shard_doc);
    out_.end_array();
  }
  out_.end_object();
}

void HitWriter::write_source(const Hit& hit) {
  if (!with_source_ || !hit.index.mapping->source_enabled()) return;
  out_.key("_source");
  if (filter_ == nullptr) {
    out_.raw(hit.document.source);
  } else {
    out_.raw(filter_->filtered(hit.document.source));
  }
}

void HitWriter::write_fields(const Hit& hit) {
  stages::Structurals structurals;
  static_cast<void>(structurals.build(hit.document.source));
  const stages::QueryDocument document{hit.document.id, hit.index.name, hit.document.routing, hit.document.source,
                                       &structurals};
  bool open = false;
  std::vector<std::string_view> done;
  for (const std::string& pattern : request_.fields) {
    for (const pipeline::FieldSchema* field : hit.index.mapping->matching(pattern)) {
      if (field->kind == pipeline::FieldKind::kObject || field->kind == pipeline::FieldKind::kNested) continue;
      if (std::ranges::find(done, field->path) != done.end()) continue;
      done.push_back(field->path);
      bool any = false;
      stages::any_value(document, field->source_path, [&](std::string_view token) {
        if (token == "null") return false;
        if (!open) out_.key("fields").begin_object();
        if (!any) out_.key(field->path).begin_array();
        open = any = true;
        write_field_value(out_, *field, token);
        return false;
      });
      if (any) out_.end_array();
    }
  }
  if (open) out_.end_object();
}

}  // namespace sluice::rest
