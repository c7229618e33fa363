#include "stages/analysis/stem/snowball.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include <libstemmer.h>

#include "stages/analysis/java_character.h"
#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

/// Those that Lucene has too.
constexpr auto kLanguages = std::to_array<std::string_view>(
    {"arabic",     "armenian", "basque",    "catalan", "danish",     "dutch",      "english", "finnish",
     "french",     "german",   "greek",     "hindi",   "hungarian",  "indonesian", "irish",   "italian",
     "lithuanian", "nepali",   "norwegian", "porter",  "portuguese", "romanian",   "russian", "serbian",
     "spanish",    "swedish",  "tamil",     "turkish", "yiddish"});

using StemmerPtr = std::unique_ptr<sb_stemmer, void (*)(sb_stemmer*)>;

/// A stemmer keeps what it works on, so each thread has its own.
sb_stemmer* stemmer_of_thread(std::string_view language) {
  static thread_local std::map<std::string, StemmerPtr, std::less<>> stemmers;
  const auto found = stemmers.find(language);
  if (found != stemmers.end()) return found->second.get();
  const std::string name(language);
  StemmerPtr made(sb_stemmer_new(name.c_str(), "UTF_8"), sb_stemmer_delete);
  return stemmers.emplace(name, std::move(made)).first->second.get();
}

void stem_with(std::string_view language, std::u16string& word) {
  sb_stemmer* const stemmer = stemmer_of_thread(language);
  if (stemmer == nullptr) return;
  const std::string text = utf8(word);
  const sb_symbol* const stem =
      sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(text.data()), static_cast<int>(text.size()));
  if (stem == nullptr) return;
  word = utf16({reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer))});
}

bool is_german_vowel(char16_t unit) {
  return std::u16string_view(u"aeiouyäöü").find(unit) != std::u16string_view::npos;
}

/// What Snowball 3 puts in front of German, and libstemmer 2 has not: `ae`, `oe` and `ue` are umlauts, but for a `u`
/// between vowels or behind a `q`.
void fold_umlauts(std::u16string& word) {
  std::u16string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char16_t next = i + 1 < word.size() ? word[i + 1] : u'\0';
    const bool inside = i > 0 && is_german_vowel(word[i - 1]) && is_german_vowel(next);
    if (word[i] == u'q' && next == u'u') {
      out += u"qu";
      ++i;
    } else if (next == u'e' && (word[i] == u'a' || word[i] == u'o' || (word[i] == u'u' && !inside))) {
      out += word[i] == u'a' ? u'ä' : word[i] == u'o' ? u'ö' : u'ü';
      ++i;
    } else {
      out += word[i];
    }
  }
  word = std::move(out);
}

/// Snowball 3 keeps both consonants of `add`, `egg` and `off`, which `adding`, `egged` and `offed` are of.
bool is_doubled_root(const std::u16string& word) {
  if (word.size() < 5 || std::u16string_view(u"aeo").find(word[0]) == std::u16string_view::npos) return false;
  if (word[1] != word[2] || std::u16string_view(u"bdfgmnprt").find(word[1]) == std::u16string_view::npos) return false;
  const std::u16string_view rest = std::u16string_view(word).substr(3);
  return rest == u"ed" || rest == u"edly" || rest == u"ing" || rest == u"ingly";
}

}  // namespace

std::function<void(std::u16string&)> snowball_stemmer(std::string_view language) {
  const auto* const found = std::ranges::find(kLanguages, language);
  if (language == "german2" || language == "german") {
    return [](std::u16string& word) {
      fold_umlauts(word);
      if (!word.ends_with(u"system")) return stem_with("german", word);
      stemming::map_units(word, u"äöü", u"aou");
    };
  }
  if (found == kLanguages.end()) return nullptr;
  if (language == "english") {
    return [](std::u16string& word) {
      if (is_doubled_root(word)) return word.resize(3);
      stem_with("english", word);
    };
  }
  if (language == "romanian") {
    return [](std::u16string& word) {
      stemming::map_units(word, u"șț", u"şţ");
      stem_with("romanian", word);
      stemming::map_units(word, u"şţ", u"șț");
    };
  }
  return [name = *found](std::u16string& word) { stem_with(name, word); };
}

}  // namespace sluice::stages
