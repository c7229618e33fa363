#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace sluice::stages {

/// Cuts the endings off one word in lower case.
using Stem = void (*)(std::u16string& word);

#define STEMMER(name, stem) void stem(std::u16string& word);
#include "stages/analysis/stemmers.def"
#undef STEMMER

/// The stemmer of a row of stemmers.def; null: there is none.
Stem stemmer_named(std::string_view name);

/// What the stemmers below are written with. A word is cut only where more than `least` units are there before.
namespace stemming {

using Word = std::u16string;
using Endings = std::initializer_list<std::u16string_view>;

inline bool ends(const Word& word, std::u16string_view ending) { return word.ends_with(ending); }
inline void cut(Word& word, std::size_t units) { word.resize(word.size() - units); }
/// The unit that is `back` from the end: 1 is the last one.
inline char16_t back(const Word& word, std::size_t from_end) { return word[word.size() - from_end]; }
inline char16_t& back(Word& word, std::size_t from_end) { return word[word.size() - from_end]; }

/// Cuts the first of the endings that is there.
bool cut_any(Word& word, std::size_t least, Endings endings);
/// Puts `instead` where the first of the endings is.
bool replace_any(Word& word, std::size_t least, Endings endings, std::u16string_view instead);
bool ends_any(const Word& word, std::size_t least, Endings endings);
/// Whether the last unit is one of `units`; cuts it.
bool cut_unit(Word& word, std::size_t least, std::u16string_view units);
/// `from` becomes `to`, unit by unit.
void map_units(Word& word, std::u16string_view from, std::u16string_view to);

}  // namespace stemming

}  // namespace sluice::stages
