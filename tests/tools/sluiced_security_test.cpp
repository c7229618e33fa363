// Users and API keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"
#include "tools/sluiced/rest/secret_hash.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

serve::Headers basic(const std::string& user_and_password) {
  return {{"Authorization", "Basic " + rest::base64(user_and_password)}};
}

/// The text behind `"name":"`.
std::string member(const std::string& json, const std::string& name) {
  const std::size_t begin = json.find("\"" + name + "\":\"") + name.size() + 4;
  return json.substr(begin, json.find('"', begin) - begin);
}

class SluicedSecurity : public testing::Test {
 protected:
  SluicedSecurity() { node.secure(); }
  SluicedNode node{
      {{"sluice.users.elastic", "\"pass:word\""}, {"sluice.users.other", "\"" + rest::hash_secret("hashed") + "\""}}};
};

TEST_F(SluicedSecurity, NobodyComesInWithoutCredentials) {
  const auto none = node.ask("GET", "/?pretty=false");
  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(header_of(none, "WWW-Authenticate"), "Basic realm=\"security\", charset=\"UTF-8\"");
  EXPECT_THAT(
      none.body,
      HasSubstr(R"("type":"security_exception","reason":"missing authentication credentials for REST request [/]")"));
  EXPECT_EQ(node.ask("GET", "/_no/such/route/here").status, 401) << "what is there is nobody's business either";
  EXPECT_EQ(node.ask("GET", "/", "", basic("elastic:wrong")).status, 401);
  EXPECT_THAT(node.ask("GET", "/", "", basic("nobody:x")).body, HasSubstr("unable to authenticate user [nobody]"));
  EXPECT_EQ(node.ask("GET", "/", "", {{"Authorization", "Basic !!!"}}).status, 401);
  EXPECT_EQ(node.ask("GET", "/", "", {{"Authorization", "Bearer x"}}).status, 401);
}

TEST_F(SluicedSecurity, UsersComeIn) {
  EXPECT_EQ(node.ask("GET", "/", "", basic("elastic:pass:word")).status, 200);
  EXPECT_EQ(node.ask("GET", "/", "", basic("elastic:pass:word")).status, 200);
  EXPECT_THAT(node.ask("GET", "/_security/_authenticate", "", basic("other:hashed")).body,
              HasSubstr(R"("username":"other","roles":["superuser"])"));
}

TEST_F(SluicedSecurity, KeysComeInUntilTheyAreInvalidated) {
  const auto made =
      node.ask("POST", "/_security/api_key", R"({"name":"k","metadata":{"a":1}})", basic("elastic:pass:word"));
  ASSERT_EQ(made.status, 200) << made.body;
  const serve::Headers key{{"Authorization", "ApiKey " + member(made.body, "encoded")}};
  EXPECT_THAT(node.ask("GET", "/_security/_authenticate", "", key).body,
              HasSubstr("\"authentication_type\":\"api_key\""));
  const std::string shown = node.ask("GET", "/_security/api_key?name=k*", "", key).body;
  EXPECT_THAT(shown, HasSubstr("\"metadata\":{\"a\":1}"));
  EXPECT_THAT(shown, Not(HasSubstr(member(made.body, "api_key"))));
  EXPECT_THAT(shown, Not(HasSubstr("pbkdf2")));
  const std::string id = member(made.body, "id");
  EXPECT_EQ(node.ask("GET", "/", "", {{"Authorization", "ApiKey " + rest::base64(id + ":wrong")}}).status, 401);
  EXPECT_EQ(node.ask("DELETE", "/_security/api_key", R"({"ids":[")" + id + "\"]}", key).body,
            R"({"invalidated_api_keys":[")" + id + R"("],"previously_invalidated_api_keys":[],"error_count":0})");
  const auto late = node.ask("GET", "/", "", key);
  EXPECT_EQ(late.status, 401);
  EXPECT_THAT(late.body, HasSubstr("has been invalidated"));
}

TEST_F(SluicedSecurity, KeysMakeNoKeys) {
  const auto made =
      node.ask("PUT", "/_security/api_key", R"({"name":"k","expiration":"1h"})", basic("elastic:pass:word"));
  ASSERT_EQ(made.status, 200) << made.body;
  const serve::Headers key{{"Authorization", "ApiKey " + member(made.body, "encoded")}};
  const auto refused = node.ask("PUT", "/_security/api_key", R"({"name":"for-ever"})", key);
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("creating derived api keys requires an explicit role descriptor that is empty"));
  EXPECT_THAT(node.ask("GET", "/_security/api_key", "", key).body, Not(HasSubstr("for-ever")));
}

TEST_F(SluicedSecurity, WhoMayNotAskIsRefusedBeforeTheBodyIsUnpacked) {
  serve::HttpRequest request;
  request.method = "POST";
  request.target = "/_bulk";
  const auto stranger = rest::refusal(request, node.services());
  ASSERT_TRUE(stranger.has_value());
  EXPECT_EQ(stranger->status, 401);
  EXPECT_EQ(stranger->body, node.ask("POST", "/_bulk", "{}").body);
  request.headers = basic("elastic:pass:word");
  EXPECT_FALSE(rest::refusal(request, node.services()).has_value());
}

TEST_F(SluicedSecurity, KeysExpireAndHaveNoRoles) {
  const auto made =
      node.ask("PUT", "/_security/api_key", R"({"name":"k","expiration":"0s"})", basic("elastic:pass:word"));
  ASSERT_EQ(made.status, 200) << made.body;
  const serve::Headers key{{"Authorization", "ApiKey " + member(made.body, "encoded")}};
  EXPECT_THAT(node.ask("GET", "/", "", key).body, HasSubstr("api key is expired"));
  EXPECT_EQ(
      node.ask("POST", "/_security/api_key", R"({"name":"k","role_descriptors":{"r":{}}})", basic("elastic:pass:word"))
          .status,
      501);
  EXPECT_EQ(node.ask("POST", "/_security/api_key", "{}", basic("elastic:pass:word")).status, 400);
}

TEST(SluicedSecrets, HashesMatchOnlyTheirSecret) {
  const std::string hash = rest::hash_secret("a");
  EXPECT_NE(hash, rest::hash_secret("a"));
  EXPECT_TRUE(rest::secret_matches("a", hash));
  EXPECT_FALSE(rest::secret_matches("b", hash));
  for (const char* const wrong : {"", "pbkdf2$sha256$", "pbkdf2$sha256$0$00$00", "pbkdf2$sha256$1$00$zz", "plain"}) {
    EXPECT_FALSE(rest::secret_matches("a", wrong)) << wrong;
  }
  EXPECT_EQ(rest::unbase64(rest::base64("a:b")), "a:b");
}

TEST(SluicedSecrets, SecurityWithoutAUserIsRefused) {
  SluicedNode node;
  EXPECT_FALSE(rest::Security::open(node.services().documents, {}).has_value());
  EXPECT_THAT(node.ask("GET", "/_security/_authenticate").body, HasSubstr("Security is off"));
}

}  // namespace
}  // namespace sluice::tests
