#include "stages/painless/run/doc_values.h"

#include <string>

#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map_keys.h"

namespace sluice::painless {

namespace {

bool refuse(Machine& machine) {
  machine.raise(known().unsupported_operation, "doc values are unmodifiable");
  return false;
}

}  // namespace

Value DocFields::emit(Machine& machine, const Value* /*arguments*/) { return machine.null_pointer(); }
Value DocFields::parse_date(Machine& machine, const Value& /*text*/) { return machine.null_pointer(); }

void DocValues::read(Machine& machine) {
  loaded_ = true;
  values_.clear();
  load(machine, values_);
  items = values_.data();
  count = static_cast<std::uint32_t>(values_.size());
}

bool DocValues::set(Machine& machine, std::uint32_t /*index*/, Value /*value*/) { return refuse(machine); }
bool DocValues::insert(Machine& machine, std::uint32_t /*index*/, Value /*value*/) { return refuse(machine); }

bool DocValues::remove(Machine& machine, std::uint32_t /*index*/) {
  machine.raise(known().unsupported_operation);
  return false;
}

bool DocValues::clear(Machine& machine) { return size(machine) == 0 || remove(machine, 0); }

Value DocValues::raise_empty(Machine& machine) {
  return machine.raise(known().illegal_state,
                       "A document doesn't have a value for a field! Use doc[<field>].size()==0 to check if a document "
                       "is missing a field!");
}

Value DocValues::raise_index(Machine& machine, std::int64_t index) {
  if (size(machine) == 0) return raise_empty(machine);
  const std::string shown = std::to_string(index);
  if (index < 0) {
    return machine.raise(known().array_index_out_of_bounds,
                         "Index " + shown + " out of bounds for length " + std::to_string(count));
  }
  static const Class* const dates =
      Registry::get().class_named("org.elasticsearch.index.fielddata.ScriptDocValues$Dates");
  if (type == dates) {
    return machine.raise(
        known().index_out_of_bounds,
        "attempted to fetch the [" + shown + "] date when there are only [" + std::to_string(count) + "] dates.");
  }
  return machine.raise(known().index_out_of_bounds,
                       "A document doesn't have a value for a field at position [" + shown + "]!");
}

Value DocValues::raise_insertion(Machine& machine, std::int64_t /*index*/) {
  refuse(machine);
  return Value::error();
}

DocMap::DocMap(DocFields& fields) : Map(known().map, Order::kLinked), fields_(fields) {
  asks = true;
  pending = true;
}

Map::Entry* DocMap::ask(Machine& machine, const Value& key) {
  if (key.is_null()) {
    machine.raise(known().null_pointer, "Cannot invoke \"Object.toString()\" because \"key\" is null");
    return nullptr;
  }
  const String* name = machine.to_text(key);
  return name == nullptr ? nullptr : ask_text(machine, name->text());
}

Map::Entry* DocMap::ask_text(Machine& machine, std::string_view key) {
  const std::uint32_t signature = signature_of(key);
  for (std::uint32_t i = 0; i < used; ++i) {
    if (signatures[i] == signature && same_key(plain_text(entries[i]), key)) return &entries[i];
  }
  DocValues* values = fields_.values(machine, key);
  if (values == nullptr) return nullptr;
  Value name = Value::of(heap_.make<String>(known().string, heap_.copy(key)));
  return &append(heap_, name, Value::of(values), java_hash(key));
}

bool DocMap::contains(Machine& machine, const Value& key) {
  const String* name = key.is_null() ? nullptr : machine.to_text(key);
  return name != nullptr && fields_.contains(name->text());
}

void DocMap::scan_json(Machine& machine) { machine.raise(known().unsupported_operation); }

Value DocMap::put(Machine& machine, Value /*key*/, Value value) {
  static const Class* const values = Registry::get().class_named("org.elasticsearch.index.fielddata.ScriptDocValues");
  value = machine.force(value);
  if (!value.is_null() && !machine.is_a(value, values)) {
    return machine.raise(known().class_cast, class_cast_text(*machine.class_of(value), values->java_name));
  }
  return machine.raise(known().unsupported_operation);
}

Value DocMap::put_text(Machine& machine, const Site& /*key*/, std::uint32_t& /*place*/, Value value) {
  return put(machine, Value::null(), value);
}

Value DocMap::remove(Machine& machine, const Value& /*key*/) { return machine.raise(known().unsupported_operation); }

bool DocMap::clear(Machine& machine) {
  machine.raise(known().unsupported_operation);
  return false;
}

}  // namespace sluice::painless
