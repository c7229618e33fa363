#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/store/mappings/root.h"

namespace sluice::store {

/// An object while a document is walked: what it is, where it stands, and what holds for its unknown fields.
struct Scope {
  const Field* object;
  const Scope* around;  ///< null: the root
  Dynamic dynamic;
  bool subobjects;
  std::string_view nested_path;
};

/// Fields that a document brings, in the order of their paths. One document, one thread.
class NewFields {
 public:
  /// Null: it is not new.
  [[nodiscard]] const Field* find(std::string_view path) const;
  const Field* add(const Scope& scope, FieldPtr field);
  /// `definition`: raw JSON.
  void add_runtime(const std::string& path, std::string definition) { runtime_[path] = std::move(definition); }
  /// How many there are, as `index.mapping.total_fields.limit` counts them.
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] bool empty() const { return fields_.empty() && runtime_.empty(); }
  /// A mapping of nothing but the new fields and the objects around them.
  [[nodiscard]] Root root() const;

 private:
  struct Object {
    const Field* object;
    std::vector<std::string> children;  ///< paths
  };
  void link(const Scope& scope, const std::string& child);
  [[nodiscard]] FieldPtr tree(const std::string& path) const;

  std::map<std::string, FieldPtr, std::less<>> fields_;
  std::map<std::string, Object> objects_;
  std::map<std::string, std::string> runtime_;  ///< definitions
};

}  // namespace sluice::store
