// The reader alone: bytes in any pieces give the same requests.
#include "io/serve/request_reader.h"

#include <cstring>

#include <gtest/gtest.h>

namespace sluice::serve {
namespace {

using Step = RequestReader::Step;

Step feed(RequestReader& reader, std::string_view bytes) {
  const auto room = reader.prepare();
  std::memcpy(room.data(), bytes.data(), bytes.size());
  reader.commit(bytes.size());
  return reader.step();
}

TEST(RequestReader, AnyPiecesGiveTheSameRequests) {
  const std::string two =
      "\r\nPUT /a HTTP/1.1\r\nX: 1\r\nContent-Length: 3\r\n\r\nabcPOST /b HTTP/1.0\r\nTransfer-Encoding: "
      "chunked\r\n\r\n"
      "1\r\nd\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece < two.size(); ++piece) {
    const ServerOptions options;
    RequestReader reader(options, std::make_shared<BodyBudget>(1000));
    std::string seen;
    for (std::size_t at = 0; at < two.size(); at += piece) {
      Step step = feed(reader, std::string_view(two).substr(at, piece));
      for (; step == Step::kComplete; step = reader.step()) {
        const Received received = reader.take();
        seen += received.request.target + "=" + std::string(received.request.body.view()) + ";";
      }
      ASSERT_EQ(step, Step::kMore) << piece;
    }
    EXPECT_EQ(seen, "/a=abc;/b=d;") << piece;
    EXPECT_FALSE(reader.inside());
  }
}

TEST(RequestReader, WhatIsTakenGivesItsChargeBack) {
  const ServerOptions options;
  const auto budget = std::make_shared<BodyBudget>(1000);
  RequestReader reader(options, budget);
  ASSERT_EQ(feed(reader, "PUT /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"), Step::kComplete);
  {
    const Received received = reader.take();
    EXPECT_EQ(budget->used(), 3U);
  }
  EXPECT_EQ(budget->used(), 0U);
}

TEST(RequestReader, StaysRefused) {
  const ServerOptions options;
  RequestReader reader(options, std::make_shared<BodyBudget>(1000));
  EXPECT_EQ(feed(reader, "nonsense\r\n\r\n"), Step::kRefused);
  EXPECT_EQ(feed(reader, "GET / HTTP/1.1\r\n\r\n"), Step::kRefused);
  EXPECT_EQ(reader.refusal().status, 400);
}

}  // namespace
}  // namespace sluice::serve
