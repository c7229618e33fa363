#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::ingest {

/// A field that was cut out of a text.
struct DissectField {
  std::string_view name;     ///< the pattern's, or a part of the text where a value names the field
  std::string_view value;    ///< a part of the text, or joined by the match
  bool is_null = false;      ///< two `*` of a name make a field without a value
  std::uint32_t number = 0;  ///< of the field among Dissect::names()
};

/// What a text was cut into: reused from text to text, it allocates nothing once it is large enough. One thread.
class DissectMatch {
 public:
  /// In the node's order. Valid until the next match, and no longer than the text and the Dissect are.
  [[nodiscard]] std::span<const DissectField> fields() const { return fields_; }

 private:
  friend class Dissect;
  std::vector<std::string_view> values_;  ///< one for each key
  std::vector<DissectField> fields_;
  std::vector<DissectField> unordered_;
  std::vector<std::pair<std::size_t, std::size_t>> places_;  ///< bucket and number of each field
  std::string joined_;
};

/// A pattern of dissect, `%{ts->} [%{level}] %{*name}=%{&name} %{+message}`, that cuts texts at its delimiters, without
/// a regular expression. Immutable; any thread.
class Dissect {
 public:
  /// `append_separator` stands between values of `+`. Errors, with Elasticsearch's texts: `exception`, 500, caused by
  /// pattern_parse or key_parse.
  static Result<Dissect> compile(std::string_view pattern, std::string_view append_separator = {});

  /// The names of all fields, by their numbers; empty: a part of the text names the field.
  [[nodiscard]] std::vector<std::string_view> names() const;

  /// Cuts `text`, UTF-8. Errors: find_match, 500, the text is not as the pattern says.
  Status match(std::string_view text, DissectMatch& match) const;

 private:
  struct Parts;
  explicit Dissect(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  bool cut(std::string_view text, DissectMatch& match) const;
  void collect(DissectMatch& match) const;
  void put(const DissectField& field, DissectMatch& match) const;
  void order(DissectMatch& match) const;
  std::shared_ptr<const Parts> parts_;
};

}  // namespace sluice::ingest
