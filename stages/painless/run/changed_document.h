#pragma once

#include <string_view>

#include "stages/painless/run/value.h"

namespace sluice::painless {

class Machine;
struct Class;
struct Map;

/// The document that a script changes, as its `metadata()` and `field()` see it: what `ctx` holds, in another shape.
/// The machine knows it while the script runs. Not thread-safe, as the machine.
class ChangedDocument {
 public:
  /// The map of its fields: `ctx._source`, or `ctx` itself in a pipeline. Null: an exception is pending.
  virtual Map* fields(Machine& machine) = 0;
  /// What `metadata()` is an object of, a subclass of org.elasticsearch.script.Metadata.
  [[nodiscard]] virtual const Class* metadata_class() const = 0;
  /// A text or a number, by its key in `ctx`; null: none. `_now` is a ZonedDateTime. An error value: an exception is
  /// pending, unsupported_operation_exception where a document that isn't there yet has none.
  virtual Value metadata(Machine& machine, std::string_view key) = 0;
  /// False: the key does not take it, and an illegal_argument_exception is pending.
  virtual bool set_metadata(Machine& machine, std::string_view key, Value value) = 0;

 protected:
  ~ChangedDocument() = default;
};

}  // namespace sluice::painless
