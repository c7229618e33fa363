#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/painless/run/heap.h"
#include "stages/painless/run/list.h"
#include "stages/painless/run/map.h"

namespace sluice::painless {

/// ScriptDocValues: what `doc['field']` gives, the values of one field of the document, smallest first. They are read
/// when somebody asks for them. It is made once for a machine, and forgets the values behind each document.
struct DocValues : List {
  explicit DocValues(const Class* values_class) : List(values_class) { flat = false; }

  /// The next document's values are others.
  void forget() { loaded_ = false; }

  std::uint32_t size(Machine& machine) override {
    if (!loaded_) read(machine);
    return count;
  }
  Value get(Machine& machine, std::uint32_t index) override {
    if (!loaded_) read(machine);
    return items[index];
  }
  bool set(Machine& machine, std::uint32_t index, Value value) override;
  bool insert(Machine& machine, std::uint32_t index, Value value) override;
  bool remove(Machine& machine, std::uint32_t index) override;
  bool clear(Machine& machine) override;
  Value raise_index(Machine& machine, std::int64_t index) override;
  Value raise_insertion(Machine& machine, std::int64_t index) override;

  /// `A document doesn't have a value for a field! ..`
  static Value raise_empty(Machine& machine);

 protected:
  ~DocValues() = default;
  /// Appends the values of the document, in their order.
  virtual void load(Machine& machine, std::vector<Value>& values) = 0;

 private:
  void read(Machine& machine);

  bool loaded_ = false;
  std::vector<Value> values_;
};

/// The fields of the document that a script looks at. One machine's.
class DocFields {
 public:
  virtual ~DocFields() = default;
  /// The values of a field; they live as long as the machine. Null: an exception is pending.
  virtual DocValues* values(Machine& machine, std::string_view field) = 0;
  /// Whether the mapping has the field.
  [[nodiscard]] virtual bool contains(std::string_view field) const = 0;
  /// What `randomScore(seed)` and `randomScore(seed, 'field')` give; an error value: an exception is pending.
  virtual Value random_score(Machine& machine, std::int32_t seed, const std::string_view* field) = 0;
  /// What `emit(..)` gives to a runtime field; its arguments are those of the field's type. An error value: an
  /// exception is pending.
  virtual Value emit(Machine& machine, const Value* arguments);
  /// What `parse(..)` gives: milliseconds, by the format of a runtime field of dates.
  virtual Value parse_date(Machine& machine, const Value& text);
};

/// `doc`: a map that knows the fields of the mapping by their names and nothing else of a map. It lives as long as its
/// machine.
struct DocMap final : Map {
  explicit DocMap(DocFields& fields);

  Value put(Machine& machine, Value key, Value value) override;
  Value put_text(Machine& machine, const Site& key, std::uint32_t& place, Value value) override;
  Value remove(Machine& machine, const Value& key) override;
  bool clear(Machine& machine) override;
  bool contains(Machine& machine, const Value& key) override;

  // It is an object like any other, and no map of entries.
  // NOLINTBEGIN(bugprone-parent-virtual-call)
  Value to_string(Machine& machine) override { return Object::to_string(machine); }
  bool equals(Machine& machine, const Value& other) override { return Object::equals(machine, other); }
  std::int32_t hash(Machine& machine) override { return Object::hash(machine); }
  bool write_json(Machine& machine, std::string& out, int depth) override {
    return Object::write_json(machine, out, depth);
  }
  // NOLINTEND(bugprone-parent-virtual-call)

 protected:
  Entry* ask(Machine& machine, const Value& key) override;
  Entry* ask_text(Machine& machine, std::string_view key) override;
  /// Size, keys, values: what Elasticsearch's has not.
  void scan_json(Machine& machine) override;

 private:
  DocFields& fields_;
  Heap heap_{std::size_t{1} << 30};  ///< of the entries: the machine's is emptied behind each document
};

}  // namespace sluice::painless
