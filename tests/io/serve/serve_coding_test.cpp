// gzip and deflate, both ways.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "io/serve/content_coding.h"
#include "tests/io/serve/raw_client.h"

namespace sluice::tests {
namespace {

using serve::HttpRequest;
using serve::HttpResponse;
using testing::HasSubstr;
using testing::Not;

constexpr int kGzip = 15 + 16;
constexpr int kZlib = 15;
constexpr int kBare = -15;

std::string packed(std::string_view text, int window) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(ServeCoding, UnpacksWhatContentEncodingSays) {
  for (const auto& [coding, window] :
       {std::pair{"gzip", kGzip}, {"deflate", kZlib}, {"deflate", kBare}, {"GZIP ", kGzip}}) {
    const auto body = serve::unpack(coding, packed("some text", window), 100);
    ASSERT_TRUE(body.has_value()) << coding << window;
    EXPECT_EQ(body->view(), "some text");
  }
}

TEST(ServeCoding, RefusesWhatIsNotOfThatCoding) {
  const std::string good = packed("some text", kGzip);
  EXPECT_EQ(serve::unpack("gzip", "{\"a\":1}", 100).error().status, 400);
  EXPECT_EQ(serve::unpack("gzip", good.substr(0, good.size() - 3), 100).error().status, 400);
  EXPECT_EQ(serve::unpack("gzip", good + "x", 100).error().status, 400);
}

TEST(ServeCoding, TheLimitHoldsForTheUnpackedBody) {
  EXPECT_TRUE(serve::unpack("gzip", packed(std::string(1000, 'a'), kGzip), 1000).has_value());
  EXPECT_EQ(serve::unpack("gzip", packed(std::string(1001, 'a'), kGzip), 1000).error().status, 413);
}

TEST(ServeCoding, ABombIsRefusedOverTheWire) {
  const auto server = start_server(echo, {.max_content_length = 100000});
  RawClient client(server->address());
  client.send(post("/x", packed(std::string(20 << 20, ' '), kGzip), "Content-Encoding: gzip\r\n"));
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 413);
  EXPECT_THAT(answer, HasSubstr("content_too_large_exception"));
  client.send(post("/x", packed("fine", kGzip), "Content-Encoding: gzip\r\n"));
  EXPECT_EQ(body_of(client.read_answer()), "POST /x fine");
}

TEST(ServeCoding, AsksBeforeItGrows) {
  const std::string bomb = packed(std::string(20 << 20, ' '), kGzip);
  std::size_t largest = 0;
  const auto body = serve::unpack("gzip", bomb, 100 << 20, [&](std::size_t bytes) -> Status {
    largest = bytes;
    if (bytes <= 1 << 20) return {};
    return std::unexpected(illegal_argument("no more"));
  });
  ASSERT_FALSE(body.has_value());
  EXPECT_EQ(body.error().reason, "no more");
  EXPECT_LE(largest, (1 << 20) + (64 << 10)) << "it was asked before each part";
}

TEST(ServeCoding, ABombIsChargedAsItIsUnpacked) {
  const auto server = start_server(echo, {.max_in_flight = 1 << 20});
  RawClient client(server->address());
  client.send(post("/x", packed(std::string(20 << 20, ' '), kGzip), "Content-Encoding: gzip\r\n"));
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 429);
  EXPECT_THAT(answer, HasSubstr("circuit_breaking_exception"));
  client.send(post("/x", packed("fine", kGzip), "Content-Encoding: gzip\r\n"));
  EXPECT_EQ(body_of(client.read_answer()), "POST /x fine") << "what was charged has been given back";
}

TEST(ServeCoding, WhoIsNotAdmittedHasNothingUnpacked) {
  serve::ServerOptions options;
  options.admission = [](const HttpRequest& request) -> std::optional<HttpResponse> {
    if (!request.header("Authorization").empty()) return std::nullopt;
    HttpResponse refused;
    refused.status = 401;
    return refused;
  };
  const auto server = start_server(echo, std::move(options));
  RawClient client(server->address());
  // What is not of its coding would be refused with 400.
  client.send(post("/x", "no gzip", "Content-Encoding: gzip\r\n"));
  EXPECT_EQ(status_of(client.read_answer()), 401);
  client.send(post("/x", packed("fine", kGzip), "Content-Encoding: gzip\r\nAuthorization: yes\r\n"));
  EXPECT_EQ(body_of(client.read_answer()), "POST /x fine");
}

TEST(ServeCoding, PacksLargeAnswersForThoseWhoTakeIt) {
  const std::string large(5000, 'x');
  const auto server = start_server([&](const HttpRequest& request) {
    HttpResponse response;
    response.body = request.target == "/small" ? "small" : large;
    return response;
  });
  RawClient client(server->address());
  client.send(get("/large", "Accept-Encoding: deflate, gzip;q=0.5\r\n"));
  const std::string answer = client.read_answer();
  EXPECT_THAT(answer, HasSubstr("content-encoding: gzip\r\n"));
  const auto unpacked = serve::unpack("gzip", body_of(answer), 10000);
  ASSERT_TRUE(unpacked.has_value());
  EXPECT_EQ(unpacked->view(), large);
  client.send(get("/small", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(body_of(client.read_answer()), "small");
  client.send(get("/large"));
  EXPECT_EQ(body_of(client.read_answer()), large);
}

TEST(ServeCoding, WhoTakesGzip) {
  for (const char* const yes : {"gzip", "*", "br;q=1, GZIP", "gzip;q=0.1"})
    EXPECT_TRUE(serve::accepts_gzip(yes)) << yes;
  for (const char* const no : {"", "br", "gzip;q=0", "identity, gzip; q=0.00"})
    EXPECT_FALSE(serve::accepts_gzip(no)) << no;
}

}  // namespace
}  // namespace sluice::tests
