// Clients that ask too much, too slowly, or in no language.
#include <fstream>
#include <latch>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pipeline/base/timers.h"
#include "tests/io/serve/raw_client.h"

namespace sluice::tests {
namespace {

using namespace std::chrono_literals;
using serve::HttpRequest;
using serve::HttpResponse;
using testing::HasSubstr;

/// What a request that is refused gets; the connection is closed behind it.
std::string refused(const std::string& bytes, const serve::ServerOptions& options = {}) {
  const auto server = start_server(echo, options);
  RawClient client(server->address());
  client.send(bytes);
  return client.read_all();
}

TEST(ServeLimits, ABodyOverTheLimit) {
  const serve::ServerOptions options{.max_content_length = 10};
  EXPECT_EQ(status_of(refused(post("/x", "0123456789") + get("/", "Connection: close\r\n"), options)), 200);
  EXPECT_EQ(status_of(refused(post("/x", "0123456789a"), options)), 413);
  const std::string chunks =
      refused("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n",
              options);
  EXPECT_EQ(status_of(chunks), 413);
  EXPECT_THAT(chunks, HasSubstr("content_too_large_exception"));
  EXPECT_EQ(status_of(refused("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n", options)), 413);
}

TEST(ServeLimits, TheAnswerSurvivesABodyThatIsStillBeingSent) {
  const auto server = start_server(echo, {.max_content_length = 1000});
  RawClient client(server->address());
  client.send(post("/x", std::string(4 << 20, 'x')));
  EXPECT_EQ(status_of(client.read_all()), 413);
}

TEST(ServeLimits, ALineOrHeadersOverTheLimit) {
  const serve::ServerOptions options{.max_header_size = 500, .max_initial_line = 100};
  const std::string line = refused(get("/" + std::string(200, 'a')), options);
  EXPECT_EQ(status_of(line), 400);
  EXPECT_THAT(line, HasSubstr("An HTTP line is larger than 100 bytes."));
  EXPECT_THAT(refused(std::string(5000, 'a'), options), HasSubstr("An HTTP line is larger than 100 bytes."));
  const std::string headers = refused(get("/", "A: " + std::string(550, 'a') + "\r\n"), options);
  EXPECT_EQ(status_of(headers), 400);
  EXPECT_THAT(headers, HasSubstr("HTTP header is larger than 500 bytes."));
  std::string many;
  for (int i = 0; i < 100; ++i) many += "A" + std::to_string(i) + ": 1\r\n";
  EXPECT_EQ(status_of(refused(get("/", many), options)), 400);
}

TEST(ServeLimits, WhatIsNotHttp) {
  for (const char* const wrong :
       {"garbage\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", "PRI * HTTP/2.0\r\n\r\n"}) {
    const std::string answer = refused(wrong);
    EXPECT_EQ(status_of(answer), 400) << wrong << answer;
    EXPECT_THAT(answer, HasSubstr("illegal_argument_exception")) << wrong;
  }
}

TEST(ServeLimits, GoodRequestsBeforeABadOneAreAnswered) {
  const std::string both = refused(get("/good") + "garbage\r\n\r\n");
  EXPECT_THAT(both, HasSubstr("GET /good "));
  EXPECT_THAT(both, HasSubstr("HTTP/1.1 400"));
}

TEST(ServeLimits, ConnectionsOverTheLimitAreToldSo) {
  const auto server = start_server(echo, {.max_connections = 2});
  RawClient one(server->address());
  one.send(get("/1"));
  one.read_answer();
  {
    RawClient two(server->address());
    two.send(get("/2"));
    two.read_answer();
    RawClient three(server->address());
    const std::string answer = three.read_all();
    EXPECT_EQ(status_of(answer), 503);
    EXPECT_THAT(answer, HasSubstr("too_many_connections_exception"));
  }
  while (server->statistics().current_open > 1) std::this_thread::yield();
  RawClient four(server->address());
  four.send(get("/4"));
  EXPECT_EQ(status_of(four.read_answer()), 200);
}

TEST(ServeLimits, BodiesInFlightHaveABudget) {
  std::latch entered(1);
  std::latch leave(1);
  const auto server = start_server(
      [&](HttpRequest request) {
        if (request.target == "/slow") {
          entered.count_down();
          leave.wait();
        }
        return echo(request);
      },
      {.max_in_flight = 1000});
  RawClient one(server->address());
  one.send(post("/slow", std::string(800, 'x')));
  entered.wait();
  RawClient two(server->address());
  two.send(post("/x", std::string(300, 'x')));
  const std::string answer = two.read_all();
  EXPECT_EQ(status_of(answer), 429);
  EXPECT_THAT(answer, HasSubstr("circuit_breaking_exception"));
  leave.count_down();
  EXPECT_EQ(status_of(one.read_answer()), 200);
  RawClient three(server->address());
  three.send(post("/x", std::string(300, 'x')));
  EXPECT_EQ(status_of(three.read_answer()), 200) << "what was charged was not given back";
}

TEST(ServeLimits, AHeaderThatComesTooSlowlyIsCutOff) {
  const auto server = start_server(echo, {.read_timeout = 100ms});
  RawClient client(server->address());
  const TimePoint begin = SteadyClock::now();
  client.send("GET / HTTP/1.1\r\nA: ");
  EXPECT_EQ(client.read_all(), "");
  EXPECT_LT(SteadyClock::now() - begin, 5s);
}

TEST(ServeLimits, ABodyThatStallsIsCutOff) {
  const auto server = start_server(echo, {.read_timeout = 100ms});
  RawClient client(server->address());
  client.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(client.read_all(), "");
}

TEST(ServeLimits, AnIdleConnectionIsClosed) {
  const auto server = start_server(echo, {.idle_timeout = 100ms});
  RawClient client(server->address());
  client.send(get("/x"));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(client.read_all(), "");
}

TEST(ServeLimits, AHandlerMayTakeLongerThanTheTimeouts) {
  std::latch leave(1);
  const auto server = start_server(
      [&](const HttpRequest& request) {
        leave.wait();
        return echo(request);
      },
      {.read_timeout = 50ms, .write_timeout = 50ms, .idle_timeout = 50ms});
  RawClient client(server->address());
  client.send(get("/slow"));
  RawClient idle(server->address());
  EXPECT_EQ(idle.read_all(), "");  // the timeouts have passed
  leave.count_down();
  EXPECT_EQ(body_of(client.read_answer()), "GET /slow ");
}

TEST(ServeLimits, AClientThatReadsNothingIsCutOff) {
  const auto server = start_server(
      [](const HttpRequest&) {
        HttpResponse response;
        response.body.assign(64 << 20, 'x');
        return response;
      },
      {.write_timeout = 100ms});
  RawClient client(server->address(), 4096);
  client.send(get("/large"));
  while (server->statistics().requests == 0 || server->statistics().current_open != 0) std::this_thread::yield();
  EXPECT_LT(client.read_all().size(), std::size_t{64} << 20);
}

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST(ServeLimits, AThousandIdleConnectionsCostLittle) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < 2100 && files.rlim_max >= 2100) {
    files.rlim_cur = 2100;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  if (files.rlim_cur < 2100) GTEST_SKIP() << "needs 2100 file descriptors: ulimit -n";
  const auto server = start_server(echo);
  [[maybe_unused]] const std::size_t before = resident_bytes();  // sanitizers have memory of their own
  std::vector<RawClient> clients;
  for (int i = 0; i < 1000; ++i) {
    clients.emplace_back(server->address());
    clients.back().send(post("/x", std::string(20000, 'x')));
    EXPECT_EQ(status_of(clients.back().read_answer()), 200);
  }
  EXPECT_EQ(server->statistics().current_open, 1000U);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(resident_bytes() - before, std::size_t{64} << 20);
#endif
}

}  // namespace
}  // namespace sluice::tests
