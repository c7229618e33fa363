#include <algorithm>
#include <array>
#include <optional>

#include "stages/analysis/char_filter/make.h"
#include "stages/analysis/char_filter/text_edit.h"
#include "stages/analysis/java_character.h"

namespace sluice::stages {

namespace {

using View = std::u16string_view;
constexpr std::size_t kNone = View::npos;

struct Entity {
  View name;
  char16_t character;
};

constexpr auto kEntities = std::to_array<Entity>({
#define ENTITY(name, character) {name, character},
#include "stages/analysis/char_filter/html_entities.def"
#undef ENTITY
});

/// Elements inside of a line; every other one leaves a new line. Source: Lucene's HTMLStripCharFilter.
constexpr auto kInline = std::to_array<View>(
    {u"a",    u"abbr",   u"acronym", u"b",     u"basefont", u"bdo",      u"big", u"cite", u"code", u"dfn",    u"em",
     u"font", u"i",      u"img",     u"input", u"kbd",      u"label",    u"q",   u"s",    u"samp", u"select", u"small",
     u"span", u"strike", u"strong",  u"sub",   u"sup",      u"textarea", u"tt",  u"u",    u"var"});

bool is_name_start(char32_t point) { return is_java_letter(point) || point == '_' || point == ':'; }
bool is_name_part(char32_t point) {
  return is_name_start(point) || is_java_digit(point) || point == '-' || point == '.' || point == 0xB7;
}

/// What was found at a place: where it ends, and what stands there instead.
struct Found {
  std::size_t end = 0;
  std::u16string instead;
};

class HtmlStrip final : public CharFilter {
 public:
  explicit HtmlStrip(std::vector<std::u16string> escaped) : escaped_(std::move(escaped)) {}

  Status apply(FilteredText& text) const override {
    TextEdit edit(text);
    const View all = text.text;
    for (std::size_t at = all.find_first_of(u"<&"); at != kNone; at = all.find_first_of(u"<&", at)) {
      const std::optional<Found> found = all[at] == u'&' ? entity(all, at) : markup(all, at);
      if (!found) {
        ++at;
        continue;
      }
      edit.keep_to(at);
      edit.replace_to(found->end, found->instead);
      at = found->end;
    }
    edit.finish(text);
    return {};
  }

 private:
  static std::optional<Found> entity(View all, std::size_t at) {
    constexpr std::size_t kLongest = 12;
    const std::size_t end = all.substr(0, std::min(all.size(), at + kLongest)).find(u';', at);
    if (end == kNone) return std::nullopt;
    const View name = all.substr(at + 1, end - at - 1);
    if (name.starts_with(u'#')) return numbered(all, at, end);
    const auto* const found = std::ranges::find(kEntities, name, &Entity::name);
    if (found == kEntities.end()) return std::nullopt;
    return Found{end + 1, std::u16string(1, found->character)};
  }

  static std::optional<char32_t> number_of(View digits) {
    const bool hex = digits.starts_with(u'x') || digits.starts_with(u'X');
    if (hex) digits.remove_prefix(1);
    if (digits.empty()) return std::nullopt;
    char32_t value = 0;
    for (const char16_t unit : digits) {
      const int digit = hex_digit(unit);
      if (digit < 0 || (!hex && digit > 9)) return std::nullopt;
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
      if (value > 0x10FFFF) return std::nullopt;
    }
    return value;
  }

  static std::optional<Found> numbered(View all, std::size_t at, std::size_t end) {
    const auto value = number_of(all.substr(at + 2, end - at - 2));
    if (!value) return std::nullopt;
    Found found{end + 1, {}};
    append_point(found.instead, *value);
    if (*value < 0xD800 || *value > 0xDBFF || !all.substr(found.end).starts_with(u"&#")) return found;
    const std::size_t second = all.find(u';', found.end);
    if (second == kNone) return found;
    const auto low = number_of(all.substr(found.end + 2, second - found.end - 2));
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return found;
    found.instead += static_cast<char16_t>(*low);
    found.end = second + 1;
    return found;
  }

  /// From `<` to what ends it, or to the end of the text.
  static Found up_to(View all, std::size_t from, View ending) {
    const std::size_t end = all.find(ending, from);
    return {end == kNone ? all.size() : end + ending.size(), {}};
  }

  [[nodiscard]] std::optional<Found> markup(View all, std::size_t at) const {
    const View rest = all.substr(at);
    if (rest.starts_with(u"<!--")) return up_to(all, at + 4, u"-->");
    if (rest.starts_with(u"<![CDATA[")) {
      const std::size_t end = all.find(u"]]>", at);
      const std::size_t stop = end == kNone ? all.size() : end;
      return Found{end == kNone ? stop : stop + 3, std::u16string(all.substr(at + 9, stop - at - 9))};
    }
    if (rest.starts_with(u"<!")) return up_to(all, at, u">");
    if (rest.starts_with(u"<?")) return up_to(all, at, u">");
    return tag(all, at);
  }

  [[nodiscard]] std::optional<Found> tag(View all, std::size_t at) const {
    std::size_t i = skip_blank(all, at + 1);
    const bool closing = i < all.size() && all[i] == u'/';
    if (closing) i = skip_blank(all, i + 1);
    if (i >= all.size() || !is_name_start(point_at(all, i))) return std::nullopt;
    const std::size_t begin = i;
    while (i < all.size() && is_name_part(point_at(all, i))) i += point_size(point_at(all, i));
    std::u16string name(all.substr(begin, i - begin));
    lower_in_place(name);
    if (std::ranges::find(escaped_, name) != escaped_.end()) return std::nullopt;
    const std::optional<std::size_t> end = tag_end(all, i);
    if (!end) return std::nullopt;
    if (*end > all.size()) return Found{all.size(), {}};
    if (!closing && (name == u"script" || name == u"style")) return with_contents(all, *end, name);
    const bool inside = std::ranges::find(kInline, View(name)) != kInline.end();
    return Found{*end, inside ? u"" : u"\n"};
  }

  static std::size_t skip_blank(View all, std::size_t i) {
    while (i < all.size() && is_java_whitespace(all[i])) ++i;
    return i;
  }

  /// Behind the `>`; more than the size of the text: there is none. Nothing: what stands there are no attributes.
  static std::optional<std::size_t> tag_end(View all, std::size_t i) {
    while (true) {
      i = skip_blank(all, i);
      if (i >= all.size()) return all.size() + 1;
      if (all[i] == u'>') return i + 1;
      if (all[i] == u'/') {
        ++i;
        continue;
      }
      if (!is_name_start(point_at(all, i))) return std::nullopt;
      while (i < all.size() && is_name_part(point_at(all, i))) i += point_size(point_at(all, i));
      const std::size_t equals = skip_blank(all, i);
      if (equals >= all.size() || all[equals] != u'=') continue;
      const std::optional<std::size_t> behind = value_end(all, skip_blank(all, equals + 1));
      if (!behind) return std::nullopt;
      i = *behind;
    }
  }

  static std::optional<std::size_t> value_end(View all, std::size_t i) {
    if (i >= all.size()) return i;
    if (all[i] == u'"' || all[i] == u'\'') {
      const std::size_t end = all.find(all[i], i + 1);
      return end == kNone ? std::nullopt : std::optional(end + 1);
    }
    while (i < all.size() && all[i] != u'>' && !is_java_whitespace(all[i])) ++i;
    return i;
  }

  /// A script or a style goes with all that is in it.
  static Found with_contents(View all, std::size_t from, const std::u16string& name) {
    for (std::size_t at = all.find(u"</", from); at != kNone; at = all.find(u"</", at + 2)) {
      std::u16string there(all.substr(at + 2, name.size()));
      lower_in_place(there);
      if (there != name) continue;
      const std::size_t end = all.find(u'>', at);
      return {end == kNone ? all.size() : end + 1, u"\n"};
    }
    return {all.size(), {}};
  }

  std::vector<std::u16string> escaped_;
};

}  // namespace

Result<CharFilterPtr> make_html_strip(const ComponentContext& context) {
  std::vector<std::u16string> escaped;
  for (const std::string& tag : context.settings.list("escaped_tags").value_or(std::vector<std::string>())) {
    escaped.push_back(utf16(tag));
  }
  return std::make_shared<const HtmlStrip>(std::move(escaped));
}

}  // namespace sluice::stages
