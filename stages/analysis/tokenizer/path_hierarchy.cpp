#include <algorithm>

#include "stages/analysis/java_character.h"
#include "stages/analysis/tokenizer/make.h"

namespace sluice::stages {

namespace {

/// Ever longer paths, or with `reverse` ever shorter ones. Source: Lucene's PathHierarchyTokenizer and its sister.
class PathTokenizer final : public Tokenizer {
 public:
  PathTokenizer(char16_t delimiter, char16_t replacement, std::size_t skip, bool reverse)
      : delimiter_(delimiter), replacement_(replacement), skip_(skip), reverse_(reverse) {}

  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    return reverse_ ? backward(text, stream) : forward(text, stream);
  }

 private:
  /// A delimiter belongs to the part behind it; the one at the very beginning ends nothing.
  Status forward(std::u16string_view text, TokenStream& stream) const {
    std::vector<std::size_t> bounds{0};
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] == delimiter_) bounds.push_back(i);
    }
    bounds.push_back(text.size());
    if (text.empty() || skip_ + 1 >= bounds.size()) return {};
    for (std::size_t part = skip_ + 1; part < bounds.size(); ++part) {
      if (auto added = add(text, bounds[skip_], bounds[part], stream); !added) return added;
    }
    return {};
  }

  /// Here it belongs to the part in front of it.
  Status backward(std::u16string_view text, TokenStream& stream) const {
    std::vector<std::size_t> bounds{0};
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == delimiter_) bounds.push_back(i + 1);
    }
    if (bounds.back() < text.size()) bounds.push_back(text.size());
    if (skip_ + 1 >= bounds.size()) return {};
    const std::size_t end = bounds.size() - 1 - skip_;
    for (std::size_t part = 0; part < end; ++part) {
      if (auto added = add(text, bounds[part], bounds[end], stream); !added) return added;
    }
    return {};
  }

  Status add(std::u16string_view text, std::size_t begin, std::size_t end, TokenStream& stream) const {
    if (auto taken = take_from_budget(stream, end - begin); !taken) return taken;
    Term term{.text = std::u16string(text.substr(begin, end - begin)),
              .start = static_cast<std::uint32_t>(begin),
              .end = static_cast<std::uint32_t>(end)};
    std::ranges::replace(term.text, delimiter_, replacement_);
    stream.terms.push_back(std::move(term));
    return {};
  }

  char16_t delimiter_;
  char16_t replacement_;
  std::size_t skip_;
  bool reverse_;
};

Result<char16_t> one_char(const ComponentSettings& settings, std::string_view name, char16_t fallback) {
  const auto text = settings.text(name);
  if (!text) return fallback;
  const std::u16string wide = utf16(*text);
  if (wide.size() == 1) return wide.front();
  return std::unexpected(illegal_argument(std::string(name) + " must be a one char value"));
}

}  // namespace

Result<TokenizerPtr> make_path_hierarchy_tokenizer(const ComponentContext& context) {
  const ComponentSettings& settings = context.settings;
  auto delimiter = one_char(settings, "delimiter", u'/');
  if (!delimiter) return std::unexpected(delimiter.error());
  auto replacement = one_char(settings, "replacement", *delimiter);
  if (!replacement) return std::unexpected(replacement.error());
  auto size = settings.integer("buffer_size", 1024);
  auto skip = settings.integer("skip", 0);
  auto reverse = settings.flag("reverse", false);
  if (!size || !skip) return std::unexpected(!size ? size.error() : skip.error());
  if (!reverse) return std::unexpected(reverse.error());
  if (*size < 0) return std::unexpected(illegal_argument("bufferSize cannot be negative"));
  if (*skip < 0) return std::unexpected(illegal_argument("skip cannot be negative"));
  return std::make_shared<const PathTokenizer>(*delimiter, *replacement, static_cast<std::size_t>(*skip), *reverse);
}

}  // namespace sluice::stages
