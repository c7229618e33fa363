#include "stages/script/ctx_map.h"

#include <array>
#include <string>

#include "stages/painless/run/machine.h"

namespace sluice::stages {

using painless::known;
using painless::Machine;
using painless::String;
using painless::Tag;
using painless::Value;

namespace {

/// What a key of ctx takes.
struct Rule {
  std::string_view key;
  bool updatable;
  bool nullable;
  bool number;  ///< int or long instead of text
};
constexpr std::array<Rule, 6> kRules = {{{"_index", true, false, false},
                                         {"_id", true, true, false},
                                         {"_version", true, true, true},
                                         {"_routing", true, true, false},
                                         {"op", true, false, false},
                                         {"_now", false, false, true}}};

const Rule* rule_of(std::string_view key) {
  for (const Rule& rule : kRules) {
    if (rule.key == key) return &rule;
  }
  return nullptr;
}

Value refuse(Machine& machine, const std::string& reason) { return machine.raise(known().illegal_argument, reason); }

std::string shown(Machine& machine, const Value& value) {
  const String* text = machine.to_text(value);
  return text == nullptr ? std::string() : std::string(text->text());
}

bool is_operation(std::string_view word) { return word == "index" || word == "noop" || word == "delete"; }

}  // namespace

bool CtxMap::check(Machine& machine, std::string_view key, const Value& value) {
  const std::string name(key);
  if (key == "_source") {
    if (machine.as_map(value) != nullptr) return true;
    const std::string type = value.is_null() ? "" : " with type [" + machine.class_of(value)->java_name + "]";
    refuse(machine, "Expected [_source] to be a Map, not [" + shown(machine, value) + "]" + type);
    return false;
  }
  if (key == "_id") return true;  // the text of a value is the id, whatever the value is
  const Rule* rule = rule_of(key);
  if (rule == nullptr) {
    refuse(machine, "Cannot put key [" + name + "] with value [" + shown(machine, value) + "] into ctx");
  } else if (!rule->updatable) {
    refuse(machine, name + " cannot be updated");
  } else if (value.is_null()) {
    if (rule->nullable) return true;
    refuse(machine, name + " cannot be null");
  } else if (rule->number) {
    if (value.tag == Tag::kInt || value.tag == Tag::kLong) return true;
    refuse(machine, name + " may only be set to an int or a long but was [" + shown(machine, value) + "] with type [" +
                        machine.class_of(value)->java_name + "]");
  } else if (const String* text = machine.as_string(value); text == nullptr) {
    refuse(machine, name + " [" + shown(machine, value) +
                        "] is wrong type, expected assignable to [java.lang.String], not [" +
                        machine.class_of(value)->java_name + "]");
  } else if (key == "op" && !is_operation(text->text())) {
    refuse(machine, "[op] must be one of delete, index, noop, not [" + std::string(text->text()) + "]");
  } else {
    return true;
  }
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
  if (name->text() == "_source")
    return machine.raise(known().unsupported_operation, "Cannot remove key _source from ctx");
  if (const Rule* rule = rule_of(name->text()); rule != nullptr && (!rule->nullable || !rule->updatable)) {
    return refuse(machine, std::string(name->text()) + " cannot be removed");
  }
  return Map::remove(machine, key);
}

bool CtxMap::clear(Machine& machine) {
  refuse(machine, "_index cannot be removed");
  return false;
}

bool CtxMap::set_value(Machine& machine, Entry& entry, Value value) {
  value = machine.force(value);
  const String* name = machine.to_text(entry.key);
  if (name == nullptr || value.is_error() || !check(machine, name->text(), value)) return false;
  return Map::set_value(machine, entry, value);
}

}  // namespace sluice::stages
