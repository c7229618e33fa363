#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/analysis/component_settings.h"

namespace sluice::stages {

/// Words to look up, with or without regard to case.
class WordSet {
 public:
  explicit WordSet(bool ignore_case = false) : ignore_case_(ignore_case) {}
  void add(std::u16string word);
  void add_all(std::string_view words_between_spaces);
  [[nodiscard]] bool contains(std::u16string_view word) const;
  [[nodiscard]] bool empty() const { return words_.empty(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::u16string_view text) const { return std::hash<std::u16string_view>()(text); }
  };
  bool ignore_case_;
  std::unordered_set<std::u16string, Hash, std::equal_to<>> words_;
};

/// The list that a name such as `_english_` stands for; nothing: it is no name.
std::optional<std::string_view> named_stop_words(std::string_view name);

/// The words of a setting, without regard to names of lists; nothing: it is not given. `NAME_path` is refused: an index
/// of sluice has no folder of configuration.
Result<std::optional<std::vector<std::string>>> read_words(const ComponentSettings& settings, std::string_view name);

/// `stopwords`, where names of lists stand for them and `_none_` for nothing; `fallback` is a list's name.
Result<WordSet> read_stop_words(const ComponentSettings& settings, std::string_view fallback, bool ignore_case,
                                std::string_view name = "stopwords");

}  // namespace sluice::stages
