#include "stages/painless/run/json_walk.h"

namespace sluice::painless {

void raise_malformed(Machine& machine, const JsonSpan& span) {
  machine.raise(known().illegal_argument,
                "[" + std::string(span.view().substr(0, 80)) + "] in the document is no JSON");
}

Value json_container(Machine& machine, const JsonSpan& span) {
  if (span.text[*span.begin] == '[') {
    auto* list = machine.heap().make<ArrayList>(known().array_list);
    list->json = span;
    list->pending = true;
    return Value::of(list);
  }
  auto* map = machine.heap().make<HashMap>(known().linked_hash_map, Order::kLinked);
  map->json = span;
  map->pending = true;
  return Value::of(map);
}

}  // namespace sluice::painless
