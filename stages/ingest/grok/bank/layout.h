#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "stages/ingest/grok/pattern_bank.h"

/// How the bank writes down the formats of lines: as texts with slots, from which it makes the expressions.
namespace sluice::ingest::bank {

enum class In : std::uint8_t { kBoth, kClassic, kEcs };

inline bool is_in(In in, EcsMode mode) { return in != (mode == EcsMode::kV1 ? In::kClassic : In::kEcs); }

/// A name and what it stands for, in one mode or in both.
struct Row {
  std::string_view name;
  std::string_view text;
  In in = In::kBoth;
};

/// The expression of a layout, a line as it is written, with slots for what it tells:
///
///     {NAME} {NAME:field:type}    what the pattern NAME matches; `field|other` and `NAME:field||NAME:field` have what
///                                 the classic mode captures before the bar, what the Elastic Common Schema does behind
///     {-?NAME:field}              the same, where a `-` stands for no value; it is tried first
///     {[one|other|]}              one of some layouts; an empty one makes it optional
///     {<field>..>}                a field for all that is inside
///     {part}                      one of `parts`: the name of a layout, in small letters
///     `..`                        a piece of an expression, as it is
///     \t \s* \.                   the same for one character, which may be repeated
///
/// A full stop is any character: messages differ in it. All other characters stand for themselves. A slot and the text
/// that leads to it make a group.
std::string layout(std::string_view text, EcsMode mode, std::span<const Row> parts = {});

/// Some columns of one kind: `names` are their fields, with spaces between. `kind` is what a slot has but for the
/// field: `INT`, `-?INT:long`. Without a kind, `names` is the layout of one column.
struct Columns {
  std::string_view kind;
  std::string_view names;
};

/// The layout of columns between separators. Behind the first column, and behind each that takes as much as it can, it
/// looks whether there are as many separators as there have to be: columns that may hold anything would be tried in all
/// ways otherwise, the more so in lines that lack one.
std::string separated(std::string_view separator, std::initializer_list<std::span<const Columns>> columns);

/// A piece of a layout: from here on, there are `count` separators.
std::string ahead(std::string_view separator, std::size_t count);

/// The expression of one of some words, what they begin with in common written once. Of words that begin with another,
/// the one that stands first is tried first.
std::string any_of(std::span<const std::string_view> words);

}  // namespace sluice::ingest::bank
