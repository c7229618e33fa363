#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/model/date_format.h"
#include "stages/painless/script.h"
#include "stages/query/document_script.h"
#include "stages/query/field_value.h"

namespace sluice::stages {

/// The scripts of a schema's runtime fields, compiled. What is made with them must not outlive them. Immutable; any
/// thread.
class RuntimeScripts {
 public:
  /// Null: no field of the schema has one. Errors: script_exception `compile error`, and what the context's own
  /// compiler says.
  static Result<std::shared_ptr<const RuntimeScripts>> make(const QueryContext& context);

  /// Null: the field has none.
  [[nodiscard]] std::shared_ptr<const painless::Script> find(std::string_view path) const;
  /// Where the scripts find their fields.
  [[nodiscard]] const ScriptScope& scope() const { return scope_; }

 private:
  ScriptScope scope_;
  std::map<std::string, std::shared_ptr<const painless::Script>, std::less<>> scripts_;
};

/// A runtime field whose values a script makes, within a plan of what is read. Immutable; any number of threads.
class RuntimeField {
 public:
  /// What the script names is added to `reads`, where its own script is already known as being made.
  static std::shared_ptr<const RuntimeField> make(const pipeline::FieldSchema& field, const RuntimeScripts& scripts,
                                                  ReadPlan& reads);
  RuntimeField(const pipeline::FieldSchema& field, DocumentScriptPtr script);

  /// Runs the script. What it fails with is told by DocumentFields::fail(), unless the field ignores that; there are no
  /// values then.
  void read(DocumentFields& document, EmittedValues& values) const;
  /// What `emit(..)` of the script gives. An error value: an exception is pending.
  painless::Value emit(painless::Machine& machine, const painless::Value* arguments, EmittedValues& values) const;
  /// Milliseconds of what `parse(..)` of a date's script is given, likewise.
  painless::Value parse_date(painless::Machine& machine, const painless::Value& text) const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  painless::Value emit_text(painless::Machine& machine, const painless::Value& text, EmittedValues& values) const;
  painless::Value emit_point(painless::Machine& machine, double lat, double lon, EmittedValues& values) const;

  std::string path_;
  pipeline::FieldKind kind_;
  std::shared_ptr<const pipeline::DateFormat> format_;  ///< of dates
  bool ignores_failures_;
  DocumentScriptPtr script_;
};

}  // namespace sluice::stages
