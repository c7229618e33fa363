#include "io/http/http_client.h"

#include <array>
#include <cstdlib>
#include <future>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/io/http/fake_server.h"

namespace sluice::io {
namespace {

using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using ::testing::HasSubstr;
using testing::json_reply;
using ::testing::StartsWith;

class HttpClientTest : public ::testing::Test {
 protected:
  HttpClient& client(const FakeServer& server, HttpOptions options = {}, const std::string& prefix = "") {
    client_ = std::make_unique<HttpClient>(loop_, *parse_endpoint(server.url() + prefix), std::move(options));
    return *client_;
  }
  static std::future<Result<HttpResponse>> start(HttpClient& client, HttpRequest request,
                                                 HttpClient::Id* id = nullptr) {
    auto promise = std::make_shared<std::promise<Result<HttpResponse>>>();
    auto future = promise->get_future();
    const auto started =
        client.start(std::move(request), [promise](Result<HttpResponse> r) { promise->set_value(std::move(r)); });
    if (id != nullptr) *id = started;
    return future;
  }
  static Result<HttpResponse> run(HttpClient& client, HttpRequest request = {}) {
    return start(client, std::move(request)).get();
  }

  EventLoop loop_;
  std::unique_ptr<HttpClient> client_;
};

TEST_F(HttpClientTest, SendsMethodPathBodyAndHeaders) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, R"({"ok":true})"); });
  HttpOptions options;
  options.headers = {{"X-One", "1"}};
  HttpRequest request;
  request.method = "DELETE";
  request.target = "/a%2Fb?x=1";
  request.body = "{}";
  const auto response = run(client(server, options, "/prefix/"), std::move(request));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->content_type, "application/json");
  EXPECT_EQ(response->body.view(), R"({"ok":true})");
  const FakeRequest seen = server.requests().at(0);
  EXPECT_EQ(seen.method, "DELETE");
  EXPECT_EQ(seen.target, "/prefix/a%2Fb?x=1");
  EXPECT_EQ(seen.body, "{}");
  EXPECT_EQ(seen.header("content-type"), "application/json");
  EXPECT_EQ(seen.header("x-one"), "1");
  EXPECT_EQ(seen.header("expect"), "");
}

TEST_F(HttpClientTest, GetHasNoBodyAndNoContentType) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  ASSERT_TRUE(run(client(server)));
  const FakeRequest seen = server.requests().at(0);
  EXPECT_EQ(seen.method, "GET");
  EXPECT_EQ(seen.header("content-type"), "");
  EXPECT_EQ(seen.header("content-length"), "");
  EXPECT_EQ(seen.header("accept-encoding"), "");
}

TEST_F(HttpClientTest, KeepsConnectionsAlive) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  client(server);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(run(*client_));
  for (const FakeRequest& seen : server.requests()) EXPECT_EQ(seen.connection, 0);
}

TEST_F(HttpClientTest, SendsALargeBodyWhole) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  std::string body(3'000'000, 'x');
  HttpRequest request;
  request.method = "POST";
  request.body = body;
  ASSERT_TRUE(run(client(server), std::move(request)));
  EXPECT_EQ(server.requests().at(0).body, body);
}

TEST_F(HttpClientTest, ReadsAChunkedResponseInPieces) {
  FakeServer server([](const FakeRequest&) {
    return FakeReply{
        {"HTTP/1.1 200 OK\r\nTransfer-Enc", "oding: chunked\r\n\r\n3\r\nab", "c\r\n", "2\r\nde\r\n0\r\n\r\n"}};
  });
  const auto response = run(client(server));
  ASSERT_TRUE(response) << response.error().reason;
  EXPECT_EQ(response->body.view(), "abcde");
}

TEST_F(HttpClientTest, WritesIntoRecycledMemoryWithPadding) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, R"({"a":1})"); });
  HttpRequest request;
  request.response.append("old content that has to go");
  const char* memory = request.response.data();
  const auto response = run(client(server), std::move(request));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body.view(), R"({"a":1})");
  EXPECT_EQ(response->body.data(), memory);
}

TEST_F(HttpClientTest, AuthenticatesInEachWay) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  HttpOptions basic;
  basic.user = "me";
  basic.password = "pa:ss";
  ASSERT_TRUE(run(client(server, basic)));
  HttpOptions key;
  key.api_key = "abc==";
  ASSERT_TRUE(run(client(server, key)));
  HttpOptions bearer;
  bearer.bearer = "token";
  ASSERT_TRUE(run(client(server, bearer)));
  const auto seen = server.requests();
  EXPECT_EQ(seen.at(0).header("authorization"), "Basic bWU6cGE6c3M=");
  EXPECT_EQ(seen.at(1).header("authorization"), "ApiKey abc==");
  EXPECT_EQ(seen.at(2).header("authorization"), "Bearer token");
}

TEST_F(HttpClientTest, TakesCredentialsFromTheEndpoint) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  HttpClient other(loop_, *parse_endpoint("http://me:p%40ss@127.0.0.1:" + std::to_string(server.port())), {});
  ASSERT_TRUE(run(other));
  EXPECT_EQ(server.requests().at(0).header("authorization"), "Basic bWU6cEBzcw==");
}

TEST_F(HttpClientTest, DoesNotFollowRedirects) {
  FakeServer server([](const FakeRequest&) { return json_reply(301, "{}", "Location: http://elsewhere:9200/\r\n"); });
  const auto response = run(client(server));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 301);
  EXPECT_EQ(response->location, "http://elsewhere:9200/");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(HttpClientTest, TellsThatNobodyListens) {
  std::uint16_t port = 0;
  {
    port = FakeServer([](const FakeRequest&) { return FakeReply{}; }).port();
  }
  HttpClient nobody(loop_, *parse_endpoint("http://127.0.0.1:" + std::to_string(port)), {});
  const auto response = run(nobody);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kNetwork);
  EXPECT_EQ(response.error().type, "connect_exception");
  EXPECT_TRUE(never_sent(response.error()));
  EXPECT_EQ(response.error().reason, "can't connect to http://127.0.0.1:" + std::to_string(port) +
                                         ": Connection refused; is the server running, and is the port its HTTP port?");
}

TEST_F(HttpClientTest, TellsThatTheHostIsUnknown) {
  HttpClient nowhere(loop_, *parse_endpoint("http://no-such-host.invalid:9200"), {});
  const auto response = run(nowhere);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kNetwork);
}

TEST_F(HttpClientTest, TellsThatTheConnectionBroke) {
  FakeServer server(
      [](const FakeRequest&) { return FakeReply{{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"}, true}; });
  const auto response = run(client(server));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kNetwork);
  EXPECT_EQ(response.error().type, "connection_closed_exception");
  EXPECT_FALSE(never_sent(response.error()));
}

TEST_F(HttpClientTest, TellsThatItIsNotHttp) {
  FakeServer server([](const FakeRequest&) { return FakeReply{{"SSH-2.0-OpenSSH_9.2\r\n"}, true}; });
  const auto response = run(client(server));
  ASSERT_FALSE(response);
  EXPECT_THAT(response.error().reason, HasSubstr("does not speak HTTP"));
}

TEST_F(HttpClientTest, TellsThatItIsNotHttps) {
  FakeServer plain_server([](const FakeRequest&) { return FakeReply{}; });
  HttpOptions options;
  options.connect_timeout = std::chrono::milliseconds(300);
  HttpClient tls(loop_, *parse_endpoint("https://127.0.0.1:" + std::to_string(plain_server.port())), options);
  const auto response = run(tls);
  ASSERT_FALSE(response);
  EXPECT_TRUE(never_sent(response.error())) << response.error().type;
}

TEST_F(HttpClientTest, TimesOutWhenNoByteComes) {
  FakeServer server([](const FakeRequest&) { return FakeReply{{"HTTP/1.1 200 OK\r\n"}}; });
  HttpOptions options;
  options.socket_timeout = std::chrono::milliseconds(60);
  const auto response = run(client(server, options));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kTimeout);
  EXPECT_EQ(response.error().type, "socket_timeout_exception");
  EXPECT_THAT(response.error().reason, HasSubstr("for 60 ms"));
}

TEST_F(HttpClientTest, RefusesAResponseOverTheLimitAnnouncedOrNot) {
  for (const char* head : {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n"}) {
    FakeServer server([head](const FakeRequest&) { return FakeReply{{head, "0123456789x", "\r\n0\r\n\r\n"}}; });
    HttpRequest request;
    request.max_response_bytes = 10;
    const auto response = run(client(server), std::move(request));
    ASSERT_FALSE(response) << head;
    EXPECT_EQ(response.error().kind, ErrorKind::kTooLarge);
    EXPECT_THAT(response.error().reason, HasSubstr("larger than 10 bytes"));
  }
}

TEST_F(HttpClientTest, AcceptsAResponseAtTheLimit) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "0123456789"); });
  HttpRequest request;
  request.max_response_bytes = 10;
  EXPECT_TRUE(run(client(server), std::move(request)));
}

TEST_F(HttpClientTest, AbortsOneRequestAndLeavesTheOthers) {
  FakeServer server([](const FakeRequest& r) { return r.target == "/hang" ? FakeReply{} : json_reply(200, "{}"); });
  client(server);
  HttpRequest hang;
  hang.target = "/hang";
  HttpClient::Id id = 0;
  auto hanging = start(*client_, std::move(hang), &id);
  EXPECT_TRUE(run(*client_));
  client_->abort(id);
  const auto response = hanging.get();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kCancelled);
  EXPECT_TRUE(run(*client_));
}

TEST_F(HttpClientTest, HoldsBackWhatIsOverTheConnectionLimitAndAbortsItToo) {
  FakeServer server([](const FakeRequest&) { return FakeReply{}; });
  HttpOptions options;
  options.max_connections = 2;
  client(server, options);
  std::vector<std::future<Result<HttpResponse>>> all;
  for (int i = 0; i < 6; ++i) all.push_back(start(*client_, {}));
  client_->abort_all();
  for (auto& one : all) EXPECT_EQ(one.get().error().kind, ErrorKind::kCancelled);
  EXPECT_LE(server.requests().size(), 2U);
}

TEST_F(HttpClientTest, ServesManyRequestsOverFewConnections) {
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  HttpOptions options;
  options.max_connections = 3;
  client(server, options);
  std::vector<std::future<Result<HttpResponse>>> all;
  for (int i = 0; i < 50; ++i) all.push_back(start(*client_, {}));
  for (auto& one : all) EXPECT_TRUE(one.get());
  for (const FakeRequest& seen : server.requests()) EXPECT_LT(seen.connection, 3);
}

TEST_F(HttpClientTest, DestructorAbortsAndAnswersWhatIsPending) {
  FakeServer server([](const FakeRequest&) { return FakeReply{}; });
  auto pending = start(client(server), {});
  client_.reset();
  ASSERT_EQ(pending.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_EQ(pending.get().error().kind, ErrorKind::kCancelled);
}

TEST(CheckHeaders, RefusesLineBreaks) {
  HttpOptions options;
  options.headers = {{"X-A", "1"}};
  EXPECT_TRUE(check_headers(options));
  options.headers = {{"X-A", "1\r\nX-B: 2"}};
  EXPECT_FALSE(check_headers(options));
  options.headers = {{"X:A", "1"}};
  EXPECT_FALSE(check_headers(options));
  options.headers.clear();
  options.bearer = "a\nb";
  EXPECT_FALSE(check_headers(options));
}

TEST_F(HttpClientTest, UsesNoProxyForThisMachine) {
  ::setenv("http_proxy", "http://127.0.0.1:9", 1);  // NOLINT(concurrency-mt-unsafe): before the loop asks for it
  FakeServer server([](const FakeRequest&) { return json_reply(200, "{}"); });
  const auto response = run(client(server));
  ::unsetenv("http_proxy");  // NOLINT(concurrency-mt-unsafe)
  EXPECT_TRUE(response) << response.error().reason;
}

}  // namespace
}  // namespace sluice::io
