#include "stages/painless/api/write_field.h"

#include <string>

#include "stages/painless/api/families.h"
#include "stages/painless/run/changed_document.h"
#include "stages/painless/run/java_hash.h"

namespace sluice::painless::api {

namespace {

constexpr const char* kReadField = "org.elasticsearch.script.field.SourceMapField";

Map::Entry* entry_of(Machine& machine, Map& map, std::string_view key) {
  return map.find_text(machine, key, java_hash(key));
}

/// The segments of a path one after the other: all but the last are those of objects.
class Segments {
 public:
  explicit Segments(std::string_view path) : rest_(path) {}
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool is_last() const { return rest_.find('.') == std::string_view::npos; }
  [[nodiscard]] std::string_view first() const { return rest_.substr(0, rest_.find('.')); }
  void advance() { rest_.remove_prefix(rest_.find('.') + 1); }

 private:
  std::string_view rest_;
};

/// Walks the one value of a field, or none.
struct OneValueIterator final : Iterator {
  Value value;
  bool more;

  OneValueIterator(const Value& only, bool is_there) : Iterator(known().iterator), value(only), more(is_there) {}
  bool has_next(Machine& machine) override {
    (void)machine;
    return more;
  }
  Value next(Machine& machine) override {
    (void)machine;
    more = false;
    return value;
  }
  Value remove(Machine& machine) override { return machine.raise(known().unsupported_operation); }
};

Value field_in(Machine& machine, const Value& path, Map* within, const Class* cls) {
  if (missing(machine, path, "Cannot invoke \"String.indexOf(int)\" because \"this.path\" is null"))
    return Value::error();
  auto* made = machine.heap().make<WriteField>(cls, &object<String>(path), within);
  return made->resolve(machine) ? Value::of(made) : Value::error();
}

WriteField* field_of(const Value& value) { return &object<WriteField>(value); }

}  // namespace

std::string value_and_type(Machine& machine, const Value& value) {
  const String* text = machine.to_text(value);
  return "value [" + std::string(text == nullptr ? "" : text->text()) + "] of type [" +
         (value.is_null() ? "null" : machine.class_of(value)->java_name) + "]";
}

Value write_field(Machine& machine, const Value& path, Map* within) {
  static const Class* const cls = Registry::get().class_named(kWriteField);
  return field_in(machine, path, within, cls);
}

Map* WriteField::root(Machine& machine) const {
  return within != nullptr ? within : machine.changed_document()->fields(machine);
}

bool WriteField::resolve(Machine& machine) {
  leaf = nullptr;
  container = root(machine);
  if (container == nullptr) return false;
  Segments segments(path->text());
  while (!segments.is_last()) {
    Map::Entry* found = entry_of(machine, *container, segments.first());
    Map* next = found == nullptr ? nullptr : machine.as_map(container->value_of(machine, *found));
    if (next == nullptr) {
      if (entry_of(machine, *container, segments.rest()) != nullptr) leaf = machine.text(segments.rest());
      return !machine.failed();
    }
    container = next;
    segments.advance();
  }
  leaf = machine.text(segments.rest());
  return true;
}

bool WriteField::make_place(Machine& machine) {
  if (leaf != nullptr) return true;
  container = root(machine);
  if (container == nullptr) return false;
  Segments segments(path->text());
  for (int i = 0; !segments.is_last(); ++i, segments.advance()) {
    const std::string_view name = segments.first();
    Map::Entry* found = entry_of(machine, *container, name);
    if (found == nullptr) {
      Map* made = new_hash_map(machine);
      if (container->put(machine, Value::of(machine.text(name)), Value::of(made)).is_error()) return false;
      container = made;
      continue;
    }
    const Value there = container->value_of(machine, *found);
    Map* next = machine.as_map(there);
    if (next == nullptr) {
      machine.raise(known().illegal_argument, "Segment [" + std::to_string(i) + ":'" + std::string(name) + "'] has " +
                                                  value_and_type(machine, there));
      return false;
    }
    container = next;
  }
  leaf = machine.text(segments.rest());
  return true;
}

Map::Entry* WriteField::entry(Machine& machine) const {
  return leaf == nullptr ? nullptr : entry_of(machine, *container, leaf->text());
}

bool WriteField::value(Machine& machine, Value& found) const {
  Map::Entry* there = entry(machine);
  if (there == nullptr) return false;
  found = container->value_of(machine, *there);
  return true;
}

Iterator* WriteField::walk(Machine& machine) {
  Value found = Value::null();
  const bool there = value(machine, found);
  if (List* list = machine.as_list(found)) return list->walk(machine);
  return machine.heap().make<OneValueIterator>(found, there);
}

bool WriteField::write_json(Machine& machine, std::string& out, int depth) {
  ArrayList* values = new_list(machine);
  Iterator* walked = walk(machine);
  while (walked->has_next(machine)) {
    const Value item = walked->next(machine);
    if (item.is_error() || !machine.tick()) return false;
    values->push(machine.heap(), item);
  }
  return !machine.failed() && values->write_json(machine, out, depth);
}

namespace {

// --- what may be read

Value name(Machine& machine, const Value* a) {
  (void)machine;
  return Value::of(const_cast<String*>(field_of(a[0])->path));
}

Value exists(Machine& machine, const Value* a) { return Value::boolean(field_of(a[0])->entry(machine) != nullptr); }

std::int32_t size_of(Machine& machine, const Value& field) {
  Value found = Value::null();
  if (!field_of(field)->value(machine, found)) return 0;
  List* list = machine.as_list(found);
  return list == nullptr ? 1 : static_cast<std::int32_t>(list->size(machine));
}
Value size(Machine& machine, const Value* a) { return Value::of_int(size_of(machine, a[0])); }
Value is_empty(Machine& machine, const Value* a) { return Value::boolean(size_of(machine, a[0]) == 0); }

Value iterator(Machine& machine, const Value* a) { return made(field_of(a[0])->walk(machine)); }

Value get(Machine& machine, const Value* a) {
  Value found = Value::null();
  return field_of(a[0])->value(machine, found) ? found : a[1];
}

Value get_at(Machine& machine, const Value* a) {
  Value found = Value::null();
  if (!field_of(a[0])->value(machine, found)) return a[2];
  const std::int32_t index = as_int(a[1]);
  List* list = machine.as_list(found);
  if (list == nullptr) return index == 0 ? found : a[2];
  if (index < 0) return list->raise_index(machine, index);
  return static_cast<std::uint32_t>(index) < list->size(machine) ? list->get(machine, static_cast<std::uint32_t>(index))
                                                                 : a[2];
}

Value has_value(Machine& machine, const Value* a) {
  Iterator* walked = field_of(a[0])->walk(machine);
  while (walked->has_next(machine)) {
    const Value item = walked->next(machine);
    if (item.is_error() || !machine.tick()) return Value::error();
    if (machine.call_boolean(a[1], {item})) return Value::boolean(true);
    if (machine.failed()) return Value::error();
  }
  return machine.failed() ? Value::error() : Value::boolean(false);
}

// --- what changes it

/// The path that `move` and `overwrite` are given. Null: an exception is pending.
const String* path_of(Machine& machine, const Value& given, std::string_view method) {
  if (const String* text = machine.as_string(given)) return text;
  if (given.is_object() && given.o->type->java_name == kWriteField) return field_of(given)->path;
  const String* text = machine.to_text(given);
  if (text == nullptr) return nullptr;
  machine.raise(known().illegal_argument, "Cannot call " + std::string(method) + " with [" + std::string(text->text()) +
                                              "], must be String or WriteField, not [" +
                                              (given.is_null() ? "null" : machine.class_of(given)->java_name) + "]");
  return nullptr;
}

bool move_to(Machine& machine, WriteField& field, const String* path) {
  Value moved = Value::null();
  const bool there = field.value(machine, moved);
  if (!field.take_out(machine)) return false;
  field.path = path;
  if (!field.resolve(machine)) return false;
  return there ? field.make_place(machine) && field.put(machine, moved) : field.take_out(machine);
}

Value move(Machine& machine, const Value* a) {
  const String* path = path_of(machine, a[1], "move");
  if (path == nullptr) return Value::error();
  WriteField target(field_of(a[0])->type, path, field_of(a[0])->within);
  if (!target.resolve(machine)) return Value::error();
  const Value destination = Value::of(&target);
  if (size_of(machine, destination) != 0) {
    return machine.raise(known().illegal_argument,
                         "Cannot move to non-empty destination [" + std::string(path->text()) + "]");
  }
  return move_to(machine, *field_of(a[0]), path) ? a[0] : Value::error();
}

Value overwrite(Machine& machine, const Value* a) {
  const String* path = path_of(machine, a[1], "overwrite");
  return path != nullptr && move_to(machine, *field_of(a[0]), path) ? a[0] : Value::error();
}

Value remove(Machine& machine, const Value* a) {
  return field_of(a[0])->take_out(machine) ? Value::null() : Value::error();
}

Value set(Machine& machine, const Value* a) {
  WriteField& field = *field_of(a[0]);
  return field.make_place(machine) && field.put(machine, a[1]) ? a[0] : Value::error();
}

Value append(Machine& machine, const Value* a) {
  WriteField& field = *field_of(a[0]);
  if (!field.make_place(machine)) return Value::error();
  Value there = Value::null();
  field.value(machine, there);
  if (List* list = machine.as_list(there)) return list->add(machine, a[1]) ? a[0] : Value::error();
  ArrayList* values = new_list(machine);
  if (!there.is_null()) values->push(machine.heap(), there);
  values->push(machine.heap(), a[1]);
  return field.put(machine, Value::of(values)) ? a[0] : Value::error();
}

Value transform(Machine& machine, const Value* a) {
  WriteField& field = *field_of(a[0]);
  Value there = Value::null();
  if (!field.value(machine, there)) return a[0];
  List* list = machine.as_list(there);
  if (list == nullptr) {
    const Value changed = machine.call(a[1], {there});
    return !changed.is_error() && field.put(machine, changed) ? a[0] : Value::error();
  }
  for (std::uint32_t i = 0; i < list->size(machine); ++i) {
    if (!machine.tick()) return Value::error();
    const Value changed = machine.call(a[1], {list->get(machine, i)});
    if (changed.is_error() || !list->set(machine, i, changed)) return Value::error();
  }
  return machine.failed() ? Value::error() : a[0];
}

/// Leaves one of each value, in the order in which a java.util.HashSet has them.
Value deduplicate(Machine& machine, const Value* a) {
  Value there = Value::null();
  List* list = field_of(a[0])->value(machine, there) ? machine.as_list(there) : nullptr;
  if (list == nullptr) return a[0];
  HashMap* found = new_hash_map(machine);
  for (std::uint32_t i = 0; i < list->size(machine); ++i) {
    const Value item = machine.force(list->get(machine, i));
    if (!machine.tick() || item.is_error() || found->put(machine, item, Value::null()).is_error())
      return Value::error();
  }
  if (found->count == list->size(machine) && found->count < 2) return a[0];
  if (!list->clear(machine)) return Value::error();
  const std::uint32_t* places = found->in_order(machine);
  for (std::uint32_t i = 0; i < found->count; ++i) {
    if (!list->add(machine, found->key_of(machine, found->entries[places[i]]))) return Value::error();
  }
  return a[0];
}

Value remove_values_if(Machine& machine, const Value* a) {
  WriteField& field = *field_of(a[0]);
  Value there = Value::null();
  if (!field.value(machine, there)) return a[0];
  if (machine.as_list(there) != nullptr)
    return machine.call_method(there, "removeIf", {&a[1], 1}).is_error() ? Value::error() : a[0];
  const bool fits = machine.call_boolean(a[1], {there});
  return machine.failed() || (fits && !field.take_out(machine)) ? Value::error() : a[0];
}

Value remove_value(Machine& machine, const Value* a) {
  WriteField& field = *field_of(a[0]);
  Value there = Value::null();
  if (!field.value(machine, there)) return a[0];
  const std::int32_t index = as_int(a[1]);
  List* list = machine.as_list(there);
  if (list == nullptr) return index != 0 || field.take_out(machine) ? a[0] : Value::error();
  if (index < 0) return list->raise_index(machine, index);
  if (static_cast<std::uint32_t>(index) >= list->size(machine)) return a[0];
  return list->remove(machine, static_cast<std::uint32_t>(index)) ? a[0] : Value::error();
}

constexpr MethodRow kReading[] = {
    {"String getName()", name, "The path that it was asked for by.", "field('a.b').getName()", "a.b"},
    {"boolean exists()", exists, "Whether the document has it, be it null.",
     "ctx._source.a = null; return field('a').exists()", "true"},
    {"boolean isEmpty()", is_empty, "Whether it has no values.", "ctx._source.a = []; return field('a').isEmpty()",
     "true"},
    {"int size()", size, "How many values it has.", "ctx._source.a = [1, 2]; return field('a').size()", "2"},
    {"Iterator iterator()", iterator, "Walks its values.",
     "ctx._source.a = [1, 2]; int sum = 0; for (x in field('a')) { sum += x } return sum", "3"},
    {"def get(def)", get, "All that it has, or the argument where there is nothing.", "field('a').get('none')", "none",
     Flags::kKeepsRaw},
    {"def get(int,def)", get_at, "The value at a place, or the second argument where there is none.",
     "ctx._source.a = [1, 2]; return field('a').get(1, 0)", "2", Flags::kKeepsRaw},
    {"boolean hasValue(Predicate)", has_value, "Whether a value fits.",
     "ctx._source.a = [1, 2]; return field('a').hasValue(x -> x > 1)", "true"},
};

constexpr MethodRow kWriting[] = {
    {"WriteField move(def)", move, "Gives it another path, where there may be no value yet.",
     "ctx._source.a = 1; field('a').move('b.c'); return ctx._source", "{b={c=1}}"},
    {"WriteField overwrite(def)", overwrite, "Gives it another path, whatever is there.",
     "ctx._source.a = 1; ctx._source.b = 2; field('a').overwrite('b'); return ctx._source", "{b=1}"},
    {"void remove()", remove, "Takes it out of the document.",
     "ctx._source.a = 1; field('a').remove(); return ctx._source", "{}"},
    {"WriteField set(def)", set, "Gives it a value, and makes the objects on the way.",
     "field('a.b').set(1); return ctx._source", "{a={b=1}}", Flags::kKeepsRaw},
    {"WriteField append(def)", append, "Adds a value; one that was there alone becomes a list.",
     "ctx._source.a = 1; field('a').append(2); return ctx._source", "{a=[1, 2]}", Flags::kKeepsRaw},
    {"WriteField transform(Function)", transform, "Each value becomes what the function makes of it.",
     "ctx._source.a = [1, 2]; field('a').transform(x -> x * 2); return ctx._source", "{a=[2, 4]}"},
    {"WriteField deduplicate()", deduplicate, "Keeps one of each value, in no order that can be relied on.",
     "ctx._source.a = [1, 1]; field('a').deduplicate(); return ctx._source", "{a=[1]}"},
    {"WriteField removeValuesIf(Predicate)", remove_values_if, "Removes the values that fit.",
     "ctx._source.a = [1, 2]; field('a').removeValuesIf(x -> x > 1); return ctx._source", "{a=[1]}"},
    {"WriteField removeValue(int)", remove_value, "Removes the value at a place, if there is one.",
     "ctx._source.a = [1, 2]; field('a').removeValue(0); return ctx._source", "{a=[2]}"},
    {"NestedDocument doc()", nested_new, "One more object behind those that it has.",
     "field('a').doc().field('b').set(1); return ctx._source", "{a={b=1}}"},
    {"NestedDocument doc(int)", nested_at, "The object at a place; as many as are missing are made.",
     "field('a').doc(1).field('b').set(1); return ctx._source", "{a=[{}, {b=1}]}"},
    {"Iterable docs()", nested_all, "All its objects.",
     "ctx._source.a = [['b': 1], ['b': 2]]; int sum = 0; for (d in field('a').docs()) { sum += d.field('b').get(0) } "
     "return sum",
     "3"},
};

Value field_to_read(Machine& machine, const Value* a) {
  static const Class* const cls = Registry::get().class_named(kReadField);
  return field_in(machine, a[0], nullptr, cls);
}

constexpr MethodRow kConditionFunctions[] = {
    {"static SourceMapField field(String)", field_to_read, "A field of the document, by its dotted path.", "", ""},
};

constexpr ClassRow kRows[] = {
    {kReadField, "Iterable", "A field of a document that may be read.", kReading, false, false, Contexts::kCondition},
    {kWriteField, kReadField, "A field of a document that a script changes.", kWriting, false, false,
     Contexts::kChanging},
    {"org.elasticsearch.script.IngestConditionalScript", "", "Functions of conditions in pipelines.",
     kConditionFunctions, false, false, Contexts::kCondition},
};

}  // namespace

std::span<const ClassRow> write_field_family() { return kRows; }

}  // namespace sluice::painless::api
