#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::pipeline {

/// The keys that one document has in the index of a field. Used again for the next document.
class KeyList {
 public:
  void clear() {
    bytes_.clear();
    ends_.clear();
    values_ = 0;
    unknown_ = false;
  }
  /// Bytes that sort as the field's values do; no key may be the beginning of another one.
  void add(std::string_view key) {
    bytes_.append(key);
    ends_.push_back(bytes_.size());
  }
  /// The document may match whatever is asked of the field.
  void add_unknown() { unknown_ = true; }
  /// How many different values the document has, as scores count them.
  void set_values(std::uint64_t values) { values_ = values; }

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }
  [[nodiscard]] bool unknown() const { return unknown_; }
  [[nodiscard]] std::uint64_t values() const { return values_; }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
  std::uint64_t values_ = 0;
  bool unknown_ = false;
};

/// How the index of a field is made from documents. Immutable; any thread; owns all that it needs.
class FieldKeys {
 public:
  virtual ~FieldKeys() = default;
  /// Everything that decides which keys a document has. Fields that say the same share an index.
  [[nodiscard]] virtual const std::string& definition() const = 0;
  /// Adds the keys of one document: at least all by which a query on the field can find it. `source` is JSON with
  /// Buffer::kPadding readable bytes behind it.
  virtual void append(std::string_view source, KeyList& keys) const = 0;
};
using FieldKeysPtr = std::shared_ptr<const FieldKeys>;

/// Keys of a field from `begin` on, up to but without `end`; an empty `end`: to the last one.
struct KeyRange {
  std::string begin;
  std::string end;
  bool one_key = false;  ///< `begin` is a key, and the only one in the range
};

/// Which documents a query can match, for a store that keeps an index of fields: no others, and the query itself has to
/// be asked of each of these. Immutable.
struct LookupPlan {
  enum class Kind : std::uint8_t {
    kField,  ///< those with a key of `field` in one of `ranges`
    kIds,    ///< those with one of `ids`
    kAllOf,  ///< those that are in each of `parts`; in one of them is good enough
    kOneOf,  ///< those that are in one of `parts`
  };
  Kind kind = Kind::kOneOf;
  FieldKeysPtr field{};
  std::vector<KeyRange> ranges{};  ///< in the order of their beginnings
  std::vector<std::string> ids{};
  std::vector<LookupPlan> parts{};

  /// Of several clauses that all have to match, those that have a plan.
  static std::optional<LookupPlan> all_of(std::vector<LookupPlan> parts) {
    if (parts.empty()) return std::nullopt;
    if (parts.size() == 1) return std::move(parts.front());
    LookupPlan plan;
    plan.kind = Kind::kAllOf;
    plan.parts = std::move(parts);
    return plan;
  }
};

}  // namespace sluice::pipeline
