// POST /{index}/_update_by_query and _delete_by_query. Answers to the key are in tests/cases/parity/by_query.case.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

void fill(SluicedNode& node) {
  for (const char* id : {"1", "2", "3"}) {
    node.ask("PUT", std::string("/a/_doc/") + id + "?refresh=true&routing=r", std::string(R"({"n":)") + id + "}");
  }
}

TEST(SluicedByQuery, UpdatesInPlaceWithRoutingAndVersions) {
  SluicedNode node;
  fill(node);
  const auto updated =
      node.ask("POST", "/a/_update_by_query?refresh&filter_path=-took",
               R"({"query":{"term":{"n":2}},"script":{"source":"ctx._source.m = ctx._source.n + 1"}})");
  EXPECT_EQ(updated.body,
            R"({"timed_out":false,"total":1,"updated":1,"deleted":0,"batches":1,"version_conflicts":0,"noops":0,)"
            R"("retries":{"bulk":0,"search":0},"throttled_millis":0,"requests_per_second":-1.0,)"
            R"("throttled_until_millis":0,"failures":[]})");
  EXPECT_THAT(
      node.ask("GET", "/a/_doc/2?routing=r").body,
      HasSubstr(R"("_version":2,"_seq_no":3,"_primary_term":1,"_routing":"r","found":true,"_source":{"n":2,"m":3})"));
}

TEST(SluicedByQuery, ScriptsChooseWhatBecomesOfADocument) {
  SluicedNode node;
  fill(node);
  const std::string script =
      "if (ctx._source.n == 1) ctx.op = 'noop'; else if (ctx._source.n == 2) ctx.op = 'delete'; "
      "else ctx._source.keys = ctx.keySet().toString()";
  const auto mixed = node.ask("POST", "/a/_update_by_query?refresh", R"({"script":")" + script + "\"}");
  EXPECT_THAT(mixed.body, HasSubstr(R"("total":3,"updated":1,"deleted":1,)"));
  EXPECT_THAT(mixed.body, HasSubstr(R"("noops":1,)"));
  EXPECT_EQ(node.ask("GET", "/a/_doc/2?routing=r").status, 404);
  EXPECT_EQ(node.ask("GET", "/a/_source/3?routing=r").body,
            R"({"n":3,"keys":"[_source, _routing, op, _index, _id, _now, _version]"})");
}

TEST(SluicedByQuery, ScriptsMayChangeNothingElse) {
  SluicedNode node;
  fill(node);
  for (const char* key : {"_id", "_index", "_routing", "_version", "_now"}) {
    const auto refused =
        node.ask("POST", "/a/_update_by_query", std::string(R"({"script":{"source":"ctx.)") + key + R"( = 1"}})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, HasSubstr(R"("type":"illegal_argument_exception","reason":")" + std::string(key) +
                                        " cannot be updated\""));
  }
  EXPECT_THAT(node.ask("POST", "/a/_update_by_query", R"({"script":{"source":"ctx.op = 'junk'"}})").body,
              HasSubstr("[op] must be one of delete, index, noop, not [junk]"));
}

TEST(SluicedByQuery, ScriptsSeeVersionsWhereTheyAreAskedFor) {
  SluicedNode node;
  fill(node);
  const std::string script = R"({"script":{"source":"ctx._source.v = ctx._version"}})";
  node.ask("POST", "/a/_update_by_query?refresh", script);
  EXPECT_EQ(node.ask("GET", "/a/_source/1?routing=r").body, R"({"n":1,"v":-1})");
  node.ask("POST", "/a/_update_by_query?refresh&version=true", script);
  EXPECT_EQ(node.ask("GET", "/a/_source/1?routing=r").body, R"({"n":1,"v":2})");
}

TEST(SluicedByQuery, WhatWasChangedInBetweenIsAConflict) {
  SluicedNode node;
  fill(node);
  node.ask("PUT", "/a/_settings", R"({"index.refresh_interval":"-1"})");
  node.ask("PUT", "/a/_doc/2?routing=r", "{}");
  const auto aborted = node.ask("POST", "/a/_update_by_query?scroll_size=1", "");
  EXPECT_EQ(aborted.status, 409);
  EXPECT_THAT(aborted.body, HasSubstr(R"("updated":1,"deleted":0,"batches":2,"version_conflicts":1,)"));
  EXPECT_THAT(aborted.body,
              HasSubstr("[2]: version conflict, required seqNo [1], primary term [1]. current document has "
                        "seqNo [3] and primary term [1]"));
  const auto proceeded = node.ask("POST", "/a/_delete_by_query?conflicts=proceed", R"({"query":{"match_all":{}}})");
  EXPECT_EQ(proceeded.status, 200);
  EXPECT_THAT(proceeded.body, HasSubstr(R"("deleted":1,"batches":1,"version_conflicts":2,)"));
  EXPECT_THAT(proceeded.body, HasSubstr(R"("failures":[])"));
}

TEST(SluicedByQuery, DeletesWhatMatches) {
  SluicedNode node;
  fill(node);
  const auto deleted =
      node.ask("POST", "/a/_delete_by_query?refresh&max_docs=1", R"({"query":{"range":{"n":{"gte":2}}}})");
  EXPECT_THAT(deleted.body, HasSubstr(R"("timed_out":false,"total":1,"deleted":1,"batches":1,)"));
  EXPECT_THAT(node.ask("GET", "/a/_count").body, HasSubstr(R"("count":2)"));
  const auto missing = node.ask("POST", "/a/_delete_by_query", "{}");
  EXPECT_EQ(missing.status, 400);
  EXPECT_THAT(missing.body, HasSubstr("Validation Failed: 1: query is missing;"));
}

TEST(SluicedByQuery, ScoresThatCannotBeAreTheShardsFailures) {
  SluicedNode node;
  fill(node);
  for (const char* query :
       {R"({"script_score":{"query":{"match_all":{}},"script":{"source":"-1"},"min_score":1}})",
        R"({"function_score":{"script_score":{"script":{"source":"-1"}},"min_score":1}})",
        R"({"function_score":{"field_value_factor":{"field":"n","factor":-1},"min_score":1}})",
        R"({"function_score":{"field_value_factor":{"field":"n","modifier":"ln","factor":0},"min_score":1}})"}) {
    const auto refused = node.ask("POST", "/a/_delete_by_query", std::string(R"({"query":)") + query + "}");
    EXPECT_EQ(refused.status, 400) << query << refused.body;
    EXPECT_THAT(refused.body, HasSubstr(R"("type":"search_phase_execution_exception","reason":"all shards failed")"))
        << query;
  }
}

TEST(SluicedByQuery, SlicesShareTheWork) {
  SluicedNode node;
  fill(node);
  const auto sliced = node.ask("POST", "/a/_delete_by_query?slices=2&refresh", R"({"query":{"match_all":{}}})");
  EXPECT_THAT(sliced.body, HasSubstr(R"("deleted":3,)"));
  EXPECT_THAT(sliced.body, HasSubstr(R"("slices":[{"slice_id":0,"total":)"));
}

TEST(SluicedByQuery, IndicesThatAreMissingMayBe) {
  SluicedNode node;
  fill(node);
  EXPECT_EQ(node.ask("POST", "/a,none/_update_by_query").status, 404);
  EXPECT_THAT(node.ask("POST", "/a,none/_update_by_query?ignore_unavailable").body, HasSubstr(R"("updated":3)"));
  EXPECT_EQ(node.ask("POST", "/none*/_update_by_query?allow_no_indices=false").status, 404);
}

TEST(SluicedByQuery, TerminateAfterBoundsWhatIsReadOfAShard) {
  SluicedNode node;
  fill(node);
  EXPECT_THAT(node.ask("POST", "/a/_update_by_query?terminate_after=2&scroll_size=1").body,
              HasSubstr(R"("updated":2)"));
}

TEST(SluicedByQuery, AQueryMayStandInTheUrl) {
  SluicedNode node;
  fill(node);
  const std::string all = R"({"query":{"match_all":{}}})";
  EXPECT_THAT(node.ask("POST", "/a/_update_by_query?refresh&q=n:%5B2%20TO%203%5D", all).body,
              HasSubstr(R"("total":2,"updated":2,)"));
  EXPECT_THAT(node.ask("POST", "/a/_update_by_query?refresh&q=n:2%20n:3&default_operator=and").body,
              HasSubstr(R"("total":0,)"));
  EXPECT_THAT(node.ask("POST", "/a/_delete_by_query?refresh&q=2&df=n").body, HasSubstr(R"("deleted":1,)"));
  const auto wrong = node.ask("POST", "/a/_delete_by_query?q=2&lenient=often");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("Failed to parse value [often] as only [true] or [false] are allowed."));
  EXPECT_EQ(node.ask("POST", "/a/_delete_by_query?q=n:%5B").status, 400);
}

TEST(SluicedByQuery, RoutingChoosesShards) {
  SluicedNode node;
  node.ask("PUT", "/r", R"({"settings":{"number_of_shards":5},"aliases":{"routed":{"search_routing":"b"}}})");
  // The shards of these are 4, 2 and 0 of five.
  for (const std::string routing : {"a", "b", "c"}) node.ask("PUT", "/r/_doc/" + routing + "?routing=" + routing, "{}");
  node.ask("POST", "/r/_refresh");
  const auto updated = [&](const std::string& target) { return node.ask("POST", target, "{}").body; };
  EXPECT_THAT(updated("/r/_update_by_query?refresh&routing=a"), HasSubstr(R"("total":1,"updated":1,)"));
  EXPECT_THAT(updated("/r/_update_by_query?refresh&routing=a,c"), HasSubstr(R"("total":2,"updated":2,)"));
  EXPECT_THAT(updated("/routed/_update_by_query?refresh"), HasSubstr(R"("total":1,"updated":1,)"));
  EXPECT_THAT(updated("/r/_update_by_query?refresh&slices=2&routing=a,b"), HasSubstr(R"("total":2,"updated":2,)"));
  EXPECT_THAT(node.ask("POST", "/r/_delete_by_query?refresh&routing=c", R"({"query":{"match_all":{}}})").body,
              HasSubstr(R"("deleted":1,)"));
  EXPECT_EQ(node.ask("GET", "/r/_doc/c?routing=c").status, 404);
}

TEST(SluicedByQuery, SortsChooseWhatMaxDocsTakes) {
  SluicedNode node;
  fill(node);
  const auto left = [&] { return node.ask("GET", "/a/_search?sort=n&filter_path=hits.hits._id").body; };
  const std::string all = R"({"query":{"match_all":{}}})";
  const auto deleted = node.ask("POST", "/a/_delete_by_query?refresh&max_docs=1&sort=n:desc", all);
  EXPECT_EQ(deleted.status, 200) << deleted.body;
  EXPECT_EQ(header_of(deleted, "Warning"), "");
  EXPECT_EQ(left(), R"({"hits":{"hits":[{"_id":"1"},{"_id":"2"}]}})");
  const std::string marks = R"("script":{"source":"ctx._source.marked = true"})";
  EXPECT_THAT(node.ask("POST", "/a/_update_by_query?refresh&max_docs=1", R"({"sort":{"n":"desc"},)" + marks + "}").body,
              HasSubstr(R"("total":1,"updated":1)"));
  EXPECT_EQ(node.ask("GET", "/a/_source/2?routing=r").body, R"({"n":2,"marked":true})");
  // A direction that is none leaves the key out.
  EXPECT_EQ(node.ask("POST", "/a/_update_by_query?refresh&sort=n:up").status, 200);
  EXPECT_THAT(node.ask("POST", "/a/_update_by_query?sort=gone").body,
              HasSubstr("No mapping found for [gone] in order to sort on"));
  EXPECT_EQ(node.ask("POST", "/a/_delete_by_query?refresh&slices=2&sort=n", all).status, 200);
  EXPECT_EQ(left(), "{}");
}

TEST(SluicedByQuery, RunsAreTasks) {
  SluicedNode node;
  fill(node);
  const auto started =
      node.ask("POST", "/a/_delete_by_query?wait_for_completion=false&requests_per_second=0.01&scroll_size=1",
               R"({"query":{"match_all":{}}})");
  EXPECT_THAT(started.body, HasSubstr(R"({"task":"node-id:)"));
  const auto listed = node.ask("GET", "/_tasks?actions=*/delete/byquery&detailed&group_by=none");
  EXPECT_THAT(listed.body, HasSubstr(R"("action":"indices:data/write/delete/byquery","status":{"total":)"));
  EXPECT_THAT(listed.body, HasSubstr(R"("description":"delete-by-query [a]")"));
  const std::string task = started.body.substr(9, started.body.size() - 11);
  // It is none of `_reindex`.
  EXPECT_EQ(node.ask("GET", "/_reindex/" + task).status, 404);
  EXPECT_EQ(node.ask("POST", "/_reindex/" + task + "/_cancel").status, 404);
  node.ask("POST", "/_delete_by_query/" + task + "/_rethrottle?requests_per_second=-1");
  EXPECT_THAT(node.ask("GET", "/_tasks/" + task + "?wait_for_completion").body, HasSubstr(R"("deleted":3)"));
}

}  // namespace
}  // namespace sluice::tests
