#include <algorithm>

#include "stages/analysis/java_character.h"
#include "stages/analysis/tokenizer/make.h"

namespace sluice::stages {

namespace {

/// Runs of characters of a kind, cut after so many units. Source: Lucene's CharTokenizer.
class RunTokenizer final : public Tokenizer {
 public:
  using Wanted = bool (*)(char32_t);
  RunTokenizer(Wanted wanted, std::size_t longest, bool lower) : wanted_(wanted), longest_(longest), lower_(lower) {}

  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t begin = at;
      while (at < text.size() && at - begin < longest_ && wanted_(point_at(text, at))) {
        at += point_size(point_at(text, at));
      }
      if (at == begin) {
        at += point_size(point_at(text, at));
        continue;
      }
      std::u16string term(text.substr(begin, at - begin));
      if (lower_) lower_in_place(term);
      stream.terms.push_back(Term{
          .text = std::move(term), .start = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(at)});
    }
    return {};
  }

 private:
  Wanted wanted_;
  std::size_t longest_;
  bool lower_;
};

constexpr std::size_t kLongest = 255;

class KeywordTokenizer final : public Tokenizer {
 public:
  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    stream.terms.push_back(
        Term{.text = std::u16string(text), .start = 0, .end = static_cast<std::uint32_t>(text.size())});
    return {};
  }
};

/// Classes of `tokenize_on_chars`, by the names that Elasticsearch gives them.
struct CharGroups {
  bool whitespace = false;
  bool letter = false;
  bool digit = false;
  bool punctuation = false;
  bool symbol = false;
  std::u16string others;
};

class CharGroupTokenizer final : public Tokenizer {
 public:
  CharGroupTokenizer(CharGroups groups, std::size_t longest) : groups_(std::move(groups)), longest_(longest) {}
  Status tokenize(std::u16string_view text, TokenStream& stream) const override;

 private:
  [[nodiscard]] bool splits(char32_t point) const;
  CharGroups groups_;
  std::size_t longest_;
};

bool CharGroupTokenizer::splits(char32_t point) const {
  return (groups_.whitespace && is_java_whitespace(point)) || (groups_.letter && is_java_letter(point)) ||
         (groups_.digit && is_java_digit(point)) || (groups_.punctuation && is_java_punctuation(point)) ||
         (groups_.symbol && is_java_symbol(point)) ||
         (point < 0x10000 && groups_.others.find(static_cast<char16_t>(point)) != std::u16string::npos);
}

Status CharGroupTokenizer::tokenize(std::u16string_view text, TokenStream& stream) const {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    while (at < text.size() && at - begin < longest_ && !splits(point_at(text, at))) {
      at += point_size(point_at(text, at));
    }
    if (at == begin) {
      at += point_size(point_at(text, at));
      continue;
    }
    stream.terms.push_back(Term{.text = std::u16string(text.substr(begin, at - begin)),
                                .start = static_cast<std::uint32_t>(begin),
                                .end = static_cast<std::uint32_t>(at)});
  }
  return {};
}

Error runtime_error(std::string reason) {
  return {ErrorKind::kBadRequest, 500, "runtime_exception", std::move(reason)};
}

/// `\n`, `\u00e9` and the like, or a character as it is. Source: Elasticsearch's CharGroupTokenizerFactory.
Result<char16_t> escaped_char(std::u16string_view wide, const std::string& shown) {
  const Error invalid = runtime_error("Invalid escaped char in [" + shown + "]");
  if (wide.size() < 2) return std::unexpected(invalid);
  switch (wide[1]) {
    case u'\\':
      return u'\\';
    case u'n':
      return u'\n';
    case u't':
      return u'\t';
    case u'r':
      return u'\r';
    case u'b':
      return u'\b';
    case u'f':
      return u'\f';
    case u'u': {
      if (wide.size() != 6) return std::unexpected(invalid);
      unsigned value = 0;
      for (const char16_t digit : wide.substr(2)) {
        const int number = hex_digit(digit);
        if (number < 0) return std::unexpected(invalid);
        value = value * 16 + static_cast<unsigned>(number);
      }
      return static_cast<char16_t>(value);
    }
    default:
      return std::unexpected(runtime_error("Invalid escaped char " + utf8(wide.substr(1, 1)) + " in [" + shown + "]"));
  }
}

Status add_group(CharGroups& groups, const std::string& item) {
  const std::u16string wide = utf16(item);
  if (wide.empty()) return std::unexpected(runtime_error("[tokenize_on_chars] cannot contain empty characters"));
  if (wide.size() == 1) {
    groups.others += wide;
  } else if (wide.front() == u'\\') {
    auto read = escaped_char(wide, item);
    if (!read) return std::unexpected(read.error());
    groups.others += *read;
  } else if (item == "letter") {
    groups.letter = true;
  } else if (item == "digit") {
    groups.digit = true;
  } else if (item == "whitespace") {
    groups.whitespace = true;
  } else if (item == "punctuation") {
    groups.punctuation = true;
  } else if (item == "symbol") {
    groups.symbol = true;
  } else {
    return std::unexpected(runtime_error("Invalid escaped char in [" + item + "]"));
  }
  return {};
}

}  // namespace

Result<TokenizerPtr> make_keyword_tokenizer(const ComponentContext& /*context*/) {
  return std::make_shared<const KeywordTokenizer>();
}

Result<TokenizerPtr> make_letter_tokenizer(const ComponentContext& /*context*/) {
  return std::make_shared<const RunTokenizer>(is_java_letter, kLongest, false);
}

Result<TokenizerPtr> make_lowercase_tokenizer(const ComponentContext& /*context*/) {
  return std::make_shared<const RunTokenizer>(is_java_letter, kLongest, true);
}

Result<TokenizerPtr> make_whitespace_tokenizer(const ComponentContext& context) {
  auto longest = context.settings.integer("max_token_length", kLongest);
  if (!longest) return std::unexpected(longest.error());
  if (*longest < 1 || *longest > 1'048'576) {
    return std::unexpected(illegal_argument("maxTokenLen must be greater than 0 and less than 1048576 passed: " +
                                            std::to_string(*longest)));
  }
  return std::make_shared<const RunTokenizer>([](char32_t point) { return !is_java_whitespace(point); },
                                              static_cast<std::size_t>(*longest), false);
}

Result<TokenizerPtr> make_char_group_tokenizer(const ComponentContext& context) {
  auto longest = context.settings.integer("max_token_length", kLongest);
  if (!longest) return std::unexpected(longest.error());
  CharGroups groups;
  for (const std::string& item : context.settings.list("tokenize_on_chars").value_or(std::vector<std::string>())) {
    if (auto added = add_group(groups, item); !added) return std::unexpected(added.error());
  }
  return std::make_shared<const CharGroupTokenizer>(std::move(groups), static_cast<std::size_t>(*longest));
}

}  // namespace sluice::stages
