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

Error not_valid(const FieldPath& path) { return illegal_argument("path [" + path.text() + "] is not valid"); }

/// The names from `next` on are in no map.
Error not_present(const FieldPath& path, std::size_t next, FieldAccess access) {
  const std::size_t end = access == FieldAccess::kFlexible ? path.segments().size() : next + 1;
  return illegal_argument("field [" + std::string(path.names(next, end)) + "] not present" + path.in_path());
}

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

/// What a name of metadata leads to; nothing: it is none of the document's, or has no value.
std::optional<Value> IngestDocument::metadata_at(const Map& map, std::string_view name) {
  const auto key = &map == fields_ ? metadata_named(name) : std::nullopt;
  if (!key || fields_->metadata(*key).is_null()) return std::nullopt;
  return fields_->metadata(*key);
}

/// The entry whose key is the name at `next`, or the fewest from there and in front of `end` where several may be one
/// key. `next` is behind them then; null: there is none.
Map::Entry* IngestDocument::entry_at(Map& map, const FieldPath& path, std::size_t& next, std::size_t end) {
  const std::vector<Segment>& segments = path.segments();
  std::int32_t hash = segments[next].hash;
  Map::Entry* entry = map.find_text(machine_, segments[next].name, hash);
  std::size_t behind = next + 1;
  for (; entry == nullptr && access_ == FieldAccess::kFlexible && behind < end; ++behind) {
    hash = painless::java_hash(segments[behind].name, painless::java_hash(".", hash));
    entry = map.find_text(machine_, path.names(next, behind + 1), hash);
  }
  if (entry != nullptr) next = behind;
  return entry;
}

Result<Value> IngestDocument::child(const Value& parent, const FieldPath& path, std::size_t& next, std::size_t end) {
  const Segment& segment = path.segments()[next];
  if (parent.is_null()) {
    return std::unexpected(illegal_argument("cannot resolve " + quoted(segment) + " from null" + path.in_path()));
  }
  if (Map* map = machine_.as_map(parent)) {
    if (const auto value = metadata_at(*map, segment.name)) {
      ++next;
      return *value;
    }
    Map::Entry* entry = entry_at(*map, path, next, end);
    if (entry != nullptr) return map->value_of(machine_, *entry);
    return std::unexpected(not_present(path, next, access_));
  }
  if (List* list = machine_.as_list(parent)) {
    if (access_ == FieldAccess::kFlexible) return std::unexpected(not_valid(path));
    ++next;
    const auto place = place_in(*list, segment, path);
    if (!place) return std::unexpected(place.error());
    return list->get(machine_, *place);
  }
  return std::unexpected(illegal_argument("cannot resolve " + quoted(segment) + " from object of type [" +
                                          class_name(parent) + "]" + path.in_path()));
}

Status IngestDocument::check(const FieldPath& path) const {
  if (!path.problem().empty()) return std::unexpected(illegal_argument(path.problem()));
  if (access_ == FieldAccess::kFlexible && path.has_brackets()) return std::unexpected(not_valid(path));
  return {};
}

Result<Value> IngestDocument::get(const FieldPath& path) {
  if (path.is_top_field()) {
    if (Map::Entry* entry = fields_->field(machine_, path.leaf().site)) return fields_->value_of(machine_, *entry);
    return std::unexpected(not_present(path, 0, access_));
  }
  if (Status fine = check(path); !fine) return std::unexpected(std::move(fine.error()));
  if (path.is_root() && !path.of_ingest()) fields_->show_metadata(machine_);
  Value at = root(path);
  for (std::size_t next = 0; next < path.segments().size();) {
    auto value = child(at, path, next, path.segments().size());
    if (!value) return value;
    at = *value;
  }
  return at;
}

std::optional<Value> IngestDocument::find(const FieldPath& path) {
  if (path.is_root()) return root(path);
  auto found = find_in_range(path);
  return found ? *found : std::nullopt;
}

Result<std::optional<Value>> IngestDocument::child_in_range(const Value& parent, const FieldPath& path,
                                                            std::size_t& next) {
  const Segment& segment = path.segments()[next];
  if (Map* map = machine_.as_map(parent)) {
    if (const auto value = metadata_at(*map, segment.name)) {
      ++next;
      return *value;
    }
    Map::Entry* entry = entry_at(*map, path, next, path.segments().size());
    if (entry == nullptr) return std::nullopt;
    return map->value_of(machine_, *entry);
  }
  List* list = machine_.as_list(parent);
  if (list == nullptr || !segment.is_number || access_ == FieldAccess::kFlexible) return std::nullopt;
  ++next;
  const auto place = place_in(*list, segment, path);
  if (!place) return std::unexpected(place.error());
  return list->get(machine_, *place);
}

Result<std::optional<Value>> IngestDocument::find_in_range(const FieldPath& path) {
  if (path.is_top_field()) {
    Map::Entry* entry = fields_->field(machine_, path.leaf().site);
    return entry == nullptr ? std::nullopt : std::optional<Value>(fields_->value_of(machine_, *entry));
  }
  if (Status fine = check(path); !fine) return std::unexpected(std::move(fine.error()));
  if (path.is_root()) return std::unexpected(no_segments());
  Value at = root(path);
  for (std::size_t next = 0; next < path.segments().size();) {
    auto value = child_in_range(at, path, next);
    if (!value || !*value) return value;
    at = **value;
  }
  return at;
}

/// Puts a value into a map by names of a path, without a copy of one that lasts.
Status IngestDocument::put_key(Map& map, const FieldPath& path, std::size_t name, std::size_t end, Value value) {
  const auto metadata = &map == fields_ ? metadata_named(path.names(name, end)) : std::nullopt;
  std::uint32_t place = Map::kNone;
  const bool lasts = path.is_lasting() && end - name == 1;
  const bool done = metadata ? fields_->set_metadata(machine_, *metadata, value)
                    : lasts  ? !map.put_text(machine_, path.segments()[name].site, place, value).is_error()
                             : !map.put(machine_, machine_.string_value(path.names(name, end)), value).is_error();
  if (done) return {};
  return std::unexpected(take_error());
}

/// `makes`: objects that are missing on the way are made.
Result<IngestDocument::Holder> IngestDocument::holder_of(const FieldPath& path, bool makes) {
  if (Status fine = check(path); !fine) return std::unexpected(std::move(fine.error()));
  if (path.is_root()) return std::unexpected(no_segments());
  Value at = root(path);
  const std::size_t leaf = path.segments().size() - 1;
  for (std::size_t next = 0; next < leaf;) {
    Map* map = machine_.as_map(at);
    std::size_t behind = next;
    const bool missing = map != nullptr && !metadata_at(*map, path.segments()[next].name) &&
                         entry_at(*map, path, behind, leaf) == nullptr;
    if (missing && access_ == FieldAccess::kFlexible) return Holder{at, next};
    if (missing && makes) {
      const Value made = Value::of(painless::api::new_linked_map(machine_));
      if (Status done = put_key(*map, path, next, next + 1, made); !done)
        return std::unexpected(std::move(done.error()));
      at = made;
      ++next;
      continue;
    }
    const std::size_t before = next;
    auto value = child(at, path, next, leaf);
    if (!value && makes) return std::unexpected(for_writing(std::move(value.error()), path.segments()[before]));
    if (!value) return std::unexpected(std::move(value.error()));
    at = *value;
  }
  return Holder{at, leaf};
}

Status IngestDocument::put(const Holder& holder, const FieldPath& path, Value value) {
  const Segment& leaf = path.leaf();
  if (Map* map = machine_.as_map(holder.parent))
    return put_key(*map, path, holder.names, path.segments().size(), value);
  if (List* list = machine_.as_list(holder.parent)) {
    if (access_ == FieldAccess::kFlexible) return std::unexpected(not_valid(path));
    const auto place = place_in(*list, leaf, path);
    if (!place) return std::unexpected(for_writing(place.error(), leaf));
    if (list->set(machine_, *place, value)) return {};
    return std::unexpected(take_error());
  }
  const std::string what =
      holder.parent.is_null() ? " with null parent" : " with parent object of type [" + class_name(holder.parent) + "]";
  return std::unexpected(illegal_argument("cannot set " + quoted(leaf) + what + path.in_path()));
}

Status IngestDocument::set(const FieldPath& path, Value value) {
  if (path.is_top_field() && path.is_lasting()) return put_key(*fields_, path, 0, 1, value);
  auto holder = holder_of(path, true);
  if (!holder) return std::unexpected(std::move(holder.error()));
  return put(*holder, path, value);
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
  auto holder = holder_of(path, true);
  if (!holder) return std::unexpected(std::move(holder.error()));
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
    if (list->count == 0 && machine_.as_map(holder->parent) != nullptr) return {};
  }
  return put(*holder, path, next);
}

Status IngestDocument::remove_from(const Holder& holder, const FieldPath& path) {
  const Segment& leaf = path.leaf();
  if (Map* map = machine_.as_map(holder.parent)) {
    const std::string_view key = path.names(holder.names, path.segments().size());
    if (!metadata_at(*map, key) && map->find_text(machine_, key, painless::java_hash(key)) == nullptr)
      return std::unexpected(not_present(path, holder.names, access_));
    if (!map->remove(machine_, machine_.string_value(key)).is_error()) return {};
    return std::unexpected(take_error());
  }
  if (List* list = machine_.as_list(holder.parent)) {
    if (access_ == FieldAccess::kFlexible) return std::unexpected(not_valid(path));
    const auto place = place_in(*list, leaf, path);
    if (!place) return std::unexpected(for_writing(place.error(), leaf));
    if (list->remove(machine_, *place)) return {};
    return std::unexpected(take_error());
  }
  const std::string what =
      holder.parent.is_null() ? " from null" : " from object of type [" + class_name(holder.parent) + "]";
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
    if (entry == nullptr) return std::unexpected(not_present(path, 0, access_));
    fields_->take_out(machine_, path.leaf().site, *entry);
    return {};
  }
  const auto holder = holder_of(path, false);
  if (!holder) return std::unexpected(holder.error());
  return remove_from(*holder, path);
}

}  // namespace sluice::ingest
