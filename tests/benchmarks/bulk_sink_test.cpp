#include <atomic>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "benchmarks/macro/bulk_sink_server.h"

namespace sluice::benchmarks {
namespace {

/// A sink on a thread of its own, and one plain connection to it.
class BulkSink : public testing::Test {
 protected:
  void SetUp() override {
    auto server = BulkSinkServer::listen({});
    ASSERT_TRUE(server) << server.error().message();
    server_ = std::move(*server);
    thread_ = std::thread([this] { EXPECT_TRUE(server_->serve(stop_)); });
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  void TearDown() override {
    stop_ = true;
    close(socket_);
    thread_.join();
  }
  void send_text(std::string_view text) const {
    ASSERT_EQ(send(socket_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  }
  /// Reads until `end` has come.
  std::string receive_until(std::string_view end) const {
    std::string all;
    char byte = 0;
    while (!all.ends_with(end) && recv(socket_, &byte, 1, 0) == 1) all.push_back(byte);
    return all;
  }

  std::unique_ptr<BulkSinkServer> server_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
  int socket_ = -1;
};

TEST_F(BulkSink, AnswersWithAnItemForEachDocument) {
  const std::string body = "{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"a\":2}\n";
  send_text("POST /i/_bulk?timeout=1m HTTP/1.1\r\nhost: x\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n");
  send_text(body.substr(0, 9));
  send_text(body.substr(9));
  const std::string reply = receive_until("]}");
  EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 OK\r\n")) << reply;
  EXPECT_TRUE(reply.ends_with("\r\n\r\n" + bulk_reply(2))) << reply;
  EXPECT_EQ(server_->documents(), 2U);
}

TEST_F(BulkSink, AnswersRequestsInARow) {
  send_text("HEAD /i HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(receive_until("\r\n\r\n").find("content-length: 2\r\n") != std::string::npos);
  EXPECT_NE(receive_until("for Search\"}").find(R"("number":"8.)"), std::string::npos);
}

TEST_F(BulkSink, TellsAClientThatAsksToGoOn) {
  send_text("POST /_bulk HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 26\r\n\r\n");
  EXPECT_EQ(receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  send_text("{\"index\":{}}\n{\"abcde\":123}\n");
  EXPECT_NE(receive_until("]}").find("\"errors\":false"), std::string::npos);
}

TEST_F(BulkSink, HangsUpOnWhatIsNotHttp) {
  send_text("nonsense\r\n\r\n");
  char byte = 0;
  EXPECT_EQ(recv(socket_, &byte, 1, 0), 0);
}

TEST(BulkSinkPort, ATakenPortIsAnError) {
  const auto first = BulkSinkServer::listen({});
  ASSERT_TRUE(first);
  const auto second = BulkSinkServer::listen({.port = (*first)->port()});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().reason.find("choose another --port"), std::string::npos);
}

}  // namespace
}  // namespace sluice::benchmarks
