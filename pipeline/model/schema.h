#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::pipeline {

/// What a field holds, by Elasticsearch's mapping types. Types that compare alike share a kind.
enum class FieldKind : std::uint8_t {
  kText,      ///< text, match_only_text, search_as_you_type, ...
  kKeyword,   ///< keyword, wildcard, constant_keyword, ...
  kInteger,   ///< long, integer, short, byte: signed, 64 bits at most
  kUnsigned,  ///< unsigned_long
  kFloating,  ///< double, float, half_float, scaled_float
  kBoolean,
  kDate,  ///< date, date_nanos
  kIp,
  kRange,  ///< integer_range, date_range, ip_range, ...
  kGeoPoint,
  kGeoShape,
  kBinary,
  kFlattened,
  kObject,
  kNested,
  kVector,
  kOther,  ///< kept and returned, not searchable
};

/// What makes the values of a runtime field.
struct RuntimeScript {
  std::string source;             ///< empty for a stored script
  std::string id;                 ///< of a stored script
  std::string params;             ///< raw JSON object; empty: none
  bool ignores_failures = false;  ///< `on_script_error: continue`: a document on which it fails has no value
};

/// Which documents of a `join` field are whose children.
struct JoinRelations {
  std::vector<std::pair<std::string, std::vector<std::string>>> children;  ///< by the names of their parents

  [[nodiscard]] bool is_parent(std::string_view name) const { return children_of(name) != nullptr; }
  /// Null: it has none.
  [[nodiscard]] const std::vector<std::string>* children_of(std::string_view parent) const {
    const auto found =
        std::ranges::find(children, parent, [](const auto& each) { return std::string_view(each.first); });
    return found == children.end() ? nullptr : &found->second;
  }
  /// Null: it is nobody's child.
  [[nodiscard]] const std::string* parent_of(std::string_view child) const {
    for (const auto& [parent, names] : children) {
      if (std::ranges::find(names, child) != names.end()) return &parent;
    }
    return nullptr;
  }
};

/// What a query has to know of one field.
struct FieldSchema {
  std::string path;  ///< full name, dots between the parts
  /// Where in `_source` its values stand: the parent's path for a multi-field, the target's for an alias.
  std::string source_path;
  std::vector<std::string> copied_from;  ///< more such places: of the fields whose `copy_to` names it
  FieldKind kind = FieldKind::kOther;
  std::string type;                                     ///< Elasticsearch's name of the type: `long`, `date_nanos`
  std::string format;                                   ///< of dates, empty: the usual one
  std::string orientation;                              ///< of shapes; empty: right
  std::string analyzer;                                 ///< of text, empty: the index's default
  std::string search_analyzer;                          ///< of text that is searched for, empty: the same
  std::string search_quote_analyzer;                    ///< of phrases that are searched for, empty: the one for search
  std::string normalizer;                               ///< of keywords, empty: none
  std::optional<std::uint32_t> position_increment_gap;  ///< of text, positions between two values
  std::optional<std::string> null_value;                ///< raw JSON
  std::optional<std::uint32_t> ignore_above;            ///< UTF-16 units
  /// A value that its type does not take stays in `_source` alone; nothing: as the index has it.
  std::optional<bool> ignores_malformed{};
  double scaling_factor = 1;  ///< of scaled_float
  bool indexed = true;
  bool doc_values = true;
  bool stored = false;
  bool norms = true;                 ///< lengths of texts count for scores
  bool frequencies = true;           ///< how often a word comes counts for scores
  bool positions = true;             ///< phrases can be looked for
  bool split_on_whitespace = false;  ///< of keywords: split_queries_on_whitespace
  std::string nested_path;           ///< the innermost nested object it lives in; empty: none
  bool positive_impact = true;       ///< of rank features: more of them scores higher
  bool runtime = false;              ///< made while it is asked for: it has no index, no words, and scores 1
  /// Of a runtime field, what makes its values; null: they stand at source_path.
  std::shared_ptr<const RuntimeScript> script{};
  std::shared_ptr<const JoinRelations> join{};  ///< of a `join` field; null for others

  /// The format of the dates that are its values, as `format` is.
  [[nodiscard]] std::string_view value_format() const {
    return script == nullptr ? std::string_view(format) : std::string_view("epoch_millis");
  }
};

/// The fields of an index, for whoever has to find out what a name in a query means. Immutable; any thread.
class Schema {
 public:
  virtual ~Schema() = default;
  /// Null: there is no such field. Aliases of fields are followed. Valid as long as the schema.
  [[nodiscard]] virtual const FieldSchema* find(std::string_view path) const = 0;
  /// All fields, objects included, whose full name matches a pattern with `*`; in the order of their names.
  [[nodiscard]] virtual std::vector<const FieldSchema*> matching(std::string_view pattern) const = 0;
  /// The `join` field, of which an index has one at most; null: it has none.
  [[nodiscard]] virtual const FieldSchema* join() const { return nullptr; }
  /// The runtime fields that have scripts, in the order of their names.
  [[nodiscard]] virtual std::vector<const FieldSchema*> scripted() const { return {}; }
};

}  // namespace sluice::pipeline
