// Texts that the REST API makes: dates in a format, and what is wrong with JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stages/sort/date_text.h"
#include "tests/tools/sluiced_node.h"
#include "tools/sluiced/rest/broken_json.h"

namespace sluice::rest {
namespace {

using stages::date_text;
using testing::HasSubstr;

TEST(DateText, FormatsPrintAsJavaDoes) {
  constexpr std::int64_t kMoment = 1'582'934'889'045;  // 2020-02-29T00:08:09.045Z
  EXPECT_EQ(date_text(kMoment, ""), "2020-02-29T00:08:09.045Z");
  EXPECT_EQ(date_text(kMoment, "strict_date_optional_time||epoch_millis"), "2020-02-29T00:08:09.045Z");
  EXPECT_EQ(date_text(kMoment, "yyyy-MM-dd"), "2020-02-29");
  EXPECT_EQ(date_text(kMoment, "strict_date_hour_minute"), "2020-02-29T00:08");
  EXPECT_EQ(date_text(kMoment, "basic_date"), "20200229");
  EXPECT_EQ(date_text(kMoment, "dd.M.yy 'at' H:mm:ss.SS"), "29.2.20 at 0:08:09.04");
  EXPECT_EQ(date_text(kMoment, "epoch_second"), "1582934889");
  EXPECT_EQ(date_text(-1, "yyyy/MM/dd||epoch_millis"), "1969/12/31");
}

TEST(DateText, WhatIsNotKnownPrintsAsTheDefault) {
  EXPECT_EQ(date_text(0, "EEEE"), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(date_text(0, "MMMM yyyy"), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(date_text(0, "'open"), "1970-01-01T00:00:00.000Z");
}

TEST(BrokenJson, SaysWhatElasticsearchsParserSays) {
  EXPECT_FALSE(broken_json(R"({"a":[1,"b",{}]})").has_value());
  const auto open = broken_json(R"({"a":)");
  ASSERT_TRUE(open.has_value());
  EXPECT_EQ(open->type, "x_content_e_o_f_exception");
  EXPECT_EQ(open->reason, "[1:6] Unexpected end of file");
  const auto twice = broken_json(R"({"a":1,"a":2})");
  ASSERT_TRUE(twice.has_value());
  EXPECT_THAT(twice->reason, HasSubstr("Duplicate field 'a'"));
}

TEST(BrokenJson, OtherErrorsStayAsTheyAre) {
  const Error error = illegal_argument("no");
  EXPECT_EQ(exact_json_error(error, "{").reason, "no");
  const Error document(ErrorKind::kDocument, 400, "document_parsing_exception", "[1:2] failed to parse field [a]");
  EXPECT_EQ(exact_document_error(document, "{").reason, document.reason);
}

TEST(BrokenJson, ADocumentSaysWhereItsLastTokenWas) {
  const Error error(ErrorKind::kDocument, 400, "document_parsing_exception",
                    "[1:7] the document is not valid JSON here");
  const Error exact = exact_document_error(error, R"({"n": )");
  EXPECT_EQ(exact.reason, "[1:2] failed to parse: [1:7] Unexpected end of file");
  EXPECT_EQ(exact.status, 400);
}

TEST(StoredScripts, AreThereUntilTheyAreDeleted) {
  tests::SluicedNode node;
  EXPECT_EQ(node.ask("PUT", "/_scripts/a", R"({"script":{"lang":"painless","source":"ctx.op = 'noop'"}})").status, 200);
  EXPECT_THAT(node.ask("GET", "/_scripts/a").body, HasSubstr("ctx.op = 'noop'"));
  const auto broken = node.ask("PUT", "/_scripts/a/reindex", R"({"script":{"lang":"painless","source":"ctx.op ="}})");
  EXPECT_EQ(broken.status, 400);
  EXPECT_THAT(broken.body, HasSubstr("compile error"));
  const auto scored = node.ask("PUT", "/_scripts/b/score", R"({"script":{"lang":"painless","source":"_score"}})");
  EXPECT_EQ(scored.status, 200);
  const auto unknown =
      node.ask("PUT", "/_scripts/a/processor_conditional", R"({"script":{"lang":"painless","source":"true"}})");
  EXPECT_EQ(unknown.status, 501);
  const auto executed =
      node.ask("POST", "/_scripts/painless/_execute", R"({"script":{"source":"params.n + 1","params":{"n":1}}})");
  EXPECT_EQ(executed.body, R"({"result":"2"})");
  EXPECT_EQ(node.ask("DELETE", "/_scripts/a").status, 200);
  EXPECT_EQ(node.ask("GET", "/_scripts/a").status, 404);
}

TEST(StoredScripts, OutliveTheCatalog) {
  tests::SluicedNode node;
  EXPECT_EQ(node.ask("PUT", "/_scripts/a", R"({"script":{"lang":"painless","source":"1"}})").status, 200);
  auto again = store::Catalog::open(node.services().documents);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ((*again)->state()->scripts.at("a"), R"({"lang":"painless","source":"1"})");
}

TEST(Ignored, IsSaidOfHitsAndDocumentsAndOutlivesTheCatalog) {
  tests::SluicedNode node;
  node.ask("PUT", "/i", R"({"mappings":{"properties":{"n":{"type":"long","ignore_malformed":true}}}})");
  node.ask("PUT", "/i/_doc/1?refresh", R"({"n":"x"})");
  node.ask("PUT", "/i/_doc/2?refresh", R"({"n":2})");
  EXPECT_THAT(node.ask("GET", "/i/_doc/1").body, HasSubstr(R"("_ignored":["n"])"));
  EXPECT_THAT(node.ask("GET", "/i/_doc/2").body, testing::Not(HasSubstr("_ignored")));
  EXPECT_THAT(node.ask("GET", "/i/_search").body, HasSubstr(R"("_id":"1","_ignored":["n"])"));
  auto again = store::Catalog::open(node.services().documents);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE((*again)->state()->find("i")->has_ignored);
}

}  // namespace
}  // namespace sluice::rest
