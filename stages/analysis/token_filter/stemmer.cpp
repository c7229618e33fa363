#include <algorithm>
#include <array>

#include "pipeline/base/ascii_case.h"
#include "stages/analysis/java_character.h"
#include "stages/analysis/stem/snowball.h"
#include "stages/analysis/stem/stem.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

/// Languages of the `stemmer` filter that sluice has not.
constexpr auto kNotThere = std::to_array<std::string_view>(
    {"brazilian", "estonian", "galician", "kp", "light_english", "kstem", "light_hungarian", "lovins",
     "minimal_galician", "dutch_kp", "dutchKp", "minimal_portuguese", "portuguese_rslp", "spanish_plural"});

/// Other names for stemmers of Snowball. Source: Elasticsearch's StemmerTokenFilterFactory.
struct Alias {
  std::string_view name;
  std::string_view means;
};

constexpr auto kAliases = std::to_array<Alias>({
    {"porter2", "english"},
    {"german2", "german"},
    {"minimalEnglish", "minimal_english"},
    {"possessiveEnglish", "possessive_english"},
    {"lightFinish", "light_finnish"},
    {"light_finish", "light_finnish"},
    {"lightFinnish", "light_finnish"},
    {"lightFrench", "light_french"},
    {"minimalFrench", "minimal_french"},
    {"lightGerman", "light_german"},
    {"minimalGerman", "minimal_german"},
    {"lightItalian", "light_italian"},
    {"lightNorwegian", "light_norwegian"},
    {"minimalNorwegian", "minimal_norwegian"},
    {"lightNynorsk", "light_nynorsk"},
    {"minimalNynorsk", "minimal_nynorsk"},
    {"lightPortuguese", "light_portuguese"},
    {"lightRussian", "light_russian"},
    {"lightSpanish", "light_spanish"},
    {"lightSwedish", "light_swedish"},
});

TokenFilterPtr stem_filter(std::function<void(std::u16string&)> stem) {
  return make_term_filter({.change = std::move(stem), .keeps_keywords = true});
}

Error no_such_stemmer(std::string name) {
  if (!name.empty()) name[0] = static_cast<char>(to_java_upper(static_cast<unsigned char>(name[0])));
  Error cause(ErrorKind::kBadRequest, 400, "class_not_found_exception",
              "org.tartarus.snowball.ext." + name + "Stemmer");
  return illegal_argument("Invalid stemmer class specified: " + name).wrapping(std::move(cause));
}

Error not_there(const std::string& name) {
  return unsupported("the stemmer [" + name + "] is not supported by this version of sluice");
}

Result<TokenFilterPtr> snowball_filter(const std::string& name) {
  const std::string lower = ascii_lower_case(name);
  auto stem = snowball_stemmer(lower);
  if (stem) return stem_filter(std::move(stem));
  if (lower == "estonian") return std::unexpected(not_there(name));
  return std::unexpected(no_such_stemmer(name));
}

Result<TokenFilterPtr> stemmer_filter(std::string name) {
  const bool two = name == "porter2";
  const auto* const alias = std::ranges::find(kAliases, name, &Alias::name);
  if (alias != kAliases.end()) name = alias->means;
  if (!two) {
    const Stem stem = stemmer_named(name);
    if (name == "possessive_english") return make_term_filter({.change = stem});
    if (stem != nullptr) return stem_filter(stem);
  }
  if (std::ranges::find(kNotThere, name) != kNotThere.end()) return std::unexpected(not_there(name));
  return snowball_filter(name);
}

}  // namespace

Result<TokenFilterPtr> make_stemmer(const ComponentContext& context) {
  const auto language = context.settings.text("language");
  return stemmer_filter(language ? *language : context.settings.text_or("name", "porter"));
}

Result<TokenFilterPtr> make_snowball(const ComponentContext& context) {
  const auto language = context.settings.text("language");
  return snowball_filter(language ? *language : context.settings.text_or("name", "English"));
}

Result<TokenFilterPtr> make_porter_stem(const ComponentContext& /*context*/) { return stemmer_filter("porter"); }
Result<TokenFilterPtr> make_arabic_stem(const ComponentContext& /*context*/) { return stemmer_filter("arabic"); }
Result<TokenFilterPtr> make_czech_stem(const ComponentContext& /*context*/) { return stemmer_filter("czech"); }
Result<TokenFilterPtr> make_dutch_stem(const ComponentContext& /*context*/) { return snowball_filter("Dutch"); }
Result<TokenFilterPtr> make_french_stem(const ComponentContext& /*context*/) { return snowball_filter("French"); }
Result<TokenFilterPtr> make_persian_stem(const ComponentContext& /*context*/) { return stemmer_filter("persian"); }
Result<TokenFilterPtr> make_russian_stem(const ComponentContext& /*context*/) { return snowball_filter("Russian"); }

}  // namespace sluice::stages
