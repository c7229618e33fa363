// What the recorded queries can't ask of intervals, spans and more_like_this: their limits, synonyms, and what happens
// where nobody counts words.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "stages/parse/structurals.h"
#include "stages/query/query_stage.h"
#include "tests/padded.h"

namespace sluice::stages {
namespace {

using tests::padded;

const store::Mapping& mapping() {
  static const store::MappingPtr parsed = *store::Mapping::parse(
      R"({"properties":{"t":{"type":"text"},"p":{"type":"text","index_options":"freqs"},"k":{"type":"keyword"},)"
      R"("far":{"type":"text","position_increment_gap":1000010000}},)"
      R"("runtime":{"r":{"type":"keyword"}}})");
  return *parsed;
}

Result<CompiledQueryPtr> compiled(std::string_view query, bool scored = false) {
  static thread_local std::vector<Buffer> kept;
  kept.push_back(padded(query));
  const QueryContext context{.schema = mapping(), .index = "index", .index_uuid = "uuid", .scored = scored};
  return compile_query(kept.back().view(), context);
}

std::string error_of(std::string_view query) {
  const auto made = compiled(query);
  return made ? "" : made.error().reason;
}

/// A document, as queries see it.
struct Seen {
  explicit Seen(std::string_view json) : source(padded(json)) {
    EXPECT_EQ(structurals.build(source.view()), Structurals::Problem::kNone);
    document = {.id = "1", .index = "index", .source = source.view()};
    document.set_structurals(structurals);
  }
  Buffer source;
  Structurals structurals;
  QueryDocument document;
};

Result<bool> matches_source(std::string_view query, std::string_view source) {
  const auto made = compiled(query);
  EXPECT_TRUE(made.has_value()) << query << ": " << made.error().message();
  if (!made) return false;
  return (*made)->matches(Seen(source).document);
}

/// Whether a document with this text in `t` matches.
bool matches(std::string_view query, std::string_view text) {
  return matches_source(query, R"({"t":")" + std::string(text) + "\"}").value_or(false);
}

std::string intervals(std::string_view rule) { return R"({"intervals":{"t":)" + std::string(rule) + "}}"; }

/// `all_of` of so many `any_of` of two phrases, of which the first is longer: each doubles the ways through.
std::string alternatives(int count) {
  std::string rules;
  for (int i = 0; i < count; ++i) {
    rules += std::string(i == 0 ? "" : ",") +
             R"({"any_of":{"intervals":[{"match":{"query":"a b","max_gaps":0,"ordered":true}},)"
             R"({"match":{"query":"c d e","max_gaps":0,"ordered":true}}]}})";
  }
  return intervals(R"({"all_of":{"max_gaps":0,"ordered":true,"intervals":[)" + rules + "]}}");
}

TEST(Positions, AlternativesThatGapsDependOnAreTriedEach) {
  const std::string query = intervals(
      R"({"all_of":{"max_gaps":0,"ordered":true,"intervals":[{"any_of":{"intervals":[)"
      R"({"match":{"query":"a b","max_gaps":0,"ordered":true}},{"match":{"query":"a"}}]}},{"match":{"query":"c"}}]}})");
  EXPECT_TRUE(matches(query, "a b c"));
  EXPECT_TRUE(matches(query, "a c"));
  EXPECT_FALSE(matches(query, "a b x c"));
}

TEST(Positions, TooManyAlternativesAreRefused) {
  EXPECT_EQ(error_of(alternatives(12)), "");
  EXPECT_EQ(error_of(alternatives(13)), "failed to create query: Too many disjunctions to expand");
  EXPECT_EQ(error_of(alternatives(2'000)), "failed to create query: Too many disjunctions to expand");
}

TEST(Positions, ManyAlternativesEnd) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "a b c d e x ";
  EXPECT_TRUE(matches(alternatives(12), text + "a b a b a b a b a b a b a b a b a b a b a b a b"));
  EXPECT_FALSE(matches(alternatives(12), text));
}

TEST(Positions, WordsThatComeOftenEnd) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a ";
  std::string words;
  for (int i = 0; i < 500; ++i) words += "a ";
  const std::string query = intervals(R"({"match":{"query":")" + words + R"("}})");
  EXPECT_TRUE(matches(query, text));
  std::string clauses = R"({"span_term":{"t":"a"}})";
  for (int i = 0; i < 50; ++i) {
    clauses = R"({"span_near":{"slop":100,"in_order":false,"clauses":[)" + clauses + R"(,{"span_term":{"t":"a"}}]}})";
  }
  EXPECT_TRUE(matches(clauses, text));
}

TEST(Positions, ManyPartsBesideManyWordsEnd) {
  std::string rules = R"({"match":{"query":"a"}})";
  for (int i = 0; i < 2'000; ++i) rules += R"(,{"match":{"query":"w)" + std::to_string(i) + R"("}})";
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a ";
  for (int i = 0; i < 2'000; ++i) text += "w" + std::to_string(i) + " ";
  for (const std::string_view ordered : {"true", "false"}) {
    EXPECT_TRUE(matches(
        intervals(R"({"all_of":{"ordered":)" + std::string(ordered) + R"(,"max_gaps":0,"intervals":[)" + rules + "]}}"),
        text));
  }
  std::string repeated;
  for (int i = 0; i < 50'000; ++i) repeated += "a ";
  EXPECT_TRUE(matches(intervals(R"({"match":{"query":")" + repeated + R"("}})"), text));
}

TEST(Positions, AlternativesOfManyPartsAreRefused) {
  const auto rule = [](int parts) {
    std::string any = R"({"match":{"query":"a"}})";
    for (int i = 0; i < 3'000; ++i) {
      any += R"(,{"match":{"query":"b w)" + std::to_string(i) + R"(","ordered":true,"max_gaps":0}})";
    }
    std::string rules = R"({"any_of":{"intervals":[)" + any + "]}}";
    for (int i = 0; i < parts; ++i) rules += R"(,{"match":{"query":"p)" + std::to_string(i) + R"("}})";
    return intervals(R"({"all_of":{"ordered":true,"max_gaps":5,"intervals":[)" + rules + "]}}");
  };
  EXPECT_EQ(error_of(rule(300)), "");
  EXPECT_EQ(error_of(rule(400)), "failed to create query: Too many disjunctions to expand");
}

TEST(Positions, FuzzyRulesOfOneTermAreToldApart) {
  const auto fuzzy = [](std::string_view more) {
    return R"({"fuzzy":{"term":"abx","fuzziness":1)" + std::string(more) + "}}";
  };
  const auto any = [&](std::string_view first, std::string_view second) {
    return intervals(R"({"any_of":{"intervals":[)" + fuzzy(first) + "," + fuzzy(second) + "]}}");
  };
  EXPECT_TRUE(matches(any(R"(,"prefix_length":3)", R"(,"prefix_length":0)"), "abc"));
  EXPECT_TRUE(matches(any(R"(,"transpositions":false)", R"(,"transpositions":true)"), "bax"));
}

TEST(Positions, FieldsThatFiltersUseMayBeMissing) {
  EXPECT_FALSE(matches(
      intervals(R"({"match":{"query":"a","filter":{"containing":{"match":{"query":"a","use_field":"unknown"}}}}})"),
      "a"));
}

TEST(Positions, RulesInRulesHaveABound) {
  std::string rule = R"({"match":{"query":"a"}})";
  for (int i = 0; i < 50; ++i) rule = R"({"any_of":{"intervals":[)" + rule + "]}}";
  EXPECT_TRUE(matches(intervals(rule), "a"));
  for (int i = 0; i < 60; ++i) rule = R"({"any_of":{"intervals":[)" + rule + "]}}";
  EXPECT_NE(error_of(intervals(rule)), "");
  std::string span = R"({"span_term":{"t":"a"}})";
  for (int i = 0; i < 110; ++i) span = R"({"span_or":{"clauses":[)" + span + "]}}";
  EXPECT_EQ(error_of(span), "span queries are nested deeper than 100");
}

TEST(Positions, GapsAloneFindNothing) {
  EXPECT_FALSE(matches(R"({"span_near":{"clauses":[{"span_gap":{"t":1}},{"span_gap":{"t":2}}]}})", "a b c"));
  EXPECT_TRUE(matches(R"({"span_near":{"clauses":[{"span_gap":{"t":1}},{"span_term":{"t":"b"}}]}})", "a b c"));
}

TEST(Positions, GapsThatSpansBeginWithHaveABound) {
  const auto gap = [](int width, int slop) {
    return R"({"span_near":{"slop":)" + std::to_string(slop) + R"(,"clauses":[{"span_gap":{"far":)" +
           std::to_string(width) + R"(}},{"span_term":{"far":"b"}}]}})";
  };
  const std::string_view source = R"({"far":["a","b"]})";
  EXPECT_TRUE(matches_source(gap(0, 0), source).value_or(false));
  EXPECT_TRUE(matches_source(gap(1'000'000'000, 1'000), source).value_or(false));
  EXPECT_FALSE(matches_source(gap(2'100'000'000, 1'000), source).value_or(true));
  EXPECT_TRUE(matches_source(gap(-5, 1), source).value_or(false));
  const auto refused = matches_source(gap(0, 1'000'000), source);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().reason,
            "a [span_near] that begins with a [span_gap] has more than 1000000 places in one document");
}

TEST(Positions, GapsStandWithinNearOnly) {
  const auto made = compiled(R"({"span_gap":{"t":1}})");
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().status, 500);
  EXPECT_EQ(made.error().type, "illegal_state_exception");
  EXPECT_EQ(error_of(R"({"span_or":{"clauses":[{"span_gap":{"t":1}}]}})"), "failed to create query: null");
}

TEST(Positions, ExpansionsOfLongTextsEnd) {
  const auto made = compiled(R"({"fuzzy":{"t":"aaaa"}})", /*scored=*/true);
  ASSERT_TRUE(made.has_value());
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "w" + std::to_string(i) + " aaaa ";
  const Seen seen(R"({"t":")" + text + "\"}");
  ASSERT_TRUE((*made)->add_statistics(seen.document).has_value());
  float score = 0;
  EXPECT_TRUE((*made)->matches(seen.document, score).value_or(false));
  EXPECT_GT(score, 0);
}

TEST(Positions, ScriptsOfIntervalsAreRefusedByName) {
  EXPECT_EQ(error_of(intervals(R"({"match":{"query":"a","filter":{"script":{"source":"true"}}}})")),
            "a [script] filter of intervals is not supported by this version of sluice");
}

TEST(Positions, FieldsWithoutPositionsAreRefused) {
  EXPECT_EQ(error_of(R"({"intervals":{"p":{"match":{"query":"a"}}}})"),
            "failed to create query: Cannot create intervals over field [p] with no positions indexed");
  EXPECT_EQ(error_of(R"({"span_multi":{"match":{"prefix":{"p":"a"}}}})"),
            R"(failed to create query: field "p" was indexed without position data; cannot run SpanTermQuery)");
}

TEST(Positions, LikeThisNeedsSomebodyWhoCounts) {
  const auto made = compiled(R"({"more_like_this":{"fields":["t"],"like":"a","min_term_freq":1,"min_doc_freq":1}})");
  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE((*made)->needs_statistics());
  const Status checked = (*made)->check_without_statistics();
  ASSERT_FALSE(checked.has_value());
  EXPECT_TRUE(checked.error().reason.starts_with("a [more_like_this] query needs to know how common words are"));
  EXPECT_EQ(error_of(R"({"more_like_this":{"fields":["t"],"like":{"_id":"1"}}})"),
            "[more_like_this] needs an index to look its document up in, and there is none here: give a text");
}

TEST(Positions, LikeThisSaysWhatIsWrong) {
  EXPECT_EQ(error_of(R"({"more_like_this":{"fields":["r"],"like":{"doc":{"r":"a"}}}})"),
            "failed to create query: more_like_this only supports text/keyword fields: [r]");
  EXPECT_EQ(error_of(R"({"more_like_this":{"fields":["unknown"],"like":"a"}})"),
            "No analyzer configured for field unknown");
  const auto made = compiled(R"({"more_like_this":{"fields":["t"],"like":"a","minimum_should_match":"x"}})");
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().type, "number_format_exception");
  EXPECT_EQ(made.error().reason, "For input string: \"x\"");
}

}  // namespace
}  // namespace sluice::stages
