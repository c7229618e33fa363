#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/mappings/json_cursor.h"
#include "io/store/mappings/mapping_tree.h"
#include "io/store/mappings/new_fields.h"
#include "io/store/mappings/value_checks.h"

namespace sluice::store {

/// Walks one document along a mapping. Every function that says false has set error(). One document, one thread.
class DocumentWalker {
 public:
  DocumentWalker(const MappingTree& mapping, std::string_view id, const MappingLimits& limits, JsonCursor& cursor)
      : mapping_(mapping), id_(id), limits_(limits), cursor_(cursor) {}

  bool document();
  [[nodiscard]] Error take_error() { return std::move(*error_); }
  [[nodiscard]] CheckedDocument take_result();

 private:
  // document_walker.cpp: the walk over what is mapped
  bool members(const Scope& scope);
  bool member(const Scope& scope, std::string_view key);
  bool value(const Scope& scope, const Field& field);
  bool object_value(const Scope& scope, const Field& field);
  bool leaf_value(const Scope& scope, const Field& field);
  bool structured(const Field& field);
  void note_child(const Field& field, std::size_t at, std::string_view raw);
  bool scalar(const Scope& scope, const Field& field, std::string_view token);
  bool fits(const Field& field, std::string_view token, Misfit& misfit) const;
  bool copies(const Field& field, std::string_view token);
  bool unfit(const Field& field, std::size_t at, std::string_view raw, const Misfit& misfit);
  Scope inside(const Scope& scope, const Field& object) const;

  // unmapped_fields.cpp: names that the mapping has not
  bool unmapped(const Scope& scope, std::string_view key);
  bool dotted(const Scope& scope, std::string_view key);
  bool check_name(std::string_view key);
  bool metadata(std::string_view key);
  bool new_value(const Scope& scope, std::string_view key);
  bool new_object(const Scope& scope, std::string_view key);
  bool new_scalar(const Scope& scope, std::string_view key, std::string_view token);
  bool runtime_from_template(const Scope& scope, std::string_view key, const DynamicTemplate& matched,
                             const std::string& type);
  const Field* new_leaf(const Scope& scope, std::string_view key, std::string_view token);
  bool strict(const Scope& scope, std::string_view key);
  const DynamicTemplate* matching_template(const Scope& scope, std::string_view key, std::string_view json_type) const;
  const Field* from_template(const Scope& scope, std::string_view key, const DynamicTemplate& matched,
                             std::string_view type);
  bool within_limits(const Field& added);
  const Field* add_definition(const Scope& scope, std::string_view key, std::string_view definition);

  // walk_errors.cpp
  bool fail(std::size_t at, std::string_view type, const std::string& reason);
  bool fail_syntax();
  bool fail_limit(const std::string& reason);
  [[nodiscard]] Error cause_of(const Misfit& misfit, std::size_t behind) const;
  [[nodiscard]] std::string position(std::size_t at) const;
  [[nodiscard]] std::string preview(std::string_view raw) const;

  const MappingTree& mapping_;
  std::string_view id_;
  const MappingLimits& limits_;
  JsonCursor& cursor_;
  NewFields added_;
  std::vector<std::string> ignored_;
  std::deque<Field> passed_;  ///< objects that become no fields
  std::optional<Error> error_;
  std::optional<Error> without_routing_;
  std::optional<std::size_t> mapped_;  ///< how many fields the mapping has, once somebody asked
  std::uint32_t depth_ = 0;
  std::uint32_t nested_objects_ = 0;
  std::size_t key_at_ = 0;    ///< of the newest name
  std::size_t token_at_ = 0;  ///< of the newest value
};

}  // namespace sluice::store
