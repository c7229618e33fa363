#pragma once

#include <cstdint>
#include <string_view>

#include "stages/painless/run/json_span.h"
#include "stages/painless/run/object.h"

namespace sluice::painless {

class Heap;

/// java.util.List and what has an order of its own, deques and queues too: ArrayList and its kin keep their elements
/// here; views override the virtual functions and say `flat = false`. A list of a document is read from its JSON when
/// it is first looked into, and written as it came as long as nothing in it has changed.
struct List : Object {
  Value* items = nullptr;  ///< flat lists
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;
  std::uint32_t modifications = 0;  ///< of its structure, for iterators
  bool flat = true;
  bool fixed_size = false;  ///< Arrays.asList(): set() only
  bool immutable = false;
  bool changed = false;  ///< since it was read from JSON
  bool pending = false;  ///< its JSON is not read yet
  JsonSpan json;         ///< as it came; empty: made by the script

  explicit List(const Class* list_class) : Object(list_class) {}

  /// Reads the JSON, once. Called before anything else is used; cheap when there is nothing to do.
  void open(Machine& machine) {
    if (pending) read_json(machine);
  }
  virtual std::uint32_t size(Machine& machine) {
    open(machine);
    return count;
  }
  /// The size for an iterator, which finds changes from elsewhere when it goes on, not when it asks whether there is
  /// more.
  virtual std::uint32_t walked_size(Machine& machine) { return size(machine); }
  /// `index` is within the size. May be raw.
  virtual Value get(Machine& machine, std::uint32_t index) {
    open(machine);
    return items[index];
  }
  /// `index` is within the size. False: an exception is pending.
  virtual bool set(Machine& machine, std::uint32_t index, Value value);
  /// Inserts before `index`, at most the size.
  virtual bool insert(Machine& machine, std::uint32_t index, Value value);
  virtual bool remove(Machine& machine, std::uint32_t index);
  virtual bool clear(Machine& machine);
  /// What Java throws where `get`, `set` or `remove` is asked for a place that isn't there.
  virtual Value raise_index(Machine& machine, std::int64_t index);
  /// Likewise where something is to be inserted.
  virtual Value raise_insertion(Machine& machine, std::int64_t index);
  virtual Iterator* walk(Machine& machine);
  bool add(Machine& machine, Value value) { return insert(machine, size(machine), value); }
  /// Room for `more` elements, flat lists.
  void reserve(Heap& heap, std::uint32_t more);
  /// Appends without asking whether that is allowed: for those who make the list.
  void push(Heap& heap, Value value) {
    if (count == capacity) reserve(heap, 1);
    items[count++] = value;
  }

  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
  /// Whether its JSON still says what it holds.
  bool as_it_came();

 protected:
  ~List() = default;
  bool may_resize(Machine& machine);
  /// Whether it came with a document that is for reading only.
  [[nodiscard]] bool kept(const Machine& machine) const;

 private:
  void read_json(Machine& machine);
};

/// The ordinary one.
struct ArrayList final : List {
  using List::List;
};

/// Walks a list; mutation from elsewhere is a concurrent_modification_exception.
struct ListIterator final : Iterator {
  List* list;
  std::uint32_t position = 0;
  std::uint32_t expected;
  std::int64_t last = -1;  ///< the element that remove() and set() mean

  ListIterator(const Class* iterator_class, List* of)
      : Iterator(iterator_class), list(of), expected(of->modifications) {}
  bool has_next(Machine& machine) override;
  Value next(Machine& machine) override;
  Value remove(Machine& machine) override;
};

}  // namespace sluice::painless
