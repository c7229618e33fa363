#include <limits>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

/// getByPath(): `a.b.0`, its steps, and what stands there.
class Path {
 public:
  Path(Machine& machine, std::string_view text) : machine_(machine), text_(text) {}

  /// Cuts it. False: it is none, and an exception is pending.
  bool read() {
    const std::string shown = "[" + std::string(text_) + "]";
    if (text_.empty()) return refuse("Missing path");
    if (text_.ends_with('.')) return refuse("Trailing '.' in path " + shown);
    std::string_view rest = text_;
    while (true) {
      const std::size_t dot = rest.find('.');
      steps_.push_back(rest.substr(0, dot));
      if (steps_.back().empty()) {
        return refuse("Extra '.' in path " + shown + " at index [" + std::to_string(steps_.size() - 1) + "]");
      }
      if (dot == std::string_view::npos) return true;
      rest.remove_prefix(dot + 1);
    }
  }

  /// What is there; `otherwise` where the last step finds nothing, null: that is an error too.
  Value find(Value at, const Value* otherwise) {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      at = machine_.force(at);
      if (at.is_null()) {
        return machine_.raise(known().null_pointer, "Cannot invoke \"Object.getClass()\" because \"obj\" is null");
      }
      bool found = true;
      if (Map* map = machine_.as_map(at)) {
        Map::Entry* entry = map->find(machine_, machine_.string_value(steps_[i]));
        if (machine_.failed()) return Value::error();
        found = entry != nullptr;
        if (found) at = map->value_of(machine_, *entry);
      } else if (List* list = machine_.as_list(at)) {
        at = item(*list, i);
      } else {
        refuse("Non-container [" + class_name(at) + "] at [" + std::string(steps_[i]) + "], index [" +
               std::to_string(i) + "] in path [" + std::string(text_) + "]");
        return Value::error();
      }
      if (at.is_error()) return at;
      if (found) continue;
      if (i + 1 == steps_.size() && otherwise != nullptr) return *otherwise;
      refuse(i + 1 == steps_.size()
                 ? "Could not find value at path [" + std::string(text_) + "]"
                 : "Container does not have [" + std::string(steps_[i]) + "], for non-terminal index [" +
                       std::to_string(i) + "] in path [" + std::string(text_) + "]");
      return Value::error();
    }
    return at;
  }

 private:
  Value item(List& list, std::size_t step) {
    const std::string_view digits = steps_[step];
    std::int64_t index = 0;
    if (!parse_integer(digits, 10, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(),
                       index)) {
      auto* thrown = machine_.heap().make<Throwable>(
          known().illegal_argument,
          machine_.string("Could not parse [" + std::string(digits) + "] as a int index into list at path [" +
                          std::string(text_) + "] and index [" + std::to_string(step) + "]"));
      thrown->cause = machine_.heap().make<Throwable>(
          known().number_format, machine_.string("For input string: \"" + std::string(digits) + "\""));
      return machine_.raise(thrown);
    }
    const std::uint32_t size = list.size(machine_);
    if (machine_.failed()) return Value::error();
    if (index < 0 || index >= size) return machine_.raise(known().index_out_of_bounds, bounds_text(index, size));
    return list.get(machine_, static_cast<std::uint32_t>(index));
  }
  [[nodiscard]] std::string class_name(const Value& value) const {
    const auto* array = value.is_object() ? dynamic_cast<const Array*>(value.o) : nullptr;
    return array != nullptr ? java_name_of(*array->array_type) : machine_.class_of(value)->java_name;
  }
  bool refuse(const std::string& reason) { return !machine_.raise(known().illegal_argument, reason).is_error(); }

  Machine& machine_;
  std::string_view text_;
  std::vector<std::string_view> steps_;
};

Value by_path(Machine& machine, const Value* a, const Value* otherwise) {
  if (missing(machine, a[1], "Cannot invoke \"String.length()\" because \"path\" is null")) return Value::error();
  Path path(machine, text(a[1]));
  return path.read() ? path.find(a[0], otherwise) : Value::error();
}
Value get_by_path(Machine& machine, const Value* a) { return by_path(machine, a, nullptr); }
Value get_by_path_or(Machine& machine, const Value* a) { return by_path(machine, a, &a[2]); }

constexpr MethodRow kPaths[] = {
    {"Object getByPath(String)", get_by_path, "What stands at a path of keys and places.",
     "['a': [['b': 5]]].getByPath('a.0.b')", "5"},
    {"Object getByPath(String,Object)", get_by_path_or, "Likewise, with something for a key that isn't there.",
     "['a': [:]].getByPath('a.b', 'none')", "none"},
};

constexpr ClassRow kRows[] = {
    {"java.util.WithPaths", "", "Methods of lists and maps.", kPaths, true, true},
};

}  // namespace

std::span<const ClassRow> path_family() { return kRows; }

}  // namespace sluice::painless::api
