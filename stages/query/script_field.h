#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/date_format.h"
#include "stages/analysis/analyzer.h"
#include "stages/painless/run/machine.h"
#include "stages/query/compile.h"
#include "stages/query/field_access.h"
#include "stages/query/value_readers.h"

namespace sluice::stages {

/// Where a script finds its fields.
struct ScriptScope {
  const pipeline::Schema* schema = nullptr;  ///< outlives the script
  std::string index;
  std::string nested;                       ///< the path of the nested object that it looks at; empty: the document
  const Analysis* analysis = nullptr;       ///< of the index; null: Elasticsearch's own analyzers only
  const RuntimeScripts* runtime = nullptr;  ///< of the schema; null: it has none
};

/// A field as `doc['field']` shows it to a script. Immutable; any thread.
class ScriptField {
 public:
  /// What it is read with is added to `reads`.
  static ScriptField make(std::string_view name, const ScriptScope& scope, ReadPlan& reads);

  /// ScriptDocValues$Longs and its kin; null: scripts can't have it.
  [[nodiscard]] const painless::Class* values_class() const { return class_; }
  /// What a script is told that asks for it, the reason of an illegal_argument_exception; empty: nothing.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// A script makes the values: see FieldAccess.
  [[nodiscard]] bool is_computed() const { return access_.is_computed(); }
  [[nodiscard]] std::uint32_t computed() const { return access_.computed(); }
  /// Appends the values of the document in the order of Lucene's doc values.
  void read(DocumentFields& document, painless::Machine& machine, std::vector<painless::Value>& values) const;

 private:
  enum class Of : std::uint8_t {
    kNothing,
    kLongs,
    kUnsigned,
    kDoubles,
    kBooleans,
    kStrings,
    kDates,
    kAddresses,
    kPoints,
    kIndex,
    kSeqNo,
    kVersion,
  };
  void set(Of of, std::string_view values_class);
  void set_metadata(std::string_view name);
  void set_field(const pipeline::FieldSchema& field, const ScriptScope& scope, ReadPlan& reads);
  Status prepare(const pipeline::FieldSchema& field, const ScriptScope& scope);

  void read_longs(DocumentFields& document, std::vector<painless::Value>& values) const;
  void read_doubles(DocumentFields& document, std::vector<painless::Value>& values) const;
  void read_booleans(DocumentFields& document, std::vector<painless::Value>& values) const;
  void read_strings(DocumentFields& document, painless::Machine& machine, std::vector<painless::Value>& values) const;
  void read_dates(DocumentFields& document, painless::Machine& machine, std::vector<painless::Value>& values) const;
  void read_addresses(DocumentFields& document, painless::Machine& machine, std::vector<painless::Value>& values) const;
  void read_points(DocumentFields& document, painless::Machine& machine, std::vector<painless::Value>& values) const;

  Of of_ = Of::kNothing;
  const painless::Class* class_ = nullptr;
  std::string problem_;
  FieldAccess access_;
  FloatingReader fraction_;
  bool nanos_ = false;
  bool repeats_ = false;  ///< equal texts are there more than once
  std::shared_ptr<const pipeline::DateFormat> format_;
  AnalyzerPtr normalizer_;
};

}  // namespace sluice::stages
