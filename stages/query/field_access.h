#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/schema.h"
#include "stages/query/document_fields.h"

namespace sluice::stages {

/// Where the values of one field are found: at its own place in `_source` and where `copy_to` names it. Immutable.
class FieldAccess {
 public:
  FieldAccess() = default;
  /// `scope`: the path of the nested object whose fields are read; empty: the document's.
  FieldAccess(const pipeline::FieldSchema& field, std::string_view scope, ReadPlan& reads, Take take = Take::kValues);
  /// Reads something else of it too.
  void add(const pipeline::FieldSchema& field, std::string_view scope, ReadPlan& reads, Take take);

  /// Calls `test(raw token)` for each value until one is true; nulls count as the mapping's `null_value`, or not at
  /// all. What is longer than `ignore_above` is left out.
  template <typename Test>
  bool any(DocumentFields& document, Test&& test) const {
    if (is_computed()) [[unlikely]] {
      return std::ranges::any_of(document.computed(computed_),
                                 [&](const FieldValue& value) { return test(value.token); });
    }
    return std::ranges::any_of(slots_, [&](std::uint32_t slot) {
      return std::ranges::any_of(document.values(slot), [&](const FieldValue& value) {
        std::string_view token = value.token;
        if (token == "null") {
          if (null_value_.empty()) return false;
          token = null_value_;
        }
        return !(ignore_above_ && is_too_long(token)) && test(token);
      });
    });
  }

  /// The same with each value as it was found, nulls too.
  template <typename Test>
  bool any_value(DocumentFields& document, Test&& test) const {
    if (is_computed()) [[unlikely]]
      return std::ranges::any_of(document.computed(computed_), test);
    return std::ranges::any_of(slots_,
                               [&](std::uint32_t slot) { return std::ranges::any_of(document.values(slot), test); });
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  /// A script makes the values, and this is its field's number in the plan.
  [[nodiscard]] bool is_computed() const { return computed_ != kNotComputed; }
  [[nodiscard]] std::uint32_t computed() const { return computed_; }

 private:
  static constexpr std::uint32_t kNotComputed = 0xFFFFFFFF;
  [[nodiscard]] bool is_too_long(std::string_view token) const;

  std::string path_;  ///< for people
  std::vector<std::uint32_t> slots_;
  std::string null_value_;  ///< raw JSON; empty: none
  std::optional<std::uint32_t> ignore_above_;
  std::uint32_t computed_ = kNotComputed;
};

}  // namespace sluice::stages
