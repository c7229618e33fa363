#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "stages/painless/api/families.h"
#include "stages/painless/api/locale_natives.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

/// java.util.Locale.Category.
enum class LocaleCategory : unsigned char { kDisplay, kFormat };
inline std::string_view name_of(LocaleCategory category) {
  return category == LocaleCategory::kDisplay ? "DISPLAY" : "FORMAT";
}
template <>
inline constexpr std::string_view kJavaName<LocaleCategory> = "java.util.Locale$Category";

namespace {

Value array_of(Machine& machine, const Type* element, const std::vector<Value>& values) {
  Value* items = machine.heap().array<Value>(values.size());
  std::ranges::copy(values, items);
  const Type* type = Registry::get().array_of(element);
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(values.size()), items));
}
Value array_of_texts(Machine& machine, const std::vector<std::string>& texts) {
  std::vector<Value> values;
  values.reserve(texts.size());
  for (const std::string& each : texts) values.push_back(machine.string_value(each));
  return array_of(machine, known().string->type, values);
}

icu::Locale icu_locale(const time::Locale& locale) {
  return icu::Locale::createCanonical((locale.language() + (locale.script().empty() ? "" : "_") + locale.script() +
                                       (locale.country().empty() ? "" : "_") + locale.country())
                                          .c_str());
}
std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

using Part = icu::UnicodeString& (icu::Locale::*)(const icu::Locale&, icu::UnicodeString&) const;

/// A part's name in a language. English is what a node has, and what Java has for Locale.ROOT.
template <Part kPart>
std::string name_in(const time::Locale& of, const time::Locale& in) {
  icu::UnicodeString name;
  const icu::Locale language = in.is_root() ? icu::Locale::getEnglish() : icu_locale(in);
  (icu_locale(of).*kPart)(language, name);
  return utf8(name);
}
std::string language_name(const time::Locale& of, const time::Locale& in) {
  return of.language().empty() ? "" : name_in<&icu::Locale::getDisplayLanguage>(of, in);
}
std::string country_name(const time::Locale& of, const time::Locale& in) {
  return of.country().empty() ? "" : name_in<&icu::Locale::getDisplayCountry>(of, in);
}
std::string script_name(const time::Locale& of, const time::Locale& in) {
  return of.script().empty() ? "" : name_in<&icu::Locale::getDisplayScript>(of, in);
}
std::string variant_name(const time::Locale& of, const time::Locale&) { return of.variant(); }
/// `Chinese (Traditional, Taiwan)`.
std::string full_name(const time::Locale& of, const time::Locale& in) {
  std::string name = language_name(of, in);
  std::string more;
  std::string script = script_name(of, in);
  if (const std::size_t han = script.find(" Han"); han != std::string::npos) script.erase(han);
  for (const std::string& part : {script, country_name(of, in), of.variant()}) {
    if (part.empty()) continue;
    more += (more.empty() ? "" : ", ") + part;
  }
  if (name.empty()) return more;
  return more.empty() ? name : name + " (" + more + ")";
}

template <std::string (*kName)(const time::Locale&, const time::Locale&)>
constexpr auto kDefault = [](const time::Locale& of) { return kName(of, time::Locale::node_default()); };
template <std::string (*kName)(const time::Locale&, const time::Locale&)>
constexpr auto kNamed = [](const time::Locale& of, const time::Locale& in) { return kName(of, in); };

const time::Locale& locale(const Value& value) { return object<TimeObject<time::Locale>>(value).value; }

Value no_code(Machine& machine, const char* kind, const std::string& code) {
  static const Class* const cls = Registry::get().class_named("java.util.MissingResourceException");
  return machine.raise(cls, std::string("Couldn't find 3-letter ") + kind + " code for " + code);
}
Value iso3_country(Machine& machine, const Value* a) {
  const std::string& country = locale(a[0]).country();
  const std::string code = country.empty() ? "" : icu_locale(locale(a[0])).getISO3Country();
  return code.empty() && !country.empty() ? no_code(machine, "country", country) : machine.string_value(code);
}
Value iso3_language(Machine& machine, const Value* a) {
  const std::string& language = locale(a[0]).language();
  if (language.size() == 3 || language.empty()) return machine.string_value(language);
  const std::string code = icu::Locale(language.c_str()).getISO3Language();
  return code.empty() ? no_code(machine, "language", language) : machine.string_value(code);
}
Value clone(Machine&, const Value* a) { return a[0]; }

}  // namespace

Value default_locale(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : make(machine, time::Locale::node_default());
}
Value available_locales(Machine& machine, const Value*) {
  std::int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>(count));
  for (const icu::Locale& each : std::span(all, static_cast<std::size_t>(count))) {
    values.push_back(make(machine, time::Locale(each.getLanguage(), each.getCountry(), each.getVariant())));
  }
  return array_of(machine, class_of<time::Locale>()->type, values);
}
Value iso_countries(Machine& machine, const Value*) {
  std::vector<std::string> codes;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    // ICU has four more that ISO 3166 only reserves.
    const std::string_view name(*code);
    if (name != "DG" && name != "EA" && name != "IC" && name != "XK") codes.emplace_back(name);
  }
  return array_of_texts(machine, codes);
}
Value iso_languages(Machine& machine, const Value*) {
  std::vector<std::string> codes;
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    if (std::string_view(*code).size() == 2) codes.emplace_back(*code);
  }
  for (const char* given_up : {"bh", "in", "iw", "ji", "mo", "tl"}) codes.emplace_back(given_up);
  std::ranges::sort(codes);
  return array_of_texts(machine, codes);
}

namespace {

LocaleCategory category_of(std::string_view name) {
  if (name == "DISPLAY") return LocaleCategory::kDisplay;
  if (name == "FORMAT") return LocaleCategory::kFormat;
  time::fail(time::DateTimeError::kIllegalArgument, "No enum constant java.util.Locale.Category." + std::string(name));
}

constexpr MethodRow kLocale[] = {
    {"def clone()", clone, "The same.", "Locale.UK.clone()", "en_GB"},
    {"String getDisplayCountry()", call<kDefault<country_name>>, "The country's name, in English.",
     "Locale.UK.getDisplayCountry()", "United Kingdom"},
    {"String getDisplayCountry(Locale)", call<kNamed<country_name>>, "Likewise, in a language.",
     "Locale.GERMANY.getDisplayCountry(Locale.GERMAN)", "Deutschland"},
    {"String getDisplayLanguage()", call<kDefault<language_name>>, "The language's name, in English.",
     "Locale.FRENCH.getDisplayLanguage()", "French"},
    {"String getDisplayLanguage(Locale)", call<kNamed<language_name>>, "Likewise, in a language.",
     "Locale.FRENCH.getDisplayLanguage(Locale.FRENCH)", "français"},
    {"String getDisplayName()", call<kDefault<full_name>>, "All parts' names, in English.",
     "Locale.UK.getDisplayName()", "English (United Kingdom)"},
    {"String getDisplayName(Locale)", call<kNamed<full_name>>, "Likewise, in a language.",
     "Locale.UK.getDisplayName(Locale.ENGLISH)", "English (United Kingdom)"},
    {"String getDisplayScript()", call<kDefault<script_name>>, "The script's name, in English.",
     "Locale.forLanguageTag('sr-Latn').getDisplayScript()", "Latin"},
    {"String getDisplayScript(Locale)", call<kNamed<script_name>>, "Likewise, in a language.",
     "Locale.forLanguageTag('sr-Latn').getDisplayScript(Locale.ENGLISH)", "Latin"},
    {"String getDisplayVariant()", call<kDefault<variant_name>>, "The variant.", "Locale.UK.getDisplayVariant()", ""},
    {"String getDisplayVariant(Locale)", call<kNamed<variant_name>>, "The variant.",
     "Locale.UK.getDisplayVariant(Locale.ENGLISH)", ""},
    {"String getISO3Country()", iso3_country, "The country's three letters.", "Locale.UK.getISO3Country()", "GBR"},
    {"String getISO3Language()", iso3_language, "The language's three letters.", "Locale.UK.getISO3Language()", "eng"},
};
constexpr MethodRow kCategory[] = {
    {"const Locale.Category DISPLAY", call<[]() { return LocaleCategory::kDisplay; }>, "For names.",
     "Locale.Category.DISPLAY", "DISPLAY"},
    {"const Locale.Category FORMAT", call<[]() { return LocaleCategory::kFormat; }>, "For numbers and dates.",
     "Locale.Category.FORMAT", "FORMAT"},
    {"static Locale.Category valueOf(String)", call<category_of>, "The one of a name.",
     "Locale.Category.valueOf('FORMAT')", "FORMAT"},
    {"static Locale.Category[] values()", enum_values<LocaleCategory, 0, 2>, "All of them.",
     "Locale.Category.values().length", "2"},
};

constexpr ClassRow kRows[] = {
    {"java.util.LocaleMore", "", "Methods of Locale that give names and codes.", kLocale, true, true},
    {"java.util.Locale$Category", "Enum", "What a language is for.", kCategory},
};

}  // namespace

std::span<const ClassRow> locale_family() { return kRows; }

}  // namespace sluice::painless::api
