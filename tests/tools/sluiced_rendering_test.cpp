// How answers are printed. Expected texts are Elasticsearch 9.4.3's.
#include <gtest/gtest.h>

#include "tools/sluiced/rest/rendering.h"

namespace sluice::rest {
namespace {

TEST(PrettyJson, PrintsAsElasticsearchDoes) {
  EXPECT_EQ(pretty_json("{}"), "{ }\n");
  EXPECT_EQ(pretty_json("[]"), "[ ]\n");
  EXPECT_EQ(pretty_json(R"({"a":1,"b":{"c":[]},"d":["x",1.50,[1],{}]})"), R"({
  "a" : 1,
  "b" : {
    "c" : [ ]
  },
  "d" : [
    "x",
    1.50,
    [
      1
    ],
    { }
  ]
}
)");
}

TEST(PrettyJson, ScalarsKeepTheirBytes) {
  EXPECT_EQ(pretty_json(R"({ "a\"}" : 1e400 ,"b":12345678901234567890.10, "c" : "\u00e9\/" })"), R"({
  "a\"}" : 1e400,
  "b" : 12345678901234567890.10,
  "c" : "\u00e9\/"
}
)");
}

TEST(PrettyJson, WhatIsNotJsonStaysAsItIs) {
  for (const char* const wrong :
       {"", "{", "{\"a\"}", "{\"a\":1,}", "[1 2]", "{]", "1 2", "\"a", "{\"a\":}", "[1,", "]"}) {
    EXPECT_EQ(pretty_json(wrong), wrong);
  }
}

TEST(YamlText, PrintsAsElasticsearchDoes) {
  EXPECT_EQ(yaml_of_json(R"({"a":{"b":"x","c":1.5,"d":true,"e":null},"f":[{"g":1,"h":"i"},2,[3,4]],"j":{},"k":[]})"),
            R"(---
a:
  b: "x"
  c: 1.5
  d: true
  e: null
f:
- g: 1
  h: "i"
- 2
- - 3
  - 4
j: {}
k: []
)");
}

TEST(YamlText, KeysThatCouldBeSomethingElseAreQuoted) {
  EXPECT_EQ(yaml_of_json(R"({"n":1,"1m":2,"-d":3,"#c":4,"a b":5,"it's: ":6,"Yes":7,"t":"\u0001\"\\\u007f"})"), R"(---
"n": 1
"1m": 2
"-d": 3
'#c': 4
a b: 5
'it''s: ': 6
"Yes": 7
t: "\x01\"\\\x7f"
)");
}

TEST(YamlText, FoldsLongTexts) {
  EXPECT_EQ(
      yaml_of_json(
          R"({"error":"Incorrect HTTP method for uri [/_cluster/health?format=yaml] and method [POST], allowed: [GET]","status":405})"),
      "---\n"
      "error: \"Incorrect HTTP method for uri [/_cluster/health?format=yaml] and method [POST],\\\n"
      "  \\ allowed: [GET]\"\n"
      "status: 405\n");
}

TEST(FilterPath, KeepsWhatIsNamedByteForByte) {
  const char* const json =
      R"({"took":1,"hits":{"total":{"value":2},"hits":[{"_id":"1","_source":{"n":1.50}},{"_id":"2","_score":1e400}]},"x":[]})";
  EXPECT_EQ(filtered_json(json, {"took"}), R"({"took":1})");
  EXPECT_EQ(filtered_json(json, {"hits.hits._id"}), R"({"hits":{"hits":[{"_id":"1"},{"_id":"2"}]}})");
  EXPECT_EQ(filtered_json(json, {"hits.hits._source"}), R"({"hits":{"hits":[{"_source":{"n":1.50}}]}})");
  EXPECT_EQ(filtered_json(json, {"**._score"}), R"({"hits":{"hits":[{"_score":1e400}]}})");
  EXPECT_EQ(filtered_json(json, {"h*.total", "t*k"}), R"({"took":1,"hits":{"total":{"value":2}}})");
  EXPECT_EQ(filtered_json(json, {"-hits", "-x"}), R"({"took":1})");
  EXPECT_EQ(filtered_json(json, {"hits.hits", "-hits.hits._source"}),
            R"({"hits":{"hits":[{"_id":"1"},{"_id":"2","_score":1e400}]}})");
  EXPECT_EQ(filtered_json(json, {"nothing"}), "{}");
}

TEST(FilterPath, ArraysAtTheTop) {
  EXPECT_EQ(filtered_json(R"([{"a":1,"b":2},{"b":3},{"a":4}])", {"a"}), R"([{"a":1},{"a":4}])");
}

}  // namespace
}  // namespace sluice::rest
