#pragma once

#include <initializer_list>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// java.util.stream.Stream and its kin. Each step is done for all items before the next one begins; nothing a script
/// may call makes a stream without an end, so the results are those of Java's streams.
struct Stream final : Object {
  ArrayList* items;

  Stream(const Class* stream_class, ArrayList* of) : Object(stream_class), items(of) {}
};

/// The classes of streams.
struct StreamClasses {
  const Class* objects;
  const Class* ints;
  const Class* longs;
  const Class* doubles;
};
const StreamClasses& stream_classes();

inline Value make_stream(Machine& machine, const Class* stream_class, ArrayList* items) {
  return made(machine.heap().make<Stream>(stream_class, items));
}
inline ArrayList& items_of(const Value& stream) { return *object<Stream>(stream).items; }

/// java.util.stream.Collector: what collect() gathers with.
struct Collector : Object {
  using Object::Object;
  /// A new container, or a state of the collector's own.
  virtual Value start(Machine& machine) = 0;
  /// Takes an item; the state afterwards, an error when it can't.
  virtual Value add(Machine& machine, Value state, const Value& item) = 0;
  virtual Value finish(Machine& machine, Value state) = 0;

 protected:
  ~Collector() = default;
};

/// All items through a collector.
Value collect_all(Machine& machine, Collector& collector, ArrayList& items);

/// java.util.Optional and its primitive kin: a value or nothing.
struct Optional final : Object {
  Value value;
  bool present;

  Optional(const Class* optional_class, Value its_value, bool has_value)
      : Object(optional_class), value(its_value), present(has_value) {}
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
};
Value make_optional(Machine& machine, const char* java_name, const Value& value, bool present);

}  // namespace sluice::painless::api
