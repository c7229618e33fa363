#include "stages/ingest/ingest_map.h"

#include <algorithm>
#include <string>
#include <vector>

#include "stages/painless/api/moment.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/program.h"

namespace sluice::ingest {

using painless::known;
using painless::Machine;
using painless::String;
using painless::Value;
using stages::CtxRule;

namespace {

using Kind = CtxRule::Kind;

constexpr auto kRules = std::to_array<CtxRule>({{"_index", true, true, Kind::kText},
                                                {"_id", true, true, Kind::kText},
                                                {"_version", true, false, Kind::kNumber},
                                                {"_routing", true, true, Kind::kText},
                                                {"_version_type", true, true, Kind::kText},
                                                {"_if_seq_no", true, true, Kind::kNumber},
                                                {"_if_primary_term", true, true, Kind::kNumber},
                                                {"_dynamic_templates", true, true, Kind::kMap}});
static_assert(kRules.size() == kMetadataKeys);
constexpr auto kVersionTypes = std::to_array<std::string_view>({"internal", "external", "external_gte"});

bool check(Machine& machine, Metadata key, const Value& value) {
  if (key != Metadata::kVersionType || value.is_null()) return check_ctx_rule(machine, metadata_rule(key), value);
  const String* text = machine.as_string(value);
  if (text != nullptr && std::ranges::find(kVersionTypes, text->text()) != kVersionTypes.end()) return true;
  const String* shown = machine.to_text(value);
  if (shown == nullptr) return false;
  machine.raise(known().illegal_argument,
                "_version_type must be a null or one of [internal, external, external_gte] but was [" +
                    std::string(shown->text()) + "] with type [" + machine.class_of(value)->java_name + "]");
  return false;
}

std::optional<Metadata> metadata_key(Machine& machine, const Value& key) {
  const Value forced = machine.force(key);
  const String* text = machine.as_string(forced);
  return text == nullptr ? std::nullopt : metadata_named(text->text());
}

}  // namespace

const CtxRule& metadata_rule(Metadata key) { return kRules[static_cast<std::size_t>(key)]; }

std::optional<Metadata> metadata_named(std::string_view name) {
  if (!name.starts_with('_')) return std::nullopt;
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (kRules[i].key == name) return static_cast<Metadata>(i);
  }
  return std::nullopt;
}

std::array<Value, kMetadataKeys> IngestMap::none() {
  std::array<Value, kMetadataKeys> nothing{};
  nothing.fill(Value::null());
  return nothing;
}

bool IngestMap::set_metadata(Machine& machine, Metadata key, Value value) {
  value = machine.force(value);
  if (value.is_error() || !check(machine, key, value)) return false;
  metadata_[place(key)] = value;
  metadata_changed_ = true;
  if (first_entry_ == kNone) return true;
  // An entry for each that has a value, so that containsKey() and keySet() say so.
  hide_metadata(machine);
  show_metadata(machine);
  return true;
}

void IngestMap::take_out(Machine& machine, const painless::Site& name, Entry& entry) {
  changed = true;
  unlink(machine, static_cast<std::uint32_t>(&entry - entries));
  if (distinct) return;
  while (Entry* again = find_text(machine, name.name, name.hash)) {
    unlink(machine, static_cast<std::uint32_t>(again - entries));
  }
}

void IngestMap::add_field(Machine& machine, const painless::Site& name, Value value) {
  changed = true;
  const Value key = name.token.empty() ? Value::of(machine.text(name.name)) : Value::of_raw(name.token);
  append(machine.heap(), key, value, name.hash);
}

void IngestMap::show_metadata(Machine& machine) {
  if (first_entry_ != kNone) return;
  scan(machine);
  first_entry_ = used;
  for (std::size_t i = 0; i < kMetadataKeys; ++i) {
    if (metadata_[i].is_null()) continue;
    const std::string_view name = kRules[i].key;
    append(machine.heap(), Value::of(machine.text(name)), metadata_[i], painless::java_hash(name));
  }
}

void IngestMap::hide_metadata(Machine& machine) {
  if (first_entry_ == kNone) return;
  for (std::uint32_t i = first_entry_; i < used; ++i) {
    if (!entries[i].live || !metadata_key(machine, entries[i].key)) continue;
    unlink(machine, i);
    entries[i].value = Value::null();
  }
  first_entry_ = kNone;
}

std::string IngestMap::unexpected(Machine& machine) {
  scan(machine);
  bool suspected = odd != 0;
  for (std::uint32_t i = 0; i < used && !suspected; ++i) suspected = static_cast<char>(signatures[i] >> 16) == '_';
  if (!suspected) return {};
  std::vector<std::string> found;
  for (std::size_t i = 0; i < kMetadataKeys; ++i) {
    const CtxRule& rule = kRules[i];
    if (metadata_[i].is_null()) continue;
    Entry* entry = find_text(machine, rule.key, painless::java_hash(rule.key));
    if (entry == nullptr) continue;
    const String* shown = machine.to_text(entry->value);
    found.push_back(std::string(rule.key) + ":" + (shown == nullptr ? "" : std::string(shown->text())));
  }
  if (found.empty()) return {};
  std::ranges::sort(found);
  std::string text = "unexpected metadata [" + found.front();
  for (std::size_t i = 1; i < found.size(); ++i) text += ", " + found[i];
  return text + "] in source";
}

Value IngestMap::put_metadata(Machine& machine, Metadata key, Value value) {
  if (machine.document_read_only()) return machine.raise_read_only();
  const Value before = metadata_[place(key)];
  return set_metadata(machine, key, value) ? before : Value::error();
}

/// Errors: metadata that always have a value.
Value IngestMap::remove_metadata(Machine& machine, Metadata key) {
  const CtxRule& rule = metadata_rule(key);
  if (rule.nullable || machine.document_read_only()) return put_metadata(machine, key, Value::null());
  return machine.raise(known().illegal_argument, std::string(rule.key) + " cannot be removed");
}

Value IngestMap::put(Machine& machine, Value key, Value value) {
  if (const auto metadata = metadata_key(machine, key)) return put_metadata(machine, *metadata, value);
  if (const Value name = machine.force(key); !name.is_null() && machine.as_string(name) == nullptr)
    return machine.raise(known().class_cast);
  return Map::put(machine, key, value);
}

Value IngestMap::put_text(Machine& machine, const painless::Site& key, std::uint32_t& position, Value value) {
  if (const auto metadata = metadata_named(key.name)) return put_metadata(machine, *metadata, value);
  return Map::put_text(machine, key, position, value);
}

Value IngestMap::remove(Machine& machine, const Value& key) {
  if (const auto metadata = metadata_key(machine, key)) return remove_metadata(machine, *metadata);
  return Map::remove(machine, key);
}

bool IngestMap::clear(Machine& machine) {
  if (machine.document_read_only()) return !machine.raise_read_only().is_error();
  for (std::size_t i = 0; i < kMetadataKeys; ++i) {
    if (remove_metadata(machine, static_cast<Metadata>(i)).is_error()) return false;
  }
  hide_metadata(machine);
  return Map::clear(machine);
}

bool IngestMap::set_value(Machine& machine, Entry& entry, Value value) {
  if (const auto metadata = metadata_key(machine, entry.key))
    return !put_metadata(machine, *metadata, value).is_error();
  return Map::set_value(machine, entry, value);
}

painless::Map* IngestMap::fields(Machine& machine) {
  scan(machine);
  return this;
}

const painless::Class* IngestMap::metadata_class() const {
  static const painless::Class* const found =
      painless::Registry::get().class_named("org.elasticsearch.ingest.IngestDocMetadata");
  return found;
}

Value IngestMap::metadata(Machine& machine, std::string_view key) {
  if (key == "_now") return painless::api::moment_value(machine, now_);
  const auto named = metadata_named(key);
  return named ? machine.force(metadata(*named)) : Value::null();
}

bool IngestMap::set_metadata(Machine& machine, std::string_view key, Value value) {
  const auto named = metadata_named(key);
  return named && !put_metadata(machine, *named, value).is_error();
}

}  // namespace sluice::ingest
