#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

/// Without accents, and with one sigma. Source: Lucene's GreekLowerCaseFilter.
void lower_greek(std::u16string& text) {
  constexpr std::u16string_view kFrom = u"ΆΈΉΊΌΎΏΐΪΫάέήίΰςϊϋόύώ";
  constexpr std::u16string_view kTo = u"αεηιουωιιυαεηιυσιυουω";
  for (char16_t& unit : text) {
    const std::size_t at = kFrom.find(unit);
    if (at != std::u16string_view::npos) unit = kTo[at];
  }
  lower_in_place(text);
}

/// I becomes a dotless i, but for one with a dot above behind it. Source: Lucene's TurkishLowerCaseFilter.
void lower_turkish(std::u16string& text) {
  constexpr char16_t kDotAbove = 0x307;
  std::u16string lower;
  bool after_i = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = point_at(text, at);
    at += point_size(point);
    if (point == 0x130) {
      lower += u'i';
      after_i = false;
      continue;
    }
    if (after_i && point == kDotAbove) continue;
    if (point != 'I') {
      append_point(lower, to_java_lower(point));
      after_i = after_i && is_java_nonspacing(point);
      continue;
    }
    std::size_t next = at;
    while (next < text.size() && text[next] != kDotAbove && is_java_nonspacing(text[next])) ++next;
    after_i = next < text.size() && text[next] == kDotAbove;
    lower += after_i ? u'i' : u'ı';
  }
  text = std::move(lower);
}

/// `nAthair` is `n-athair`. Source: Lucene's IrishLowerCaseFilter.
void lower_irish(std::u16string& text) {
  constexpr std::u16string_view kVowels = u"AEIOUÁÉÍÓÚ";
  if (text.size() > 1 && (text[0] == u'n' || text[0] == u't') && kVowels.find(text[1]) != std::u16string_view::npos) {
    text.insert(1, 1, u'-');
  }
  for (char16_t& unit : text) unit = static_cast<char16_t>(to_java_lower(unit));
}

void upper_in_place(std::u16string& text) {
  std::u16string upper;
  upper.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = point_at(text, at);
    at += point_size(point);
    append_point(upper, to_java_upper(point));
  }
  text = std::move(upper);
}

}  // namespace

Result<TokenFilterPtr> make_lowercase(const ComponentContext& context) {
  const auto language = context.settings.text("language");
  if (!language) return make_term_filter({.change = lower_in_place, .normalizes = true});
  std::string lower = *language;
  for (char& c : lower) c = static_cast<char>(to_java_lower(static_cast<unsigned char>(c)));
  if (lower == "greek") return make_term_filter({.change = lower_greek, .normalizes = true});
  if (lower == "irish") return make_term_filter({.change = lower_irish, .normalizes = true});
  if (lower == "turkish") return make_term_filter({.change = lower_turkish, .normalizes = true});
  return std::unexpected(illegal_argument("language [" + *language + "] not support for lower case"));
}

Result<TokenFilterPtr> make_uppercase(const ComponentContext& /*context*/) {
  return make_term_filter({.change = upper_in_place, .normalizes = true});
}

}  // namespace sluice::stages
