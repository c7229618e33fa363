// Enrich policies in the server. Elasticsearch's module for them is in no node that the tests can start: the answers
// are those of its documentation.
#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::rest {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kPolicy =
    R"({"match":{"indices":"users","match_field":"email","enrich_fields":["first_name","city"]}})";

/// A node with users, and a policy that was executed.
class Enriching : public testing::Test {
 protected:
  Enriching() {
    put_user("1", R"({"email":"a@x","first_name":"Ann","city":"Aachen","zip":1})");
    put_user("2", R"({"email":"b@x","first_name":"Bob","city":"Bonn","zip":2})");
  }
  void put_user(const std::string& id, std::string_view source) {
    EXPECT_LT(node.ask("PUT", "/users/_doc/" + id + "?refresh=true", source).status, 300);
  }
  std::string ask(std::string_view method, std::string_view path, std::string_view body = "") {
    const auto answer = node.ask(method, path, body);
    return std::to_string(answer.status) + " " + answer.body;
  }
  void execute() {
    ASSERT_EQ(ask("PUT", "/_enrich/policy/people", kPolicy), R"(200 {"acknowledged":true})");
    ASSERT_EQ(ask("POST", "/_enrich/policy/people/_execute"), R"(200 {"status":{"phase":"COMPLETE"}})");
    ASSERT_EQ(ask("PUT", "/_ingest/pipeline/p",
                  R"({"processors":[{"enrich":{"policy_name":"people","field":"m","target_field":"u"}}]})"),
              R"(200 {"acknowledged":true})");
  }
  /// A document that has gone through the pipeline.
  std::string enriched(std::string_view mail) {
    EXPECT_LT(node.ask("PUT", "/out/_doc/1?pipeline=p", R"({"m":")" + std::string(mail) + "\"}").status, 300);
    return node.ask("GET", "/out/_source/1").body;
  }

  tests::SluicedNode node;
};

TEST_F(Enriching, DocumentsGetWhatTheIndexTells) {
  execute();
  EXPECT_EQ(enriched("b@x"), R"({"m":"b@x","u":{"email":"b@x","first_name":"Bob","city":"Bonn"}})");
  EXPECT_EQ(enriched("c@x"), R"({"m":"c@x"})");
}

TEST_F(Enriching, AnExecutionIsAPictureUntilTheNextOne) {
  execute();
  put_user("2", R"({"email":"b@x","first_name":"Bert"})");
  EXPECT_THAT(enriched("b@x"), HasSubstr("Bob"));
  EXPECT_EQ(ask("PUT", "/_enrich/policy/people/_execute"), R"(200 {"status":{"phase":"COMPLETE"}})");
  EXPECT_EQ(enriched("b@x"), R"({"m":"b@x","u":{"email":"b@x","first_name":"Bert"}})");
}

TEST_F(Enriching, PoliciesAndTheirTablesOutliveARestart) {
  execute();
  node.restart();
  EXPECT_EQ(enriched("a@x"), R"({"m":"a@x","u":{"email":"a@x","first_name":"Ann","city":"Aachen"}})");
  EXPECT_THAT(ask("GET", "/_enrich/policy/people"), HasSubstr("first_name"));
}

TEST_F(Enriching, TheTableIsAnIndexBehindAnAlias) {
  execute();
  EXPECT_THAT(ask("GET", "/.enrich-people/_count"), HasSubstr(R"("count":2)"));
  EXPECT_THAT(
      ask("GET", "/.enrich-people/_mapping"),
      HasSubstr(
          R"("_meta":{"enrich_policy_name":"people","enrich_match_field":"email","enrich_policy_type":"match"})"));
  ask("POST", "/_enrich/policy/people/_execute");
  const std::string aliases = ask("GET", "/_alias/.enrich-people");
  EXPECT_EQ(aliases.find(".enrich-people-", aliases.find(".enrich-people-") + 1), std::string::npos) << aliases;
}

TEST_F(Enriching, DocumentsOfSeveralIndicesWithTheSameIdAreAllKept) {
  node.ask("PUT", "/more/_doc/1?refresh=true", R"({"email":"a@x","first_name":"Aby"})");
  ask("PUT", "/_enrich/policy/people",
      R"({"match":{"indices":["users","more"],"query":{"term":{"email.keyword":"a@x"}},"match_field":"email","enrich_fields":["first_name"]}})");
  ask("PUT", "/_enrich/policy/people/_execute");
  EXPECT_THAT(ask("GET", "/.enrich-people/_count"), HasSubstr(R"("count":2)"));
  ask("PUT", "/_ingest/pipeline/p",
      R"({"processors":[{"enrich":{"policy_name":"people","field":"m","target_field":"u","max_matches":9}}]})");
  const std::string found = enriched("a@x");
  EXPECT_THAT(found, HasSubstr("Ann"));
  EXPECT_THAT(found, HasSubstr("Aby"));
}

TEST_F(Enriching, RangesHoldTheValue) {
  node.ask("PUT", "/out", R"({"mappings":{"enabled":false}})");
  node.ask("PUT", "/nets", R"({"mappings":{"properties":{"net":{"type":"ip_range"},"name":{"type":"keyword"}}}})");
  node.ask("PUT", "/nets/_doc/1?refresh=true", R"({"net":"10.0.0.0/8","name":"office"})");
  node.ask("PUT", "/nets/_doc/2?refresh=true", R"({"net":{"gte":"10.1.0.0","lt":"10.2.0.0"},"name":"lab"})");
  ask("PUT", "/_enrich/policy/nets", R"({"range":{"indices":["nets"],"match_field":"net","enrich_fields":["name"]}})");
  ASSERT_EQ(ask("PUT", "/_enrich/policy/nets/_execute"), R"(200 {"status":{"phase":"COMPLETE"}})");
  ASSERT_EQ(ask("PUT", "/_ingest/pipeline/p",
                R"({"processors":[{"enrich":{"policy_name":"nets","field":"m","target_field":"u","max_matches":5}}]})"),
            R"(200 {"acknowledged":true})");
  EXPECT_EQ(enriched("10.3.0.1"), R"({"m":"10.3.0.1","u":[{"net":"10.0.0.0/8","name":"office"}]})");
  EXPECT_EQ(enriched("10.1.2.3"), R"({"m":"10.1.2.3","u":[{"net":"10.0.0.0/8","name":"office"},)"
                                  R"({"net":{"gte":"10.1.0.0","lt":"10.2.0.0"},"name":"lab"}]})");
  EXPECT_EQ(enriched("11.1.2.3"), R"({"m":"11.1.2.3"})");
  EXPECT_THAT(ask("PUT", "/out/_doc/9?pipeline=p", R"({"m":"no address"})"), HasSubstr("is not an IP string literal"));
}

TEST_F(Enriching, PoliciesAreShownAsTheyWerePut) {
  execute();
  const std::string shown =
      R"({"config":{"match":{"name":"people","indices":["users"],"match_field":"email","enrich_fields":["first_name","city"]}}})";
  EXPECT_EQ(ask("GET", "/_enrich/policy"), R"(200 {"policies":[)" + shown + "]}");
  EXPECT_EQ(ask("GET", "/_enrich/policy/people,other"), R"(200 {"policies":[)" + shown + "]}");
  EXPECT_EQ(ask("GET", "/_enrich/policy/other"), R"(200 {"policies":[]})");
}

TEST_F(Enriching, StatsCountLookUps) {
  const auto stats = [&] { return ask("GET", "/_enrich/_stats?filter_path=-**.node_id,-**.*_millis"); };
  EXPECT_EQ(stats(), R"(200 {"executing_policies":[],"coordinator_stats":[{"queue_size":0,"remote_requests_current":0,)"
                     R"("remote_requests_total":0,"executed_searches_total":0}],"cache_stats":[{"count":0,"hits":0,)"
                     R"("misses":0,"evictions":0,"size_in_bytes":0}]})");
  execute();
  enriched("b@x");
  enriched("c@x");
  EXPECT_THAT(stats(), HasSubstr(R"("hits":2,"misses":0,)"));
  node.ask("PUT", "/nets", R"({"mappings":{"properties":{"net":{"type":"ip_range"}}}})");
  node.ask("PUT", "/nets/_doc/1?refresh=true", R"({"net":"10.0.0.0/8","name":"office"})");
  ask("PUT", "/_enrich/policy/nets", R"({"range":{"indices":"nets","match_field":"net","enrich_fields":["name"]}})");
  ASSERT_EQ(ask("PUT", "/_enrich/policy/nets/_execute"), R"(200 {"status":{"phase":"COMPLETE"}})");
  ask("PUT", "/_ingest/pipeline/p",
      R"({"processors":[{"enrich":{"policy_name":"nets","field":"m","target_field":"u"}}]})");
  enriched("10.1.1.1");
  enriched("10.1.1.1");
  EXPECT_THAT(stats(), HasSubstr(R"("executed_searches_total":1}],"cache_stats":[{"count":1,"hits":3,"misses":1,)"));
}

TEST_F(Enriching, StatsShowWhatIsExecuted) {
  const auto held = node.services().enrich_runs.hold("people", 7);
  const auto deleted = node.services().enrich_runs.hold("others");
  ASSERT_TRUE(held && deleted);
  const std::string stats = ask("GET", "/_enrich/_stats");
  EXPECT_THAT(stats, HasSubstr(R"("executing_policies":[{"name":"people","task":{"node":)"));
  EXPECT_THAT(stats, HasSubstr(R"("id":7,"type":"enrich","action":"policy_execution","description":"people",)"));
  EXPECT_THAT(stats, HasSubstr(R"("cancellable":false,"headers":{}}}],"coordinator_stats")"));
}

TEST_F(Enriching, APolicyThatAPipelineUsesStays) {
  execute();
  EXPECT_THAT(ask("DELETE", "/_enrich/policy/people"),
              HasSubstr("Could not delete policy [people] because a pipeline is referencing it [p]"));
  EXPECT_EQ(ask("DELETE", "/_ingest/pipeline/p"), R"(200 {"acknowledged":true})");
  EXPECT_EQ(ask("DELETE", "/_enrich/policy/people"), R"(200 {"acknowledged":true})");
  EXPECT_THAT(ask("GET", "/.enrich-people/_count"), HasSubstr("no such index [.enrich-people]"));
  EXPECT_THAT(ask("DELETE", "/_enrich/policy/people"), HasSubstr("policy [people] not found"));
}

TEST_F(Enriching, WhatCannotBeAPolicyIsRefused) {
  const auto put = [&](std::string_view body) { return ask("PUT", "/_enrich/policy/x", body); };
  EXPECT_THAT(put(R"({"geo_match":{"indices":"users","match_field":"a","enrich_fields":["b"]}})"),
              HasSubstr("policy type [geo_match] is not there in sluice"));
  EXPECT_THAT(put(R"({"some":{}})"), HasSubstr("unsupported policy type [some]"));
  EXPECT_THAT(put(R"({"match":{"indices":"users"}})"), HasSubstr("Required [match_field, enrich_fields]"));
  EXPECT_THAT(put(R"({"match":{"indices":"users","match_field":"a","enrich_fields":["b"],"c":1}})"),
              HasSubstr("[policy] unknown field [c]"));
  EXPECT_THAT(put(R"({"match":{"indices":"nothing","match_field":"a","enrich_fields":["b"]}})"),
              HasSubstr("no such index [nothing]"));
  EXPECT_THAT(put("{}"), HasSubstr("a policy is an object with one key"));
  EXPECT_THAT(put(""), HasSubstr("request body or source parameter is required"));
  EXPECT_THAT(ask("PUT", "/_enrich/policy/Upper", kPolicy),
              HasSubstr("Invalid policy name [Upper], must be lowercase"));
  execute();
  EXPECT_THAT(ask("PUT", "/_enrich/policy/people", kPolicy), HasSubstr("policy [people] already exists"));
}

TEST_F(Enriching, WhatCannotBeExecutedSaysWhy) {
  EXPECT_THAT(ask("PUT", "/_enrich/policy/x/_execute"), HasSubstr("policy [x] does not exist"));
  ask("PUT", "/_enrich/policy/x", R"({"match":{"indices":"users","match_field":"phone","enrich_fields":["b"]}})");
  EXPECT_THAT(ask("PUT", "/_enrich/policy/x/_execute"), HasSubstr("index [users]: it has no field [phone]"));
  ask("PUT", "/_enrich/policy/y", R"({"range":{"indices":"users","match_field":"zip","enrich_fields":["city"]}})");
  EXPECT_THAT(ask("PUT", "/_enrich/policy/y/_execute"),
              HasSubstr("field [zip] has type [long], which is no range type"));
  EXPECT_THAT(ask("PUT", "/_enrich/policy/y/_execute?wait_for_completion=false"), HasSubstr("must be [true]"));
  EXPECT_THAT(ask("PUT", "/_ingest/pipeline/q",
                  R"({"processors":[{"enrich":{"policy_name":"x","field":"m","target_field":"u"}}]})"),
              HasSubstr("no enrich index exists for policy with name [x]"));
  EXPECT_THAT(ask("GET", "/_cat/indices?expand_wildcards=all"), Not(HasSubstr(".enrich-")));
}

TEST_F(Enriching, APolicyIsExecutedOnceAtATimeAndStaysMeanwhile) {
  execute();
  const std::string refusal =
      R"("type":"es_rejected_execution_exception","reason":"Could not obtain lock because policy execution for [people] )"
      R"(is already in progress.")";
  node.ask("DELETE", "/_ingest/pipeline/p");
  {
    const auto held = node.services().enrich_runs.hold("people");
    ASSERT_TRUE(held.has_value());
    const std::string again = ask("PUT", "/_enrich/policy/people/_execute");
    EXPECT_THAT(again, StartsWith("429 "));
    EXPECT_THAT(again, HasSubstr(refusal));
    EXPECT_THAT(ask("DELETE", "/_enrich/policy/people"), HasSubstr(refusal));
    EXPECT_THAT(ask("DELETE", "/_enrich/policy/nobody"), StartsWith("404 "));
  }
  EXPECT_THAT(ask("PUT", "/_enrich/policy/people/_execute"), StartsWith("200 "));
  EXPECT_THAT(ask("DELETE", "/_enrich/policy/people"), StartsWith("200 "));
}

TEST_F(Enriching, ExecutionsAtOnceLeaveOneWholeTable) {
  execute();
  std::atomic<int> strange = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 3; ++thread) {
      threads.emplace_back([&] {
        for (int i = 0; i < 10; ++i) {
          const int status = node.ask("PUT", "/_enrich/policy/people/_execute").status;
          if (status != 200 && status != 429) ++strange;
        }
      });
    }
    // Meanwhile no document meets a table that is not whole.
    for (int i = 0; i < 60; ++i) EXPECT_THAT(enriched("b@x"), HasSubstr("Bonn"));
  }
  EXPECT_EQ(strange, 0);
  EXPECT_THAT(enriched("a@x"), HasSubstr("Aachen"));
  const std::string indices = ask("GET", "/_cat/indices/.enrich-people-*?h=index&expand_wildcards=all");
  EXPECT_EQ(std::ranges::count(indices, '\n'), 1) << indices;
}

TEST_F(Enriching, AnIndexThatIsGoneIsSeenByNobody) {
  execute();
  const auto number_of = [&] {
    for (const auto& [name, index] : node.services().catalog.state()->indices) {
      if (name.starts_with(".enrich-people-")) return index->number;
    }
    return std::uint32_t{0};
  };
  const std::uint32_t first = number_of();
  ASSERT_EQ(ask("PUT", "/_enrich/policy/people/_execute"), R"(200 {"status":{"phase":"COMPLETE"}})");
  const std::uint32_t second = number_of();
  EXPECT_NE(first, second);
  EXPECT_FALSE(node.services().views.has(first));
  EXPECT_TRUE(node.services().views.has(second));
  node.ask("DELETE", "/_ingest/pipeline/p");
  ask("DELETE", "/_enrich/policy/people");
  EXPECT_FALSE(node.services().views.has(second));
}

}  // namespace
}  // namespace sluice::rest
