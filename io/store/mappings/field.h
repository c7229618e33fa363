#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/mappings/parameter_rules.h"
#include "pipeline/model/date_format.h"
#include "pipeline/model/schema.h"

namespace sluice::store {

/// The types of field_types.def.
enum class FieldType : std::uint8_t {
#define SLUICE_FIELD_TYPE(enumerator, name, kind, check) enumerator,
#include "io/store/mappings/field_types.def"
#undef SLUICE_FIELD_TYPE
};

/// How the values of a type are checked; one for a family of types.
enum class ValueCheck : std::uint8_t {
  kObject,
  kText,
  kKeyword,
  kConstantKeyword,
  kInteger,
  kUnsignedLong,
  kFloating,
  kDate,
  kBoolean,
  kIp,
  kBinary,
  kRange,
  kGeoPoint,
  kPoint,
  kShape,
  kFlattened,
  kAlias,
  kJoin,
  kCompletion,
  kDenseVector,
  kFeatures,
  kRankFeature,
  kTokenCount,
  kPercolator,
  kHistogram,
  kAggregateMetric,
  kJson,  ///< any JSON value
};

struct FieldTypeInfo {
  FieldType type;
  std::string_view name;
  pipeline::FieldKind kind;
  ValueCheck check;
};
const FieldTypeInfo& type_info(FieldType type);
/// Null: there is no such type.
const FieldTypeInfo* type_named(std::string_view name);

/// What happens to fields that an object's definition has not.
enum class Dynamic : std::uint8_t { kTrue, kFalse, kStrict, kRuntime };
std::string_view dynamic_name(Dynamic dynamic);

struct Field;
using FieldPtr = std::shared_ptr<const Field>;

/// Fields of one object by their names. Looking one up neither allocates nor compares more than one name as a rule.
class FieldTable {
 public:
  FieldTable() = default;
  /// Any order; the last of equal names stays.
  explicit FieldTable(std::vector<FieldPtr> fields);
  [[nodiscard]] const Field* find(std::string_view name) const;
  /// The position of a field in all(); it must be one of this table.
  [[nodiscard]] const FieldPtr* slot(std::string_view name) const;
  [[nodiscard]] const std::vector<FieldPtr>& all() const { return fields_; }
  [[nodiscard]] bool empty() const { return fields_.empty(); }

 private:
  std::vector<FieldPtr> fields_;      ///< sorted by name
  std::vector<std::uint32_t> index_;  ///< open addressing; 0: nothing, else a position plus one
};

/// A parameter that was given, as it is shown again.
struct Parameter {
  const ParameterRule* rule;
  std::string json;  ///< normalised: what GET _mapping prints
  bool shown;        ///< false: it equals the default
};

/// One field of a mapping with all below it. Immutable once it is in a tree; trees share fields.
struct Field {
  std::string name;  ///< the last part of the path
  std::string path;
  FieldType type = FieldType::kObject;
  ValueCheck check = ValueCheck::kObject;
  std::vector<Parameter> parameters;  ///< in the order in which they are shown

  // Objects.
  std::optional<Dynamic> dynamic;  ///< empty: as the object around it
  std::optional<bool> subobjects;
  std::optional<bool> enabled_given;
  bool enabled = true;
  FieldTable children;

  // Leaves.
  std::vector<FieldPtr> multi_fields;  ///< sorted by name
  std::vector<std::string> copy_to;
  std::string alias_path;
  std::optional<bool> coerce;
  std::optional<bool> ignore_malformed;
  std::optional<std::uint32_t> ignore_above;
  std::shared_ptr<const pipeline::DateFormat> date_format;
  pipeline::FieldSchema schema;

  [[nodiscard]] bool is_object() const { return check == ValueCheck::kObject; }
  /// Null: it was not given.
  [[nodiscard]] const Parameter* parameter(std::string_view name) const;
};

}  // namespace sluice::store
