#include "stages/parse/parse.h"

#include <gtest/gtest.h>

#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"

namespace sluice::stages {
namespace {

using pipeline::Batch;
using pipeline::Outcome;
using pipeline::PageFormat;

std::unique_ptr<Batch> page_of(std::string_view text, PageFormat format, bool last = true) {
  auto batch = std::make_unique<Batch>();
  batch->page.bytes.append(text);
  batch->page.format = format;
  batch->page.last = last;
  return batch;
}

Status parse(Batch& batch) { return Parse(ParseOptions{.source_name = "test"}).apply(batch); }

TEST(ParseHits, TakesMetadataAndRawSource) {
  auto batch = page_of(R"({"_index":"a","_id":"1","_routing":"r","_version":7,"_source":{"n":1e400,"n":2}})"
                       "\n\n"
                       R"(  {"_source": {} ,"_id":"x\"y", "_score":null} )"
                       "\n",
                       PageFormat::kHits);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 2U);
  EXPECT_EQ(batch->documents[0].index, "\"a\"");
  EXPECT_EQ(batch->documents[0].id, "\"1\"");
  EXPECT_EQ(batch->documents[0].routing, "\"r\"");
  EXPECT_EQ(batch->documents[0].version, 7);
  EXPECT_EQ(batch->documents[0].source, R"({"n":1e400,"n":2})");
  EXPECT_EQ(batch->documents[1].source, "{}");
  EXPECT_EQ(json_unquoted(batch->documents[1].id), "x\"y");
  EXPECT_TRUE(batch->documents[1].index.empty());
  EXPECT_TRUE(batch->facts.end);
  EXPECT_TRUE(batch->failures.empty());
}

TEST(ParseHits, StopsAtTheBatchSizeAndSaysWhereTheRestBegins) {
  const std::string line = R"({"_id":"1","_source":{}})"
                           "\n";
  auto batch = page_of(line + line + line, PageFormat::kHits);
  batch->max_documents = 2;
  batch->page.begin.offset = 100;
  ASSERT_TRUE(parse(*batch));
  EXPECT_EQ(batch->documents.size(), 2U);
  EXPECT_EQ(batch->facts.next.offset, 100 + 2 * line.size());
  EXPECT_FALSE(batch->facts.end);
}

/// The index goes to the batch, whose memory is used for the next one, also where that one is larger.
TEST(ParseLines, TheIndexIsKeptForStagesThatWalkAgain) {
  const Parse keeps(ParseOptions{.source_name = "test", .keep_structurals = true});
  const auto check = [&](Batch& batch, std::size_t lines, bool may_escape) {
    ASSERT_TRUE(keeps.apply(batch));
    ASSERT_EQ(batch.documents.size(), lines);
    EXPECT_EQ(batch.structurals.may_escape, may_escape);
    const std::string_view text = batch.page.text();
    EXPECT_EQ(batch.structurals.data()[batch.structurals.count], text.size());
    for (const pipeline::Document& document : batch.documents) {
      ASSERT_LT(document.structurals_begin, document.structurals_end);
      const std::uint32_t* const first = batch.structurals.data() + document.structurals_begin;
      const std::uint32_t* const last = batch.structurals.data() + document.structurals_end - 1;
      EXPECT_EQ(text.substr(*first, *last + 1 - *first), document.source);
    }
  };
  const std::string line = R"({"_id":"1","_source":{"a":[1,{"b":"c"}]}})"
                           "\n";
  std::string lines;
  for (int i = 0; i < 60'000; ++i) lines += line;
  auto small = page_of(line + line, PageFormat::kHits);
  auto large = page_of(lines, PageFormat::kHits);
  large->max_documents = 100'000;
  check(*small, 2, false);
  check(*large, 60'000, false);
  for (Batch* batch : {small.get(), large.get()}) {
    batch->reset();
    EXPECT_TRUE(batch->structurals.empty());
    batch->page.bytes.append(R"({"_source":{"a\\":1}})");
    batch->page.bytes.append("\n");
    batch->page.format = PageFormat::kHits;
    check(*batch, 1, true);
  }
}

/// Both documents are whole, and each has a line feed directly behind it.
TEST(ParseHits, ALineFeedInsideADocumentIsFoundOnAPageWithoutOtherFaults) {
  const std::string good = R"({"_id":"1","_source":{}})"
                           "\n";
  auto batch = page_of(good + "{\"_id\":\"2\",\n\"_source\":{}}\n" + good, PageFormat::kHits);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 4U);
  ASSERT_EQ(batch->failures.size(), 2U);
  EXPECT_NE(batch->failures[0].cause.reason.find("the line ends inside the document"), std::string::npos);
  EXPECT_EQ(batch->failures[0].column, 12U);
  EXPECT_EQ(batch->failures[1].document, "\"_source\":{}}");
  EXPECT_EQ(batch->documents[3].id, "\"1\"");
  EXPECT_TRUE(batch->facts.end);
}

/// A line that is malformed, the column where that shows, and what is said about it.
struct BadLine {
  const char* line;
  std::uint32_t column;
  const char* what;
};

class ParseBadLine : public testing::TestWithParam<BadLine> {};

TEST_P(ParseBadLine, IsOneFailureBetweenTwoGoodLines) {
  const std::string good = R"({"_id":"1","_source":{"a":1}})"
                           "\n";
  auto batch = page_of(good + GetParam().line + "\n" + good, PageFormat::kHits);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 3U);
  EXPECT_EQ(batch->documents[0].outcome, Outcome::kPending);
  EXPECT_EQ(batch->documents[1].outcome, Outcome::kFailed);
  EXPECT_EQ(batch->documents[1].offset, good.size());
  EXPECT_EQ(batch->documents[2].source, R"({"a":1})");
  ASSERT_EQ(batch->failures.size(), 1U);
  EXPECT_EQ(batch->failures[0].item, 1U);
  EXPECT_EQ(batch->failures[0].column, GetParam().column);
  EXPECT_NE(batch->failures[0].cause.reason.find(GetParam().what), std::string::npos)
      << batch->failures[0].cause.reason;
  EXPECT_EQ(batch->failures[0].document, GetParam().line);
  EXPECT_TRUE(batch->facts.end);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, ParseBadLine,
    testing::Values(BadLine{"hello", 1, "expected an object"}, BadLine{"[1,2]", 1, "expected an object"},
                    BadLine{R"({"_id":"1","_source":{"a":1})", 29, "expected a comma"},
                    BadLine{R"({"_id":"1","_source":{"a":[}}})", 28, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a" 1}})", 27, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":1,,"b":2}})", 29, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":1,}})", 29, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{a}})", 23, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":{"b":[1 2]}}})", 35, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":[1,2,3,4,5,6,7,8,xx]}})", 44, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":tru,"b":]}})", 35, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":1)", 28, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":{"a":1}}})", 30, "behind the document"},
                    BadLine{R"({"_id":"1","_source":{"a":1}} {"_id":"2","_source":{}})", 31, "behind the document"},
                    BadLine{R"({"_id" "1"})", 8, "colon"}, BadLine{R"({"_id":})", 8, "value that is complete"},
                    BadLine{R"({"_id":"1","_source":[1]})", 1, "not an object"},
                    BadLine{R"({"_id":"1","_source":null})", 1, "not an object"},
                    BadLine{R"({"_id":{"a":1},"_source":{}})", 8, "a string or a number"},
                    BadLine{R"({"_id":1,"_routing":foo,"_source":{}})", 21, "a string or a number"},
                    BadLine{R"({"_id":"1"})", 1, "no [_source]"},
                    BadLine{R"({"_id":"1","_source":"x})", 1, "not closed"},
                    BadLine{"{\"_id\":\"1\",\"_source\":{\"a\":\"\x01\"}}", 28, "control character"},
                    BadLine{"{\"_id\":\"1\",\"_source\":{\"a\":\"\xff\"}}", 1, "UTF-8"}));

TEST(ParseDocs, TakesBareSources) {
  auto batch = page_of("{\"a\":1}\n{\"b\":[{}]}", PageFormat::kDocs);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 2U);
  EXPECT_EQ(batch->documents[1].source, "{\"b\":[{}]}");
  EXPECT_TRUE(batch->documents[1].id.empty());
}

TEST(ParseBulk, PairsActionsWithSources) {
  auto batch = page_of(
      "{\"index\":{\"_index\":\"i\",\"_id\":\"1\",\"routing\":\"r\"}}\n{\"a\":1}\n"
      "{\"delete\":{\"_id\":\"2\"}}\n{\"create\":{}}\n{\"b\":2}\n{\"index\":{\"_id\":\"3\"}}\n",
      PageFormat::kBulk, false);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 3U);
  EXPECT_EQ(batch->documents[0].routing, "\"r\"");
  EXPECT_EQ(batch->documents[0].source, "{\"a\":1}");
  EXPECT_EQ(batch->documents[1].operation, pipeline::Operation::kDelete);
  EXPECT_EQ(batch->documents[2].operation, pipeline::Operation::kCreate);
  EXPECT_FALSE(batch->facts.end);  // the last action waits for its source
  EXPECT_EQ(batch->page.text().substr(batch->facts.next.offset), "{\"index\":{\"_id\":\"3\"}}\n");
}

TEST(ParseBulk, ReadsWhatAnyVersionSaysInAnAction) {
  auto batch = page_of(R"({"create":{"_id":"1","dynamic_templates":{"a.b":"t"},"list_executed_pipelines":true,)"
                       R"("require_data_stream":true}})"
                       "\n{}\n"
                       R"({"index":{"_id":"2","parent":"p"}})"
                       "\n{}\n",
                       PageFormat::kBulk);
  ASSERT_TRUE(parse(*batch));
  EXPECT_TRUE(batch->failures.empty());
  ASSERT_EQ(batch->documents.size(), 2U);
  EXPECT_EQ(batch->documents[0].id, "\"1\"");
  EXPECT_EQ(batch->documents[1].routing, "\"p\"") << "which is what a parent meant";
}

TEST(ParseBulk, RefusesAMemberOfAnActionByItsName) {
  auto batch = page_of("{\"index\":{\"_id\":\"1\",\"_rooting\":\"r\"}}\n{}\n", PageFormat::kBulk);
  ASSERT_TRUE(parse(*batch));
  ASSERT_FALSE(batch->failures.empty());
  EXPECT_NE(batch->failures[0].cause.reason.find("no action of a bulk has a member [_rooting]"), std::string::npos)
      << batch->failures[0].cause.reason;
}

TEST(ParseBulk, RefusesUpdatesAndActionsWithoutSource) {
  auto batch = page_of("{\"update\":{\"_id\":\"1\"}}\n{\"index\":{\"_id\":\"2\"}}\n", PageFormat::kBulk);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->failures.size(), 2U);
  EXPECT_NE(batch->failures[0].cause.reason.find("index, create or delete"), std::string::npos);
  EXPECT_NE(batch->failures[1].cause.reason.find("no source line"), std::string::npos);
}

TEST(ParseBulk, MetadataThatWouldBreakABulkAreRefused) {
  auto batch = page_of("{\"index\":{\"_id\":[1]}}\n{\"a\":1}\n", PageFormat::kBulk);
  ASSERT_TRUE(parse(*batch));
  EXPECT_NE(batch->failures.at(0).cause.reason.find("a string or a number"), std::string::npos);
  EXPECT_EQ(batch->failures[0].column, 17U);
}

/// A page of which one line can't be indexed is read line by line: pairs stay pairs, also around blank lines.
TEST(ParseBulk, APairIsNotTornWhereAPageHasABadLine) {
  const std::string pair = "{\"index\":{\"_id\":\"1\"}}\n\n{\"a\":1}\n";
  const std::string bad = "{\"index\":{\"_id\":\"2\"}}\n{\"a\":\"\xff\"}\n";
  for (const char* rest : {"{\"index\":{}}\n", "{\"index\":{}}\n\n", "{\"index\":{}}\n{\"a\":"}) {
    auto batch = page_of(pair + bad + pair + rest, PageFormat::kBulk, false);
    ASSERT_TRUE(parse(*batch));
    EXPECT_EQ(batch->documents.size(), 3U);
    EXPECT_EQ(batch->failures.size(), 1U);
    EXPECT_EQ(batch->page.text().substr(batch->facts.next.offset), rest);
  }
}

/// A page from which nothing is taken would be asked for again for ever.
TEST(ParseBulk, EveryPageGoesOn) {
  auto blank_first = page_of("\n\n{\"index\":{}}\n", PageFormat::kBulk, false);
  ASSERT_TRUE(parse(*blank_first));
  EXPECT_EQ(blank_first->facts.next.offset, 2U);
  for (const char* text : {"{\"index\":{}}\n\n", "{\"index\":{}}\n{\"a\":\"xx"}) {
    auto action_only = page_of(text, PageFormat::kBulk, false);
    ASSERT_TRUE(parse(*action_only));
    EXPECT_EQ(action_only->failures.size(), 1U) << text;
    EXPECT_GT(action_only->facts.next.offset, 0U) << text;
  }
}

TEST(ParseDocs, AHundredLevelsAreFine) {
  std::string deep = "{\"a\":";
  for (int i = 0; i < 100; ++i) deep += "[{\"b\":";
  deep += "1";
  for (int i = 0; i < 100; ++i) deep += "}]";
  deep += "}";
  auto batch = page_of(deep, PageFormat::kDocs);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 1U);
  EXPECT_EQ(batch->documents[0].source, deep);
}

TEST(ParseDocs, AnEmptyFileHasNoDocuments) {
  for (const char* text : {"", "\n", " \r\n\n"}) {
    auto batch = page_of(text, PageFormat::kDocs);
    ASSERT_TRUE(parse(*batch));
    EXPECT_TRUE(batch->documents.empty());
    EXPECT_TRUE(batch->failures.empty());
    EXPECT_TRUE(batch->facts.end);
  }
}

TEST(ParseDocs, AnOversizedLineIsOneFailure) {
  auto batch = page_of("{\"a\":\"xxxx", PageFormat::kDocs, false);
  batch->page.begin.offset = 10;
  batch->page.oversized_end = 1000;
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->failures.size(), 1U);
  EXPECT_NE(batch->failures[0].cause.reason.find("990 bytes"), std::string::npos);
  EXPECT_EQ(batch->facts.next.offset, 1000U);
}

TEST(ParseSearch, TakesHitsTotalAndCursor) {
  auto batch =
      page_of(R"({"_scroll_id":"S\u003d","pit_id":"P","took":1,"timed_out":false,"_shards":{"total":1,"failed":0},)"
              R"("hits":{"total":{"value":42,"relation":"eq"},"max_score":null,"hits":[)"
              R"({"_index":"i","_id":"1","_score":null,"_source":{"a":[1]},"sort":[1,"x"]},)"
              R"({"_index":"i","_id":"2","_source":{},"fields":{"_routing":["r"]},"sort":[2,"y"]}]}})",
              PageFormat::kSearchResponse);
  ASSERT_TRUE(parse(*batch));
  ASSERT_EQ(batch->documents.size(), 2U);
  EXPECT_EQ(batch->facts.total, 42U);
  EXPECT_EQ(batch->facts.next.context, "S=");
  EXPECT_EQ(batch->facts.pit_id, "P");
  EXPECT_EQ(batch->facts.next.after, R"([2,"y"])");
  EXPECT_EQ(batch->documents[1].routing, "\"r\"");
  EXPECT_FALSE(batch->facts.end);
}

TEST(ParseSearch, APageShortOfSizeIsNotTheEndAnEmptyOneIs) {
  auto batch = page_of(R"({"hits":{"total":3,"hits":[]}})", PageFormat::kSearchResponse);
  ASSERT_TRUE(parse(*batch));
  EXPECT_TRUE(batch->facts.end);
  EXPECT_EQ(batch->facts.total, 3U);
}

TEST(ParseSearch, FailedShardsAreFailuresAndTheHitsAreNotTaken) {
  auto batch = page_of(
      R"({"_shards":{"total":2,"successful":1,"failed":1,"failures":[{"shard":1,"index":"i","node":"n",)"
      R"("reason":{"type":"es_rejected_execution_exception","reason":"busy","caused_by":{"type":"t","reason":"r"}}}]},)"
      R"("hits":{"total":1,"hits":[{"_index":"i","_id":"1","_source":{}}]}})",
      PageFormat::kSearchResponse);
  ASSERT_TRUE(parse(*batch));
  EXPECT_TRUE(batch->documents.empty());
  ASSERT_EQ(batch->failures.size(), 1U);
  const pipeline::Failure& failure = batch->failures[0];
  EXPECT_EQ(failure.kind, pipeline::Failure::Kind::kSearch);
  EXPECT_EQ(failure.shard, 1);
  EXPECT_EQ(failure.index, "i");
  EXPECT_EQ(failure.cause.status, 429);
  ASSERT_NE(failure.cause.caused_by, nullptr);
  EXPECT_EQ(failure.cause.caused_by->reason, "r");
}

TEST(ParseSearch, APageThatDoesNotGetOnIsAnError) {
  const std::string before = R"({"hits":{"hits":[{"_index":"i","_id":"1","_source":{})";
  auto unsorted = page_of(before + "}]}}", PageFormat::kSearchResponse);
  const Status no_sort = parse(*unsorted);
  ASSERT_FALSE(no_sort);
  EXPECT_NE(no_sort.error().reason.find("no [sort]"), std::string::npos);
  auto repeated = page_of(before + R"(,"sort":[7]}]}})", PageFormat::kSearchResponse);
  repeated->page.begin.after = "[7]";
  const Status again = parse(*repeated);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().reason.find("[search_after] was ignored"), std::string::npos);
}

TEST(ParseSearch, MissingPartsAreErrorsThatSayWhat) {
  const std::pair<const char*, const char*> pages[] = {
      {"<html>", "not a search response"},
      {"{}", "no [hits.hits]"},
      {R"({"hits":{"hits":[{"_index":"i","_source":{}}]}})", "no [_id]"},
      {R"({"hits":{"hits":[{"_index":"i","_id":"1"}]}})", "[i][1] didn't store _source"},
      {R"({"hits":{"hits":[{"_index":"i","_id":"1","_source":{}]}})", "comma or the end of the object"},
      {R"({"hits":{"hits":[)", "not a search response"},
  };
  for (const auto& [text, what] : pages) {
    auto batch = page_of(text, PageFormat::kSearchResponse);
    const Status status = parse(*batch);
    ASSERT_FALSE(status) << text;
    EXPECT_NE(status.error().reason.find(what), std::string::npos) << status.error().reason;
  }
}

TEST(JsonObject, ValuesHaveTheNamesOfElasticsearchsParser) {
  for (const auto& [value, name] : {std::pair{"{}", "START_OBJECT"},
                                    {"[1]", "START_ARRAY"},
                                    {R"("x")", "VALUE_STRING"},
                                    {"true", "VALUE_BOOLEAN"},
                                    {"false", "VALUE_BOOLEAN"},
                                    {"null", "VALUE_NULL"},
                                    {"-1.5e3", "VALUE_NUMBER"}}) {
    EXPECT_EQ(json_token_name(value), name);
  }
}

}  // namespace
}  // namespace sluice::stages
