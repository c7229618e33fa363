// What is read, how much of it, and what is refused.
#include "tests/reindex/store_runs.h"

namespace sluice {
namespace {

using pipeline::RunStatus;

class Selection : public tests::StoreRuns {
 protected:
  void put_numbers(int documents) {
    for (int i = 0; i < documents; ++i) put("a", std::to_string(i), "{\"n\":" + std::to_string(i) + "}");
  }
};

TEST_F(Selection, QueryFillsBatchesWithWhatMatches) {
  put_numbers(100);
  const RunStatus status =
      run(R"({"source":{"index":"a","size":10,"query":{"range":{"n":{"gte":60}}}},"dest":{"index":"b"}})");
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.total, 40U);
  EXPECT_EQ(status.totals.counters.created, 40U);
  EXPECT_EQ(status.totals.batches, 4U);
  EXPECT_EQ(documents("b").size(), 40U);
}

TEST_F(Selection, QueryThatMatchesNothingMakesNoIndex) {
  put_numbers(5);
  const RunStatus status = run(R"({"source":{"index":"a","query":{"term":{"n":99}}},"dest":{"index":"b"}})");
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.total, 0U);
  EXPECT_EQ(status.totals.batches, 0U);
  EXPECT_EQ(store().catalog.state()->find("b"), nullptr);
}

TEST_F(Selection, RuntimeFieldsOfTheRequestAndOfTheMappingAreAsked) {
  make_index("a", R"-({"mappings":{"runtime":{"half":{"type":"double","script":"emit(doc['n'].value / 2.0)"}}}})-");
  put_numbers(10);
  const RunStatus status = run(
      R"-({"source":{"index":"a","runtime_mappings":{"more":{"type":"long","script":"emit((long) doc['half'].value)"}},)-"
      R"-("query":{"term":{"more":3}}},"dest":{"index":"b"}})-");
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.counters.created, 2U);  // 6 and 7
}

TEST_F(Selection, AliasFiltersApplyUnlessTheIndexIsNamed) {
  make_index("a", R"({"aliases":{"small":{"filter":{"range":{"n":{"lt":3}}}},"last":{"filter":{"term":{"n":9}}}}})");
  put_numbers(10);
  EXPECT_EQ(run(R"({"source":{"index":"small"},"dest":{"index":"b"}})").totals.counters.created, 3U);
  EXPECT_EQ(run(R"({"source":{"index":["small","last"]},"dest":{"index":"c"}})").totals.counters.created, 4U);
  EXPECT_EQ(run(R"({"source":{"index":["small","a"]},"dest":{"index":"d"}})").totals.counters.created, 10U);
}

TEST_F(Selection, SearchRoutingOfAnAliasChoosesShards) {
  make_index("a", R"({"settings":{"index.number_of_shards":4},"aliases":{"one":{"search_routing":"x"}}})");
  put_numbers(100);
  const store::IndexKey key = store().catalog.state()->find("a")->key();
  const std::uint32_t shard = store::Documents::shard_of(key, "", "x");
  std::uint64_t there = 0;
  for (int i = 0; i < 100; ++i) there += store::Documents::shard_of(key, std::to_string(i), "") == shard ? 1 : 0;
  const RunStatus status = run(R"({"source":{"index":"one"},"dest":{"index":"b"}})");
  EXPECT_EQ(status.totals.total, there);
  EXPECT_EQ(status.totals.counters.created, there);
}

TEST_F(Selection, MaxDocsCountsWrites) {
  put_numbers(50);
  const RunStatus status = run(R"({"max_docs":12,"source":{"index":"a","size":5},"dest":{"index":"b"}})");
  EXPECT_EQ(status.totals.counters.created, 12U);
  EXPECT_EQ(status.totals.total, 12U);
  EXPECT_EQ(status.totals.batches, 3U);
  EXPECT_EQ(documents("b").size(), 12U);
}

TEST_F(Selection, ConflictEndsTheRunAtItsBatch) {
  put_numbers(40);
  put("b", "3", R"({"old":true})");
  const RunStatus status = run(R"({"source":{"index":"a","size":10},"dest":{"index":"b","op_type":"create"}})");
  ASSERT_FALSE(status.error);
  EXPECT_EQ(status.totals.batches, 1U);
  EXPECT_EQ(status.totals.counters.created, 9U);
  EXPECT_EQ(status.totals.counters.version_conflicts, 1U);
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_EQ(status.failures[0].index, "b");
  EXPECT_EQ(status.failures[0].id, "3");
  EXPECT_EQ(status.failures[0].cause.status, 409);
  EXPECT_EQ(status.failures[0].cause.type, "version_conflict_engine_exception");
  EXPECT_EQ(documents("b").size(), 10U);
}

TEST_F(Selection, ConflictsAreCountedWhereTheyMayBe) {
  put_numbers(40);
  put("b", "3", "{}");
  const RunStatus status =
      run(R"({"conflicts":"proceed","source":{"index":"a","size":10},"dest":{"index":"b","op_type":"create"}})");
  EXPECT_EQ(status.totals.counters.created, 39U);
  EXPECT_EQ(status.totals.counters.version_conflicts, 1U);
  EXPECT_TRUE(status.failures.empty());
}

TEST_F(Selection, DocumentsThatTheMappingRefusesAreFailures) {
  put("a", "1", R"({"n":"text"})");
  make_index("b", R"({"mappings":{"properties":{"n":{"type":"long"}}},"aliases":{"out":{}}})");
  const RunStatus status = run(R"({"source":{"index":"a"},"dest":{"index":"out"}})");
  EXPECT_EQ(status.totals.counters.failed, 1U);
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_EQ(status.failures[0].index, "b");
  EXPECT_EQ(status.failures[0].cause.status, 400);
  EXPECT_EQ(status.failures[0].cause.type, "document_parsing_exception");
}

TEST_F(Selection, OnlyWhatWasRefreshedIsRead) {
  make_index("a", R"({"settings":{"index.refresh_interval":"-1"}})");
  put("a", "1", "{}");
  Buffer source(2);
  source.append("{}");
  store::IndexItem item;
  item.index = "a";
  item.write.id = "2";
  item.write.source = source.view();
  ASSERT_TRUE(store().indexer.write({&item, 1}));
  EXPECT_EQ(run(R"({"source":{"index":"a"},"dest":{"index":"b"}})").totals.total, 1U);
}

TEST_F(Selection, MoreCopiesThanThereAreAreRefused) {
  put_numbers(1);
  auto request = parse_request(R"({"source":{"index":"a"},"dest":{"index":"b"}})",
                               {{"wait_for_active_shards", "4"}, {"timeout", "1s"}});
  ASSERT_TRUE(request);
  auto started = reindex(std::move(*request), ends("store:", "store:"));
  ASSERT_TRUE(started);
  const RunStatus status = started->wait();
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_EQ(status.failures[0].cause.status, 503);
  EXPECT_TRUE(status.failures[0].cause.reason.starts_with(
      "[b][0] Not enough active copies to meet shard count of [4] (have 1, needed 4). Timeout: [1s], request: "));
}

TEST_F(Selection, CancelEndsARunThatFindsNothing) {
  put_numbers(100);
  auto request =
      parse_request(R"({"source":{"index":"a","size":1},"dest":{"index":"b"}})", {{"requests_per_second", "0.1"}});
  ASSERT_TRUE(request);
  auto started = reindex(std::move(*request), ends("store:", "store:"));
  ASSERT_TRUE(started);
  started->cancel();
  const RunStatus status = started->wait();
  EXPECT_TRUE(status.totals.canceled);
  EXPECT_LT(status.totals.counters.created, 100U);
}

struct Refused {
  const char* body;
  int status;
  const char* reason;
};

class Refusals : public Selection, public testing::WithParamInterface<Refused> {};

TEST_P(Refusals, SayWhatIsWrong) {
  make_index("i1", R"({"aliases":{"both":{},"one":{}}})");
  make_index("i2", R"({"aliases":{"both":{}}})");
  make_index("blind", R"({"mappings":{"_source":{"enabled":false}}})");
  put("blind", "1", "{}");
  put("i1", "1", "{}");
  const RunStatus status = run(GetParam().body);
  ASSERT_TRUE(status.error);
  EXPECT_EQ(status.error->status, GetParam().status);
  EXPECT_NE(status.error->reason.find(GetParam().reason), std::string::npos) << status.error->reason;
}

INSTANTIATE_TEST_SUITE_P(
    Store, Refusals,
    testing::Values(Refused{R"({"source":{"index":"i1"},"dest":{"index":"i1"}})", 400,
                            "cannot write into an index its reading from [i1]"},
                    Refused{R"({"source":{"index":"both"},"dest":{"index":"i2"}})", 400, "its reading from [i2]"},
                    Refused{R"({"source":{"index":"i1"},"dest":{"index":"one"}})", 400, "its reading from [i1]"},
                    Refused{R"({"source":{"index":"i*"},"dest":{"index":"i2"}})", 400, "its reading from [i2]"},
                    Refused{R"({"source":{"index":"i1"},"dest":{"index":"both"}})", 400,
                            "no write index is defined for alias [both]"},
                    Refused{R"({"source":{"index":"gone"},"dest":{"index":"b"}})", 404, "no such index [gone]"},
                    Refused{R"({"source":{"index":["i1","a,c"]},"dest":{"index":"b"}})", 404, "no such index [a,c]"},
                    Refused{R"({"source":{"index":"blind"},"dest":{"index":"b"}})", 400,
                            "[blind][1] didn't store _source"},
                    Refused{R"({"source":{"index":"i1","sort":"_score"},"dest":{"index":"b"}})", 501,
                            "[source.sort] by scores is not supported"},
                    Refused{R"({"source":{"index":"i1","sort":"none"},"dest":{"index":"b"}})", 400,
                            "No mapping found for [none] in order to sort on"},
                    Refused{R"({"source":{"index":"i1","sort":{"n":"up"}},"dest":{"index":"b"}})", 400, "SortOrder.UP"},
                    Refused{R"({"source":{"index":"i1","timeout":"1s"},"dest":{"index":"b"}})", 501,
                            "[source.timeout] is not supported"},
                    Refused{R"({"source":{"index":"i1"},"dest":{"index":"b"},"script":{"source":"ctx.op="}})", 400,
                            "compile error"},
                    Refused{R"({"source":{"index":"i1"},"dest":{"index":"b"},"script":{"id":"mine"}})", 501,
                            "script [mine] is a stored one"},
                    Refused{R"({"source":{"index":"i1","query":{"nothing":{}}},"dest":{"index":"b"}})", 400,
                            "unknown query [nothing]"}));

TEST_F(Selection, AutoCreationThatIsForbiddenIsFoundBeforeAnythingIsRead) {
  put_numbers(1);
  const auto refused = [&](const std::string& allowed, const std::string& reason) {
    store().indexer.set_auto_create(allowed);
    const RunStatus status = run(R"({"source":{"index":"a"},"dest":{"index":"dest"}})");
    ASSERT_TRUE(status.error);
    EXPECT_EQ(status.error->status, 404);
    EXPECT_EQ(status.error->reason, "no such index [dest] and [action.auto_create_index] " + reason);
  };
  refused("false", "is [false]");
  refused("test", "([test]) doesn't match");
  refused("-dest,+*", "contains [-dest] which forbids automatic creation of the index");
}

}  // namespace
}  // namespace sluice
