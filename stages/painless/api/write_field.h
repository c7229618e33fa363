#pragma once

#include <string_view>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// What `field(path)` gives: a field of the document by its dotted path, found when it is asked for. An object on the
/// way is walked into; where there is none, the rest of the path is looked for as one key. Source: Elasticsearch's
/// WriteField and SourceMapField, as a node answers.
struct WriteField final : Object {
  const String* path;
  Map* within;  ///< the document it is of, an object of a list; null: the whole one
  Map* container = nullptr;
  const String* leaf = nullptr;  ///< its key in `container`; null: not there, nor anything to put it into

  WriteField(const Class* field_class, const String* its_path, Map* document)
      : Object(field_class), path(its_path), within(document) {}

  /// Looks for the field. False: an exception is pending.
  bool resolve(Machine& machine);
  /// Makes a place for it, objects on the way included. False: a value stands in the way, and an exception is pending.
  bool make_place(Machine& machine);
  [[nodiscard]] Map::Entry* entry(Machine& machine) const;
  /// The value where there is one; false: there is none.
  bool value(Machine& machine, Value& found) const;
  /// False: an exception is pending.
  bool put(Machine& machine, const Value& value) { return !container->put(machine, key(), value).is_error(); }
  bool take_out(Machine& machine) { return leaf == nullptr || !container->remove(machine, key()).is_error(); }
  /// Walks its values. Null: an exception is pending.
  Iterator* walk(Machine& machine);

  bool write_json(Machine& machine, std::string& out, int depth) override;

 private:
  [[nodiscard]] Value key() const { return Value::of(const_cast<String*>(leaf)); }
  Map* root(Machine& machine) const;
};

/// An object of a list of a field.
struct NestedDocument final : Object {
  WriteField* parent;
  Map* fields;

  NestedDocument(const Class* document_class, WriteField* of, Map* its_fields)
      : Object(document_class), parent(of), fields(its_fields) {}
};

inline constexpr const char* kWriteField = "org.elasticsearch.script.field.WriteField";

/// A field of the document, or of an object within it. An error value: an exception is pending.
Value write_field(Machine& machine, const Value& path, Map* within);

/// `value [1] of type [java.lang.Integer]`
std::string value_and_type(Machine& machine, const Value& value);

// What the rows of NestedDocument and of a field's documents are made of: nested_document.cpp.
Value nested_new(Machine& machine, const Value* a);
Value nested_at(Machine& machine, const Value* a);
Value nested_all(Machine& machine, const Value* a);

}  // namespace sluice::painless::api
