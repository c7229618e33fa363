#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/mappings/mapping.h"
#include "io/store/mappings/root.h"

namespace sluice::store {

/// The one Mapping there is: a tree of fields and an index of their paths. Immutable; any thread.
class MappingTree final : public Mapping {
 public:
  explicit MappingTree(Root root);

  [[nodiscard]] const pipeline::FieldSchema* find(std::string_view path) const override;
  [[nodiscard]] std::vector<const pipeline::FieldSchema*> matching(std::string_view pattern) const override;
  [[nodiscard]] std::vector<const pipeline::FieldSchema*> scripted() const override { return scripted_; }
  [[nodiscard]] const pipeline::FieldSchema* join() const override { return join_; }
  using Mapping::merge;
  [[nodiscard]] Result<MappingPtr> merge(const Mapping& update, const MappingLimits& limits,
                                         MergeReason reason) const override;
  [[nodiscard]] Result<MappingPtr> with_runtime(std::string_view json) const override;
  [[nodiscard]] Result<CheckedDocument> check(std::string_view source, std::string_view id,
                                              const MappingLimits& limits) const override;
  [[nodiscard]] std::string json() const override;
  [[nodiscard]] bool routing_required() const override { return root_.routing_required.value_or(false); }
  [[nodiscard]] bool source_enabled() const override { return root_.source_enabled; }
  [[nodiscard]] std::string field_json(std::string_view path, bool defaults) const override;

  [[nodiscard]] const Root& root() const { return root_; }
  /// Whether `runtime` has a field of this path.
  [[nodiscard]] bool is_runtime(std::string_view path) const;
  /// Null: there is no such field.
  [[nodiscard]] const Field* field(std::string_view path) const;

 private:
  void index(const std::vector<FieldPtr>& fields);
  void index_copies();
  void index_aliases();
  void index_runtime();

  Root root_;
  std::map<std::string, const Field*, std::less<>> fields_;
  std::map<std::string, const pipeline::FieldSchema*, std::less<>> schemas_;
  std::deque<pipeline::FieldSchema> copies_;   ///< of fields that others are copied to
  std::deque<pipeline::FieldSchema> aliases_;  ///< of aliases: their targets' under their own names
  std::map<std::string, pipeline::FieldSchema, std::less<>> runtime_;
  const pipeline::FieldSchema* join_ = nullptr;
  std::vector<const pipeline::FieldSchema*> scripted_;  ///< those of them that have scripts
};

}  // namespace sluice::store
