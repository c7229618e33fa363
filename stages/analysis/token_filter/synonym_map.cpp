#include "stages/analysis/token_filter/synonym_map.h"

#include <algorithm>

#include "stages/analysis/chain_analyzer.h"
#include "stages/analysis/java_character.h"

namespace sluice::stages {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

/// Splits at a separator that no backslash stands in front of.
std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(separator)) {
      if (i > begin) parts.push_back(text.substr(begin, i - begin));
      i += separator.size() - 1;
      begin = i + 1;
    } else if (text[i] == '\\') {
      ++i;
    }
  }
  if (begin < text.size()) parts.push_back(text.substr(begin));
  return parts;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

/// Reads rules into a map.
class RuleReader {
 public:
  RuleReader(AnalyzerParts parts, bool expand, bool lenient)
      : parts_(std::move(parts)), expand_(expand), lenient_(lenient) {}

  Status read(std::string_view line) {
    if (trimmed(line).empty() || line.starts_with('#')) return {};
    const std::vector<std::string_view> sides = split(line, "=>");
    if (sides.size() > 2) {
      return std::unexpected(illegal_argument("more than one explicit mapping specified on the same line"));
    }
    auto from = phrases_of(sides.empty() ? std::string_view() : sides.front());
    if (!from) return std::unexpected(from.error());
    if (sides.size() == 2) {
      auto to = phrases_of(sides.back());
      if (!to) return std::unexpected(to.error());
      for (const Phrase& each : *from) {
        for (const Phrase& instead : *to) map_.add(each, instead, false);
      }
      return {};
    }
    for (std::size_t i = 0; i < from->size(); ++i) {
      for (std::size_t k = 0; k < (expand_ ? from->size() : 1); ++k) {
        if (!expand_ || i != k) map_.add((*from)[i], (*from)[k], expand_);
      }
    }
    return {};
  }

  SynonymMap take() { return std::move(map_); }

 private:
  Result<std::vector<Phrase>> phrases_of(std::string_view side) {
    std::vector<Phrase> phrases;
    for (const std::string_view each : split(side, ",")) {
      const std::string text = unescaped(trimmed(each));
      auto phrase = analyzed(text);
      if (phrase) {
        phrases.push_back(std::move(*phrase));
      } else if (!lenient_) {
        return std::unexpected(phrase.error());
      }
    }
    return phrases;
  }

  Result<Phrase> analyzed(const std::string& text) {
    TokenStream stream;
    if (auto ran = run_parts(parts_, text, stream); !ran) return std::unexpected(ran.error());
    Phrase phrase;
    for (Term& term : stream.terms) {
      if (term.text.empty()) {
        return std::unexpected(illegal_argument("term: " + text + " analyzed to a zero-length token"));
      }
      if (term.increment != 1) {
        return std::unexpected(
            illegal_argument("term: " + text + " analyzed to a token (" + utf8(term.text) +
                             ") with position increment != 1 (got: " + std::to_string(term.increment) + ")"));
      }
      phrase.push_back(std::move(term.text));
    }
    if (phrase.empty()) {
      return std::unexpected(illegal_argument("term: " + text + " was completely eliminated by analyzer"));
    }
    return phrase;
  }

  AnalyzerParts parts_;
  bool expand_;
  bool lenient_;
  SynonymMap map_;
};

AnalyzerParts parts_before(const ComponentContext& context) {
  AnalyzerParts parts{context.char_filters_before, context.tokenizer_before, {}};
  for (const TokenFilterPtr& filter : context.filters_before) {
    if (filter->reads_synonyms()) parts.filters.push_back(filter);
  }
  return parts;
}

}  // namespace

void SynonymMap::add(const Phrase& from, const Phrase& to, bool keep_original) {
  Node* node = &root_;
  for (const std::u16string& word : from) node = &node->next[word];
  node->entry.keep_original = node->entry.keep_original || keep_original;
  if (std::ranges::find(node->entry.outputs, to) == node->entry.outputs.end()) node->entry.outputs.push_back(to);
}

SynonymMap::Match SynonymMap::match(const std::vector<Term>& terms, std::size_t at) const {
  Match match;
  const Node* node = &root_;
  for (std::size_t i = at; i < terms.size(); ++i) {
    const auto found = node->next.find(terms[i].text);
    if (found == node->next.end()) break;
    node = &found->second;
    if (!node->entry.outputs.empty()) match = {&node->entry, i - at + 1};
  }
  return match;
}

Result<SynonymMap> read_synonyms(const ComponentContext& context, std::string_view type) {
  const ComponentSettings& settings = context.settings;
  for (const std::string_view name : {"synonyms_path", "synonyms_set"}) {
    if (!settings.has(name)) continue;
    return std::unexpected(unsupported("[" + std::string(name) +
                                       "] is not supported by this version of sluice: give the rules themselves in "
                                       "[synonyms]"));
  }
  const auto rules = settings.list("synonyms", false);
  if (!rules) {
    return std::unexpected(illegal_argument(
        std::string(type) + " requires either `synonyms`, `synonyms_set` or `synonyms_path` to be configured"));
  }
  if (settings.text_or("format", "") == "wordnet") {
    return std::unexpected(unsupported("the format [wordnet] of synonyms is not supported by this version of sluice"));
  }
  auto expand = settings.flag("expand", true);
  auto lenient = settings.flag("lenient", false);
  if (!expand || !lenient) return std::unexpected(!expand ? expand.error() : lenient.error());
  RuleReader reader(parts_before(context), *expand, *lenient);
  for (std::size_t i = 0; i < rules->size(); ++i) {
    auto read = reader.read((*rules)[i]);
    if (read) continue;
    Error line(ErrorKind::kBadRequest, 500, "parse_exception", "Invalid synonym rule at line " + std::to_string(i + 1));
    return std::unexpected(illegal_argument("failed to build synonyms from ['" + context.name + "' analyzer settings]")
                               .wrapping(std::move(line).wrapping(read.error())));
  }
  return reader.take();
}

}  // namespace sluice::stages
