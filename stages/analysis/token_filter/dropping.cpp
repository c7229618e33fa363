#include "stages/analysis/token_filter/dropping.h"

#include <algorithm>
#include <limits>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

namespace {

/// A term filter that keeps what a function says.
class Keeping final : public TokenFilter {
 public:
  explicit Keeping(std::function<bool(const Term&)> keeps) : keeps_(std::move(keeps)) {}
  Status apply(TokenStream& stream) const override {
    drop_terms(stream, keeps_);
    return {};
  }

 private:
  std::function<bool(const Term&)> keeps_;
};

TokenFilterPtr keeping(std::function<bool(const Term&)> keeps) {
  return std::make_shared<const Keeping>(std::move(keeps));
}

/// `remove_trailing: false`: the last word may be one that is still being typed. Source: Lucene's SuggestStopFilter.
class StopButLast final : public TokenFilter {
 public:
  explicit StopButLast(WordSet words) : words_(std::move(words)) {}
  Status apply(TokenStream& stream) const override {
    const Term* const last = stream.terms.empty() ? nullptr : &stream.terms.back();
    const bool typing = last != nullptr && last->end == stream.end_offset;
    drop_terms(stream, [&](const Term& term) { return (typing && &term == last) || !words_.contains(term.text); });
    return {};
  }

 private:
  WordSet words_;
};

/// Source: Lucene's LimitTokenCountFilter: it does not look behind the last word it wants, unless it is to.
class Limit final : public TokenFilter {
 public:
  Limit(std::size_t most, bool all) : most_(most), all_(all) {}
  Status apply(TokenStream& stream) const override {
    if (stream.terms.size() < most_) return {};
    stream.terms.resize(most_);
    if (all_) return {};
    stream.end_offset = stream.terms.back().end;
    stream.end_increment = 0;
    return {};
  }

 private:
  std::size_t most_;
  bool all_;
};

}  // namespace

Result<TokenFilterPtr> make_stop(const ComponentContext& context) {
  auto ignore_case = context.settings.flag("ignore_case", false);
  auto trailing = context.settings.flag("remove_trailing", true);
  if (!ignore_case || !trailing) return std::unexpected(!ignore_case ? ignore_case.error() : trailing.error());
  auto words = read_stop_words(context.settings, "_english_", *ignore_case);
  if (!words) return std::unexpected(words.error());
  if (!*trailing) return std::make_shared<const StopButLast>(std::move(*words));
  return keeping([words = std::move(*words)](const Term& term) { return !words.contains(term.text); });
}

Result<TokenFilterPtr> make_length(const ComponentContext& context) {
  auto least = context.settings.integer("min", 0);
  auto most = context.settings.integer("max", std::numeric_limits<std::int32_t>::max());
  if (!least || !most) return std::unexpected(!least ? least.error() : most.error());
  if (*least < 0) return std::unexpected(illegal_argument("minimum length must be greater than or equal to zero"));
  if (*least > *most) {
    return std::unexpected(illegal_argument("maximum length must not be greater than minimum length"));
  }
  return keeping([low = static_cast<std::size_t>(*least), high = static_cast<std::size_t>(*most)](const Term& term) {
    return term.text.size() >= low && term.text.size() <= high;
  });
}

Result<TokenFilterPtr> make_keep(const ComponentContext& context) {
  const ComponentSettings& settings = context.settings;
  auto given = read_words(settings, "keep_words");
  if (!given) return std::unexpected(given.error());
  if (!*given) {
    return std::unexpected(illegal_argument("keep requires either `keep_words` or `keep_words_path` to be configured"));
  }
  auto ignore_case = settings.flag("keep_words_case", false);
  if (!ignore_case) return std::unexpected(ignore_case.error());
  WordSet words(*ignore_case);
  for (const std::string& word : **given) words.add(utf16(word));
  return keeping([words = std::move(words)](const Term& term) { return words.contains(term.text); });
}

Result<TokenFilterPtr> make_keep_types(const ComponentContext& context) {
  auto types = context.settings.list("types").value_or(std::vector<std::string>());
  if (types.empty()) return std::unexpected(illegal_argument("keep_types requires `types` to be configured"));
  const std::string mode = context.settings.text_or("mode", "include");
  if (mode != "include" && mode != "exclude") {
    return std::unexpected(
        illegal_argument("`keep_types` tokenfilter mode can only be [include] or [exclude] but was [" + mode + "]."));
  }
  return keeping([types = std::move(types), include = mode == "include"](const Term& term) {
    return (std::ranges::find(types, term.type) != types.end()) == include;
  });
}

Result<TokenFilterPtr> make_limit(const ComponentContext& context) {
  auto most = context.settings.integer("max_token_count", 1);
  auto all = context.settings.flag("consume_all_tokens", false);
  if (!most || !all) return std::unexpected(!most ? most.error() : all.error());
  if (*most < 1) return std::unexpected(illegal_argument("maxTokenCount must be greater than zero"));
  return std::make_shared<const Limit>(static_cast<std::size_t>(*most), *all);
}

}  // namespace sluice::stages
