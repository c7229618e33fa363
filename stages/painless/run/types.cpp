#include "stages/painless/run/types.h"

#include <algorithm>

namespace sluice::painless {

namespace {

std::string member_key(std::string_view name, std::size_t arity) {
  std::string key(name);
  key += '/';
  key += std::to_string(arity);
  return key;
}

std::string accessor(std::string_view prefix, std::string_view property) {
  std::string name(prefix);
  name += property;
  char& first = name[prefix.size()];
  if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 'a' + 'A');
  return name;
}

}  // namespace

bool Class::is_a(const Class& other) const {
  return this == &other || std::ranges::find(ancestors, &other) != ancestors.end();
}

const Method* Class::method(std::string_view method_name, std::size_t arity) const {
  const auto found = methods.find(member_key(method_name, arity));
  return found == methods.end() ? nullptr : found->second;
}

const Method* Class::static_method(std::string_view method_name, std::size_t arity) const {
  const auto found = statics.find(member_key(method_name, arity));
  return found == statics.end() ? nullptr : found->second;
}

const Method* Class::constructor(std::size_t arity) const {
  const auto found = constructors.find(static_cast<std::uint32_t>(arity));
  return found == constructors.end() ? nullptr : found->second;
}

namespace {

/// `getID()` is the property `iD`: none begins with a capital letter.
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

const Method* Class::method_in(std::string_view method_name, std::size_t arity, Contexts where) const {
  const Method* found = method(method_name, arity);
  return found == nullptr || overlap(found->contexts, where) ? found : nullptr;
}

const Method* Class::getter(std::string_view property, Contexts where) const {
  if (property.empty() || is_upper(property.front())) return nullptr;
  const Method* found = method_in(accessor("get", property), 0, where);
  return found != nullptr ? found : method_in(accessor("is", property), 0, where);
}

const Method* Class::setter(std::string_view property, Contexts where) const {
  return property.empty() || is_upper(property.front()) ? nullptr : method_in(accessor("set", property), 1, where);
}

std::string java_name_of(const Type& type) {
  static constexpr std::string_view kLetters = "VZBSCIJFD";
  if (type.kind != Kind::kArray) return type.cls->java_name;
  const Type& element = *type.element;
  if (element.kind == Kind::kArray) return "[" + java_name_of(element);
  if (element.is_primitive()) return std::string("[") + kLetters[static_cast<std::size_t>(element.kind)];
  return "[L" + element.cls->java_name + ";";
}

}  // namespace sluice::painless
