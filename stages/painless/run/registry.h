#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/painless/api/rows.h"
#include "stages/painless/run/types.h"

namespace sluice::painless {

/// Classes that the machine itself makes or asks for.
struct KnownClasses {
  const Class* object = nullptr;
  const Class* string = nullptr;
  const Class* boolean = nullptr;
  const Class* byte = nullptr;
  const Class* short_ = nullptr;
  const Class* character = nullptr;
  const Class* integer = nullptr;
  const Class* long_ = nullptr;
  const Class* float_ = nullptr;
  const Class* double_ = nullptr;
  const Class* number = nullptr;
  const Class* list = nullptr;
  const Class* listed = nullptr;  ///< what keeps its items as a List of ours does
  const Class* array_list = nullptr;
  const Class* map = nullptr;
  const Class* hash_map = nullptr;
  const Class* linked_hash_map = nullptr;
  const Class* tree_map = nullptr;
  const Class* set = nullptr;
  const Class* hash_set = nullptr;
  const Class* linked_hash_set = nullptr;
  const Class* tree_set = nullptr;
  const Class* collection = nullptr;
  const Class* iterable = nullptr;
  const Class* iterator = nullptr;
  const Class* list_iterator = nullptr;
  const Class* map_entry = nullptr;
  const Class* char_sequence = nullptr;
  const Class* pattern = nullptr;
  const Class* matcher = nullptr;
  const Class* big_integer = nullptr;
  const Class* big_decimal = nullptr;
  const Class* comparator = nullptr;
  const Class* function = nullptr;  ///< java.util.function.Function
  const Class* throwable = nullptr;
  const Class* exception = nullptr;
  const Class* illegal_argument = nullptr;
  const Class* illegal_state = nullptr;
  const Class* null_pointer = nullptr;
  const Class* class_cast = nullptr;
  const Class* arithmetic = nullptr;
  const Class* index_out_of_bounds = nullptr;
  const Class* array_index_out_of_bounds = nullptr;
  const Class* string_index_out_of_bounds = nullptr;
  const Class* negative_array_size = nullptr;
  const Class* number_format = nullptr;
  const Class* unsupported_operation = nullptr;
  const Class* concurrent_modification = nullptr;
  const Class* no_such_element = nullptr;
  const Class* painless_error = nullptr;    ///< the loop limit; scripts can't catch it
  const Class* stack_overflow = nullptr;    ///< scripts can't catch it
  const Class* circuit_breaking = nullptr;  ///< a limit of memory, time or of a regular expression
  const Class* painless_explain = nullptr;  ///< Debug.explain()
};

/// The allow-list, made once from the rows of api/ and never changed. Any thread.
class Registry {
 public:
  static const Registry& get();

  [[nodiscard]] const KnownClasses& known() const { return known_; }
  /// The type that a script calls `name`: a primitive, `def`, a short or a full name of a class. Null: there is none.
  [[nodiscard]] const Type* type(std::string_view name) const;
  /// An array of `element`s. Made when first asked for.
  [[nodiscard]] const Type* array_of(const Type* element) const;
  [[nodiscard]] const Type* of(Kind kind) const { return simple_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] const Class* class_named(std::string_view java_name) const;
  /// All classes in the order of the rows; hidden ones (errors that scripts can't name) too.
  [[nodiscard]] const std::vector<const Class*>& classes() const { return list_; }

 private:
  Registry();
  void add_simple_types();
  void declare(const api::ClassRow& row);
  void link(const api::ClassRow& row);
  void add_member(Class& cls, const api::MethodRow& row);
  void flatten();
  void find_known();

  std::deque<Class> classes_;
  std::deque<Method> methods_;
  std::deque<Constant> constants_;
  std::deque<Type> types_;
  std::vector<const Class*> list_;
  std::unordered_map<std::string, Class*> by_java_name_;
  std::unordered_map<std::string, const Type*> by_name_;
  std::vector<const Type*> simple_;
  struct Arrays;
  std::unique_ptr<Arrays> arrays_;
  KnownClasses known_;
};

namespace detail {
/// Set once the registry is there: natives ask for classes all the time.
extern const KnownClasses* known_classes;
}  // namespace detail

inline const KnownClasses& known() {
  return detail::known_classes != nullptr ? *detail::known_classes : Registry::get().known();
}

}  // namespace sluice::painless
