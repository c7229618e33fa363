#include "stages/painless/run/json_walk.h"

namespace sluice::painless {

void JsonWalk::take_comma() {
  if (done()) return;
  if (text_[*at_] != ',') {
    malformed_ = true;
    at_ = end_;
    return;
  }
  ++at_;
}

std::string_view JsonWalk::key() {
  if (text_[*at_] != '"' || at_ + 1 >= end_ || text_[at_[1]] != ':' || at_ + 2 >= end_) {
    malformed_ = true;
    at_ = end_;
    return {};
  }
  const std::string_view token = scalar();
  ++at_;
  return token;
}

void raise_malformed(Machine& machine, const JsonSpan& span) {
  machine.raise(known().illegal_argument,
                "[" + std::string(span.view().substr(0, 80)) + "] in the document is no JSON");
}

Value JsonWalk::value(Machine& machine) {
  const char c = text_[*at_];
  if (c != '{' && c != '[') {
    const std::string_view token = scalar();
    take_comma();
    return c == 'n' ? Value::null() : Value::of_raw(token);
  }
  const std::uint32_t* begin = at_;
  std::int32_t depth = 0;
  do {
    const char bracket = text_[*at_++];
    depth += static_cast<int>(bracket == '{' || bracket == '[') - static_cast<int>(bracket == '}' || bracket == ']');
  } while (depth > 0 && at_ < end_);
  const Value made = json_container(machine, {text_, begin, at_});
  take_comma();
  return made;
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
