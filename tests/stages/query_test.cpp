#include "stages/query/query.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "tests/padded.h"

namespace sluice::stages {
namespace {

using tests::padded;

struct Stored {
  std::string id;
  Buffer source;
};

/// A file of lines: a mapping, then documents, then queries with what is expected of them.
class CaseFile {
 public:
  virtual ~CaseFile() = default;
  void run(const std::filesystem::path& path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) run_line(line);
  }
  [[nodiscard]] int queries() const { return queries_; }

 protected:
  virtual void ask(const std::vector<JsonMember>& members) const = 0;
  [[nodiscard]] const store::Mapping& mapping() const { return *mapping_; }
  [[nodiscard]] const std::string& index() const { return index_; }
  [[nodiscard]] const std::vector<Stored>& documents() const { return documents_; }

 private:
  void run_line(const std::string& line) {
    const Buffer text = padded(line);
    const auto members = json_members(text.view(), "a case");
    ASSERT_TRUE(members.has_value()) << line;
    const std::string first = members->front().name();
    if (first == "mapping") {
      auto mapping = store::Mapping::parse(members->front().value);
      ASSERT_TRUE(mapping.has_value()) << mapping.error().message();
      mapping_ = *mapping;
      if (members->size() > 1) index_ = json_unquoted((*members)[1].value);
    } else if (first == "id") {
      documents_.push_back({json_unquoted(members->front().value), padded((*members)[1].value)});
    } else {
      ++queries_;
      ask(*members);
    }
  }

  store::MappingPtr mapping_ = store::Mapping::empty();
  std::string index_ = "oddities-150";
  std::vector<Stored> documents_;
  int queries_ = 0;
};

/// Queries with the ids that they find or the error that they have.
class QueryCases final : public CaseFile {
 public:
  explicit QueryCases(const std::string& name) { run(std::string(SLUICE_SOURCE_DIR) + "/tests/cases/query/" + name); }

 private:
  void ask(const std::vector<JsonMember>& members) const override {
    const std::string found = answer(members.front().value);
    const JsonMember& expected = members[1];
    const bool error = expected.key == "\"error\"";
    EXPECT_EQ(found, error ? "error: " + json_unquoted(expected.value) : ids_of(expected.value))
        << members.front().value;
  }

  static std::string ids_of(std::string_view array) {
    std::string ids;
    const auto elements = json_elements(array, "ids");
    EXPECT_TRUE(elements.has_value());
    for (const std::string_view id : *elements) ids += json_unquoted(id) + " ";
    return ids;
  }

  [[nodiscard]] std::string answer(std::string_view query) const {
    const QueryContext context{
        .schema = mapping(), .index = "index", .index_uuid = "uuid", .now_ms = 1'795'000'000'000};
    const Buffer text = padded(query);
    const auto compiled = compile_query(text.view(), context);
    if (!compiled) return "error: " + compiled.error().reason;
    std::string ids;
    Structurals structurals;
    for (const Stored& stored : documents()) {
      EXPECT_EQ(structurals.build(stored.source.view()), Structurals::Problem::kNone);
      QueryDocument document{.id = stored.id, .index = "index", .source = stored.source.view()};
      document.set_structurals(structurals);
      if ((*compiled)->matches(document).value_or(false)) ids += stored.id + " ";
    }
    return ids;
  }
};

/// What a node answered to written queries (tests/query/compare.py record): ids, scores and errors, each query of its
/// file's documents.
class RecordedQueries final : public CaseFile {
 public:
  explicit RecordedQueries(const std::filesystem::path& path) { run(path); }

 private:
  void ask(const std::vector<JsonMember>& members) const override {
    const JsonMember& expected = members[1];
    check(members.front().value, expected.value, expected.key == "\"fails\"" ? "" : members[2].value);
  }

  void check(std::string_view query, std::string_view expected, std::string_view scores) const {
    const Buffer text = padded(query);
    QueryContext context{.schema = mapping(),
                         .index = index(),
                         .index_uuid = "uuid",
                         .scored = true,
                         .now_ms = 1'795'000'000'000,
                         .text = text.view()};
    context.start = {1, std::string_view("{\"query\":").size() + 1};
    const auto compiled = compile_query(text.view(), context);
    if (!compiled || scores.empty()) {
      const Error error = compiled ? running_error(**compiled) : compiled.error();
      ASSERT_FALSE(error.type.empty()) << query << " does not fail with " << expected;
      const bool with_cause = expected.find("\"cause\": ") != std::string_view::npos;
      EXPECT_EQ(describe(error) + (with_cause ? " " + innermost(error) : ""), describe(expected)) << query;
    } else {
      compare(**compiled, query, expected, scores);
    }
  }

  /// What the first document says that a query fails on; without a type: none does.
  [[nodiscard]] Error running_error(const CompiledQuery& compiled) const {
    std::vector<std::pair<std::string, double>> found;
    auto failed = look(compiled, found);
    return failed ? *failed : Error();
  }

  void compare(const CompiledQuery& compiled, std::string_view query, std::string_view ids,
               std::string_view scores) const {
    std::vector<std::pair<std::string, double>> found;
    const auto failed = look(compiled, found);
    ASSERT_FALSE(failed) << query << " fails: " << failed->message();
    const auto expected = json_elements(ids, "ids");
    const auto values = json_elements(scores, "scores");
    ASSERT_TRUE(expected.has_value() && values.has_value());
    ASSERT_EQ(found.size(), expected->size()) << query;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].first, json_unquoted((*expected)[i])) << query;
      const double score = std::stod(std::string((*values)[i]));
      EXPECT_NEAR(found[i].second, score, 1e-5 * std::max(1e-3, score)) << query << " document " << found[i].first;
    }
  }

  std::optional<Error> look(const CompiledQuery& compiled, std::vector<std::pair<std::string, double>>& found) const {
    Structurals structurals;
    // Words are counted, joins make their passes, and then the query is asked.
    const std::size_t asked = 1 + compiled.passes();
    for (std::size_t round = 0; round <= asked; ++round) {
      std::int64_t number = 0;
      for (const Stored& stored : documents()) {
        EXPECT_EQ(structurals.build(stored.source.view()), Structurals::Problem::kNone);
        QueryDocument document{
            .id = stored.id, .index = index(), .source = stored.source.view(), .seq_no = number++, .version = 1};
        document.set_structurals(structurals);
        if (round == 0) {
          EXPECT_TRUE(compiled.add_statistics(document).has_value());
          continue;
        }
        if (round != asked) {
          if (auto seen = compiled.look(round - 1, document); !seen) return std::move(seen.error());
          continue;
        }
        float score = 0;
        auto matched = compiled.matches(document, score);
        if (!matched) return std::move(matched.error());
        if (*matched) found.emplace_back(stored.id, score);
      }
    }
    return std::nullopt;
  }

  /// As innermost() of tests/query/searching.py.
  static std::string innermost(const Error& error) {
    std::string place;
    const Error* at = &error;
    for (;; at = at->caused_by.get()) {
      for (const auto& [key, value] : at->details) {
        if (key == "position") place = " " + value.substr(10, value.find(',') - 10);
      }
      if (at->caused_by == nullptr) break;
    }
    return at->type + ": " + (at->reason_is_null ? "None" : at->reason) + place;
  }

  /// Type, reason and place.
  static std::string describe(const Error& error) {
    // Lucene's numbers of documents are its own.
    static const std::regex numbers("for doc(: | \\[)[0-9]+");
    std::string text = error.type + ": " + std::regex_replace(error.reason, numbers, "for doc$1");
    for (const auto& [key, value] : error.details) {
      if (key == "line" || key == "col") text += " " + value;
    }
    return text;
  }
  static std::string describe(std::string_view expected) {
    std::string text;
    const auto members = json_members(expected, "an error");
    for (const JsonMember& member : *members) {
      text += member.key == "\"reason\"" ? ": " : member.key == "\"type\"" ? "" : " ";
      text += json_text_value(member.value).value_or("");
    }
    return text;
  }
};

TEST(Query, AnswersWrittenQueriesAsANode) {
  int queries = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(SLUICE_SOURCE_DIR) + "/tests/cases/query/recorded")) {
    queries += RecordedQueries(file.path()).queries();
  }
  EXPECT_GE(queries, 2450);
}

TEST(Query, FindsWhatElasticsearchFinds) { EXPECT_EQ(QueryCases("generated.ndjson").queries(), 260); }

TEST(Query, RefusesWhatElasticsearchRefuses) { EXPECT_EQ(QueryCases("written.ndjson").queries(), 34); }

TEST(Query, FindsRangesAndWhatIsCopied) { EXPECT_EQ(QueryCases("range_fields.ndjson").queries(), 22); }

TEST(Query, ComparesNumbersAsTheirFieldsKeepThem) { EXPECT_EQ(QueryCases("numbers.ndjson").queries(), 24); }

TEST(Query, AMinimumScoreAndTheScoreAreOfOneRunOfTheScript) {
  const QueryContext context{
      .schema = *store::Mapping::empty(), .index = "index", .index_uuid = "uuid", .scored = true};
  const std::string script = R"-("script":{"source":"Math.random()"})-";
  const std::string scripted = R"({"script_score":{"query":{"match_all":{}},)" + script + R"(,"min_score":0.5}})";
  const std::string function =
      R"({"function_score":{"script_score":{)" + script + R"(},"boost_mode":"replace","min_score":0.5}})";
  for (const std::string& query :
       {scripted, function, R"({"dis_max":{"queries":[)" + function + R"(],"boost":1}})",
        R"({"bool":{"filter":{"match_all":{}},"should":)" + scripted + "}}",
        R"({"boosting":{"positive":)" + scripted + R"(,"negative":{"match_none":{}},"negative_boost":0.1}})"}) {
    const Buffer text = padded(query);
    const auto compiled = compile_query(text.view(), context);
    ASSERT_TRUE(compiled.has_value()) << query;
    const Buffer source = padded("{}");
    Structurals structurals;
    ASSERT_EQ(structurals.build(source.view()), Structurals::Problem::kNone);
    QueryDocument document{.id = "1", .index = "index", .source = source.view()};
    document.set_structurals(structurals);
    int found = 0;
    for (int i = 0; i < 200; ++i) {
      float score = -1;
      if (!(*compiled)->matches(document, score).value_or(false) || score == 0) continue;
      ++found;
      EXPECT_GE(score, 0.5F) << query;
    }
    EXPECT_GT(found, 0) << query;
  }
}

/// `line:column` of an error, for a query that begins at the third column of the second line of a request.
std::string place_of_error(std::string_view query) {
  const Buffer text = padded(query);
  const QueryContext context{.schema = *store::Mapping::empty(),
                             .index = "index",
                             .index_uuid = "uuid",
                             .text = text.view(),
                             .start = {.line = 2, .column = 3}};
  const auto compiled = compile_query(text.view(), context);
  if (compiled || compiled.error().details.size() != 2) return "none";
  return compiled.error().details[0].second + ":" + compiled.error().details[1].second;
}

TEST(Query, ErrorsSayWhereTheyAre) {
  EXPECT_EQ(place_of_error(R"({"trem":{"a":1}})"), "2:11");
  EXPECT_EQ(place_of_error("{\n \"trem\":{\"a\":1}}"), "3:9");
  EXPECT_EQ(place_of_error(R"({"term":{"a":[1]}})"), "2:16");
  EXPECT_EQ(place_of_error(R"({"term":{"a":1}})"), "none");
}

TEST(Query, WithoutItsTextAnErrorSaysNoPlace) {
  const QueryContext context{.schema = *store::Mapping::empty(), .index = "index", .index_uuid = "uuid"};
  const Buffer text = padded(R"({"trem":{}})");
  const auto compiled = compile_query(text.view(), context);
  ASSERT_FALSE(compiled.has_value());
  EXPECT_TRUE(compiled.error().details.empty());
}

TEST(Query, TooManyTermsAreRefused) {
  const store::MappingPtr mapping = store::Mapping::empty();
  const QueryContext context{*mapping, "index", "uuid", 2, 4'096, 0};
  const Buffer text = padded(R"({"terms":{"a":[1,2,3]}})");
  const auto compiled = compile_query(text.view(), context);
  ASSERT_FALSE(compiled.has_value());
  EXPECT_NE(compiled.error().reason.find("exceeded the allowed maximum of [2]"), std::string::npos);
}

TEST(Query, TooManyClausesAreRefused) {
  const store::MappingPtr mapping = store::Mapping::empty();
  const QueryContext context{*mapping, "index", "uuid", 2, 1, 0};
  const Buffer text = padded(R"({"bool":{"should":[{"match_all":{}},{"match_all":{}}]}})");
  const auto compiled = compile_query(text.view(), context);
  ASSERT_FALSE(compiled.has_value());
  EXPECT_EQ(compiled.error().reason, "maxClauseCount is set to 1");
}

}  // namespace
}  // namespace sluice::stages
