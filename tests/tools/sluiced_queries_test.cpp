// What only a server has of geo_shape, more_like_this and intervals: checks of what is written, other documents to look
// into, and synonyms.

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::rest {
namespace {

using testing::HasSubstr;

class Shapes : public testing::Test {
 protected:
  Shapes() {
    node_.ask("PUT", "/i",
              R"-({"mappings":{"properties":{"s":{"type":"geo_shape"},"c":{"type":"geo_shape","coerce":true},
                   "m":{"type":"geo_shape","ignore_malformed":true},"z":{"type":"geo_shape","ignore_z_value":false}}}})-");
  }
  std::string put(std::string_view id, std::string_view body) {
    return node_.ask("PUT", "/i/_doc/" + std::string(id) + "?refresh=true", std::string(body)).body;
  }
  std::string search(std::string_view query) {
    return node_.ask("POST", "/i/_search?filter_path=hits.hits._id,error", "{\"query\":" + std::string(query) + "}")
        .body;
  }

  tests::SluicedNode node_;
};

TEST_F(Shapes, AreTakenInAllForms) {
  const std::string polygon = R"-({"s":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,0]]]}})-";
  EXPECT_THAT(put("1", polygon), HasSubstr("created"));
  EXPECT_THAT(put("2", R"-({"s":["POINT (1 2)",{"type":"point","coordinates":[3,4,5]}]})-"), HasSubstr("created"));
  EXPECT_THAT(put("3", R"-({"s":null})-"), HasSubstr("created"));
}

TEST_F(Shapes, AreCheckedWhenTheyAreWritten) {
  const auto wrong = [this](std::string_view field, std::string_view value) {
    return put("4", "{\"" + std::string(field) + "\":" + std::string(value) + "}");
  };
  EXPECT_THAT(wrong("s", R"-({"type":"point","coordinates":[200,20]})-"),
              HasSubstr("invalid longitude 200.0; must be between -180.0 and 180.0"));
  EXPECT_THAT(wrong("s", R"-("POINT (20 95)")-"), HasSubstr("invalid latitude 95.0; must be between -90.0 and 90.0"));
  EXPECT_THAT(wrong("s", R"-({"type":"polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10]]]})-"),
              HasSubstr("first and last points of the linear ring must be the same"));
  EXPECT_THAT(wrong("s", R"-({"type":"blob","coordinates":[1,2]})-"), HasSubstr("ShapeType.BLOB"));
  EXPECT_THAT(wrong("s", R"-({"type":"envelope","coordinates":[[0,0],[10,10]]})-"),
              HasSubstr("max y cannot be less than min y"));
  EXPECT_THAT(wrong("s", "5"), HasSubstr("shape must be an object consisting of type and coordinates"));
  EXPECT_THAT(wrong("z", R"-("POINT (1 2 3)")-"), HasSubstr("ignore_z_value"));
  EXPECT_THAT(wrong("s", R"-("CIRCLE (1 2 3)")-"), HasSubstr("circles are not supported"));
}

TEST_F(Shapes, AreMendedOrLeftOutWhereTheMappingSaysSo) {
  const std::string open = R"-({"c":{"type":"polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10]]]}})-";
  EXPECT_THAT(put("1", open), HasSubstr("created"));
  EXPECT_THAT(put("2", R"-({"m":{"type":"point","coordinates":[200,20]}})-"), HasSubstr("created"));
  EXPECT_EQ(search(R"-({"geo_shape":{"c":{"shape":"POINT (5 5)"}}})-"), R"-({"hits":{"hits":[{"_id":"1"}]}})-");
}

TEST_F(Shapes, AreLookedUpInOtherDocuments) {
  put("1", R"-({"s":"POINT (5 5)"})-");
  put("2", R"-({"s":"POINT (50 50)"})-");
  const std::string_view shapes = R"-({"shape":"BBOX (0, 10, 10, 0)","other":{"place":"BBOX (40, 60, 60, 40)"}})-";
  node_.ask("PUT", "/shapes/_doc/a?refresh=true", std::string(shapes));
  const auto indexed = [this](std::string_view shape) {
    return search(R"-({"geo_shape":{"s":{"indexed_shape":)-" + std::string(shape) + "}}}");
  };
  EXPECT_EQ(indexed(R"-({"id":"a"})-"), R"-({"hits":{"hits":[{"_id":"1"}]}})-");
  EXPECT_EQ(indexed(R"-({"index":"shapes","id":"a","path":"other.place"})-"), R"-({"hits":{"hits":[{"_id":"2"}]}})-");
  EXPECT_THAT(indexed(R"-({"id":"b"})-"), HasSubstr("Shape with ID [b] not found"));
  EXPECT_THAT(indexed(R"-({"id":"a","path":"x"})-"), HasSubstr("Shape with name [a] found but missing x field"));
}

TEST(Intervals, GoEveryWayThroughSynonyms) {
  tests::SluicedNode node;
  node.ask("PUT", "/i",
           R"-({"settings":{"analysis":{"filter":{"syn":{"type":"synonym_graph","synonyms":["ny, new york","a, b"]},
                "st":{"type":"stop","stopwords":["the"]}},"analyzer":{"g":{"tokenizer":"whitespace","filter":["syn","st"]}}}},
                "mappings":{"properties":{"t":{"type":"text","analyzer":"whitespace","search_analyzer":"g"}}}})-");
  int id = 0;
  for (const std::string text : {"city new york b", "city ny a", "city ny b", "city ny x b", "ny x b"}) {
    node.ask("PUT", "/i/_doc/" + std::to_string(++id) + "?refresh=true", R"-({"t":")-" + text + "\"}");
  }
  const auto found = [&](std::string_view text) {
    const std::string query = R"-({"query":{"intervals":{"t":{"match":{"max_gaps":0,"ordered":true,"query":")-" +
                              std::string(text) + R"-("}}}},"sort":["_doc"]})-";
    return node.ask("POST", "/i/_search?filter_path=hits.hits._id", query).body;
  };
  // As on a real node: where words that stand alone have synonyms beside ones of several words, the first one counts.
  EXPECT_EQ(found("city ny a"), R"-({"hits":{"hits":[{"_id":"1"},{"_id":"3"}]}})-");
  EXPECT_EQ(found("ny the a"), R"-({"hits":{"hits":[{"_id":"4"},{"_id":"5"}]}})-");
}

TEST(MoreLikeThis, LooksAtOtherDocumentsAndLeavesThemOut) {
  tests::SluicedNode node;
  node.ask("PUT", "/i", R"-({"mappings":{"properties":{"t":{"type":"text"}}}})-");
  for (const std::string id : {"1", "2", "3"}) {
    node.ask("PUT", "/i/_doc/" + id + "?refresh=true", R"-({"t":"quick brown fox"})-");
  }
  node.ask("PUT", "/i/_doc/4?refresh=true", R"-({"t":"lazy dog"})-");
  const auto found = [&](std::string_view more) {
    const std::string query = R"-({"query":{"more_like_this":{"fields":["t"],"like":{"_id":"1"},"min_term_freq":1,)-"
                              R"-("min_doc_freq":1)-" +
                              std::string(more) + "}}}";
    return node.ask("POST", "/i/_search?filter_path=hits.total.value,hits.hits._id", query).body;
  };
  EXPECT_EQ(found(""), R"-({"hits":{"total":{"value":2},"hits":[{"_id":"2"},{"_id":"3"}]}})-");
  EXPECT_EQ(found(R"-(,"include":true)-"),
            R"-({"hits":{"total":{"value":3},"hits":[{"_id":"1"},{"_id":"2"},{"_id":"3"}]}})-");
  EXPECT_THAT(found(R"-(,"unlike":"quick brown fox")-"), HasSubstr(R"-("value":0)-"));
}

class Joins : public testing::Test {
 protected:
  void SetUp() override {
    node_.ask("PUT", "/i",
              R"-({"settings":{"number_of_shards":3},"mappings":{"properties":{"n":{"type":"long"},
                  "j":{"type":"join","relations":{"p":"c"}}}}})-");
    for (int parent = 1; parent <= 4; ++parent) {
      const std::string id = std::to_string(parent);
      node_.ask("PUT", "/i/_doc/" + id, R"-({"j":"p","n":)-" + id + "}");
      node_.ask("PUT", "/i/_doc/" + id + "c?refresh=true&routing=" + id,
                R"-({"n":)-" + std::to_string(10 * parent) + R"-(,"j":{"name":"c","parent":")-" + id + "\"}}");
    }
  }
  std::string ask(const std::string& path, const std::string& body) { return node_.ask("POST", path, body).body; }

  tests::SluicedNode node_;
  const std::string parents_ = R"-({"has_child":{"type":"c","query":{"range":{"n":{"gte":30}}}}})-";
};

TEST_F(Joins, FindParentsByTheirChildrenWhereverAQueryIsAsked) {
  EXPECT_EQ(ask("/i/_search?filter_path=hits.hits._id", R"-({"query":)-" + parents_ + R"-(,"sort":["n"]})-"),
            R"-({"hits":{"hits":[{"_id":"3"},{"_id":"4"}]}})-");
  EXPECT_EQ(ask("/i/_count?filter_path=count", R"-({"query":)-" + parents_ + "}"), R"-({"count":2})-");
  EXPECT_THAT(ask("/_reindex?refresh=true",
                  R"-({"source":{"index":"i","query":)-" + parents_ + R"-(},"dest":{"index":"copy"}})-"),
              HasSubstr(R"-("created":2)-"));
  EXPECT_THAT(ask("/_reindex", R"-({"source":{"index":"i","query":{"has_parent":{"parent_type":)-"
                               R"-("p","query":)-" +
                                   parents_ + R"-(}}},"dest":{"index":"children"}})-"),
              HasSubstr(R"-("created":2)-"));
  EXPECT_THAT(ask("/i/_delete_by_query?refresh=true", R"-({"query":)-" + parents_ + "}"),
              HasSubstr(R"-("deleted":2)-"));
  EXPECT_EQ(ask("/i/_count?filter_path=count", R"-({"query":)-" + parents_ + "}"), R"-({"count":0})-");
}

TEST_F(Joins, FiltersOfAliasesJoinToo) {
  node_.ask("PUT", "/i/_alias/grown", R"-({"filter":)-" + parents_ + "}");
  EXPECT_EQ(ask("/grown/_count?filter_path=count", "{}"), R"-({"count":2})-");
  EXPECT_THAT(ask("/_reindex", R"-({"source":{"index":"grown"},"dest":{"index":"copy"}})-"),
              HasSubstr(R"-("created":2)-"));
}

TEST_F(Joins, AreNoErrorOfAnIndexThatIsNotThere) {
  EXPECT_THAT(ask("/unknown/_search", R"-({"query":)-" + parents_ + "}"), HasSubstr("no such index [unknown]"));
  EXPECT_THAT(ask("/unknown*/_search", R"-({"query":)-" + parents_ + "}"), HasSubstr(R"-("hits":[])-"));
}

TEST_F(Joins, FailWhereTheirQueryFailsOnADocument) {
  const std::string body =
      R"-({"query":{"has_child":{"type":"c","query":{"script":{"script":"doc['n'].value / 0 > 1"}}}}})-";
  for (const std::string path : {"/i/_search", "/i/_count"}) {
    EXPECT_THAT(ask(path, body), HasSubstr(R"-("_shards":{"total":3,"successful":1,"skipped":0,"failed":2,)-"));
  }
  EXPECT_THAT(ask("/i/_search?allow_partial_search_results=false", body),
              HasSubstr(R"-("reason":"Partial shards failure","phase":"query")-"));
}

TEST(Synonyms, OfMoreWaysThanAreLookedAtAreRefused) {
  tests::SluicedNode node;
  node.ask("PUT", "/s",
           R"-({"settings":{"analysis":{"filter":{"s":{"type":"synonym_graph","synonyms":["fox, red dog"]}},)-"
           R"-("analyzer":{"a":{"tokenizer":"standard","filter":["s"]}}}},)-"
           R"-("mappings":{"properties":{"t":{"type":"text","search_analyzer":"a"}}}})-");
  node.ask("PUT", "/s/_doc/1?refresh", R"-({"t":"fox fox"})-");
  const auto find = [&node](int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += "fox ";
    return node.ask("POST", "/s/_search", R"-({"query":{"match_phrase":{"t":")-" + text + R"-("}}})-").body;
  };
  EXPECT_THAT(find(2), HasSubstr(R"-("_id":"1")-"));
  EXPECT_THAT(find(10), HasSubstr("the synonyms of [t] make more than 1000 phrases of this text"));
}

class NestedObjects : public Joins {};

TEST_F(NestedObjects, AreCountedOnlyWhereSomebodyCounts) {
  node_.ask("PUT", "/ne", R"-({"mappings":{"properties":{"n":{"type":"nested"}}}})-");
  node_.ask("PUT", "/ne/_doc/1?refresh", R"-({"n":[{"t":"red"}]})-");
  const std::string query = R"-({"nested":{"path":"n","query":{"more_like_this":{"fields":["n.t"],"like":"red",)-"
                            R"-("min_term_freq":1,"min_doc_freq":1}}}})-";
  EXPECT_THAT(ask("/ne/_count?filter_path=count", R"-({"query":)-" + query + "}"), HasSubstr(R"-({"count":1})-"));
  EXPECT_THAT(ask("/_reindex", R"-({"source":{"index":"ne","query":)-" + query + R"-(},"dest":{"index":"copy"}})-"),
              HasSubstr("a [more_like_this] query needs to know how common words are"));
  EXPECT_THAT(ask("/ne/_search", R"-({"sort":[{"n.t.keyword":{"nested":{"path":"n","filter":)-" + query + "}}}]}"),
              HasSubstr("leave out [min_score] and [more_like_this]"));
}

TEST_F(NestedObjects, AreSortedByToADepth) {
  std::string nested = R"-({"path":"n"})-";
  for (int i = 0; i < 5000; ++i) nested = R"-({"path":"n","nested":)-" + nested + "}";
  EXPECT_THAT(ask("/i/_search", R"-({"sort":[{"n":{"nested":)-" + nested + "}}]}"),
              HasSubstr("[nested] of a sort may have 100 levels at most, one in the other"));
}

TEST_F(Joins, ChildrenNeedARouting) {
  EXPECT_THAT(node_.ask("PUT", "/i/_doc/x", R"-({"j":{"name":"c","parent":"1"}})-").body,
              HasSubstr("[1:30] failed to parse: [routing] is missing for join field [j]"));
}

TEST_F(Joins, ShowWhatStandsInTheDocument) {
  EXPECT_EQ(ask("/i/_search?filter_path=hits.hits.fields",
                R"-({"query":{"ids":{"values":["1c"]}},"fields":["j"],"_source":false})-"),
            R"-({"hits":{"hits":[{"fields":{"j":[{"name":"c","parent":"1"}]}}]}})-");
  EXPECT_EQ(ask("/i/_search?filter_path=hits.hits.fields",
                R"-({"query":{"ids":{"values":["1c"]}},"docvalue_fields":["j"],"_source":false})-"),
            R"-({"hits":{"hits":[{"fields":{"j":["c"]}}]}})-");
}

TEST_F(Joins, AChildThatIsUpdatedKeepsItsRouting) {
  node_.ask("PUT", "/one", R"-({"mappings":{"properties":{"j":{"type":"join","relations":{"p":"c"}}}}})-");
  node_.ask("PUT", "/one/_doc/5?routing=1", R"-({"j":{"name":"c","parent":"1"}})-");
  EXPECT_THAT(ask("/one/_update/5", R"-({"doc":{"n":2}})-"), HasSubstr(R"-("result":"updated")-"));
  EXPECT_THAT(ask("/one/_update/5", R"-({"script":"ctx._source.n = 3"})-"), HasSubstr(R"-("result":"updated")-"));
  EXPECT_THAT(node_.ask("GET", "/one/_doc/5", "").body, HasSubstr(R"-("_routing":"1")-"));
}

TEST_F(Joins, AreMadeOnceForAScroll) {
  std::string page = ask("/i/_search?scroll=1m&size=1", R"-({"query":)-" + parents_ + R"-(,"sort":["n"]})-");
  EXPECT_THAT(page, HasSubstr(R"-("_id":"3")-"));
  const std::size_t at = page.find("\"_scroll_id\":\"") + 14;
  const std::string id = page.substr(at, page.find('"', at) - at);
  page = ask("/_search/scroll?filter_path=hits.total.value,hits.hits._id",
             R"-({"scroll":"1m","scroll_id":")-" + id + "\"}");
  EXPECT_EQ(page, R"-({"hits":{"total":{"value":2},"hits":[{"_id":"4"}]}})-");
  page = ask("/_search/scroll?filter_path=hits.hits._id", R"-({"scroll":"1m","scroll_id":")-" + id + "\"}");
  EXPECT_EQ(page, "{}");
}

TEST_F(Joins, MakeNoScoresThatNobodyAsksFor) {
  node_.ask("PUT", "/i/_mapping", R"-({"properties":{"never":{"type":"long"}}})-");
  const std::string fails = R"-({"function_score":{"field_value_factor":{"field":"never"}}})-";
  EXPECT_EQ(ask("/i/_search?filter_path=hits.total.value",
                R"-({"query":{"has_parent":{"parent_type":"p","query":)-" + fails + "}}}"),
            R"-({"hits":{"total":{"value":4}}})-");
}

TEST_F(Joins, RelationsMayNotBeDeepLists) {
  const std::string deep = std::string(60, '[') + std::string(60, ']');
  EXPECT_THAT(
      node_.ask("PUT", "/deep", R"-({"mappings":{"properties":{"j":{"type":"join","relations":{"p":)-" + deep + "}}}}}")
          .body,
      HasSubstr(R"-("status":400)-"));
}

TEST_F(Joins, AreFoundBesideWhatIsCopiedToThem) {
  node_.ask("PUT", "/copied",
            R"-({"mappings":{"properties":{"k":{"type":"keyword","copy_to":"j"},
                "j":{"type":"join","relations":{"p":"c"}}}}})-");
  node_.ask("PUT", "/copied/_doc/1?refresh=true", R"-({"j":{"name":"p"}})-");
  EXPECT_EQ(ask("/copied/_count?filter_path=count", R"-({"query":{"term":{"j":"p"}}})-"), R"-({"count":1})-");
}

TEST_F(Joins, ScoreBesideWhatMatchesAll) {
  const std::string query =
      R"-({"bool":{"must":{"match_all":{}},"should":{"has_child":{"type":"c","score_mode":"max","query":)-"
      R"-({"constant_score":{"filter":{"range":{"n":{"gte":30}}},"boost":4}}}}}})-";
  EXPECT_EQ(ask("/i/_search?filter_path=hits.hits._score&size=3",
                R"-({"query":)-" + query + R"-(,"track_scores":true,"sort":["_doc"]})-")
                .find(R"-("_score":1.0},{"_score":1.0},{"_score":1.0})-"),
            std::string::npos);
  EXPECT_EQ(
      ask("/i/_search?filter_path=hits.total.value", R"-({"query":)-" + query + R"-(,"min_score":4,"sort":["_doc"]})-"),
      R"-({"hits":{"total":{"value":2}}})-");
}

TEST(Searches, KnowWhatAllScoreWhereOnlySomeAreWanted) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1?refresh=true", "{}");
  EXPECT_EQ(node.ask("POST", "/i/_search?filter_path=hits.total.value,hits.hits._id",
                     R"-({"query":{"match_all":{"boost":5}},"min_score":3,"sort":["_doc"]})-")
                .body,
            R"-({"hits":{"total":{"value":1},"hits":[{"_id":"1"}]}})-");
}

TEST(Exists, FindsNothingThatIsInNoIndex) {
  tests::SluicedNode node;
  const std::string fields = R"-("l":{"type":"long"},"b":{"type":"byte"},"d":{"type":"date"},"p":{"type":"ip"},)-"
                             R"-("f":{"type":"float","ignore_malformed":false},)-"
                             R"-("k":{"type":"keyword","index":false,"doc_values":false})-";
  node.ask("PUT", "/i",
           R"-({"settings":{"index.mapping.ignore_malformed":true},"mappings":{"properties":{)-" + fields + "}}}");
  node.ask("PUT", "/i/_doc/bad?refresh=true", R"-({"l":"x","b":300,"d":"x","p":"x","k":"x"})-");
  node.ask("PUT", "/i/_doc/good?refresh=true", R"-({"l":["x",1],"b":3,"d":"2020-01-01","p":"::1","f":1.5})-");
  const auto found = [&node](std::string_view field) {
    return node
        .ask("POST", "/i/_search?filter_path=hits.hits._id",
             R"-({"query":{"exists":{"field":")-" + std::string(field) + "\"}}}")
        .body;
  };
  for (const char* field : {"l", "b", "d", "p", "f"})
    EXPECT_EQ(found(field), R"-({"hits":{"hits":[{"_id":"good"}]}})-") << field;
  EXPECT_EQ(found("k"), "{}");
}

TEST(Sorts, ReadValuesAsTheIndexHasThem) {
  tests::SluicedNode node;
  node.ask("PUT", "/i", R"-({"settings":{"analysis":{"normalizer":{"low":{"type":"custom","filter":["lowercase"]}}}},
                  "mappings":{"properties":{"n":{"type":"long","null_value":5},"k":{"type":"keyword","ignore_above":2},
                  "m":{"type":"keyword","normalizer":"low"}}}})-");
  node.ask("PUT", "/i/_doc/1?refresh=true", R"-({"n":null,"k":"abc","m":"B"})-");
  node.ask("PUT", "/i/_doc/2?refresh=true", R"-({"n":7,"k":"z","m":"a"})-");
  const auto sorted = [&node](std::string_view field) {
    return node.ask("POST", "/i/_search?filter_path=hits.hits.sort", R"-({"sort":[")-" + std::string(field) + "\"]}")
        .body;
  };
  EXPECT_EQ(sorted("n"), R"-({"hits":{"hits":[{"sort":[5]},{"sort":[7]}]}})-");
  EXPECT_EQ(sorted("k"), R"-({"hits":{"hits":[{"sort":["z"]},{"sort":[null]}]}})-");
  EXPECT_EQ(sorted("m"), R"-({"hits":{"hits":[{"sort":["a"]},{"sort":["b"]}]}})-");
}

TEST(ShownFields, AreTheValuesOfTheIndex) {
  tests::SluicedNode node;
  node.ask("PUT", "/i",
           R"-({"mappings":{"properties":{"n":{"type":"long","null_value":5},"k":{"type":"keyword","ignore_above":2},
                  "c":{"type":"keyword"},"b":{"type":"byte","ignore_malformed":true,"copy_to":"c"}}}})-");
  node.ask("PUT", "/i/_doc/1?refresh=true", R"-({"n":null,"k":["abc","z"],"b":[300,3]})-");
  EXPECT_EQ(node.ask("POST", "/i/_search?filter_path=hits.hits.fields", R"-({"fields":["*"],"_source":false})-").body,
            R"-({"hits":{"hits":[{"fields":{"b":[3],"c":["300","3"],"k":["z"],"n":[5]}}]}})-");
  EXPECT_EQ(node.ask("GET", "/i/_search?filter_path=hits.hits.fields&_source=false&docvalue_fields=n,k").body,
            R"-({"hits":{"hits":[{"fields":{"k":["z"],"n":[5]}}]}})-");
  EXPECT_EQ(node.ask("GET", "/i/_search?explain=true").status, 501);
}

TEST(Counts, HaveALeastScore) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1?refresh=true", R"-({"n":1})-");
  EXPECT_EQ(node.ask("GET", "/i/_count?min_score=5&filter_path=count").body, R"-({"count":0})-");
  EXPECT_EQ(node.ask("GET", "/i/_count?min_score=0.5&filter_path=count").body, R"-({"count":1})-");
  EXPECT_THAT(node.ask("GET", "/i/_count?min_score=x").body,
              HasSubstr("Failed to parse float parameter [min_score] with value [x]"));
}

TEST(Parameters, AreCheckedWhereTheyMeanNothing) {
  tests::SluicedNode node;
  node.ask("PUT", "/i");
  EXPECT_THAT(node.ask("PUT", "/i/_doc/1?timeout=abc", "{}").body, HasSubstr("failed to parse setting [timeout]"));
  EXPECT_THAT(node.ask("GET", "/i/_search?timeout=1x").body, HasSubstr("failed to parse setting [timeout]"));
  EXPECT_THAT(node.ask("PUT", "/j?master_timeout=x").body, HasSubstr("failed to parse setting [master_timeout]"));
  EXPECT_THAT(node.ask("POST", "/_bulk?wait_for_active_shards=x", "{}\n").body,
              HasSubstr("cannot parse ActiveShardCount[x]"));
}

TEST(Searches, HaveAsManyClausesAsTheServerAllows) {
  tests::SluicedNode node(store::Settings{{"indices.query.bool.max_clause_count", "\"2\""}});
  node.ask("PUT", "/i/_doc/1?refresh=true", R"-({"n":1})-");
  const auto status = [&node](std::string_view clauses) {
    return node.ask("POST", "/i/_search", R"-({"query":{"bool":{"should":[)-" + std::string(clauses) + "]}}}").status;
  };
  EXPECT_EQ(status(R"-({"term":{"n":1}},{"term":{"n":2}})-"), 200);
  EXPECT_EQ(status(R"-({"term":{"n":1}},{"term":{"n":2}},{"term":{"n":3}})-"), 400);
}

TEST(MoreLikeThis, IsCountedForFiltersOfAliases) {
  tests::SluicedNode node;
  for (const std::string id : {"1", "2"}) node.ask("PUT", "/i/_doc/" + id + "?refresh=true", R"-({"t":"quick fox"})-");
  node.ask("PUT", "/i/_alias/foxes",
           R"-({"filter":{"more_like_this":{"fields":["t"],"like":"fox","min_term_freq":1,"min_doc_freq":1}}})-");
  EXPECT_EQ(node.ask("POST", "/foxes/_search?filter_path=hits.total.value", "{}").body,
            R"-({"hits":{"total":{"value":2}}})-");
  EXPECT_THAT(node.ask("POST", "/_reindex", R"-({"source":{"index":"foxes"},"dest":{"index":"j"}})-").body,
              HasSubstr("a [more_like_this] query needs to know how common words are"));
}

TEST(MoreLikeThis, IsRefusedWhereNothingIsCounted) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1?refresh=true", R"-({"t":"quick brown fox"})-");
  const std::string request =
      R"-({"source":{"index":"i","query":{"more_like_this":{"fields":["t"],"like":"fox"}}},"dest":{"index":"j"}})-";
  EXPECT_THAT(node.ask("POST", "/_reindex", request).body,
              HasSubstr("a [more_like_this] query needs to know how common words are"));
}

}  // namespace
}  // namespace sluice::rest
