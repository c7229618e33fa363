#include <string>

#include "stages/painless/api/families.h"
#include "stages/painless/api/write_field.h"
#include "stages/painless/run/json_text.h"

/// Objects of a field, which it has one of or a list of.
namespace sluice::painless::api {

namespace {

NestedDocument* document_of(const Value& value) { return &object<NestedDocument>(value); }

Value document(Machine& machine, WriteField& field, Map* fields) {
  static const Class* const cls = Registry::get().class_named("org.elasticsearch.script.field.NestedDocument");
  return made(machine.heap().make<NestedDocument>(cls, &field, fields));
}

Value raise_unexpected(Machine& machine, const Value& value, const std::string& where) {
  return machine.raise(known().illegal_state, "Unexpected " + value_and_type(machine, value) + where);
}

/// The objects of a field as a list that may grow: one object becomes a list with it. Null: an exception is pending.
List* objects_of(Machine& machine, WriteField& field, const Value& there) {
  if (List* list = machine.as_list(there)) return list;
  if (machine.as_map(there) == nullptr) {
    raise_unexpected(machine, there, " at path [" + std::string(field.path->text()) + "], expected Map or List of Map");
    return nullptr;
  }
  ArrayList* list = new_list(machine);
  list->push(machine.heap(), there);
  return field.put(machine, Value::of(list)) ? list : nullptr;
}

/// Walks the objects of a list, and says which is none.
struct DocumentIterator final : Iterator {
  WriteField* field;
  Iterator* values;
  std::uint32_t index = 0;

  DocumentIterator(WriteField* of, Iterator* walked) : Iterator(known().iterator), field(of), values(walked) {}
  bool has_next(Machine& machine) override { return values->has_next(machine); }
  Value next(Machine& machine) override {
    const Value value = values->next(machine);
    if (value.is_error()) return value;
    if (Map* map = machine.as_map(value)) {
      ++index;
      return document(machine, *field, map);
    }
    return raise_unexpected(
        machine, value,
        " at [" + std::string(field->path->text()) + "] and index [" + std::to_string(index) + "] for docs() iterator");
  }
  Value remove(Machine& machine) override {
    Value there = Value::null();
    field->value(machine, there);
    if (machine.as_list(there) != nullptr) return values->remove(machine);
    return field->take_out(machine) ? Value::null() : Value::error();
  }
};

/// What `docs()` gives.
struct Documents final : Object {
  WriteField* field;

  Documents(const Class* iterable, WriteField* of) : Object(iterable), field(of) {}
};

}  // namespace

Value nested_new(Machine& machine, const Value* a) {
  WriteField& field = object<WriteField>(a[0]);
  if (!field.make_place(machine)) return Value::error();
  Map* fresh = new_hash_map(machine);
  Value there = Value::null();
  if (!field.value(machine, there))
    return field.put(machine, Value::of(fresh)) ? document(machine, field, fresh) : Value::error();
  List* list = objects_of(machine, field, there);
  return list != nullptr && list->add(machine, Value::of(fresh)) ? document(machine, field, fresh) : Value::error();
}

Value nested_at(Machine& machine, const Value* a) {
  WriteField& field = object<WriteField>(a[0]);
  const std::int32_t index = as_int(a[1]);
  Value there = Value::null();
  const bool found = field.value(machine, there);
  if (!found && index == 0) return nested_new(machine, a);
  if (index < 0 && (!found || machine.as_map(there) != nullptr))
    return machine.raise(known().index_out_of_bounds, bounds_text(index, found ? 1 : 0));
  List* list = nullptr;
  if (found) {
    list = objects_of(machine, field, there);
  } else if (field.make_place(machine)) {
    list = new_list(machine);
    if (!field.put(machine, Value::of(list))) return Value::error();
  }
  if (list == nullptr) return Value::error();
  if (index < 0) return list->raise_index(machine, index);
  const auto place = static_cast<std::uint32_t>(index);
  while (list->size(machine) <= place) {
    if (!machine.tick() || !list->add(machine, Value::of(new_hash_map(machine)))) return Value::error();
  }
  const Value value = list->get(machine, place);
  if (Map* map = machine.as_map(value)) return document(machine, field, map);
  const Class* cls = machine.class_of(value);
  if (cls == nullptr) return machine.null_pointer();
  return machine.raise(known().class_cast, class_cast_text(*cls, known().map->java_name));
}

Value nested_all(Machine& machine, const Value* a) {
  auto* field = &object<WriteField>(a[0]);
  Value there = Value::null();
  if (field->value(machine, there) && machine.as_list(there) == nullptr && machine.as_map(there) == nullptr)
    return raise_unexpected(machine, there, " at [" + std::string(field->path->text()) + "] for docs()");
  static const Class* const cls = Registry::get().class_named("org.elasticsearch.script.field.Documents");
  return made(machine.heap().make<Documents>(cls, field));
}

namespace {

Value documents_iterator(Machine& machine, const Value* a) {
  WriteField* field = object<Documents>(a[0]).field;
  return made(machine.heap().make<DocumentIterator>(field, field->walk(machine)));
}

Value field(Machine& machine, const Value* a) { return write_field(machine, a[1], document_of(a[0])->fields); }

/// In Elasticsearch too every call of it fails, whatever the document: scripts get the same answer here.
Value fields(Machine& machine, const Value* a) {
  (void)a;
  return machine.raise(known().unsupported_operation, "unimplemented");
}

Value is_empty(Machine& machine, const Value* a) {
  return Value::boolean(document_of(a[0])->fields->size(machine) == 0);
}
Value size(Machine& machine, const Value* a) {
  return Value::of_int(static_cast<std::int32_t>(document_of(a[0])->fields->size(machine)));
}
Value exists(Machine& machine, const Value* a) {
  (void)machine;
  (void)a;
  return Value::boolean(true);
}

Value remove(Machine& machine, const Value* a) {
  NestedDocument& nested = *document_of(a[0]);
  Value there = Value::null();
  if (!nested.parent->value(machine, there)) return Value::null();
  List* list = machine.as_list(there);
  if (list == nullptr) {
    const bool same = there.is_object() && there.o == nested.fields;
    return !same || nested.parent->take_out(machine) ? Value::null() : Value::error();
  }
  for (std::uint32_t i = 0; i < list->size(machine); ++i) {
    const Value item = list->get(machine, i);
    if (!machine.tick()) return Value::error();
    if (item.is_object() && item.o == nested.fields) return list->remove(machine, i) ? Value::null() : Value::error();
  }
  return Value::null();
}

constexpr MethodRow kDocument[] = {
    {"WriteField field(String)", field, "A field of the object.",
     "field('a').doc().field('b').set(1); return ctx._source", "{a={b=1}}"},
    {"Stream fields(String)", fields,
     "Refused with these words, as Elasticsearch does it: its allow-list has a method that its class has not.",
     "field('a').doc().fields('b*')", "unsupported_operation_exception: unimplemented"},
    {"boolean isEmpty()", is_empty, "Whether it has no fields.", "field('a').doc().isEmpty()", "true"},
    {"int size()", size, "How many fields it has.", "field('a').doc().size()", "0"},
    {"boolean exists()", exists, "True.", "field('a').doc().exists()", "true"},
    {"void remove()", remove, "Takes it out of its field.",
     "field('a').doc(1); field('a').doc(0).remove(); return ctx._source", "{a=[{}]}"},
};
constexpr MethodRow kDocuments[] = {
    {"Iterator iterator()", documents_iterator, "Walks the objects.",
     "field('a').doc(2); int n = 0; def i = field('a').docs().iterator(); while (i.hasNext()) { i.next(); n++ } return "
     "n",
     "3"},
};

constexpr ClassRow kRows[] = {
    {"org.elasticsearch.script.field.NestedDocument", "", "An object of a field.", kDocument, false, false,
     Contexts::kChanging},
    {"org.elasticsearch.script.field.Documents", "Iterable", "The objects of a field.", kDocuments, false, true},
};

}  // namespace

std::span<const ClassRow> nested_document_family() { return kRows; }

}  // namespace sluice::painless::api
