#include "reindex/request.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace sluice {
namespace {

using namespace std::chrono_literals;

Request parsed(std::string_view body, const UrlParameters& parameters = {}) {
  auto request = parse_request(body, parameters);
  EXPECT_TRUE(request.has_value()) << request.error().envelope();
  return request ? *request : Request{};
}

std::string refused(std::string_view body, const UrlParameters& parameters = {}, const RequestRules& rules = {}) {
  const auto request = parse_request(body, parameters, rules);
  EXPECT_FALSE(request.has_value()) << body;
  return request ? std::string() : request.error().message();
}

TEST(Request, Defaults) {
  const Request request = parsed(R"({"source":{"index":"a"},"dest":{"index":"b"}})");
  EXPECT_EQ(request.source.indices, std::vector<std::string>{"a"});
  EXPECT_EQ(request.source.size, 1000);
  EXPECT_TRUE(request.source.fields.everything());
  EXPECT_EQ(request.dest.index, "b");
  EXPECT_EQ(request.dest.routing, RoutingMode::kKeep);
  EXPECT_FALSE(request.dest.create);
  EXPECT_FALSE(request.dest.external_versions());
  EXPECT_FALSE(request.proceed_on_conflicts);
  EXPECT_FALSE(request.max_docs.has_value());
  EXPECT_EQ(request.slices, 1U);
  EXPECT_TRUE(std::isinf(request.requests_per_second));
  EXPECT_EQ(request.timeout.text, "1m");
  EXPECT_EQ(request.scroll.duration, 5min);
  EXPECT_TRUE(request.wait_for_completion);
  EXPECT_TRUE(request.warnings.empty());
}

TEST(Request, EverythingInTheBody) {
  const Request request = parsed(R"({
    "source": {"index": ["a", "b"], "query": {"term": {"x": 1.50}}, "size": 7, "sort": {"d": "asc"},
               "_source": {"includes": ["a.*", "b"], "excludes": "c"},
               "slice": {"field": "f", "id": 1, "max": 3}, "runtime_mappings": {"r": {}}},
    "dest": {"index": "d", "routing": "=x y", "op_type": "create", "pipeline": "p"},
    "script": {"source": "ctx.op='noop'", "lang": "painless", "params": {"n": 1}},
    "conflicts": "proceed", "max_docs": "12"})");
  EXPECT_EQ(request.source.indices, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(request.source.query, R"({"term": {"x": 1.50}})") << "goes to the cluster as it came";
  EXPECT_EQ(request.source.size, 7);
  EXPECT_EQ(request.source.sort, R"({"d": "asc"})");
  EXPECT_EQ(request.source.fields.includes, (std::vector<std::string>{"a.*", "b"}));
  EXPECT_EQ(request.source.fields.excludes, std::vector<std::string>{"c"});
  ASSERT_TRUE(request.source.slice.has_value());
  EXPECT_EQ(request.source.slice->field, "f");
  EXPECT_EQ(request.source.slice->id, 1);
  EXPECT_EQ(request.source.slice->max, 3);
  ASSERT_EQ(request.source.other.size(), 1U);
  EXPECT_EQ(request.source.other[0].first, "runtime_mappings");
  EXPECT_EQ(request.source.other[0].second, R"({"r": {}})");
  EXPECT_EQ(request.dest.routing, RoutingMode::kSet);
  EXPECT_EQ(request.dest.routing_text, "x y");
  EXPECT_TRUE(request.dest.create);
  EXPECT_EQ(request.dest.pipeline, "p");
  ASSERT_TRUE(request.script.has_value());
  EXPECT_EQ(request.script->source, "ctx.op='noop'");
  EXPECT_EQ(request.script->params, R"({"n": 1})");
  EXPECT_TRUE(request.proceed_on_conflicts);
  EXPECT_EQ(request.max_docs, 12U);
  EXPECT_EQ(request.warnings.size(), 1U);
}

TEST(Request, Remote) {
  const Request request = parsed(R"({"source":{"index":"a","query":{"match_all":{}},"remote":{
    "host":"https://[::1]:9201/proxy/","username":"u","password":"p","headers":{"X-A":"1"},
    "socket_timeout":"1m","connect_timeout":"10s"}},"dest":{"index":"b"}})");
  ASSERT_TRUE(request.source.remote.has_value());
  const RemoteSource& remote = *request.source.remote;
  EXPECT_EQ(remote.scheme, "https");
  EXPECT_EQ(remote.host, "[::1]");
  EXPECT_EQ(remote.port, 9201);
  EXPECT_EQ(remote.path_prefix, "/proxy/");
  EXPECT_EQ(remote.username, "u");
  EXPECT_EQ(remote.password, "p");
  EXPECT_EQ(remote.headers.size(), 1U);
  EXPECT_EQ(remote.socket_timeout, 1min);
  EXPECT_EQ(remote.connect_timeout, 10s);
  EXPECT_EQ(remote.url(), "https://[::1]:9201/proxy/");
  EXPECT_EQ(request.source.query, R"({"match_all":{}})");
}

TEST(Request, UrlParameters) {
  const Request request = parsed(R"({"source":{"index":"a"},"dest":{"index":"b"}})", {{"refresh", ""},
                                                                                      {"timeout", "5s"},
                                                                                      {"slices", "auto"},
                                                                                      {"wait_for_active_shards", "all"},
                                                                                      {"requests_per_second", " 1e3 "},
                                                                                      {"scroll", "10m"},
                                                                                      {"require_alias", "true"},
                                                                                      {"wait_for_completion", "false"},
                                                                                      {"pretty", ""}});
  EXPECT_TRUE(request.refresh);
  EXPECT_EQ(request.timeout.duration, 5s);
  EXPECT_TRUE(request.auto_slices());
  EXPECT_EQ(request.wait_for_active_shards, "all");
  EXPECT_EQ(request.requests_per_second, 1000.0F);
  EXPECT_EQ(request.scroll.text, "10m");
  EXPECT_TRUE(request.require_alias);
  EXPECT_FALSE(request.wait_for_completion);
}

TEST(Request, NotANumberOfRequestsIsRefused) {
  EXPECT_EQ(refused(R"({"source":{"index":"a"},"dest":{"index":"b"}})", {{"requests_per_second", "NaN"}}),
            "[requests_per_second] must be a float greater than 0. Use -1 to disable throttling.");
}

TEST(Request, RemoteSlicesAreOursToRefuse) {
  const std::string body = R"({"source":{"index":"a","remote":{"host":"http://h:1"}},"dest":{"index":"b"}})";
  EXPECT_EQ(parsed(body, {{"slices", "3"}}).slices, 3U);
  RequestRules rules;
  rules.remote_slices = false;
  EXPECT_EQ(refused(body, {{"slices", "3"}}, rules),
            "Validation Failed: 1: reindex from remote sources doesn't support slices > 1 but was [3];");
}

TEST(Request, EndpointsWithoutNamesNeedNone) {
  RequestRules rules;
  rules.source_names_index = rules.dest_names_index = false;
  EXPECT_TRUE(parse_request("{}", {}, rules).has_value());
  rules.dest_names_index = true;
  EXPECT_EQ(refused("{}", {}, rules), "Validation Failed: 1: index must be specified;");
}

TEST(Request, RemoteSchemeAndPort) {
  EXPECT_EQ(refused(R"({"source":{"index":"a","remote":{"host":"ftp://h:1"}},"dest":{"index":"b"}})"),
            "[host] must begin with http:// or https:// but its scheme was [ftp]");
  EXPECT_EQ(refused(R"({"source":{"index":"a","remote":{"host":"http://h:99999"}},"dest":{"index":"b"}})"),
            "[host] must have a port between 1 and 65535 but it was [99999]");
}

TEST(Request, DeepNestingIsALimitNotACrash) {
  std::string body = R"({"source":)";
  for (int i = 0; i < 100'000; ++i) body += R"({"a":)";
  EXPECT_EQ(
      refused(body),
      "[1:5002] [reindex] failed to parse field [source]: Document nesting depth (1001) exceeds the maximum allowed "
      "(1000, from `StreamReadConstraints.getMaxNestingDepth()`): Document nesting depth (1001) exceeds the maximum "
      "allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)");
}

TEST(Request, BytesThatAreNoText) {
  EXPECT_TRUE(refused("{\"source\":{\"index\":\"\xff\"}}").contains("[1:22] Invalid UTF-8 start byte 0xff"));
  EXPECT_TRUE(refused("{\"source\":{\"index\":\"\xc3(\"}}").contains("[1:23] Invalid UTF-8 middle byte 0x28"));
  EXPECT_EQ(refused("   "), "[1:0] [reindex] Expected START_OBJECT but was: null");
  const std::string nul("{\"source\":\0}", 12);
  EXPECT_TRUE(refused(nul).contains("Unexpected character ((CTRL-CHAR, code 0))"));
}

TEST(Request, LongBodiesAreCutInMessages) {
  const std::string body = R"({"source":{"index":")" + std::string(600, 'x') + "\"}, oops}";
  EXPECT_TRUE(refused(body).contains("x\"[truncated 129 bytes]; line: 1, column: 625]")) << refused(body);
}

TEST(NotThereYet, TheSortsOfFiles) {
  const auto unsupported_in = [](std::string_view body, bool file) {
    const auto error = not_there_yet(parsed(body), file);
    EXPECT_TRUE(!error || (error->kind == ErrorKind::kUnsupported && error->status == 501));
    return error ? error->reason.substr(0, error->reason.find(']') + 1) : std::string();
  };
  EXPECT_EQ(unsupported_in(R"({"source":{"index":"a"},"dest":{"index":"b"},"script":{"source":"x"}})", true), "");
  const std::string query = R"({"source":{"index":"a","query":{"match_all":{}}},"dest":{"index":"b"}})";
  EXPECT_EQ(unsupported_in(query, true), "");
  EXPECT_EQ(unsupported_in(query, false), "");
  EXPECT_EQ(unsupported_in(R"({"source":{"index":"a","sort":"x"},"dest":{"index":"b"}})", true), "[source.sort]");
  EXPECT_EQ(unsupported_in(R"({"source":{"index":"a","min_score":1},"dest":{"index":"b"}})", true),
            "[source.min_score]");
  EXPECT_EQ(unsupported_in(R"({"source":{"index":"a"},"dest":{"index":"b"}})", true), "");
}

}  // namespace
}  // namespace sluice
