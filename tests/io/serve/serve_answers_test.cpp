// What a client may do with a connection that is well.
#include <atomic>
#include <barrier>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/serve/raw_client.h"

namespace sluice::tests {
namespace {

using serve::HttpRequest;
using serve::HttpResponse;
using testing::HasSubstr;
using testing::Not;

TEST(ServeAnswers, KeepsTheConnectionForTheNextRequest) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send(get("/a?b=c"));
  EXPECT_EQ(body_of(client.read_answer()), "GET /a?b=c ");
  client.send(post("/d", "{}"));
  EXPECT_EQ(body_of(client.read_answer()), "POST /d {}");
  const auto statistics = server->statistics();
  EXPECT_EQ(statistics.requests, 2U);
  EXPECT_EQ(statistics.total_opened, 1U);
  EXPECT_EQ(statistics.current_open, 1U);
}

TEST(ServeAnswers, PipelinedRequestsInTheirOrder) {
  const auto server = start_server(echo, {.pipelining = 3});
  RawClient client(server->address());
  std::string all;
  for (int i = 0; i < 40; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(body_of(client.read_answer()), "GET /" + std::to_string(i) + " ");
}

TEST(ServeAnswers, OneConnectionDoesNotWaitForAnother) {
  std::barrier both(3);
  const auto server = start_server([&](HttpRequest request) {
    both.arrive_and_wait();  // passes only with both requests in the handler
    return echo(request);
  });
  RawClient one(server->address());
  RawClient other(server->address());
  one.send(get("/1"));
  other.send(get("/2"));
  both.arrive_and_wait();
  EXPECT_EQ(body_of(one.read_answer()), "GET /1 ");
  EXPECT_EQ(body_of(other.read_answer()), "GET /2 ");
}

TEST(ServeAnswers, AnAnswerThatComesLaterKeepsNoWorkerBusy) {
  std::promise<serve::Respond> waiting;
  const auto handler = [&](const HttpRequest& request) {
    if (request.target == "/now") return echo(request);
    HttpResponse response;
    response.later = [&waiting](serve::Respond respond) { waiting.set_value(std::move(respond)); };
    return response;
  };
  const auto server = start_server(handler, {.max_workers = 1});
  RawClient one(server->address());
  RawClient other(server->address());
  one.send(get("/later", "Accept-Encoding: gzip\r\n") + get("/now"));
  serve::Respond respond = waiting.get_future().get();
  other.send(get("/now"));
  EXPECT_EQ(body_of(other.read_answer()), "GET /now ");
  respond([] {
    HttpResponse response;
    response.status = 201;
    response.body = "at last";
    return response;
  });
  const std::string answer = one.read_answer();
  EXPECT_EQ(status_of(answer), 201);
  EXPECT_EQ(body_of(answer), "at last");
  EXPECT_EQ(body_of(one.read_answer()), "GET /now ");  // in their order
}

TEST(ServeAnswers, SettledWaitsForWhatComesLater) {
  HttpResponse response;
  response.later = [](serve::Respond respond) {
    std::thread([respond = std::move(respond)]() mutable {
      respond([] {
        HttpResponse answer;
        answer.status = 202;
        return answer;
      });
    }).detach();
  };
  EXPECT_EQ(serve::settled(std::move(response)).status, 202);
  EXPECT_EQ(serve::settled(HttpResponse()).status, 200);
}

TEST(ServeAnswers, ChunkedBodies) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  client.send("2;name=value\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "POST /x abcde");
}

TEST(ServeAnswers, BodiesThatComeByteByByte) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  for (const char c : post("/x", "0123456789")) client.send({&c, 1});
  EXPECT_EQ(body_of(client.read_answer()), "POST /x 0123456789");
}

TEST(ServeAnswers, HeadHasTheLengthButNoBody) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  const std::string head = client.read_answer(false);
  EXPECT_THAT(head, HasSubstr("content-length: 10\r\n"));
  EXPECT_EQ(body_of(client.read_answer()), "GET /next ");
}

TEST(ServeAnswers, SaysContinueToAClientThatWaits) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(body_of(client.read_answer()), "POST /x abc");
}

TEST(ServeAnswers, ClosesWhenTheClientAsks) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send(get("/x", "Connection: close\r\n"));
  const std::string answer = client.read_all();
  EXPECT_THAT(answer, HasSubstr("connection: close\r\n"));
  EXPECT_EQ(body_of(answer), "GET /x ");
}

TEST(ServeAnswers, AClientThatHasEndedItsSideIsAnswered) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send(get("/x"));
  client.end();
  EXPECT_EQ(body_of(client.read_all()), "GET /x ");
}

TEST(ServeAnswers, Http10ClosesUnlessAskedToKeep) {
  const auto server = start_server(echo);
  RawClient client(server->address());
  client.send("GET /x HTTP/1.0\r\n\r\n");
  EXPECT_EQ(body_of(client.read_all()), "GET /x ");
}

/// Streams `parts`, then fails if it is told to.
class Parts final : public serve::BodyStream {
 public:
  Parts(std::vector<std::string> parts, bool fails) : parts_(std::move(parts)), fails_(fails) {}
  Result<bool> next(std::string& chunk) override {
    if (at_ == parts_.size()) return std::unexpected(internal_error("the disk is gone"));
    chunk += parts_[at_++];
    return at_ < parts_.size() || fails_;
  }

 private:
  std::vector<std::string> parts_;
  std::size_t at_ = 0;
  bool fails_;
};

serve::Handler streaming(bool fails) {
  return [fails](const HttpRequest&) {
    HttpResponse response;
    response.stream = std::make_unique<Parts>(std::vector<std::string>{"one ", "", "two ", "three"}, fails);
    return response;
  };
}

TEST(ServeAnswers, StreamsInChunks) {
  const auto server = start_server(streaming(false));
  RawClient client(server->address());
  client.send(get("/x"));
  EXPECT_EQ(body_of(client.read_answer()), "4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n");
  client.send("GET /x HTTP/1.0\r\n\r\n");
  EXPECT_EQ(body_of(client.read_all()), "one two three");
}

TEST(ServeAnswers, AStreamThatFailsNeverLooksWhole) {
  const auto server = start_server(streaming(true));
  RawClient client(server->address());
  client.send(get("/x"));
  const std::string all = client.read_all();
  EXPECT_THAT(all, HasSubstr("three"));
  EXPECT_THAT(all, Not(HasSubstr("0\r\n\r\n")));
}

serve::Handler streaming_much(std::vector<std::string> parts) {
  return [parts = std::move(parts)](const HttpRequest&) {
    HttpResponse response;
    response.stream = std::make_unique<Parts>(parts, false);
    return response;
  };
}

TEST(ServeAnswers, AStreamThatTheClientTakesInSmallPiecesArrivesWhole) {
  std::vector<std::string> parts;
  std::string all;
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    parts.emplace_back((std::size_t{256} << 10) + static_cast<std::size_t>(letter), letter);
    all += parts.back();
  }
  const auto server = start_server(streaming_much(std::move(parts)));
  RawClient client(server->address(), 4096);
  for (int i = 0; i < 2; ++i) {
    client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string body = body_of(client.read_answer());
    std::string joined;
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t line = body.find("\r\n", at);
      ASSERT_NE(line, std::string::npos);
      const std::size_t size = std::stoul(body.substr(at, line - at), nullptr, 16);
      joined.append(body, line + 2, size);
      at = line + 2 + size + 2;
    }
    EXPECT_TRUE(joined == all);
  }
}

TEST(ServeAnswers, AClientThatLeavesInTheMiddleOfAStreamHarmsNobody) {
  const auto server = start_server(streaming_much(std::vector<std::string>(64, std::string(1 << 20, 'x'))));
  for (int i = 0; i < 8; ++i) {
    RawClient leaving(server->address(), 4096);
    leaving.send(get("/x"));
    EXPECT_THAT(leaving.read_until("\r\n\r\n"), HasSubstr("200"));
  }
  RawClient client(server->address());
  client.send("GET /x HTTP/1.0\r\n\r\n");
  EXPECT_EQ(body_of(client.read_all()).size(), std::size_t{64} << 20);
}

TEST(ServeAnswers, AHandlerThatThrowsIsAnInternalError) {
  const auto server = start_server([](const HttpRequest&) -> HttpResponse { throw std::runtime_error("a bug"); });
  RawClient client(server->address());
  client.send(get("/x"));
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_THAT(answer, HasSubstr("a bug"));
}

TEST(ServeAnswers, HeadersCannotBeSmuggledIn) {
  const auto server = start_server([](const HttpRequest&) {
    HttpResponse response;
    response.headers.emplace_back("Location", "/a\r\nSet-Cookie: b");
    return response;
  });
  RawClient client(server->address());
  client.send(get("/x"));
  EXPECT_THAT(client.read_answer(), HasSubstr("Location: /a  Set-Cookie: b\r\n"));
}

TEST(ServeAnswers, TellsTheHandlerWhoAsks) {
  const auto server = start_server([](const HttpRequest& request) {
    HttpResponse response;
    response.body = request.peer + "|" + std::string(request.header("x-opaque-ID"));
    return response;
  });
  RawClient client(server->address());
  client.send(get("/x", "X-Opaque-Id: me\r\n"));
  EXPECT_THAT(body_of(client.read_answer()), testing::MatchesRegex("127\\.0\\.0\\.1:[0-9]+\\|me"));
}

}  // namespace
}  // namespace sluice::tests
