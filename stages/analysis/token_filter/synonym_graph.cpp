#include <algorithm>

#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/token_filter/synonym_map.h"

namespace sluice::stages {

namespace {

/// A way through a match: the words of a synonym, or the terms that were there.
struct Path {
  std::vector<Term> terms;
};

/// Synonyms as ways of their own beside the text. Source: Lucene's SynonymGraphFilter.
class SynonymGraph final : public TokenFilter {
 public:
  explicit SynonymGraph(SynonymMap map) : map_(std::move(map)) {}
  [[nodiscard]] bool reads_synonyms() const override { return false; }

  Status apply(TokenStream& stream) const override {
    std::vector<Term> made;
    std::int64_t last = -1;  // node of the last term
    std::int64_t next = 0;   // node behind it
    for (std::size_t i = 0; i < stream.terms.size();) {
      const SynonymMap::Match match = map_.match(stream.terms, i);
      if (match.entry == nullptr) {
        last += stream.terms[i].increment;
        next = last + stream.terms[i].length;
        made.push_back(std::move(stream.terms[i++]));
        continue;
      }
      std::vector<Path> paths = paths_of(match, stream, i);
      for (const Path& path : paths) {
        for (const Term& term : path.terms) {
          if (auto taken = take_from_budget(stream, term.text.size()); !taken) return taken;
        }
      }
      add_paths(paths, last, next, made);
      i += match.length;
    }
    stream.terms = std::move(made);
    return {};
  }

 private:
  static std::vector<Path> paths_of(const SynonymMap::Match& match, const TokenStream& stream, std::size_t at) {
    std::vector<Path> paths;
    for (const Phrase& phrase : match.entry->outputs) {
      Path& path = paths.emplace_back();
      for (const std::u16string& word : phrase) {
        Term& term = path.terms.emplace_back();
        term.text = word;
        term.start = stream.terms[at].start;
        term.end = stream.terms[at + match.length - 1].end;
        term.type = "SYNONYM";
      }
    }
    if (match.entry->keep_original) {
      const auto begin = stream.terms.begin() + static_cast<std::ptrdiff_t>(at);
      paths.push_back({{begin, begin + static_cast<std::ptrdiff_t>(match.length)}});
    }
    return paths;
  }

  /// The first terms of all paths, then the others path by path: nodes never go back.
  static void add_paths(std::vector<Path>& paths, std::int64_t& last, std::int64_t& next, std::vector<Term>& made) {
    const std::int64_t start = next;
    std::int64_t inner = 0;
    for (const Path& path : paths) inner += std::ssize(path.terms) - 1;
    const std::int64_t end = start + inner + 1;
    const auto add = [&](Term& term, std::int64_t from, std::int64_t to) {
      term.increment = static_cast<std::uint32_t>(from - last);
      term.length = static_cast<std::uint16_t>(to - from);
      last = from;
      made.push_back(std::move(term));
    };
    std::int64_t node = start + 1;
    std::vector<std::int64_t> second;
    for (Path& path : paths) {
      const bool alone = path.terms.size() == 1;
      second.push_back(node);
      add(path.terms.front(), start, alone ? end : node);
      node += std::ssize(path.terms) - 1;
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
      for (std::size_t k = 1; k < paths[i].terms.size(); ++k) {
        const auto from = second[i] + static_cast<std::int64_t>(k) - 1;
        add(paths[i].terms[k], from, k + 1 == paths[i].terms.size() ? end : from + 1);
      }
    }
    next = end;
  }

  SynonymMap map_;
};

/// Graphs made flat: terms that begin at one node stand at one position, a way that is shorter spans more of them.
/// Source: Lucene's FlattenGraphFilter.
class FlattenGraph final : public TokenFilter {
 public:
  [[nodiscard]] bool reads_synonyms() const override { return false; }
  Status apply(TokenStream& stream) const override {
    std::map<std::int64_t, std::int64_t> flat;  // node -> position
    std::int64_t node = -1;
    std::vector<std::pair<std::int64_t, std::int64_t>> spans;
    for (const Term& term : stream.terms) {
      node += term.increment;
      const auto before = flat.upper_bound(node);
      const std::int64_t floor = before == flat.begin() ? 0 : std::prev(before)->second;
      const std::int64_t at = flat.try_emplace(node, std::max(floor, std::int64_t{0})).first->second;
      std::int64_t& to = flat[node + term.length];
      to = std::max(to, at + 1);
      spans.emplace_back(node, node + term.length);
    }
    std::vector<std::size_t> order(stream.terms.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return flat[spans[i].first]; });
    std::vector<Term> made;
    std::int64_t last = -1;
    for (const std::size_t i : order) {
      Term term = std::move(stream.terms[i]);
      const std::int64_t at = flat[spans[i].first];
      term.increment = static_cast<std::uint32_t>(at - last);
      term.length = static_cast<std::uint16_t>(std::max<std::int64_t>(1, flat[spans[i].second] - at));
      last = at;
      made.push_back(std::move(term));
    }
    stream.terms = std::move(made);
    return {};
  }
};

}  // namespace

Result<TokenFilterPtr> make_synonym_graph(const ComponentContext& context) {
  auto map = read_synonyms(context, "synonym_graph");
  if (!map) return std::unexpected(map.error());
  return std::make_shared<const SynonymGraph>(std::move(*map));
}

Result<TokenFilterPtr> make_flatten_graph(const ComponentContext& /*context*/) {
  return std::make_shared<const FlattenGraph>();
}

}  // namespace sluice::stages
