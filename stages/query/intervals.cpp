#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "stages/analysis/analysis.h"
#include "stages/query/field_alias.h"
#include "stages/query/interval_rule.h"
#include "stages/query/multi_term.h"
#include "stages/query/regexp.h"
#include "stages/query/text_search.h"
#include "stages/query/token_graph.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

using Id = IntervalBuilder::Id;
using Ids = IntervalBuilder::Ids;
using pipeline::FieldKind;
using pipeline::FieldSchema;

/// That a field has intervals; scored by how many and how short they are. Source: Lucene's IntervalQuery with its
/// saturation function, whose pivot is 1.
class Intervals final : public Query {
 public:
  Intervals(IntervalPlan plan, std::string field) : plan_(std::move(plan)), field_(std::move(field)) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override { return !plan_.find(document).empty(); }
  [[nodiscard]] float score(DocumentFields& document) const override { return score_of(plan_.find(document)); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const TextIntervals& found = plan_.find(document);
    return found.empty() ? std::nullopt : std::optional(score_of(found));
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] double cost() const override {
    return cost::kText + cost::kPattern * static_cast<double>(plan_.nodes.size());
  }
  void explain(PlanText& plan) const override {
    plan.leaf(fmt::format("[{}] has intervals, found in {} steps", field_, plan_.nodes.size()));
  }

 private:
  [[nodiscard]] float score_of(const TextIntervals& found) const {
    float frequency = 0;
    for (const TextInterval& each : found) {
      const std::int64_t more = std::int64_t{each.end} - each.start + 1 - plan_.nodes.back().extent + 1;
      frequency += 1.0F / static_cast<float>(std::max<std::int64_t>(more, 1));
    }
    return 1.0F - 1.0F / (1.0F + frequency);
  }

  IntervalPlan plan_;
  std::string field_;
};

struct FilterType {
  std::string_view name;
  IntervalKind relation;
};

/// `before` and `after` are made of others.
constexpr auto kFilters = std::to_array<FilterType>({
    {"containing", IntervalKind::kContaining},
    {"contained_by", IntervalKind::kContainedBy},
    {"not_containing", IntervalKind::kNotContaining},
    {"not_contained_by", IntervalKind::kNotContainedBy},
    {"overlapping", IntervalKind::kOverlapping},
    {"not_overlapping", IntervalKind::kNotOverlapping},
});

Id combined(const Ids& sources, std::int32_t max_gaps, bool ordered, IntervalBuilder& builder) {
  if (sources.empty()) return builder.none();
  if (sources.size() == 1) return sources.front();
  if (max_gaps == 0 && ordered) return builder.block(sources);
  const Id inner = ordered ? builder.ordered(sources) : builder.unordered(sources);
  return max_gaps == -1 ? inner : builder.max_gaps(inner, max_gaps);
}

/// Makes sources of the words of a text. Source: Elasticsearch's IntervalBuilder.
class TextIntervalBuilder {
 public:
  TextIntervalBuilder(const WordSource& source, IntervalBuilder& builder) : source_(source), builder_(builder) {}

  Id build(const std::vector<Token>& tokens, std::int32_t max_gaps, bool ordered) {
    if (tokens.empty()) return builder_.none();
    if (tokens.size() == 1) return word(tokens.front().text);
    return combined(is_graph(tokens) ? graph(tokens) : places(tokens), max_gaps, ordered, builder_);
  }

 private:
  Id word(const std::string& text) { return builder_.words({source_, text, nullptr}); }

  /// Each word, or the words that stand at one place, with the holes before them.
  Ids places(const std::vector<Token>& tokens) {
    Ids all;
    std::int64_t last = -1;
    for (std::size_t i = 0; i < tokens.size();) {
      const std::uint32_t position = tokens[i].position;
      Ids words;
      for (; i < tokens.size() && tokens[i].position == position; ++i) words.push_back(word(tokens[i].text));
      const auto holes = static_cast<std::int32_t>(position - last - 1);
      const Id here = words.size() == 1 ? words.front() : builder_.any(words);
      all.push_back(holes == 0 ? here : builder_.extended(here, holes, 0));
      last = position;
    }
    return all;
  }

  /// A word of a graph, from where the holes before it begin to where it ends.
  struct Edge {
    std::uint32_t start;
    std::uint32_t end;
    Id word;
  };

  std::vector<Edge> edges_of(const std::vector<Token>& tokens) {
    std::vector<Edge> edges;
    std::uint32_t free = 0;  // behind the last position that has words
    std::uint32_t start = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (i == 0 || token.position != tokens[i - 1].position) start = free;
      const auto holes = static_cast<std::int32_t>(token.position - start);
      const Id plain = word(token.text);
      edges.push_back(
          {start, token.position + token.position_length, holes == 0 ? plain : builder_.extended(plain, holes, 0)});
      free = token.position + 1;
    }
    return edges;
  }

  /// The parts between the places that every way leads through: one word, or all ways. Of words that stand alone at one
  /// place Elasticsearch takes the first.
  Ids graph(const std::vector<Token>& tokens) {
    const std::vector<Edge> edges = edges_of(tokens);
    Ids all;
    for (auto first = edges.begin(); first != edges.end();) {
      std::uint32_t end = first->end;
      auto last = first;
      while (last != edges.end() && (last == first || last->start < end)) {
        end = std::max(end, last->end);
        ++last;
      }
      const bool forks = std::any_of(
          first, last, [&](const Edge& edge) { return edge.start == first->start && edge.end != first->end; });
      if (forks) {
        Ids paths;
        Ids path;
        walk(std::vector<Edge>(first, last), first->start, end, path, paths);
        all.push_back(builder_.any(paths));
      } else {
        all.push_back(first->word);
      }
      first = last;
    }
    return all;
  }

  void walk(const std::vector<Edge>& edges, std::uint32_t at, std::uint32_t end, Ids& path, Ids& paths) {
    if (at >= end) {
      if (!builder_.takes_one_more(paths)) return;
      paths.push_back(combined(path, 0, true, builder_));
      return;
    }
    for (const Edge& edge : edges) {
      if (edge.start != at || builder_.refused()) continue;
      path.push_back(edge.word);
      walk(edges, edge.end, end, path, paths);
      path.pop_back();
    }
  }

  const WordSource& source_;
  IntervalBuilder& builder_;
};

/// Makes the sources of rules.
class RuleBuilder {
 public:
  RuleBuilder(const ClauseContext& context, IntervalBuilder& builder) : context_(context), builder_(builder) {}

  /// `type`: the field whose analyzer counts; `place`: the one whose words do. They differ in the filter of a rule with
  /// `use_field`.
  Result<Id> build(const IntervalRule& rule, const FieldSchema& outer, const FieldSchema& place) {
    const FieldSchema& type = rule.use_field.empty() ? outer : *context_.find(rule.use_field);
    if (type.kind != FieldKind::kText) {
      return std::unexpected(illegal_argument("Can only use interval queries on text fields - not on [" + type.path +
                                              "] which is of type [" + type.type + "]"));
    }
    auto source = source_of(rule, type, rule.use_field.empty() ? place : type);
    if (!source) return source;
    if (!rule.use_field.empty()) {
      auto words = words_of(type, context_);
      if (!words) return std::unexpected(std::move(words.error()));
      source = builder_.in_field(*source, static_cast<std::int32_t>(words->number));
    }
    return rule.filter ? filtered(*source, *rule.filter, type, place) : source;
  }

 private:
  Result<Id> source_of(const IntervalRule& rule, const FieldSchema& type, const FieldSchema& place) {
    if (rule.kind != IntervalRule::Kind::kAllOf && rule.kind != IntervalRule::Kind::kAnyOf) {
      return leaf(rule, type, place);
    }
    Ids sources;
    for (const IntervalRule& each : rule.rules) {
      auto built = build(each, type, place);
      if (!built) return built;
      sources.push_back(*built);
    }
    if (rule.kind == IntervalRule::Kind::kAnyOf) return builder_.any(sources);
    return combined(sources, rule.max_gaps, rule.ordered, builder_);
  }

  Result<Id> leaf(const IntervalRule& rule, const FieldSchema& type, const FieldSchema& place) {
    auto words = words_of(place, context_);
    if (!words) return std::unexpected(std::move(words.error()));
    auto analyzer = analyzer_of(rule, type);
    if (!analyzer) return std::unexpected(std::move(analyzer.error()));
    if (rule.kind == IntervalRule::Kind::kMatch) {
      std::vector<Token> tokens;
      if (auto read = (*analyzer)->analyze(rule.text, tokens); !read) return std::unexpected(read.error());
      if (!tokens.empty() && !type.positions) return std::unexpected(no_positions(type));
      return TextIntervalBuilder(*words, builder_).build(tokens, rule.max_gaps, rule.ordered);
    }
    if (!type.positions) return std::unexpected(no_positions(type));
    auto pattern = pattern_of(rule, **analyzer);
    if (!pattern) return std::unexpected(std::move(pattern.error()));
    return builder_.words({std::move(*words), {}, std::move(*pattern)});
  }

  static Error no_positions(const FieldSchema& field) {
    return illegal_argument("Cannot create intervals over field [" + field.path + "] with no positions indexed");
  }

  Result<AnalyzerPtr> analyzer_of(const IntervalRule& rule, const FieldSchema& field) {
    if (!rule.analyzer.empty()) {
      // One that is not there counts for nothing.
      if (auto named = analysis_of(context_).analyzer(rule.analyzer)) return named;
    }
    return search_analyzer(field, /*quoted=*/false, context_);
  }

  static Result<TermPatternPtr> pattern_of(const IntervalRule& rule, const Analyzer& analyzer) {
    auto text = analyzer.normalize(rule.text);
    if (!text) return std::unexpected(std::move(text.error()));
    switch (rule.kind) {
      case IntervalRule::Kind::kPrefix:
        return prefix_pattern(std::move(*text), /*fold=*/false);
      case IntervalRule::Kind::kWildcard:
        return wildcard_pattern(*text, /*fold=*/false);
      case IntervalRule::Kind::kRegexp:
        return regexp_pattern(std::move(*text), RegexpOptions{});
      case IntervalRule::Kind::kFuzzy: {
        if (rule.prefix_length < 0) return std::unexpected(illegal_argument("prefixLength cannot be negative."));
        const FuzzyOptions options{.prefix_length = static_cast<std::uint32_t>(rule.prefix_length),
                                   .transpositions = rule.transpositions};
        return fuzzy_pattern(std::move(*text), rule.fuzziness.edits_for(rule.text), options);
      }
      default:
        return range_of(rule, analyzer);
    }
  }

  static Result<TermPatternPtr> range_of(const IntervalRule& rule, const Analyzer& analyzer) {
    auto low = analyzer.normalize(rule.low.value_or(""));
    if (!low) return std::unexpected(std::move(low.error()));
    auto high = analyzer.normalize(rule.high.value_or(""));
    if (!high) return std::unexpected(std::move(high.error()));
    return range_pattern(std::move(*low), rule.with_low, std::move(*high), rule.with_high);
  }

  Result<Id> filtered(Id source, const IntervalFilter& filter, const FieldSchema& type, const FieldSchema& place) {
    auto by = build(*filter.rule, type, place);
    if (!by) return by;
    if (filter.type == "before") return builder_.before(source, *by);
    if (filter.type == "after") return builder_.after(source, *by);
    const auto known = std::ranges::find(kFilters, filter.type, &FilterType::name);
    if (known == kFilters.end()) return std::unexpected(illegal_argument("Unknown filter type [" + filter.type + "]"));
    return builder_.filtered(known->relation, source, *by);
  }

  const ClauseContext& context_;
  IntervalBuilder& builder_;
};

/// Whether there are all fields that a rule names. Those of filters, which fail a node, count too.
bool has_fields(const IntervalRule& rule, const ClauseContext& context) {
  return (rule.use_field.empty() || context.find(rule.use_field) != nullptr) &&
         (!rule.filter || has_fields(*rule.filter->rule, context)) &&
         std::ranges::all_of(rule.rules, [&](const IntervalRule& each) { return has_fields(each, context); });
}

Error expected(const ClauseContext& context, const char* at, std::string_view what, std::string_view but) {
  return query_parsing_error(context, at, fmt::format("Expected [{}] but got [{}]", what, but));
}

/// The rule of a field, with the boost beside it. `end`: where the query's body ends.
Result<IntervalRule> read_rule(const JsonMember& field, const char* end, const ClauseContext& context, float& boost) {
  auto members = json_members(field.value, "[intervals]");
  if (!members) return std::unexpected(members.error());
  std::optional<IntervalRule> rule;
  std::string name;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, "intervals", boost);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (rule) {
      return std::unexpected(query_parsing_error(
          context, member.key.data(),
          fmt::format("Only one interval rule can be specified, found [{}] and [{}]", name, member.name())));
    }
    name = member.name();
    auto read = read_interval_rule(member, context);
    if (!read) return std::unexpected(std::move(read.error()));
    rule = std::move(*read);
  }
  if (rule) return std::move(*rule);
  return std::unexpected(query_parsing_error(context, end, "Missing intervals from interval query definition"));
}

}  // namespace

Result<QueryPtr> compile_intervals(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[intervals]");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) return std::unexpected(expected(context, end_of(body), "FIELD_NAME", "END_OBJECT"));
  const JsonMember& clause = members->front();
  if (!clause.value.starts_with('{')) {
    return std::unexpected(expected(context, clause.value.data(), "START_OBJECT", json_token_name(clause.value)));
  }
  float boost = 1;
  auto rule = read_rule(clause, end_of(body), context, boost);
  if (!rule) return std::unexpected(std::move(rule.error()));
  if (members->size() > 1) {
    return std::unexpected(expected(context, (*members)[1].key.data(), "END_OBJECT", "FIELD_NAME"));
  }
  const FieldSchema* field = context.find(clause.name());
  if (field == nullptr || !has_fields(*rule, context)) return nothing("there is no field [" + clause.name() + "]");
  // Elasticsearch looks for the words under the alias's own name.
  if (is_alias(*field)) return nothing("intervals of an alias find nothing");
  IntervalBuilder builder(context.max_clauses);
  auto root = RuleBuilder(context, builder).build(*rule, *field, *field);
  if (!root) return std::unexpected(as_shard_error(context, std::move(root.error())));
  auto plan = std::move(builder).finish(*root);
  if (!plan) return std::unexpected(as_shard_error(context, std::move(plan.error())));
  return with_boost(std::make_shared<const Intervals>(std::move(*plan), field->path), boost);
}

}  // namespace sluice::stages
