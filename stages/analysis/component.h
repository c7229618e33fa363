#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/analysis/component_settings.h"
#include "stages/analysis/token_stream.h"

namespace sluice::stages {

/// Changes a text before it is split. Immutable; any thread, as are the other components.
class CharFilter {
 public:
  virtual ~CharFilter() = default;
  virtual Status apply(FilteredText& text) const = 0;
  /// Whether it is for terms that are not split, too.
  [[nodiscard]] virtual bool normalizes() const { return false; }
};
using CharFilterPtr = std::shared_ptr<const CharFilter>;

/// Splits a text. Offsets of the terms are those of `text`; whoever calls corrects them.
class Tokenizer {
 public:
  virtual ~Tokenizer() = default;
  virtual Status tokenize(std::u16string_view text, TokenStream& stream) const = 0;
};
using TokenizerPtr = std::shared_ptr<const Tokenizer>;

/// Changes, drops or adds terms.
class TokenFilter {
 public:
  virtual ~TokenFilter() = default;
  virtual Status apply(TokenStream& stream) const = 0;
  /// Whether it changes single characters only, so that it is for terms that are not split, too.
  [[nodiscard]] virtual bool normalizes() const { return false; }
  /// What it does to such a term.
  virtual void normalize(std::u16string& /*term*/) const {}
  /// Whether a `synonym` filter behind it reads its rules through it.
  [[nodiscard]] virtual bool reads_synonyms() const { return true; }
};
using TokenFilterPtr = std::shared_ptr<const TokenFilter>;

/// What components of an index may look at besides their own settings.
struct ComponentLimits {
  std::int64_t max_ngram_diff = 1;    ///< index.max_ngram_diff
  std::int64_t max_shingle_diff = 3;  ///< index.max_shingle_diff
};

/// What a component is made of.
struct ComponentContext {
  std::string name;  ///< as the index calls it; of an ad-hoc one `__anonymous__TYPE`
  const ComponentSettings& settings;
  ComponentLimits limits = {};
  /// Another filter of the index, or of Elasticsearch's own. For `multiplexer`. Errors: there is none.
  std::function<Result<TokenFilterPtr>(std::string_view)> filter_named = {};
  /// Tokenizer and filters in front of this one: how `synonym` reads its rules.
  TokenizerPtr tokenizer_before = {};
  std::vector<CharFilterPtr> char_filters_before = {};
  std::vector<TokenFilterPtr> filters_before = {};
};

/// A filter that changes each term by itself.
struct TermChange {
  std::function<void(std::u16string&)> change;
  bool keeps_keywords = false;  ///< terms marked as keywords stay as they are
  bool normalizes = false;
};
TokenFilterPtr make_term_filter(TermChange change);

/// Refuses where filters have made too much of a text. Source: none in Elasticsearch, which runs out of memory.
Status take_from_budget(TokenStream& stream, std::size_t units);

}  // namespace sluice::stages
