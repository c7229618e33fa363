// Starting where one can't, and stopping with requests under way.
#include <future>
#include <latch>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "io/serve/workers.h"
#include "tests/io/serve/raw_client.h"

namespace sluice::tests {
namespace {

using namespace std::chrono_literals;
using serve::HttpRequest;
using testing::HasSubstr;

TEST(ServeStop, AnAddressThatIsTaken) {
  const auto server = start_server(echo);
  serve::ServerOptions options;
  options.port = static_cast<std::uint16_t>(std::stoi(server->address().substr(server->address().rfind(':') + 1)));
  const auto second = serve::HttpServer::start(options, echo);
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().reason, HasSubstr("Failed to bind to [127.0.0.1:"));
}

TEST(ServeStop, AnswersWhatHasBegunAndTakesNothingNew) {
  std::latch entered(1);
  std::latch leave(1);
  const auto server = start_server([&](const HttpRequest& request) {
    entered.count_down();
    leave.wait();
    return echo(request);
  });
  RawClient idle(server->address());
  RawClient client(server->address());
  client.send(get("/begun"));
  entered.wait();
  auto stopping = std::async(std::launch::async, [&] { server->stop(10s); });
  EXPECT_EQ(idle.read_all(), "");  // the stop has begun
  leave.count_down();
  EXPECT_EQ(body_of(client.read_all()), "GET /begun ");
  stopping.get();
  EXPECT_EQ(server->statistics().current_open, 0U);
  server->stop(0s);
}

TEST(ServeStop, BreaksOffWhenTheGraceIsOver) {
  std::latch entered(1);
  std::latch leave(1);
  const auto server = start_server([&](const HttpRequest& request) {
    entered.count_down();
    leave.wait();
    return echo(request);
  });
  RawClient client(server->address());
  client.send(get("/slow"));
  entered.wait();
  auto stopping = std::async(std::launch::async, [&] { server->stop(50ms); });
  EXPECT_EQ(client.read_all(), "");
  leave.count_down();
  stopping.get();
}

TEST(ServeStop, TellsTheHandlerWhenTheGraceIsOver) {
  std::latch entered(1);
  const auto server = start_server([&](const HttpRequest& request) {
    entered.count_down();
    while (!*request.abandoned) std::this_thread::yield();
    return echo(request);
  });
  RawClient client(server->address());
  client.send(get("/for-ever"));
  entered.wait();
  server->stop(50ms);  // comes back
  EXPECT_EQ(client.read_all(), "");
}

TEST(ServeStop, TellsTheHandlerWhenItsClientHasGone) {
  for (const bool reset : {true, false}) {
    std::latch entered(1);
    std::latch left(1);
    const auto server = start_server([&](const HttpRequest& request) {
      entered.count_down();
      while (!*request.abandoned) std::this_thread::yield();
      left.count_down();
      return echo(request);
    });
    {
      RawClient client(server->address());
      client.send(get("/for-ever"));
      entered.wait();
      const linger at_once{.l_onoff = reset ? 1 : 0, .l_linger = 0};
      ::setsockopt(client.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    }
    left.wait();
  }
}

TEST(ServeStop, ARequestThatIsHalfThereIsStillTaken) {
  const auto server = start_server(echo);
  RawClient idle(server->address());
  RawClient client(server->address());
  client.send("POST /half HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  client.read_until("100 Continue\r\n\r\n");
  auto stopping = std::async(std::launch::async, [&] { server->stop(10s); });
  EXPECT_EQ(idle.read_all(), "");
  client.send("ab");
  EXPECT_EQ(body_of(client.read_all()), "POST /half ab");
  stopping.get();
}

TEST(ServeWorkers, AreMadeWhenNeededAndUsedAgain) {
  serve::Workers workers(2);
  EXPECT_EQ(workers.size(), 0U);
  for (int i = 0; i < 50; ++i) {
    std::promise<void> ran;
    workers.post([&] { ran.set_value(); });
    ran.get_future().get();
  }
  EXPECT_LE(workers.size(), 2U);
  std::latch leave(1);
  std::latch two(2);
  std::atomic<int> third = 0;
  for (int i = 0; i < 2; ++i) {
    workers.post([&] {
      two.count_down();
      leave.wait();
    });
  }
  two.wait();
  std::promise<void> ran;
  workers.post([&] {
    third = 1;
    ran.set_value();
  });
  EXPECT_EQ(third, 0);
  leave.count_down();
  ran.get_future().get();
  EXPECT_EQ(workers.size(), 2U);
}

}  // namespace
}  // namespace sluice::tests
