#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/schema.h"

namespace sluice::store {

class Mapping;
using MappingPtr = std::shared_ptr<const Mapping>;

/// What a mapping may depend on in its index's settings.
struct MappingLimits {
  std::uint32_t total_fields = 1000;      ///< index.mapping.total_fields.limit
  std::uint32_t depth = 20;               ///< index.mapping.depth.limit
  std::uint32_t nested_fields = 100;      ///< index.mapping.nested_fields.limit (OpenSearch and 8.x: 50)
  std::uint32_t nested_objects = 10'000;  ///< index.mapping.nested_objects.limit, in one document
  std::uint32_t field_name_length = 0;    ///< index.mapping.field_name_length.limit; 0: none
  bool ignore_malformed = false;          ///< index.mapping.ignore_malformed
  bool coerce = true;                     ///< index.mapping.coerce
};

/// Why a mapping is laid over another.
enum class MergeReason : std::uint8_t {
  kUpdate,    ///< of an index that may have documents: what they were checked with stays
  kTemplate,  ///< of an index that is being made: a field's later definition replaces the earlier one
};

/// What checking a document found.
struct CheckedDocument {
  /// Fields that the document brings and the mapping has not: merge it, then the document fits. Null: nothing new.
  MappingPtr update;
  std::vector<std::string> ignored;  ///< `_ignored`: fields whose malformed values were left out
  /// What is wrong with the document where it has no routing: it is somebody's child. Nothing: it needs none.
  std::optional<Error> without_routing;
};

/// An index's mapping: the tree of its fields, and what happens to fields that are not there. Immutable; changes make a
/// new one. Any thread. Behaviour: Elasticsearch 9, `reference/query-dsl.md` (mapping rules), real nodes.
class Mapping : public pipeline::Schema {
 public:
  /// Without fields, `dynamic: true`.
  static MappingPtr empty();
  /// `json` is what stands under `mappings`: `{"dynamic":..,"properties":{..},"_source":{..},"_routing":{..},..}`. A
  /// single unknown root key with an object that has `properties` is not unwrapped. Errors: mapper_parsing_exception
  /// with Elasticsearch's reason (`Failed to parse mapping: ..`, `No handler for type [x] declared on field [y]`, ...).
  static Result<MappingPtr> parse(std::string_view json);

  /// This mapping with `update` laid over it, as PUT _mapping does. Errors: illegal_argument_exception for what can't
  /// change (`mapper [a] cannot be changed from type [long] to [keyword]`) and for limits
  /// (`Limit of total fields [1000] has been exceeded`).
  [[nodiscard]] virtual Result<MappingPtr> merge(const Mapping& update, const MappingLimits& limits,
                                                 MergeReason reason) const = 0;
  [[nodiscard]] Result<MappingPtr> merge(const Mapping& update, const MappingLimits& limits) const {
    return merge(update, limits, MergeReason::kUpdate);
  }

  /// This mapping with the runtime fields of a search, `runtime_mappings`, beside and instead of its own. Errors:
  /// mapper_parsing_exception, illegal_argument_exception; kUnsupported by the name of a type.
  [[nodiscard]] virtual Result<MappingPtr> with_runtime(std::string_view json) const = 0;

  /// Checks a document's `_source` (a JSON object that has been parsed as such; Buffer::kPadding readable bytes behind
  /// it) against the mapping: every value has to fit its field's type; fields that are new get a type by dynamic
  /// mapping (dates by `dynamic_date_formats`, numbers, `dynamic_templates`, text with `.keyword`). Nothing is changed.
  /// Errors, with the field and a preview of the value, are document_parsing_exception and
  /// strict_dynamic_mapping_exception, 400, as Elasticsearch 9 words them. `id` is for the messages.
  [[nodiscard]] virtual Result<CheckedDocument> check(std::string_view source, std::string_view id,
                                                      const MappingLimits& limits) const = 0;

  /// As GET _mapping shows it: an object that parse() takes.
  [[nodiscard]] virtual std::string json() const = 0;
  [[nodiscard]] virtual bool routing_required() const = 0;
  /// `_source.enabled`.
  [[nodiscard]] virtual bool source_enabled() const = 0;
  /// The definition of one field as GET _mapping/field shows it under `mapping`: `{"name":{"type":..}}` (name: the last
  /// part of the path). Empty: there is none. `defaults`: include_defaults.
  [[nodiscard]] virtual std::string field_json(std::string_view path, bool defaults) const = 0;
};

}  // namespace sluice::store
