#include "io/cluster/server_error.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice::io {
namespace {

using ::testing::HasSubstr;

HttpResponse response(int status, std::string_view body, std::string type = "application/json") {
  HttpResponse made;
  made.status = status;
  made.content_type = std::move(type);
  made.body.append(body);
  return made;
}

TEST(ServerError, RepeatsTheClustersEnvelope) {
  const std::string envelope =
      R"({"error":{"root_cause":[{"type":"a","reason":"b","index":"x"}],"type":"c","reason":"d","phase":"query","grouped":true,)"
      R"("caused_by":{"type":"e","reason":"f","caused_by":{"type":"g","reason":"h"}}},"status":400})";
  const Error error = server_error(response(400, envelope), "POST x");
  EXPECT_EQ(error.envelope(), envelope);
  EXPECT_EQ(error.kind, ErrorKind::kBadRequest);
  EXPECT_TRUE(has_cause(error, "g"));
  EXPECT_TRUE(has_cause(error, "a"));
  EXPECT_FALSE(has_cause(error, "z"));
}

TEST(ServerError, SaysWhereARedirectLeads) {
  HttpResponse redirect = response(302, "");
  redirect.location = "https://h:9200/";
  EXPECT_EQ(server_error(redirect, "GET http://h:9200/").reason,
            "GET http://h:9200/ was redirected (302) to [https://h:9200/]; redirects are not followed: name that "
            "endpoint instead");
}

TEST(ServerError, ShowsABodyThatIsNoEnvelope) {
  EXPECT_EQ(server_error(response(502, "<html>bad gateway"), "GET x").reason,
            "GET x was answered with 502: body=<html>bad gateway");
  EXPECT_THAT(server_error(response(401, ""), "GET x").reason,
              HasSubstr("No error body.; the endpoint wants a user and password"));
  EXPECT_EQ(server_error(response(500, R"({"error":"OldException[x]","status":500})"), "GET x").reason,
            "OldException[x]");
  EXPECT_LT(server_error(response(500, std::string(100'000, 'x')), "GET x").reason.size(), 1000U);
}

TEST(ServerError, KnowsWhatEachStatusMeans) {
  EXPECT_EQ(error_kind(401), ErrorKind::kUnauthorized);
  EXPECT_EQ(error_kind(403), ErrorKind::kUnauthorized);
  EXPECT_EQ(error_kind(404), ErrorKind::kNotFound);
  EXPECT_EQ(error_kind(409), ErrorKind::kConflict);
  EXPECT_EQ(error_kind(413), ErrorKind::kTooLarge);
  EXPECT_EQ(error_kind(429), ErrorKind::kThrottled);
  EXPECT_EQ(error_kind(503), ErrorKind::kThrottled);
  EXPECT_EQ(error_kind(500), ErrorKind::kInternal);
}

TEST(ServerError, CutsOffEndlessCauses) {
  std::string deep = R"({"type":"t","reason":"r"})";
  for (int i = 0; i < 200; ++i) deep = R"({"type":"t","reason":"r","caused_by":)" + deep + "}";
  const Error error = server_error(response(500, R"({"error":)" + deep + "}"), "GET x");
  int depth = 0;
  for (const Error* at = &error; at != nullptr; at = at->caused_by.get()) ++depth;
  EXPECT_LE(depth, 33);
}

TEST(ServerError, TellsThatSomethingElseAnswers) {
  const HttpResponse page = response(200, "<html>hello", "text/html");
  EXPECT_FALSE(looks_like_json(page.body.view()));
  EXPECT_TRUE(looks_like_json(" \n{"));
  EXPECT_FALSE(looks_like_json(""));
  EXPECT_THAT(
      not_json_error(page, "GET x").reason,
      HasSubstr("remote is likely not an Elasticsearch instance: GET x was answered with text/html: body=<html>hello"));
}

}  // namespace
}  // namespace sluice::io
