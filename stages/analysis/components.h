#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stages/analysis/component.h"

namespace sluice::stages {

/// How components are told apart, with the words of Elasticsearch's messages.
enum class ComponentKind : std::uint8_t { kCharFilter, kTokenizer, kFilter };
std::string_view kind_name(ComponentKind kind);

/// The components of one index: those of its settings, then Elasticsearch's own. Immutable once filled; any thread.
class Components {
 public:
  using Definitions = std::map<std::string, ComponentSettings, std::less<>>;

  Components(bool of_index, ComponentLimits limits) : of_index_(of_index), limits_(limits) {}
  Definitions& definitions(ComponentKind kind) { return definitions_.at(static_cast<std::size_t>(kind)); }
  [[nodiscard]] const Definitions& definitions(ComponentKind kind) const {
    return definitions_.at(static_cast<std::size_t>(kind));
  }
  [[nodiscard]] bool of_index() const { return of_index_; }
  [[nodiscard]] ComponentLimits limits() const { return limits_; }

  /// What is in front of a filter in its analyzer.
  struct Before {
    TokenizerPtr tokenizer;
    std::vector<CharFilterPtr> char_filters;
    std::vector<TokenFilterPtr> filters;
  };

  /// By name. Errors: `failed to find global tokenizer under [x]`, or what is wrong with its settings.
  [[nodiscard]] Result<CharFilterPtr> char_filter(std::string_view name) const;
  [[nodiscard]] Result<TokenizerPtr> tokenizer(std::string_view name) const;
  [[nodiscard]] Result<TokenFilterPtr> filter(std::string_view name, const Before& before) const;

  /// By its settings, of which `type` is one. `name` is for messages.
  [[nodiscard]] Result<CharFilterPtr> make_char_filter(const std::string& name,
                                                       const ComponentSettings& settings) const;
  [[nodiscard]] Result<TokenizerPtr> make_tokenizer(const std::string& name, const ComponentSettings& settings) const;
  [[nodiscard]] Result<TokenFilterPtr> make_filter(const std::string& name, const ComponentSettings& settings,
                                                   const Before& before) const;

  /// Whether a component of that name is there, or is one that sluice has not.
  [[nodiscard]] bool knows(ComponentKind kind, std::string_view name) const;
  /// Makes every component of the index once, to see what is wrong with it.
  [[nodiscard]] Status check() const;

 private:
  [[nodiscard]] Error not_found(ComponentKind kind, std::string_view name) const;
  [[nodiscard]] ComponentContext context_of(const std::string& name, const ComponentSettings& settings,
                                            const Before& before) const;

  bool of_index_;
  ComponentLimits limits_;
  std::array<Definitions, 3> definitions_;
};

}  // namespace sluice::stages
