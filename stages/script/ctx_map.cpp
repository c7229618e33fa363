#include "stages/script/ctx_map.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "stages/painless/api/moment.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map_keys.h"

namespace sluice::stages {

using painless::known;
using painless::Machine;
using painless::String;
using painless::Tag;
using painless::Value;

namespace {

using Kind = CtxRule::Kind;

// The text of a value is the index or the id, whatever the value is.
constexpr auto kReindexKeys = std::to_array<CtxRule>({{"_index", true, false, Kind::kAnything},
                                                      {"_id", true, true, Kind::kAnything},
                                                      {"_version", true, true, Kind::kNumber},
                                                      {"_routing", true, true, Kind::kText},
                                                      {"op", true, false, Kind::kText},
                                                      {"_now", false, false, Kind::kNumber}});
constexpr auto kOperations = std::to_array<std::string_view>({"delete", "index", "noop"});
constexpr auto kUpsertOperations = std::to_array<std::string_view>({"create", "noop"});
constexpr auto kUpdateKeys = std::to_array<CtxRule>({{"_index", false, false, Kind::kText},
                                                     {"_id", false, false, Kind::kText},
                                                     {"_version", false, false, Kind::kNumber},
                                                     {"_routing", false, false, Kind::kText},
                                                     {"_type", false, false, Kind::kText},
                                                     {"op", true, true, Kind::kText},
                                                     {"_now", false, false, Kind::kNumber}});
constexpr auto kUpsertKeys = std::to_array<CtxRule>({{"_index", false, false, Kind::kText},
                                                     {"_id", false, false, Kind::kText},
                                                     {"op", true, true, Kind::kText},
                                                     {"_now", false, false, Kind::kNumber}});

Value refuse(Machine& machine, const std::string& reason) { return machine.raise(known().illegal_argument, reason); }

std::string shown(Machine& machine, const Value& value) {
  const String* text = machine.to_text(value);
  return text == nullptr ? std::string() : std::string(text->text());
}

std::string joined(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  return list;
}

bool wrong_type(Machine& machine, const std::string& name, const Value& value, const std::string& wanted) {
  refuse(machine, name + " [" + shown(machine, value) + "] is wrong type, expected assignable to [java." + wanted +
                      "], not [" + machine.class_of(value)->java_name + "]");
  return false;
}

}  // namespace

bool check_ctx_rule(Machine& machine, const CtxRule& rule, const Value& value) {
  const std::string name(rule.key);
  if (!rule.updatable) {
    refuse(machine, name + " cannot be updated");
    return false;
  }
  if (value.is_null()) {
    if (!rule.nullable) refuse(machine, name + " cannot be null");
    return rule.nullable;
  }
  switch (rule.kind) {
    case Kind::kNumber:
      if (value.tag == Tag::kInt || value.tag == Tag::kLong) return true;
      if (!machine.is_a(value, known().number)) return wrong_type(machine, name, value, "lang.Number");
      refuse(machine, name + " may only be set to an int or a long but was [" + shown(machine, value) +
                          "] with type [" + machine.class_of(value)->java_name + "]");
      return false;
    case Kind::kText:
      return machine.as_string(value) != nullptr || wrong_type(machine, name, value, "lang.String");
    case Kind::kMap:
      return machine.as_map(value) != nullptr || wrong_type(machine, name, value, "util.Map");
    default:
      return true;
  }
}

const CtxRules& reindex_rules() {
  static constexpr CtxRules kRules{kReindexKeys, kOperations, "op", "org.elasticsearch.script.ReindexMetadata", {}};
  return kRules;
}

const CtxRules& update_rules() {
  static constexpr CtxRules kRules{kUpdateKeys, {}, "_routing", "org.elasticsearch.script.UpdateMetadata", kOperations};
  return kRules;
}

const CtxRules& upsert_rules() {
  static constexpr CtxRules kRules{
      kUpsertKeys, {}, "_index", "org.elasticsearch.script.UpsertMetadata", kUpsertOperations};
  return kRules;
}

const CtxRule* CtxMap::rule_of(std::string_view key) const {
  for (const CtxRule& rule : rules_->keys) {
    if (rule.key == key) return &rule;
  }
  return nullptr;
}

std::string CtxMap::unexpected(Machine& machine, Map& source) const {
  source.scan(machine);
  // Every document comes by here, and most keys say with their first letter that they are none.
  if (source.odd == 0 && !painless::may_begin_with(source, '_', 'o')) return {};
  std::vector<std::string> found;
  for (const CtxRule& rule : rules_->keys) {
    Entry* entry = source.find_text(machine, rule.key, painless::java_hash(rule.key));
    if (entry == nullptr) continue;
    found.push_back(std::string(rule.key) + ":" + shown(machine, source.value_of(machine, *entry)));
  }
  if (found.empty()) return {};
  std::ranges::sort(found);
  std::string text = "unexpected metadata [" + found.front();
  for (std::size_t i = 1; i < found.size(); ++i) text += ", " + found[i];
  return text + "] in source";
}

bool CtxMap::check(Machine& machine, std::string_view key, const Value& value) const {
  const std::string name(key);
  if (key == "_source") {
    if (machine.as_map(value) != nullptr) return true;
    const std::string class_text = value.is_null() ? "" : " with type [" + machine.class_of(value)->java_name + "]";
    refuse(machine, "Expected [_source] to be a Map, not [" + shown(machine, value) + "]" + class_text);
    return false;
  }
  const CtxRule* rule = rule_of(key);
  if (rule == nullptr) {
    refuse(machine, "Cannot put key [" + name + "] with value [" + shown(machine, value) + "] into ctx");
    return false;
  }
  if (!check_ctx_rule(machine, *rule, value)) return false;
  return key != "op" || value.is_null() || check_operation(machine, machine.as_string(value)->text());
}

bool CtxMap::check_operation(Machine& machine, std::string_view word) const {
  if (rules_->operations.empty() || std::ranges::find(rules_->operations, word) != rules_->operations.end())
    return true;
  refuse(machine, "[op] must be one of " + joined(rules_->operations) + ", not [" + std::string(word) + "]");
  return false;
}

Value CtxMap::put(Machine& machine, Value key, Value value) {
  value = machine.force(value);
  const String* name = machine.to_text(key);
  if (name == nullptr || value.is_error() || !check(machine, name->text(), value)) return Value::error();
  return Map::put(machine, Value::of(const_cast<String*>(name)), value);
}

Value CtxMap::put_text(Machine& machine, const painless::Site& key, std::uint32_t& place, Value value) {
  value = machine.force(value);
  if (value.is_error() || !check(machine, key.name, value)) return Value::error();
  return Map::put_text(machine, key, place, value);
}

Value CtxMap::remove(Machine& machine, const Value& key) {
  const String* name = machine.to_text(key);
  if (name == nullptr) return Value::error();
  const CtxRule* rule = rule_of(name->text());
  if (rule == nullptr) {
    return machine.raise(known().unsupported_operation, "Cannot remove key " + std::string(name->text()) + " from ctx");
  }
  if (!rule->nullable || !rule->updatable) return refuse(machine, std::string(name->text()) + " cannot be removed");
  return Map::remove(machine, key);
}

bool CtxMap::clear(Machine& machine) {
  refuse(machine, std::string(rules_->first) + " cannot be removed");
  return false;
}

bool CtxMap::set_value(Machine& machine, Entry& entry, Value value) {
  value = machine.force(value);
  const String* name = machine.to_text(entry.key);
  if (name == nullptr || value.is_error() || !check(machine, name->text(), value)) return false;
  return Map::set_value(machine, entry, value);
}

painless::Map* CtxMap::fields(Machine& machine) {
  Entry* entry = find_text(machine, "_source", painless::java_hash("_source"));
  return entry == nullptr ? nullptr : machine.as_map(value_of(machine, *entry));
}

const painless::Class* CtxMap::metadata_class() const {
  return painless::Registry::get().class_named(rules_->metadata_class);
}

Value CtxMap::metadata(Machine& machine, std::string_view key) {
  const CtxRule* rule = rule_of(key);
  if (rule == nullptr) {
    return machine.raise(known().unsupported_operation, std::string(key.substr(1)) + " is unavailable for insert");
  }
  Entry* entry = find_text(machine, key, painless::java_hash(key));
  const Value value = entry == nullptr ? Value::null() : machine.force(entry->value);
  if (key == "_now") return painless::api::moment_value(machine, value.i * 1'000'000);
  if (value.is_null() || rule->kind == Kind::kNumber) return value;
  String* text = machine.to_text(value);
  return text == nullptr ? Value::error() : Value::of(text);
}

bool CtxMap::set_metadata(Machine& machine, std::string_view key, Value value) {
  if (key == "op" && !rules_->metadata_operations.empty() && !check_metadata_operation(machine, value)) return false;
  return !put(machine, machine.string_value(key), value).is_error();
}

bool CtxMap::check_metadata_operation(Machine& machine, const Value& word) const {
  const std::string name = shown(machine, word);
  if (!word.is_null() && std::ranges::find(rules_->metadata_operations, name) != rules_->metadata_operations.end())
    return true;
  refuse(machine, name == "none"
                      ? "'none' is not allowed, use 'noop' instead"
                      : "op must be one of [" + joined(rules_->metadata_operations) + "], not [" + name + "]");
  return false;
}

}  // namespace sluice::stages
