#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::ingest {

/// How the bank's patterns name what they capture: as they always did, or as the Elastic Common Schema does.
enum class EcsMode : std::uint8_t { kDisabled, kV1 };

/// The mode of `ecs_compatibility`. Errors: parse_exception, 400, `unsupported mode 'x'`.
Result<EcsMode> ecs_mode(std::string_view name);

/// A named pattern.
struct PatternDefinition {
  std::string name;
  std::string pattern;
};

/// The patterns that grok expressions may use by name. Immutable; any thread.
class PatternBank {
 public:
  /// The built-in patterns, in their order: what `GET _ingest/processor/grok` answers. Made when first asked for.
  static const PatternBank& built_in(EcsMode mode);

  /// The bank with more patterns, which replace those of the same name. Errors, in the node's words: a pattern that
  /// contains itself, or one that is not there.
  static std::expected<PatternBank, std::string> with(const PatternBank& bank,
                                                      std::span<const PatternDefinition> definitions);

  [[nodiscard]] std::span<const PatternDefinition> patterns() const { return patterns_; }
  /// As `GET _ingest/processor/grok?s=true` has them: by name, in the order of UTF-16 units.
  [[nodiscard]] std::vector<PatternDefinition> sorted() const;
  /// Null: there is no such pattern.
  [[nodiscard]] const std::string* find(std::string_view name) const;

 private:
  void add(std::string name, std::string pattern);
  [[nodiscard]] std::expected<std::vector<std::uint32_t>, std::string> references(
      const PatternDefinition& pattern) const;
  [[nodiscard]] std::expected<void, std::string> check_circles() const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };
  std::vector<PatternDefinition> patterns_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> positions_;
};

}  // namespace sluice::ingest
