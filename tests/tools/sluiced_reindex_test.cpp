// POST /_reindex as clients see it. Expected texts are Elasticsearch 9.4.3's, but for what it has and sluiced has not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"
#include "tools/sluiced/rest/reindex_remote.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

constexpr const char* kCopy = R"({"source":{"index":"a"},"dest":{"index":"b"}})";

TEST(SluicedReindex, AnswersKeyForKey) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", R"({"n":1})");
  const auto copied = node.ask("POST", "/_reindex?refresh=true&filter_path=-took", kCopy);
  EXPECT_EQ(copied.status, 200);
  EXPECT_EQ(copied.body,
            R"({"timed_out":false,"total":1,"updated":0,"created":1,"deleted":0,"batches":1,"version_conflicts":0,)"
            R"("noops":0,"retries":{"bulk":0,"search":0},"throttled_millis":0,"requests_per_second":-1.0,)"
            R"("throttled_until_millis":0,"failures":[]})");
  EXPECT_EQ(node.ask("GET", "/b/_source/1").body, R"({"n":1})");
  EXPECT_THAT(node.ask("POST", "/_reindex?human", kCopy).body, HasSubstr(R"("throttled":"0s","throttled_millis":0)"));
}

TEST(SluicedReindex, TheHighestFailureIsTheStatus) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", "{}");
  node.ask("PUT", "/b/_doc/1?refresh=true", "{}");
  const auto conflict = node.ask("POST", "/_reindex?filter_path=failures.id,failures.status,failures.cause.reason",
                                 R"({"source":{"index":"a"},"dest":{"index":"b","op_type":"create"}})");
  EXPECT_EQ(conflict.status, 409);
  EXPECT_THAT(conflict.body, HasSubstr("[1]: version conflict, document already exists (current version [1])"));
  EXPECT_THAT(conflict.body, testing::StartsWith("{\"failures\":[{\"id\":\"1\",\"cause\":"));
  EXPECT_THAT(conflict.body, testing::EndsWith("\"status\":409}]}"));
}

TEST(SluicedReindex, WhatIsWrongIsAnEnvelope) {
  SluicedNode node;
  const auto missing = node.ask("POST", "/_reindex", kCopy);
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, HasSubstr(R"("type":"index_not_found_exception","reason":"no such index [a]")"));
  // What depends on the indices is found by the task, where nobody waits.
  EXPECT_EQ(node.ask("POST", "/_reindex?wait_for_completion=false", kCopy).status, 200);
  const auto unknown = node.ask("POST", "/_reindex?slice=2", kCopy);
  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(unknown.body, HasSubstr("contains unrecognized parameter: [slice] -> did you mean [slices]?"));
  const auto none = node.ask("POST", "/_reindex");
  EXPECT_EQ(none.status, 400);
}

TEST(SluicedReindex, DestinationsMayBeElsewhere) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", "{}");
  const std::string remote = R"({"source":{"index":"a"},"dest":{"index":"b","remote":{"host":"http://other:9200"}}})";
  EXPECT_THAT(node.ask("POST", "/_reindex", remote).body,
              HasSubstr("[other:9200] not whitelisted in reindex.remote.whitelist"));
  const std::string half =
      R"({"source":{"index":"a"},"dest":{"index":"b","remote":{"host":"http://other:9200","username":"u"}}})";
  EXPECT_THAT(node.ask("POST", "/_reindex", half).body,
              HasSubstr("1: reindex to remote destination included username but not password;"));
  const std::string no_host = R"({"source":{"index":"a"},"dest":{"index":"b","remote":{}}})";
  EXPECT_THAT(node.ask("POST", "/_reindex", no_host).body, HasSubstr("[host] must be specified"));
}

TEST(SluicedReindex, WithoutExtensionsDestinationsAreHere) {
  SluicedNode node(store::Settings{{"sluice.extensions", "false"}});
  const auto refused = node.ask(
      "POST", "/_reindex", R"({"source":{"index":"a"},"dest":{"index":"b","remote":{"host":"http://other:9200"}}})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("[1:45] [dest] unknown field [remote]"));
}

TEST(SluicedReindex, SlicesAndPagesHaveLimits) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", "{}");
  const auto slices = node.ask("POST", "/_reindex?slices=1025", kCopy);
  EXPECT_EQ(slices.status, 400);
  EXPECT_THAT(slices.body, HasSubstr("The number of slices [1025] is too large. It must be less than [1024]."));
  EXPECT_THAT(slices.body, HasSubstr(R"("type":"search_phase_execution_exception","reason":"all shards failed")"));
  const auto page = node.ask("POST", "/_reindex", R"({"source":{"index":"a","size":10001},"dest":{"index":"b"}})");
  EXPECT_THAT(page.body, HasSubstr("size must be less than or equal to: [10000] but was [10001]"));
  node.ask("PUT", "/a/_settings", R"({"index.max_slices_per_scroll":2})");
  EXPECT_EQ(node.ask("POST", "/a/_update_by_query?slices=3").status, 400);
  EXPECT_EQ(node.ask("POST", "/a/_update_by_query?slices=2").status, 200);
}

TEST(SluicedReindex, RemotesAreReadInSoManySlicesOnly) {
  SluicedNode node(store::Settings{{"reindex.remote.whitelist", R"("127.0.0.1:*")"}, {"sluice.remote_slices", "true"}});
  const std::string body = R"({"source":{"index":"a","remote":{"host":"http://127.0.0.1:1"}},"dest":{"index":"b"}})";
  EXPECT_THAT(node.ask("POST", "/_reindex?slices=1025", body).body,
              HasSubstr("The number of slices [1025] is too large"));
  EXPECT_THAT(node.ask("POST", "/_reindex?slices=2", body).body, HasSubstr("Connection refused"));
}

TEST(SluicedReindex, SortingIsDeprecated) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", "{}");
  const auto sorted = node.ask("POST", "/_reindex", R"({"source":{"index":"a","sort":"_doc"},"dest":{"index":"b"}})");
  EXPECT_EQ(sorted.status, 200);
  EXPECT_THAT(header_of(sorted, "Warning"), HasSubstr("\"The sort option in reindex is deprecated."));
}

TEST(SluicedReindex, SortsTakeTheFirst) {
  SluicedNode node;
  for (const char* const id : {"2", "3", "1"}) {
    node.ask("PUT", std::string("/a/_doc/") + id + "?refresh=true", std::string(R"({"n":)") + id + "}");
  }
  const auto copied = node.ask("POST", "/_reindex?refresh&max_docs=2",
                               R"({"source":{"index":"a","size":1,"sort":{"n":"desc"}},"dest":{"index":"b"}})");
  EXPECT_THAT(copied.body, HasSubstr(R"("total":2,"updated":0,"created":2,)"));
  EXPECT_THAT(header_of(copied, "Warning"), HasSubstr("\"The sort option in reindex is deprecated."));
  EXPECT_EQ(node.ask("GET", "/b/_search?filter_path=hits.hits._id").body,
            R"({"hits":{"hits":[{"_id":"3"},{"_id":"2"}]}})");
}

TEST(SluicedReindex, WrongSortsAreRefused) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", R"({"t":"x"})");
  const auto refused = [&](const std::string& sort) {
    return node.ask("POST", "/_reindex", R"({"source":{"index":"a","sort":)" + sort + R"(},"dest":{"index":"b"}})");
  };
  EXPECT_EQ(refused(R"({"n":"up"})").status, 400);
  EXPECT_EQ(refused(R"({"n":{"mode":"most"}})").status, 400);
  EXPECT_EQ(refused(R"("_score")").status, 501);
  const auto missing = refused(R"("none")");
  EXPECT_EQ(missing.status, 400);
  EXPECT_THAT(missing.body, HasSubstr(R"("type":"search_phase_execution_exception","reason":"all shards failed")"));
  EXPECT_THAT(missing.body, HasSubstr("No mapping found for [none] in order to sort on"));
  EXPECT_THAT(refused(R"("t")").body, HasSubstr("Fielddata is disabled on [t] in [a]"));
  EXPECT_EQ(node.ask("GET", "/b").status, 404);
}

TEST(SluicedReindex, RemotesAreThoseThatAreListed) {
  const auto answer = [](store::Settings settings) {
    SluicedNode node(std::move(settings));
    return node.ask("POST", "/_reindex",
                    R"({"source":{"remote":{"host":"http://other:9200"},"index":"a"},"dest":{"index":"b"}})");
  };
  EXPECT_THAT(answer({}).body, HasSubstr("[other:9200] not whitelisted in reindex.remote.whitelist"));
  EXPECT_THAT(answer({{"reindex.remote.allowlist", R"(["some:*"])"}}).body,
              HasSubstr("[other:9200] not allowlisted in reindex.remote.allowlist"));
  EXPECT_EQ(answer({{"reindex.remote.whitelist", R"(["some:*","othe*:9201"])"}}).status, 400);
}

TEST(SluicedReindex, RemoteListsArePatterns) {
  RemoteSource remote;
  remote.host = "127.0.10.5";
  remote.port = 9200;
  const auto listed = [&](const char* patterns) {
    return rest::check_remote_host(remote, {{"reindex.remote.whitelist", patterns}}).has_value();
  };
  EXPECT_TRUE(listed(R"(["otherhost:9200","127.0.10.*:9200"])"));
  EXPECT_TRUE(listed(R"(["*:9200"])"));
  EXPECT_FALSE(listed(R"(["127.0.10.*:9201"])"));
  EXPECT_FALSE(listed(R"(["127.0.10.5"])"));
  EXPECT_TRUE(rest::check_remote_list({{"reindex.remote.whitelist", R"(["*:9200"])"}}));
  const auto everything = rest::check_remote_list({{"reindex.remote.whitelist", R"(["a:1","*"])"}});
  ASSERT_FALSE(everything);
  EXPECT_THAT(everything.error().reason, HasSubstr("Refusing to start because whitelist [*] accepts all addresses."));
}

TEST(SluicedReindex, TlsTowardsRemotesIsConfigured) {
  const auto access = rest::remote_access({{"reindex.ssl.certificate_authorities", R"(["ca.pem"])"},
                                           {"reindex.ssl.verification_mode", R"("certificate")"}});
  ASSERT_TRUE(access);
  EXPECT_EQ(access->authority_file, "ca.pem");
  EXPECT_EQ(access->verification, Verification::kCertificate);
  EXPECT_FALSE(rest::remote_access({{"reindex.ssl.verification_mode", R"("some")"}}));
  EXPECT_FALSE(rest::remote_access({{"reindex.ssl.keystore.path", R"("x")"}}));
}

TEST(SluicedReindex, RemoteErrorsAreWrapped) {
  RemoteSource remote;
  remote.scheme = "http";
  remote.host = "far";
  remote.port = 9200;
  const Error missing(ErrorKind::kNotFound, 404, "index_not_found_exception", "no such index [x]");
  const Error wrapped = rest::remote_error(missing, remote);
  EXPECT_EQ(wrapped.status, 404);
  EXPECT_EQ(wrapped.type, "status_exception");
  EXPECT_THAT(wrapped.reason, HasSubstr("no such index [x]"));
  ASSERT_TRUE(wrapped.caused_by);
  EXPECT_EQ(wrapped.caused_by->type, "response_exception");
  const Error refused = rest::remote_error(
      Error(ErrorKind::kNetwork, 500, "connect_exception", "can't connect to http://far:9200: Connection refused; .."),
      remote);
  EXPECT_EQ(refused.reason, "Connection refused");
}

TEST(SluicedReindex, AutoCreationFollowsTheClusterSetting) {
  SluicedNode node;
  node.ask("PUT", "/a/_doc/1?refresh=true", "{}");
  node.ask("PUT", "/_cluster/settings", R"({"transient":{"action.auto_create_index":"false"}})");
  const auto refused = node.ask("POST", "/_reindex", kCopy);
  EXPECT_EQ(refused.status, 404);
  EXPECT_THAT(refused.body, HasSubstr("no such index [b] and [action.auto_create_index] is [false]"));
  node.ask("PUT", "/_cluster/settings", R"({"transient":{"action.auto_create_index":null}})");
  EXPECT_EQ(node.ask("POST", "/_reindex", kCopy).status, 200);
}

}  // namespace
}  // namespace sluice::tests
