#include "stages/painless/time/locale.h"

#include <algorithm>
#include <cstdint>

#include "stages/painless/run/java_hash.h"

namespace sluice::painless::time {
namespace {

bool is_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& each : result) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
  return result;
}

bool is_digit(char each) { return each >= '0' && each <= '9'; }
bool is_country(std::string_view part) {
  return (part.size() == 2 && is_letters(part)) ||
         (part.size() == 3 && std::all_of(part.begin(), part.end(), is_digit));
}
bool is_variant(std::string_view part) {
  return (part.size() >= 5 && part.size() <= 8) || (part.size() == 4 && is_digit(part[0]));
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& each : result) {
    if (each >= 'a' && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
  }
  return result;
}

/// Codes that were given up, as Java since 17 has them.
std::string renamed(const std::string& language) {
  if (language == "iw") return "he";
  if (language == "ji") return "yi";
  return language == "in" ? "id" : language;
}

bool lists(std::string_view countries, std::string_view country) {
  return country.size() == 2 && countries.find(std::string(country) + " ") != std::string_view::npos;
}

// CLDR's supplemental week data.
constexpr std::string_view kSundayFirst =
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK "
    "PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW ";
constexpr std::string_view kSaturdayFirst = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY ";
constexpr std::string_view kFourDays =
    "AD AN AT AX BE BG CH CZ DE DK EE ES FI FJ FO FR GB GF GG GI GP GR HU IE IM IS IT JE LI LT LU MC MQ NL NO PL RE RU "
    "SE SJ SK SM VA ";

}  // namespace

Locale::Locale(std::string_view language, std::string_view country, std::string_view variant)
    : language_(renamed(lower(language))), country_(upper(country)), variant_(variant) {}

Locale Locale::for_language_tag(std::string_view tag) {
  Locale result;
  bool first = true;
  while (!tag.empty()) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    const std::string_view part = tag.substr(0, end);
    if (first && (part.size() < 2 || part.size() > 8 || !is_letters(part))) return {};
    if (first) {
      result.language_ = lower(part) == "und" ? "" : renamed(lower(part));
    } else if (part.size() == 4 && is_letters(part) && result.country_.empty()) {
      result.script_ = upper(part.substr(0, 1)) + lower(part.substr(1));
    } else if (result.country_.empty() && result.variant_.empty() && is_country(part)) {
      result.country_ = upper(part);
    } else if (is_variant(part)) {
      result.variant_.append(result.variant_.empty() ? "" : "_").append(part);
    } else {
      break;
    }
    first = false;
    tag.remove_prefix(std::min(end + 1, tag.size()));
  }
  return result;
}

std::string Locale::to_string() const {
  std::string text = language_;
  if (!country_.empty() || !variant_.empty()) text.append("_").append(country_);
  if (!variant_.empty()) text.append("_").append(variant_);
  if (!script_.empty()) text.append(country_.empty() && variant_.empty() ? "__#" : "_#").append(script_);
  return text;
}

std::string Locale::to_language_tag() const {
  std::string tag = language_.empty() ? "und" : language_;
  if (!script_.empty()) tag.append("-").append(script_);
  if (!country_.empty()) tag.append("-").append(country_);
  if (is_variant(variant_)) tag.append("-").append(variant_);
  if (!variant_.empty() && !is_variant(variant_)) tag.append("-x-lvariant-").append(variant_);
  return tag;
}

std::int32_t Locale::hash() const {
  std::uint32_t hash = 0;
  for (const std::string& part : {language_, script_, country_, variant_}) {
    hash = 31 * hash + static_cast<std::uint32_t>(java_hash(part));
  }
  return static_cast<std::int32_t>(hash);
}

Week Locale::week() const {
  if (country_.empty()) return Week::sunday_start();
  const int first =
      lists(kSundayFirst, country_) ? 7 : (lists(kSaturdayFirst, country_) ? 6 : (country_ == "MV" ? 5 : 1));
  return {first, lists(kFourDays, country_) ? 4 : 1};
}

}  // namespace sluice::painless::time
