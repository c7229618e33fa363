#include "stages/ingest/document.h"

#include "stages/ingest/field_value.h"
#include "stages/painless/api/moment.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/program.h"

namespace sluice::ingest {

using painless::known;
using painless::List;
using painless::Map;
using painless::String;
using painless::Value;

namespace {

/// What the machine runs when no script does.
const painless::Program& no_program() {
  static const painless::Program none;
  return none;
}

constexpr std::uint32_t kEmptyObject[3] = {0, 1, 2};

}  // namespace

Status check_metadata(const DocumentMetadata& metadata) {
  if (metadata.id && metadata.id->empty())
    return std::unexpected(illegal_argument("if _id is specified it must not be empty"));
  const std::int64_t seq_no = metadata.if_seq_no.value_or(0);
  if (seq_no < 0 && seq_no != DocumentMetadata::kNoSeqNo) {
    return std::unexpected(
        illegal_argument("sequence numbers must be non negative. got [" + std::to_string(seq_no) + "]."));
  }
  const std::int64_t term = metadata.if_primary_term.value_or(0);
  if (term >= 0) return {};
  return std::unexpected(illegal_argument("primary term must be non negative. got [" + std::to_string(term) + "]"));
}

IngestDocument::IngestDocument(painless::Limits limits) : machine_(no_program(), limits) {
  machine_.set_prints_by_hash(true);
}

Value IngestDocument::text_or_null(const std::optional<std::string>& text) {
  return text ? Value::of(machine_.text(*text)) : Value::null();
}

Status IngestDocument::begin(std::string_view source, const DocumentMetadata& metadata, std::int64_t timestamp) {
  if (source.empty()) return begin(painless::JsonSpan{"{}", kEmptyObject, kEmptyObject + 2}, metadata, timestamp);
  const auto found = json_.span(source);
  if (!found) return std::unexpected(found.error());
  return begin(*found, metadata, timestamp);
}

Status IngestDocument::begin(const painless::JsonSpan& source, const DocumentMetadata& metadata,
                             std::int64_t timestamp) {
  machine_.reset();
  fields_ = machine_.heap().make<IngestMap>(known().linked_hash_map);
  fields_->json = source;
  fields_->pending = true;
  fields_->begin_with(Metadata::kIndex, text_or_null(metadata.index));
  fields_->begin_with(Metadata::kId, text_or_null(metadata.id));
  fields_->begin_with(Metadata::kRouting, text_or_null(metadata.routing));
  fields_->begin_with(Metadata::kVersion, Value::of_long(metadata.version));
  fields_->begin_with(Metadata::kVersionType, text_or_null(metadata.version_type));
  if (metadata.if_seq_no) fields_->begin_with(Metadata::kIfSeqNo, Value::of_long(*metadata.if_seq_no));
  if (metadata.if_primary_term)
    fields_->begin_with(Metadata::kIfPrimaryTerm, Value::of_long(*metadata.if_primary_term));
  std::string why = fields_->unexpected(machine_);
  if (!why.empty()) return std::unexpected(illegal_argument(std::move(why)));
  timestamp_ = timestamp;
  fields_->begin_at(timestamp);
  machine_.set_changed_document(fields_);
  ingest_ = nullptr;
  pipeline_ = nullptr;
  access_ = FieldAccess::kClassic;
  return {};
}

Map& IngestDocument::ingest() {
  if (ingest_ == nullptr) {
    ingest_ = painless::api::new_linked_map(machine_);
    set_ingest("timestamp", painless::api::moment_value(machine_, timestamp_));
    set_pipeline(pipeline_);
  }
  return *ingest_;
}

void IngestDocument::set_pipeline(const std::string* id) {
  pipeline_ = id;
  if (ingest_ == nullptr) return;
  if (id == nullptr) return remove_ingest("pipeline");
  set_ingest("pipeline", machine_.string_value(*id));
}

void IngestDocument::set_ingest(std::string_view key, Value value) {
  ingest().put(machine_, machine_.string_value(key), value);
}

void IngestDocument::remove_ingest(std::string_view key) {
  if (ingest_ != nullptr) ingest_->remove(machine_, machine_.string_value(key));
}

Error IngestDocument::take_error() { return ingest::take_error(machine_); }

std::string IngestDocument::class_name(const Value& value) { return ingest::class_name(machine_, value); }

Error IngestDocument::wrong_type(const FieldPath& path, const Value& value, std::string_view wanted) {
  return illegal_argument("field [" + path.text() + "] of type [" + class_name(value) + "] cannot be cast to [" +
                          std::string(wanted) + "]");
}

Result<Value> IngestDocument::copy_of(const Value& value) {
  const Value made = copied(value, 1);
  if (made.is_error()) return std::unexpected(take_error());
  return made;
}

/// `depth`: of the containers around the value, and itself.
Value IngestDocument::copied(const Value& value, std::size_t depth) {
  if (!machine_.tick()) return Value::error();
  if (!value.is_object()) return value;
  if (depth > FieldPath::kMostSegments)
    return machine_.raise(known().illegal_argument, "Iterable object is self-referencing itself");
  if (Map* map = machine_.as_map(value)) {
    auto* made = painless::api::new_linked_map(machine_);
    map->scan(machine_);
    const std::uint32_t* places = map->in_order(machine_);
    const std::uint32_t count = map->size(machine_);
    for (std::uint32_t i = 0; i < count; ++i) {
      Map::Entry& entry = map->entries[places[i]];
      const Value inner = copied(map->value_of(machine_, entry), depth + 1);
      if (inner.is_error() || made->put(machine_, entry.key, inner).is_error()) return Value::error();
    }
    return Value::of(made);
  }
  if (List* list = machine_.as_list(value)) {
    auto* made = painless::api::new_list(machine_);
    const std::uint32_t count = list->size(machine_);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Value inner = copied(list->get(machine_, i), depth + 1);
      if (inner.is_error()) return inner;
      made->push(machine_.heap(), inner);
    }
    return Value::of(made);
  }
  return value;
}

bool IngestDocument::source_changed() {
  fields_->hide_metadata(machine_);
  return !fields_->as_it_came();
}

Status IngestDocument::write_source(std::string& out) {
  fields_->hide_metadata(machine_);
  if (fields_->write_json(machine_, out, 0)) return {};
  return std::unexpected(take_error());
}

std::optional<std::string> IngestDocument::text_of(Metadata key) {
  const Value value = machine_.force(fields_->metadata(key));
  const String* text = machine_.as_string(value);
  return text == nullptr ? std::nullopt : std::optional<std::string>(text->text());
}

DocumentMetadata IngestDocument::metadata() {
  DocumentMetadata made;
  made.index = text_of(Metadata::kIndex);
  made.id = text_of(Metadata::kId);
  made.routing = text_of(Metadata::kRouting);
  made.version_type = text_of(Metadata::kVersionType);
  made.version = fields_->metadata(Metadata::kVersion).i;
  if (const Value& seq_no = fields_->metadata(Metadata::kIfSeqNo); !seq_no.is_null()) made.if_seq_no = seq_no.i;
  if (const Value& term = fields_->metadata(Metadata::kIfPrimaryTerm); !term.is_null()) made.if_primary_term = term.i;
  return made;
}

}  // namespace sluice::ingest
