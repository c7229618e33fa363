#include <algorithm>

#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

using Chain = std::vector<TokenFilterPtr>;

/// Each term through several chains of filters, what comes out alike once. Source: Elasticsearch's
/// MultiplexerTokenFilterFactory.
class Multiplexer final : public TokenFilter {
 public:
  explicit Multiplexer(std::vector<Chain> chains) : chains_(std::move(chains)) {}

  Status apply(TokenStream& stream) const override {
    std::vector<Term> made;
    for (const Term& term : stream.terms) {
      const std::size_t from = made.size();
      for (const Chain& chain : chains_) {
        TokenStream one;
        one.budget = stream.budget;
        one.end_offset = stream.end_offset;
        one.terms.push_back(term);
        for (const TokenFilterPtr& filter : chain) {
          if (auto applied = filter->apply(one); !applied) return applied;
        }
        if (auto taken = take_from_budget(stream, term.text.size()); !taken) return taken;
        for (Term& each : one.terms) add(std::move(each), from, term.increment, made);
      }
    }
    stream.terms = std::move(made);
    return {};
  }

 private:
  static void add(Term term, std::size_t from, std::uint32_t increment, std::vector<Term>& made) {
    const auto begin = made.begin() + static_cast<std::ptrdiff_t>(from);
    if (std::any_of(begin, made.end(), [&](const Term& each) { return each.text == term.text; })) return;
    term.increment = made.size() == from ? increment : 0;
    made.push_back(std::move(term));
  }

  std::vector<Chain> chains_;
};

Result<Chain> chain_of(const ComponentContext& context, std::string_view names) {
  Chain chain;
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    std::string_view name = names.substr(0, comma);
    names = comma == std::string_view::npos ? std::string_view() : names.substr(comma + 1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (name.empty()) continue;
    auto filter = context.filter_named(name);
    if (!filter) return std::unexpected(filter.error());
    chain.push_back(std::move(*filter));
  }
  return chain;
}

}  // namespace

Result<TokenFilterPtr> make_multiplexer(const ComponentContext& context) {
  auto preserve = context.settings.flag("preserve_original", true);
  if (!preserve) return std::unexpected(preserve.error());
  std::vector<Chain> chains;
  if (*preserve) chains.emplace_back();
  for (const std::string& names : context.settings.list("filters", false).value_or(std::vector<std::string>())) {
    auto chain = chain_of(context, names);
    if (!chain) return std::unexpected(chain.error());
    chains.push_back(std::move(*chain));
  }
  return std::make_shared<const Multiplexer>(std::move(chains));
}

}  // namespace sluice::stages
