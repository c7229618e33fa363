#include "io/http/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice::io {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Endpoint, ReadsEveryPart) {
  const auto endpoint = parse_endpoint("https://me:p%40s%3As@search.example.com:9243/a/b/");
  ASSERT_TRUE(endpoint);
  EXPECT_TRUE(endpoint->tls);
  EXPECT_EQ(endpoint->host, "search.example.com");
  EXPECT_EQ(endpoint->port, 9243);
  EXPECT_EQ(endpoint->prefix, "/a/b");
  EXPECT_EQ(endpoint->user, "me");
  EXPECT_EQ(endpoint->password, "p@s:s");
  EXPECT_EQ(endpoint->origin(), "https://search.example.com:9243/a/b");
}

TEST(Endpoint, UnderstandsIpv6AndKeepsItsBracketsInUrls) {
  const auto endpoint = parse_endpoint("http://[::1]:9201");
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(endpoint->host, "::1");
  EXPECT_TRUE(endpoint->loopback());
  EXPECT_EQ(endpoint->origin(), "http://[::1]:9201");
}

TEST(Endpoint, RefusesWhatElasticsearchRefuses) {
  for (const char* bad :
       {"example.com", ":9200", "http://:9200", "example.com:9200", "http://example.com", "https", "http://h:0",
        "http://h:99999", "http://h:9x", "http://h:9200?x=1", "http://[::1:9200", "http://a b:9200", "ftp://h:21"}) {
    const auto endpoint = parse_endpoint(bad);
    ASSERT_FALSE(endpoint) << bad;
    EXPECT_EQ(endpoint.error().type, "illegal_argument_exception");
    EXPECT_THAT(endpoint.error().reason,
                HasSubstr("[host] must be of the form [scheme]://[host]:[port](/[pathPrefix])? but was [" +
                          std::string(bad) + "]"));
  }
}

TEST(Endpoint, NeverRepeatsCredentials) {
  const auto endpoint = parse_endpoint("http://me:secret@host");
  ASSERT_FALSE(endpoint);
  EXPECT_THAT(endpoint.error().reason, Not(HasSubstr("secret")));
}

TEST(PercentEncoded, LeavesUnreservedBytesOnly) {
  EXPECT_EQ(percent_encoded("a-z_0.9~"), "a-z_0.9~");
  EXPECT_EQ(percent_encoded("<logstash-{now/d}>,%é"), "%3Clogstash-%7Bnow%2Fd%7D%3E%2C%25%C3%A9");
}

}  // namespace
}  // namespace sluice::io
