#define PCRE2_CODE_UNIT_WIDTH 8
#include "stages/ingest/grok/regex/property.h"

#include <algorithm>
#include <array>
#include <string>

#include <pcre2.h>

namespace sluice::ingest::regex {

namespace {

constexpr auto kPosix = std::to_array<PosixSet>({
    {"alnum", R"(\p{Alphabetic}\p{Nd})", "0-9A-Za-z"},
    {"alpha", R"(\p{Alphabetic})", "A-Za-z"},
    {"ascii", R"(\x00-\x7f)", R"(\x00-\x7f)"},
    {"blank", R"(\p{Zs}\t)", R"( \t)"},
    {"cntrl", R"(\p{Cc})", R"(\x00-\x1f\x7f)"},
    {"digit", R"(\p{Nd})", "0-9"},
    {"graph", R"(\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co})", "!-~"},
    {"lower", R"(\p{Lowercase})", "a-z"},
    {"print", R"(\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co}\p{Zs})", " -~"},
    {"punct", R"(\p{P}$+<=>^`|~)", R"(!-\/:-@\[-`{-~)"},
    {"space", R"(\p{White_Space})", R"(\t-\r )"},
    {"upper", R"(\p{Uppercase})", "A-Z"},
    {"word", R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc})", "0-9A-Z_a-z"},
    {"xdigit", "0-9A-Fa-f", "0-9A-Fa-f"},
});

struct LongName {
  std::string_view name;
  std::string_view category;
};

constexpr auto kCategories = std::to_array<LongName>({
    {"any", "Any"},
    {"casedletter", "L&"},
    {"closepunctuation", "Pe"},
    {"connectorpunctuation", "Pc"},
    {"control", "Cc"},
    {"currencysymbol", "Sc"},
    {"dashpunctuation", "Pd"},
    {"decimalnumber", "Nd"},
    {"enclosingmark", "Me"},
    {"finalpunctuation", "Pf"},
    {"format", "Cf"},
    {"initialpunctuation", "Pi"},
    {"letter", "L"},
    {"letternumber", "Nl"},
    {"lineseparator", "Zl"},
    {"lowercaseletter", "Ll"},
    {"mark", "M"},
    {"mathsymbol", "Sm"},
    {"modifierletter", "Lm"},
    {"modifiersymbol", "Sk"},
    {"nonspacingmark", "Mn"},
    {"number", "N"},
    {"openpunctuation", "Ps"},
    {"other", "C"},
    {"otherletter", "Lo"},
    {"othernumber", "No"},
    {"otherpunctuation", "Po"},
    {"othersymbol", "So"},
    {"paragraphseparator", "Zp"},
    {"privateuse", "Co"},
    {"punctuation", "P"},
    {"separator", "Z"},
    {"spaceseparator", "Zs"},
    {"spacingmark", "Mc"},
    {"surrogate", "Cs"},
    {"symbol", "S"},
    {"titlecaseletter", "Lt"},
    {"unassigned", "Cn"},
    {"uppercaseletter", "Lu"},
});

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char byte : name) {
    if (byte == ' ' || byte == '-' || byte == '_') continue;
    plain += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
  }
  return plain;
}

bool pcre2_knows(const std::string& set) {
  const std::string pattern = "[" + set + "]";
  int error = 0;
  std::size_t offset = 0;
  pcre2_code* code =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_UTF, &error, &offset, nullptr);
  pcre2_code_free(code);
  return code != nullptr;
}

}  // namespace

CharacterSet PosixSet::to_set() const {
  CharacterSet set;
  set.properties.push_back({std::string(ascii_only ? ascii : unicode), std::string(ascii)});
  return set;
}

std::optional<PosixSet> posix_set(std::string_view name, bool ascii) {
  const auto* const found = std::ranges::find(kPosix, name, &PosixSet::name);
  if (found == kPosix.end()) return std::nullopt;
  PosixSet set = *found;
  set.ascii_only = ascii;
  return set;
}

std::optional<CharacterSet> named_property(std::string_view name) {
  const std::string plain = plain_name(name);
  if (const auto posix = posix_set(plain, false)) return posix->to_set();
  const auto* const category = std::ranges::find(kCategories, plain, &LongName::name);
  const bool known = category != kCategories.end();
  // PCRE2 takes more than Joni does: `Is..` is none of Joni's names, and what is no word would end the name early.
  const auto in_name = [](char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'); };
  if (plain.empty() || plain.starts_with("is") || !std::ranges::all_of(plain, in_name)) return std::nullopt;
  const std::string text = "\\p{" + std::string(known ? category->category : std::string_view(plain)) + "}";
  if (!pcre2_knows(text)) return std::nullopt;
  CharacterSet set;
  set.properties.push_back({text, text});
  return set;
}

}  // namespace sluice::ingest::regex
