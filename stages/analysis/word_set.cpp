#include "stages/analysis/word_set.h"

#include <algorithm>
#include <array>

#include "stages/analysis/java_character.h"

namespace sluice::stages {

namespace {

struct NamedWords {
  std::string_view name;
  std::string_view words;
};

constexpr auto kNamedWords = std::to_array<NamedWords>({
#define STOP_WORDS(name, words) {name, words},
#include "stages/analysis/stop_words.def"
#undef STOP_WORDS
    {"_none_", ""},
});

}  // namespace

void WordSet::add(std::u16string word) {
  if (ignore_case_) lower_in_place(word);
  words_.insert(std::move(word));
}

void WordSet::add_all(std::string_view words_between_spaces) {
  std::string_view rest = words_between_spaces;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    if (space != 0) add(utf16(rest.substr(0, space)));
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  }
}

bool WordSet::contains(std::u16string_view word) const {
  if (!ignore_case_) return words_.contains(word);
  std::u16string lower(word);
  lower_in_place(lower);
  return words_.contains(lower);
}

std::optional<std::string_view> named_stop_words(std::string_view name) {
  const auto* const found = std::ranges::find(kNamedWords, name, &NamedWords::name);
  if (found == kNamedWords.end()) return std::nullopt;
  return found->words;
}

Result<std::optional<std::vector<std::string>>> read_words(const ComponentSettings& settings, std::string_view name) {
  if (settings.has(std::string(name) + "_path")) {
    return std::unexpected(unsupported("[" + std::string(name) +
                                       "_path] is not supported by sluice, which reads no files of configuration: "
                                       "give the words themselves in [" +
                                       std::string(name) + "]"));
  }
  return settings.list(name);
}

Result<WordSet> read_stop_words(const ComponentSettings& settings, std::string_view fallback, bool ignore_case,
                                std::string_view name) {
  WordSet set(ignore_case);
  auto words = read_words(settings, name);
  if (!words) return std::unexpected(words.error());
  if (!*words) {
    set.add_all(named_stop_words(fallback).value_or(""));
    return set;
  }
  for (const std::string& word : **words) {
    if (const auto named = named_stop_words(word)) {
      set.add_all(*named);
    } else {
      set.add(utf16(word));
    }
  }
  return set;
}

}  // namespace sluice::stages
