// Targets, routes and settings by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/base/similar_names.h"
#include "tools/sluiced/rest/router.h"
#include "tools/sluiced/rest/uri.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(Uri, PathsAndQueriesAreDecoded) {
  const auto uri = parse_uri("/a%2Fb/%C3%A9+c/?x=1+2&y&z=%26&x=3&=5;w=6");
  ASSERT_TRUE(uri.has_value());
  EXPECT_EQ(uri->path, "/a/b/\xC3\xA9+c/");
  EXPECT_THAT(uri->segments, ElementsAre("a/b", "\xC3\xA9+c"));
  EXPECT_THAT(uri->query, ElementsAre(Pair("w", "6"), Pair("x", "3"), Pair("y", ""), Pair("z", "&")));
}

TEST(Uri, BadEscapesAreNamed) {
  EXPECT_EQ(parse_uri("/%zz").error().reason, "invalid escape sequence `%zz' at index 1 of: /%zz");
  EXPECT_EQ(parse_uri("/a?b=%").error().type, "bad_parameter_exception");
  EXPECT_EQ(parse_uri("/a?b=%").error().caused_by->reason, "unterminated escape sequence at end of string: %");
  EXPECT_EQ(parse_uri("/%4").error().reason, "partial escape sequence at end of string: /%4");
}

TEST(Uri, WhatIsNotUtf8IsReplaced) {
  EXPECT_EQ(parse_uri("/%FF%C3")->path, "/\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(valid_utf8("a\xED\xA0\x80z"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(valid_utf8("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80");
}

Result<Reply> nobody(Call& /*call*/, Services& /*services*/) { return Reply{}; }

TEST(RouterSearch, LiteralsBeforePartsAndBackAgain) {
  const std::vector<Route> rows{{"GET", "/{index}", nobody, "1"},
                                {"GET", "/{index}/_doc/{id}", nobody, "2"},
                                {"GET", "/_cat/{what}", nobody, "3"},
                                {"PUT", "/_cat/indices", nobody, "4"},
                                {"GET", "/", nobody, "5"}};
  const Router router(rows);
  const auto find = [&](std::string_view method, const std::vector<std::string>& segments) {
    return router.find(method, segments);
  };
  EXPECT_EQ(find("GET", {"a"}).route->parameters, "1");
  EXPECT_EQ(find("GET", {}).route->parameters, "5");
  const auto document = find("GET", {"a", "_doc", "b/c"});
  EXPECT_EQ(document.route->parameters, "2");
  EXPECT_THAT(document.parts, ElementsAre(Pair("id", "b/c"), Pair("index", "a")));
  EXPECT_EQ(find("GET", {"_cat", "indices"}).route->parameters, "3") << "the literal has no GET";
  EXPECT_EQ(find("GET", {"_cat", "_doc", "x"}).route->parameters, "2") << "the literal leads nowhere";
  const auto wrong = find("POST", {"_cat", "indices"});
  EXPECT_EQ(wrong.route, nullptr);
  EXPECT_THAT(wrong.allowed, ElementsAre("GET", "PUT"));
  EXPECT_THAT(find("GET", {"a", "b"}).allowed, ElementsAre());
}

TEST(SimilarNames, TheMostAlikeFirst) {
  EXPECT_EQ(similar_names("levle", std::vector<std::string_view>{"local", "level", "lever"}, 0.5F).front(), "level");
  EXPECT_EQ(did_you_mean({"a", "b"}), " did you mean any of [a, b]?");
}

TEST(NodeSettings, UnknownNamesAreRefusedWithASuggestion) {
  store::Settings settings;
  const auto wrong = add_assignment("http.max_content_lenght=1mb", settings);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_THAT(wrong.error().reason, HasSubstr("unknown setting [http.max_content_lenght] did you mean"));
  EXPECT_THAT(wrong.error().reason, HasSubstr("http.max_content_length"));
  EXPECT_TRUE(settings.empty());
}

TEST(NodeSettings, ValuesAreChecked) {
  store::Settings settings;
  EXPECT_FALSE(add_assignment("http.max_content_length=much", settings).has_value());
  EXPECT_FALSE(add_assignment("http.read_timeout=5", settings).has_value());
  EXPECT_FALSE(add_assignment("http.port=-1", settings).has_value());
  EXPECT_FALSE(add_assignment("xpack.security.enabled=yes", settings).has_value());
  EXPECT_FALSE(add_assignment("nothing", settings).has_value());
  EXPECT_TRUE(add_assignment("sluice.users.me=a=b", settings).has_value());
  EXPECT_EQ(node_setting(settings, "sluice.users.me"), "a=b");
  EXPECT_EQ(node_setting(settings, "http.port"), "9200");
}

TEST(NodeSettings, EveryDefaultIsAValueOfItsKind) {
  for (const SettingRow& row : setting_rows()) {
    EXPECT_FALSE(row.sentence.empty()) << row.name;
    if (row.fallback.empty()) continue;
    EXPECT_TRUE(check_setting(row, row.name, row.fallback).has_value()) << row.name;
  }
}

TEST(NodeSettings, ListsInBothForms) {
  EXPECT_THAT(setting_list(R"(["a,b","c\"d"])"), ElementsAre("a,b", "c\"d"));
  EXPECT_THAT(setting_list(R"("a,b")"), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace sluice::rest
