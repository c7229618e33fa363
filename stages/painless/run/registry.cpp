#include "stages/painless/run/registry.h"

#include <algorithm>
#include <cctype>
#include <mutex>
#include <stdexcept>
#include <unordered_set>

namespace sluice::painless {

namespace {

/// `java.util.Map$Entry` as messages print it.
std::string canonical(std::string_view java_name) {
  std::string name(java_name);
  std::ranges::replace(name, '$', '.');
  return name;
}

/// What a script may call it: `Map.Entry`.
std::string short_name(std::string_view java_name) { return canonical(java_name.substr(java_name.rfind('.') + 1)); }

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (!part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

/// A row that can't be read is a bug of ours, found by the first test that runs.
[[noreturn]] void bad_row(std::string_view cls, std::string_view signature) {
  throw std::logic_error("painless row [" + std::string(signature) + "] of [" + std::string(cls) + "] can't be read");
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

constexpr std::string_view kSimpleNames[] = {"void", "boolean", "byte",  "short",  "char",
                                             "int",  "long",    "float", "double", "def"};

}  // namespace

struct Registry::Arrays {
  std::mutex mutex;
  std::unordered_map<const Type*, Type> made;
};

const KnownClasses* detail::known_classes = nullptr;

const Registry& Registry::get() {
  static const Registry registry;
  return registry;
}

Registry::Registry() : arrays_(std::make_unique<Arrays>()) {
  for (const auto& family : api::families()) {
    for (const api::ClassRow& row : family) declare(row);
  }
  add_simple_types();
  for (const auto& family : api::families()) {
    for (const api::ClassRow& row : family) link(row);
  }
  flatten();
  find_known();
}

void Registry::declare(const api::ClassRow& row) {
  Class& cls = classes_.emplace_back();
  cls.id = static_cast<std::uint16_t>(classes_.size());
  cls.java_name = row.java_name;
  cls.name = canonical(row.java_name);
  cls.is_interface = row.is_interface;
  cls.contexts = row.contexts;
  types_.push_back(Type{Kind::kClass, &cls, nullptr, cls.name});
  cls.type = &types_.back();
  if (!by_java_name_.emplace(cls.java_name, &cls).second) bad_row(row.java_name, "declared twice");
  list_.push_back(&cls);
  if (row.hidden) return;
  by_name_.emplace(cls.name, cls.type);
  by_name_.emplace(short_name(row.java_name), cls.type);
}

void Registry::add_simple_types() {
  constexpr std::string_view kBoxes[] = {"",        "Boolean", "Byte",  "Short",  "Character",
                                         "Integer", "Long",    "Float", "Double", "Object"};
  for (std::size_t i = 0; i < std::size(kSimpleNames); ++i) {
    const Class* box = nullptr;
    if (const auto found = by_java_name_.find("java.lang." + std::string(kBoxes[i])); found != by_java_name_.end()) {
      box = found->second;
    }
    types_.push_back(Type{static_cast<Kind>(i), box, nullptr, std::string(kSimpleNames[i])});
    simple_.push_back(&types_.back());
    by_name_.emplace(kSimpleNames[i], &types_.back());
  }
}

void Registry::link(const api::ClassRow& row) {
  Class& cls = *by_java_name_.at(row.java_name);
  for (const std::string_view name : split(row.supers)) {
    const Type* super = type(name);
    const Class* found = super != nullptr ? super->cls : class_named(name);  // hidden classes go by their full names
    if (found == nullptr) bad_row(row.java_name, name);
    cls.supers.push_back(found);
  }
  for (const api::MethodRow& member : row.methods) add_member(cls, member);
}

void Registry::add_member(Class& cls, const api::MethodRow& row) {
  std::string_view text = row.signature;
  const auto typed = [&](std::string_view name) {
    const Type* found = type(name);
    if (found == nullptr) bad_row(cls.name, row.signature);
    return found;
  };
  const auto word = [&] {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) bad_row(cls.name, row.signature);
    const std::string_view taken = text.substr(0, space);
    text.remove_prefix(space + 1);
    return taken;
  };
  if (take(text, "const ")) {
    const Type* of = typed(word());
    constants_.push_back({std::string(text), of, row.call});
    if (!cls.constants.emplace(text, &constants_.back()).second) bad_row(cls.name, row.signature);
    return;
  }
  Method& method = methods_.emplace_back();
  method.owner = &cls;
  method.call = row.call;
  method.keeps_raw = row.flags == api::Flags::kKeepsRaw;
  method.contexts = row.contexts;
  method.is_static = take(text, "static ");
  method.is_abstract = take(text, "abstract ");
  const bool constructs = text.starts_with("new(");
  method.has_receiver = !method.is_static && !constructs;
  method.result = constructs ? cls.type : typed(word());
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) bad_row(cls.name, row.signature);
  method.name = constructs ? "<init>" : text.substr(0, open);
  for (const std::string_view name : split(text.substr(open + 1, text.size() - open - 2))) {
    method.parameters.push_back(typed(name));
  }
  if (method.call == nullptr && !method.is_abstract) bad_row(cls.name, row.signature);
  bool fresh = false;
  if (constructs) {
    fresh = cls.constructors.emplace(static_cast<std::uint32_t>(method.arity()), &method).second;
  } else {
    auto& members = method.is_static ? cls.statics : cls.methods;
    fresh = members.emplace(method.name + "/" + std::to_string(method.arity()), &method).second;
  }
  if (!fresh) bad_row(cls.name, row.signature);
  if (method.is_abstract) cls.functional = &method;
}

/// Gives each class what its ancestors have: the nearest one wins, classes before interfaces.
void Registry::flatten() {
  const Class* object = by_java_name_.at("java.lang.Object");
  for (Class& cls : classes_) {
    std::vector<const Class*> order{&cls};
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const Class* super : order[i]->supers) {
        if (std::ranges::find(order, super) == order.end()) order.push_back(super);
      }
    }
    if (std::ranges::find(order, object) == order.end()) order.push_back(object);
    cls.ancestors = std::move(order);
  }
  // Own members are still apart in each class here, so they are gathered before any class is changed.
  std::vector<std::unordered_map<std::string, const Method*>> gathered;
  std::vector<const Method*> functional;
  for (const Class& cls : classes_) {
    auto& methods = gathered.emplace_back();
    const Method* abstract = nullptr;
    for (const Class* above : cls.ancestors) {
      for (const auto& [key, method] : above->methods) methods.emplace(key, method);
      if (abstract == nullptr) abstract = above->functional;
    }
    functional.push_back(cls.is_interface ? abstract : nullptr);
  }
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    classes_[i].methods = std::move(gathered[i]);
    classes_[i].functional = functional[i];
  }
}

const Type* Registry::array_of(const Type* element) const {
  const std::scoped_lock lock(arrays_->mutex);
  Type& type = arrays_->made[element];
  if (type.element == nullptr) {
    type.kind = Kind::kArray;
    type.element = element;
    type.cls = known_.object != nullptr ? known_.object : by_java_name_.at("java.lang.Object");
    type.name = element->name + "[]";
  }
  return &type;
}

const Type* Registry::type(std::string_view name) const {
  if (name.ends_with("[]")) {
    const Type* element = type(name.substr(0, name.size() - 2));
    return element == nullptr || element->is_void() ? nullptr : array_of(element);
  }
  const auto found = by_name_.find(std::string(name));
  return found == by_name_.end() ? nullptr : found->second;
}

const Class* Registry::class_named(std::string_view java_name) const {
  const auto found = by_java_name_.find(std::string(java_name));
  return found == by_java_name_.end() ? nullptr : found->second;
}

void Registry::find_known() {
  struct Row {
    const Class* KnownClasses::* member;
    std::string_view name;
  };
  static constexpr Row kRows[] = {
#define KNOWN(member, name) {&KnownClasses::member, name},
#include "stages/painless/run/known_classes.def"
#undef KNOWN
  };
  for (const Row& row : kRows) {
    const Class* found = class_named(row.name);
    if (found == nullptr) bad_row(row.name, "the machine needs it");
    known_.*row.member = found;
  }
  detail::known_classes = &known_;
}

}  // namespace sluice::painless
