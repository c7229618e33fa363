#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/date_format.h"
#include "pipeline/model/schema.h"
#include "stages/query/hit_script.h"
#include "stages/query/query.h"
#include "stages/query/value_readers.h"
#include "stages/sort/sort_key.h"

namespace sluice::stages {

/// What a document is sorted by for one key: whole numbers (dates and booleans too), numbers, texts, or nothing.
struct SortValue {
  enum class Kind : std::uint8_t { kMissing, kWhole, kFloating, kText };
  Kind kind = Kind::kMissing;
  __extension__ __int128 whole = 0;
  double floating = 0;
  std::string text;
};

/// One sort key, made ready for one index. Immutable; any thread.
class Sorter {
 public:
  enum class By : std::uint8_t {
    kField,
    kDoc,
    kShardDoc,
    kScore,
    kId,
    kIndex,
    kSeqNo,
    kVersion,
    kScript,
    kGeoDistance
  };

  /// Errors: `No mapping found for [x] in order to sort on`, fields that can't be sorted by, 400.
  static Result<Sorter> make(const SortKey& key, const QueryContext& context);

  [[nodiscard]] By by() const { return by_; }
  /// The value of a document for a key on a field. Only with By::kField and By::kGeoDistance. Errors: of the scripts of
  /// runtime fields.
  [[nodiscard]] Result<SortValue> value(const QueryDocument& document) const;
  /// Likewise with By::kScript. Errors: of the script.
  [[nodiscard]] Result<SortValue> script_value(const QueryDocument& document, float score) const;
  /// What its values are, whatever a document has.
  [[nodiscard]] SortValue::Kind kind() const;
  /// Makes numbers with a fraction of whole ones: where another index has those, all are compared as such.
  void widen() { widened_ = true; }
  /// Before, the same, or after; missing ones where the key wants them.
  [[nodiscard]] std::weak_ordering compare(const SortValue& a, const SortValue& b) const;
  /// As `sort` of a hit shows it.
  void write(JsonWriter& out, const SortValue& value) const;
  /// Reads a value of `search_after`. Errors: values that the field's type does not take.
  [[nodiscard]] Result<SortValue> read(std::string_view json) const;

 private:
  Result<SortValue> field_value(const QueryDocument& document) const;
  Status prepare_number(const pipeline::FieldSchema& field, const QueryContext& context);
  Status prepare_field(const pipeline::FieldSchema& field, const QueryContext& context);
  Status prepare_reader(const pipeline::FieldSchema& field, const QueryContext& context);
  Status prepare_distance(const QueryContext& context);
  /// Calls `take` with each raw value of the field.
  template <typename Take>
  Status each_value(const QueryDocument& document, Take take) const;
  [[nodiscard]] Result<SortValue> distance(const QueryDocument& document) const;
  [[nodiscard]] std::optional<SortValue> convert(std::string_view token) const;

  SortKey key_;
  By by_ = By::kField;
  pipeline::FieldKind kind_ = pipeline::FieldKind::kKeyword;
  FloatingReader fraction_;
  bool narrow_ = false;  ///< its values are floats of Java
  bool nanos_ = false;
  bool unmapped_ = false;
  bool widened_ = false;  ///< whole numbers become numbers with a fraction
  bool cut_ = false;      ///< the other way round
  bool take_most_ = false;
  bool combines_ = false;           ///< mode sum, avg or median
  std::vector<std::string> paths_;  ///< where in `_source` its values stand
  FieldReaderPtr reader_;           ///< of runtime fields, nested objects and points; null: `paths_` say it all
  std::shared_ptr<const pipeline::DateFormat> format_;
  std::optional<SortValue> stand_in_;  ///< for what is missing
  AnalyzerPtr normalizer_;             ///< of keywords; null: none
  HitScriptPtr script_;                ///< kScript
};

}  // namespace sluice::stages
