// What paths do in a document.
#include "stages/ingest/document.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/java_hash.h"

namespace sluice::ingest {

using painless::List;
using painless::Map;
using painless::Value;
using Segment = FieldPath::Segment;

namespace {

std::string quoted(const Segment& segment) { return "[" + segment.name + "]"; }

/// What Java throws where the last segment of a path without any is looked for.
Error no_segments() {
  return {ErrorKind::kDocument, 500, "array_index_out_of_bounds_exception", "Index -1 out of bounds for length 0"};
}

/// Where something is written, a name that is no place in a list says why it is none.
Error for_writing(Error error, const Segment& segment) {
  if (segment.is_number || !error.reason.starts_with(quoted(segment) + " is not an integer")) return error;
  Error cause = illegal_argument("For input string: \"" + segment.name + "\"");
  cause.type = "number_format_exception";
  return std::move(error).wrapping(std::move(cause));
}

}  // namespace

/// The object in which a path begins.
Value IngestDocument::root(const FieldPath& path) {
  return Value::of(path.of_ingest() ? &ingest() : static_cast<Map*>(fields_));
}

/// The place that a segment means in a list.
Result<std::uint32_t> IngestDocument::place_in(List& list, const Segment& segment, const FieldPath& path) {
  if (segment.index < 0 && !segment.is_number) {
    return std::unexpected(
        illegal_argument(quoted(segment) + " is not an integer, cannot be used as an index" + path.in_path()));
  }
  const std::uint32_t size = list.size(machine_);
  if (segment.index < 0 || static_cast<std::uint32_t>(segment.index) >= size) {
    return std::unexpected(illegal_argument("[" + std::to_string(segment.index) +
                                            "] is out of bounds for array with length [" + std::to_string(size) + "]" +
                                            path.in_path()));
  }
  return static_cast<std::uint32_t>(segment.index);
}

Result<Value> IngestDocument::child(const Value& parent, const Segment& segment, const FieldPath& path) {
  if (parent.is_null()) {
    return std::unexpected(illegal_argument("cannot resolve " + quoted(segment) + " from null" + path.in_path()));
  }
  if (Map* map = machine_.as_map(parent)) {
    if (map == fields_) {
      if (const auto key = metadata_named(segment.name)) {
        const Value& value = fields_->metadata(*key);
        if (!value.is_null()) return value;
      }
    }
    Map::Entry* entry = map->find_text(machine_, segment.name, segment.hash);
    if (entry != nullptr) return map->value_of(machine_, *entry);
    return std::unexpected(illegal_argument("field " + quoted(segment) + " not present" + path.in_path()));
  }
  if (List* list = machine_.as_list(parent)) {
    const auto place = place_in(*list, segment, path);
    if (!place) return std::unexpected(place.error());
    return list->get(machine_, *place);
  }
  return std::unexpected(illegal_argument("cannot resolve " + quoted(segment) + " from object of type [" +
                                          class_name(parent) + "]" + path.in_path()));
}

Result<Value> IngestDocument::get(const FieldPath& path) {
  if (path.is_top_field()) {
    if (Map::Entry* entry = fields_->field(machine_, path.leaf().site)) return fields_->value_of(machine_, *entry);
    return std::unexpected(illegal_argument("field " + quoted(path.leaf()) + " not present" + path.in_path()));
  }
  if (!path.problem().empty()) return std::unexpected(illegal_argument(path.problem()));
  Value at = root(path);
  for (const Segment& segment : path.segments()) {
    auto next = child(at, segment, path);
    if (!next) return next;
    at = *next;
  }
  return at;
}

std::optional<Value> IngestDocument::find(const FieldPath& path) {
  if (path.is_root()) return root(path);
  auto found = find_in_range(path);
  return found ? *found : std::nullopt;
}

Result<std::optional<Value>> IngestDocument::find_in_range(const FieldPath& path) {
  if (path.is_top_field()) {
    Map::Entry* entry = fields_->field(machine_, path.leaf().site);
    return entry == nullptr ? std::nullopt : std::optional<Value>(fields_->value_of(machine_, *entry));
  }
  if (!path.problem().empty()) return std::unexpected(illegal_argument(path.problem()));
  if (path.is_root()) return std::unexpected(no_segments());
  Value at = root(path);
  for (const Segment& segment : path.segments()) {
    if (Map* map = machine_.as_map(at)) {
      const auto key = map == fields_ ? metadata_named(segment.name) : std::nullopt;
      if (key && !fields_->metadata(*key).is_null()) {
        at = fields_->metadata(*key);
        continue;
      }
      Map::Entry* entry = map->find_text(machine_, segment.name, segment.hash);
      if (entry == nullptr) return std::nullopt;
      at = map->value_of(machine_, *entry);
    } else if (List* list = machine_.as_list(at)) {
      if (!segment.is_number) return std::nullopt;
      const auto place = place_in(*list, segment, path);
      if (!place) return std::unexpected(place.error());
      at = list->get(machine_, *place);
    } else {
      return std::nullopt;
    }
  }
  return at;
}

/// Puts a value into a map by a name of a path, without a copy of it where it lasts. False: an exception is pending.
bool IngestDocument::put_named(Map& map, const FieldPath& path, const Segment& name, Value value) {
  if (!path.is_lasting()) return !map.put(machine_, machine_.string_value(name.name), value).is_error();
  std::uint32_t place = Map::kNone;
  return !map.put_text(machine_, name.site, place, value).is_error();
}

/// What holds the last segment; objects that are missing on the way are made.
Result<Value> IngestDocument::parent_for(const FieldPath& path) {
  if (!path.problem().empty()) return std::unexpected(illegal_argument(path.problem()));
  if (path.is_root()) return std::unexpected(no_segments());
  Value at = root(path);
  const std::vector<Segment>& segments = path.segments();
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    Map* map = machine_.as_map(at);
    if (map != nullptr && !(map == fields_ && metadata_named(segments[i].name)) &&
        map->find_text(machine_, segments[i].name, segments[i].hash) == nullptr) {
      const Value made = Value::of(painless::api::new_linked_map(machine_));
      if (!put_named(*map, path, segments[i], made)) return std::unexpected(take_error());
      at = made;
      continue;
    }
    auto next = child(at, segments[i], path);
    if (!next) return std::unexpected(for_writing(std::move(next.error()), segments[i]));
    at = *next;
  }
  return at;
}

Status IngestDocument::put(const Value& parent, const FieldPath& path, Value value) {
  const Segment& leaf = path.leaf();
  if (Map* map = machine_.as_map(parent)) {
    if (map == fields_) {
      if (const auto key = metadata_named(leaf.name)) {
        if (fields_->set_metadata(machine_, *key, value)) return {};
        return std::unexpected(take_error());
      }
    }
    if (put_named(*map, path, leaf, value)) return {};
    return std::unexpected(take_error());
  }
  if (List* list = machine_.as_list(parent)) {
    const auto place = place_in(*list, leaf, path);
    if (!place) return std::unexpected(for_writing(place.error(), leaf));
    if (list->set(machine_, *place, value)) return {};
    return std::unexpected(take_error());
  }
  const std::string what =
      parent.is_null() ? " with null parent" : " with parent object of type [" + class_name(parent) + "]";
  return std::unexpected(illegal_argument("cannot set " + quoted(leaf) + what + path.in_path()));
}

Status IngestDocument::set(const FieldPath& path, Value value) {
  if (path.is_top_field() && path.is_lasting()) {
    if (put_named(*fields_, path, path.leaf(), value)) return {};
    return std::unexpected(take_error());
  }
  auto parent = parent_for(path);
  if (!parent) return std::unexpected(std::move(parent.error()));
  return put(*parent, path, value);
}

/// `there` with more behind it. The same value where nothing is added.
Value IngestDocument::appended(const Value& there, const Value& value, bool duplicates) {
  List* list = machine_.as_list(there);
  List* more = machine_.as_list(value);
  if (list == nullptr) {
    list = painless::api::new_list(machine_);
    list->push(machine_.heap(), there);
  }
  const std::uint32_t count = more == nullptr ? 1 : more->size(machine_);
  bool grown = false;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Value item = more == nullptr ? value : more->get(machine_, i);
    bool known_already = false;
    for (std::uint32_t k = 0; !duplicates && k < list->size(machine_) && !known_already; ++k) {
      known_already = machine_.equals(list->get(machine_, k), item);
      if (machine_.failed() || !machine_.tick()) return Value::error();
    }
    if (known_already) continue;
    grown = true;
    if (!list->add(machine_, item)) return Value::error();
  }
  return grown ? Value::of(list) : there;
}

Status IngestDocument::append(const FieldPath& path, Value value, bool duplicates) {
  auto parent = parent_for(path);
  if (!parent) return std::unexpected(std::move(parent.error()));
  Value next = Value::null();
  const auto found = find_in_range(path);
  if (!found) return std::unexpected(found.error());
  if (const auto& there = *found) {
    next = appended(*there, value, duplicates);
    if (next.is_error()) return std::unexpected(take_error());
  } else {
    auto* list = painless::api::new_list(machine_);
    next = appended(Value::of(list), value, duplicates);
    if (next.is_error()) return std::unexpected(take_error());
    // Into other parents nothing can be put: put() says why.
    if (list->count == 0 && machine_.as_map(*parent) != nullptr) return {};
  }
  return put(*parent, path, next);
}

Status IngestDocument::remove_from(const Value& parent, const FieldPath& path) {
  const Segment& leaf = path.leaf();
  if (Map* map = machine_.as_map(parent)) {
    const auto metadata = map == fields_ ? metadata_named(leaf.name) : std::nullopt;
    if (metadata && !fields_->metadata(*metadata).is_null()) {
      if (fields_->set_metadata(machine_, *metadata, Value::null())) return {};
      return std::unexpected(take_error());
    }
    if (map->find_text(machine_, leaf.name, leaf.hash) == nullptr) {
      return std::unexpected(illegal_argument("field " + quoted(leaf) + " not present" + path.in_path()));
    }
    if (!map->remove(machine_, machine_.string_value(leaf.name)).is_error()) return {};
    return std::unexpected(take_error());
  }
  if (List* list = machine_.as_list(parent)) {
    const auto place = place_in(*list, leaf, path);
    if (!place) return std::unexpected(for_writing(place.error(), leaf));
    if (list->remove(machine_, *place)) return {};
    return std::unexpected(take_error());
  }
  const std::string what = parent.is_null() ? " from null" : " from object of type [" + class_name(parent) + "]";
  return std::unexpected(illegal_argument("cannot remove " + quoted(leaf) + what + path.in_path()));
}

Status IngestDocument::move(const FieldPath& from, const FieldPath& to, const Value& value) {
  if (from.is_top_field() && to.is_top_field() && to.is_lasting()) {
    fields_->take_out(machine_, from.leaf().site, *fields_->field(machine_, from.leaf().site));
    if (Map::Entry* there = fields_->field(machine_, to.leaf().site)) {
      if (fields_->set_value(machine_, *there, value)) return {};
      return std::unexpected(take_error());
    }
    fields_->add_field(machine_, to.leaf().site, value);
    return {};
  }
  if (Status done = remove(from); !done) return done;
  Status done = set(to, value);
  if (done) return done;
  if (Status back = set(from, value); !back) return back;
  return done;
}

Status IngestDocument::remove(const FieldPath& path) {
  if (path.is_top_field()) {
    Map::Entry* entry = fields_->field(machine_, path.leaf().site);
    if (entry == nullptr)
      return std::unexpected(illegal_argument("field " + quoted(path.leaf()) + " not present" + path.in_path()));
    fields_->take_out(machine_, path.leaf().site, *entry);
    return {};
  }
  if (!path.problem().empty()) return std::unexpected(illegal_argument(path.problem()));
  if (path.is_root()) return std::unexpected(no_segments());
  Value at = root(path);
  for (std::size_t i = 0; i + 1 < path.segments().size(); ++i) {
    auto next = child(at, path.segments()[i], path);
    if (!next) return std::unexpected(std::move(next.error()));
    at = *next;
  }
  return remove_from(at, path);
}

}  // namespace sluice::ingest
