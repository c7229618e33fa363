#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// The settings of one component: names to texts or lists of texts. Nested names have dots.
class ComponentSettings {
 public:
  ComponentSettings() = default;
  /// An object as it stands in a request. Errors: x_content_parse_exception.
  static Result<ComponentSettings> parse(std::string_view json);
  /// `raw` is a JSON string, number, boolean, or an array of those.
  void set(std::string name, std::string_view raw);
  void set_text(std::string name, std::string text);
  void set_list(std::string name, std::vector<std::string> items);

  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  /// Nothing: not there. A list is its items with commas between them.
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::string text_or(std::string_view name, std::string_view fallback) const;
  /// Errors: settings_exception, `Failed to parse int setting [x] with value [y]`, 500, as Elasticsearch has it.
  [[nodiscard]] Result<std::int32_t> integer(std::string_view name, std::int32_t fallback) const;
  /// Errors: `Failed to parse value [x] as only [true] or [false] are allowed.`
  [[nodiscard]] Result<bool> flag(std::string_view name, bool fallback) const;
  /// A list; a text is split at its commas if `split`.
  [[nodiscard]] std::optional<std::vector<std::string>> list(std::string_view name, bool split = true) const;

 private:
  struct Value {
    std::vector<std::string> items;
    bool is_list = false;
  };
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace sluice::stages
