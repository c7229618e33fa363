#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/ingest/template.h"
#include "stages/ingest/value_template.h"
#include "stages/parse/json_object.h"

namespace sluice::ingest {

/// Java's name of the class that a node reads a JSON value into: `java.lang.Integer`, `java.util.HashMap`.
std::string json_class_name(std::string_view json);

/// An object of a pipeline's body whose options are taken one after the other; what is left in the end is unknown.
/// `json` outlives it and has Buffer::kPadding readable bytes behind it. Errors of all that take: parse_exception, 400,
/// with the option's name, and the processor's type and tag. Source: reference/ingest.md 2 and 13.
class Config {
 public:
  /// Without options: for errors.
  explicit Config(std::string type) : type_(std::move(type)) {}
  /// `type` of a processor; empty: the pipeline itself.
  static Result<Config> parse(std::string type, std::string_view json);

  [[nodiscard]] const std::string& type() const { return type_; }
  [[nodiscard]] const std::string& tag() const { return tag_; }
  /// From here on errors show it.
  void set_tag(std::string tag) { tag_ = std::move(tag); }

  /// Whether an option is there, null or not.
  [[nodiscard]] bool has(std::string_view name) const;
  /// The raw value of an option; nothing: it is not there, or null.
  std::optional<std::string_view> take(std::string_view name);
  /// Likewise of one that has to be there.
  Result<std::string_view> take_required(std::string_view name);
  Result<std::string> text(std::string_view name);
  Result<std::optional<std::string>> optional_text(std::string_view name);
  Result<std::string> text_or(std::string_view name, std::string_view fallback);
  Result<bool> flag(std::string_view name, bool fallback);
  Result<std::int32_t> integer(std::string_view name, std::int32_t fallback);
  Result<std::optional<std::int32_t>> optional_integer(std::string_view name);
  /// A list of strings.
  Result<std::vector<std::string>> list(std::string_view name);
  Result<std::optional<std::vector<std::string>>> optional_list(std::string_view name);
  /// A string, or a list of them.
  Result<std::vector<std::string>> text_or_list(std::string_view name);
  /// The raw elements of a list.
  Result<std::optional<std::vector<std::string_view>>> optional_elements(std::string_view name);
  /// A raw object.
  Result<std::string_view> object(std::string_view name);
  Result<std::optional<std::string_view>> optional_object(std::string_view name);
  /// A text with mustache's tags in it. Errors: script_exception too.
  Result<Template> text_template(std::string_view name);
  Result<std::optional<Template>> optional_text_template(std::string_view name);
  Result<Template> text_template_or(std::string_view name, std::string_view fallback);
  /// A path with such tags.
  Result<PathTemplate> path(std::string_view name);
  /// A path without, for a member of a processor: it lasts, so it must not be one of something that passes.
  Result<FieldPath> fixed_path(std::string_view name);
  /// Likewise of one that may be left out.
  Result<FieldPath> path_or(std::string_view name, std::string_view fallback);
  /// `target_field`, which is the field itself where it is not given.
  Result<FieldPath> target_path(const FieldPath& field);

  /// `[name] reason`.
  [[nodiscard]] Error problem(std::string_view name, const std::string& reason) const;
  /// `reason`, of no option.
  [[nodiscard]] Error problem(const std::string& reason) const;
  /// The same error with the processor's type and tag, and the option's name if it is not empty.
  [[nodiscard]] Error placed(Error error, std::string_view name = {}) const;
  /// All that is left, as one object, which lives as long as this: what a script is made of.
  std::string_view take_rest();
  /// What is left: the names, in the order of their text.
  [[nodiscard]] std::vector<std::string> left() const;

 private:
  struct Option {
    std::string name;
    std::string_view value;
    bool taken = false;
  };
  Error wrong_type(std::string_view name, std::string_view wanted, std::string_view value) const;

  std::string type_;
  std::string tag_;
  std::vector<Option> options_;
  std::string rest_;
};

}  // namespace sluice::ingest
