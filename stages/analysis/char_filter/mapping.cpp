#include <algorithm>
#include <map>

#include "stages/analysis/char_filter/make.h"
#include "stages/analysis/char_filter/text_edit.h"
#include "stages/analysis/java_character.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

namespace {

/// What to replace by what, the longest first.
class Mapping final : public CharFilter {
 public:
  using Table = std::map<std::u16string, std::u16string, std::less<>>;
  explicit Mapping(Table table) : table_(std::move(table)) {
    for (const auto& [from, to] : table_) longest_ = std::max(longest_, from.size());
  }
  Status apply(FilteredText& text) const override {
    TextEdit edit(text);
    const std::u16string_view all = text.text;
    for (std::size_t at = 0; at < all.size();) {
      std::size_t size = std::min(longest_, all.size() - at);
      Table::const_iterator found = table_.end();
      for (; size > 0 && found == table_.end(); --size) found = table_.find(all.substr(at, size));
      if (found == table_.end()) {
        ++at;
        continue;
      }
      edit.keep_to(at);
      at += found->first.size();
      edit.replace_to(at, found->second);
    }
    edit.finish(text);
    return {};
  }
  [[nodiscard]] bool normalizes() const override { return true; }

 private:
  Table table_;
  std::size_t longest_ = 0;
};

std::u16string_view trimmed(std::u16string_view text) {
  constexpr std::u16string_view kBlank = u" \t\r\n\f\v";
  const std::size_t from = text.find_first_not_of(kBlank);
  if (from == std::u16string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

Error runtime_error(std::string reason) {
  return {ErrorKind::kBadRequest, 500, "runtime_exception", std::move(reason)};
}

/// `\n`, `é` and the like become what they mean.
Result<std::u16string> unescaped(std::u16string_view text) {
  std::u16string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != u'\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::unexpected(runtime_error("Invalid escaped char in [" + utf8(text) + "]"));
    constexpr std::u16string_view kLetters = u"\\ntrbf";
    constexpr std::u16string_view kMeanings = u"\\\n\t\r\b\f";
    const std::size_t letter = kLetters.find(text[i]);
    if (letter != std::u16string_view::npos) {
      out += kMeanings[letter];
    } else if (text[i] == u'u') {
      if (i + 4 >= text.size()) return std::unexpected(runtime_error("Invalid escaped char in [" + utf8(text) + "]"));
      int value = 0;
      for (int k = 0; k < 4; ++k) value = value * 16 + std::max(hex_digit(text[++i]), 0);
      out += static_cast<char16_t>(value);
    } else {
      out += text[i];
    }
  }
  return out;
}

Status add_rule(Mapping::Table& table, const std::string& rule) {
  const std::u16string wide = utf16(rule);
  const std::size_t arrow = wide.rfind(u"=>");
  if (arrow == std::u16string::npos) return std::unexpected(runtime_error("Invalid Mapping Rule : [" + rule + "]"));
  auto from = unescaped(trimmed(std::u16string_view(wide).substr(0, arrow)));
  auto to = unescaped(trimmed(std::u16string_view(wide).substr(arrow + 2)));
  if (!from || !to) return std::unexpected(!from ? from.error() : to.error());
  if (from->empty()) return std::unexpected(illegal_argument("cannot match the empty string"));
  if (!table.emplace(*from, *to).second) {
    return std::unexpected(illegal_argument("match \"" + utf8(*from) + "\" was already added"));
  }
  return {};
}

}  // namespace

Result<CharFilterPtr> make_mapping(const ComponentContext& context) {
  auto given = read_words(context.settings, "mappings");
  if (!given) return std::unexpected(given.error());
  if (!*given) {
    return std::unexpected(illegal_argument("mapping requires either `mappings` or `mappings_path` to be configured"));
  }
  Mapping::Table table;
  for (const std::string& rule : **given) {
    if (auto added = add_rule(table, rule); !added) return std::unexpected(added.error());
  }
  return std::make_shared<const Mapping>(std::move(table));
}

}  // namespace sluice::stages
