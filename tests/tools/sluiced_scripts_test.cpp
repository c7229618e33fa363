// Scripts in the server: updates by them, the cache of what was compiled, and its limits. What a real node answers to
// the same requests: tests/cases/parity/update_scripts.case, script_limits.case.
#include <atomic>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"
#include "tools/sluiced/rest/script_cache.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {
namespace {

using std::chrono_literals::operator""ns;
using std::chrono_literals::operator""h;
using testing::HasSubstr;
using testing::Not;

std::string update(tests::SluicedNode& node, std::string_view id, std::string_view body) {
  return node.ask("POST", "/i/_update/" + std::string(id), body).body;
}

/// The answer's body, whatever it is made of.
std::string source_of(tests::SluicedNode& node, std::string_view id) {
  return node.ask("GET", "/i/_source/" + std::string(id)).body;
}

TEST(UpdateByScript, LeavesWhatItDoesNotTouchByteForByte) {
  tests::SluicedNode node;
  node.ask("PUT", "/i", R"({"mappings":{"enabled":false}})");
  node.ask("PUT", "/i/_doc/1", R"({"big": 123456789012345678901234567890, "n":1.10, "o": {"x" :[1 , 2]}})");
  EXPECT_THAT(update(node, "1", R"({"script":"ctx._source.added = 5"})"), HasSubstr("updated"));
  EXPECT_EQ(source_of(node, "1"),
            R"({"big": 123456789012345678901234567890, "n":1.10, "o": {"x" :[1 , 2]},"added":5})");
}

TEST(UpdateByScript, CountsEveryoneOfManyThatComeAtOnce) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1", R"({"n":0})");
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  std::atomic<int> updated = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        const auto answer = node.ask("POST", "/i/_update/1?retry_on_conflict=1000", R"({"script":"ctx._source.n++"})");
        if (answer.status == 200) ++updated;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(updated, kThreads * kEach);
  EXPECT_EQ(source_of(node, "1"), R"({"n":200})");
}

TEST(UpdateByScript, WarnsOfOldNames) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1", R"({"n":0})");
  const auto answer = node.ask("POST", "/i/_update/1", R"({"script":{"inline":"ctx._source.n++"}})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(tests::header_of(answer, "Warning"), HasSubstr("Deprecated field [inline] used, expected [source]"));
}

TEST(UpdateByScript, EndsWhatTakesTooMuchWithoutHarm) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1", R"({"n":0})");
  const std::string answer = update(node, "1", R"({"script":"while (true) { ctx._source.n++ }"})");
  EXPECT_THAT(answer, HasSubstr("failed to execute script"));
  EXPECT_THAT(answer, HasSubstr("painless_error"));
  EXPECT_EQ(source_of(node, "1"), R"({"n":0})");
}

TEST(UpdateByScript, IsRefusedWhereTheUserMayWriteNothing) {
  tests::SluicedNode node;
  node.ask("PUT", "/i/_doc/1", R"({"n":0})");
  node.ask("PUT", "/i/_settings", R"({"index.blocks.write":true})");
  EXPECT_EQ(node.ask("POST", "/i/_update/1", R"({"script":"ctx._source.n++"})").status, 403);
  EXPECT_EQ(node.ask("POST", "/i/_update/1", R"({"script":"ctx.op = 'delete'"})").status, 403);
}

// --- metadata() and field(), each answer as Elasticsearch 9.4.3 gives it

/// Scripts of one route after the other.
class Metadata : public testing::Test {
 protected:
  Metadata() { node_.ask("PUT", "/i/_doc/1?refresh=true&routing=rr", R"({"a":1})"); }
  std::string update(std::string_view script) {
    return node_.ask("POST", "/i/_update/1?routing=rr&_source=true", "{\"script\":\"" + std::string(script) + "\"}")
        .body;
  }
  std::string upsert(std::string_view script) {
    return node_
        .ask("POST", "/i/_update/9?_source=true",
             R"({"scripted_upsert":true,"upsert":{},"script":")" + std::string(script) + "\"}")
        .body;
  }
  std::string by_query(std::string_view script) {
    return node_.ask("POST", "/i/_update_by_query?refresh=true", "{\"script\":\"" + std::string(script) + "\"}").body;
  }
  std::string pipeline(std::string_view processor) {
    return node_
        .ask("POST", "/_ingest/pipeline/_simulate?filter_path=docs.doc._*,docs.error.caused_by,error.caused_by",
             R"({"pipeline":{"processors":[)" + std::string(processor) +
                 R"(]},"docs":[{"_index":"ix","_id":"id","_source":{"a":{"b":1},"c":[1,2]}}]})")
        .body;
  }
  static std::string script(std::string_view source) {
    return R"({"script":{"source":")" + std::string(source) + R"("}})";
  }

  tests::SluicedNode node_;
};

TEST_F(Metadata, OfAnUpdate) {
  EXPECT_THAT(update("def m = metadata(); ctx._source.r = [m.index, m.id, m.routing, m.version, m.op, "
                     "m.now.toInstant().toEpochMilli() == ctx._now]"),
              HasSubstr(R"("r":["i","1","rr",1,"index",true])"));
  EXPECT_THAT(update("field('b').set(metadata().now.getYear() > 2000)"), HasSubstr(R"("b":true)"));
  EXPECT_THAT(update("metadata().index = 'x'"),
              HasSubstr("Illegal shortcut on field [index] for type [org.elasticsearch.script.Metadata]."));
  EXPECT_THAT(update("def m = metadata(); m.index = 'x'"),
              HasSubstr("dynamic setter [org.elasticsearch.script.UpdateMetadata, index] not found"));
  EXPECT_THAT(update("def m = metadata(); m.isVersionInternal()"),
              HasSubstr("dynamic method [org.elasticsearch.script.UpdateMetadata, isVersionInternal/0] not found"));
  EXPECT_THAT(update("metadata().op = 'none'"), HasSubstr("'none' is not allowed, use 'noop' instead"));
  EXPECT_THAT(update("metadata().op = 'foo'"), HasSubstr("op must be one of [delete, index, noop], not [foo]"));
  EXPECT_THAT(update("metadata().op = null"), HasSubstr("op must be one of [delete, index, noop], not [null]"));
  EXPECT_THAT(update("metadata().op = 'delete'"), HasSubstr(R"("result":"deleted")"));
}

TEST_F(Metadata, OfAnUpdateWithoutADocument) {
  EXPECT_THAT(upsert("def m = metadata(); ctx._source.r = [m.index, m.id, m.op]"),
              HasSubstr(R"("r":["i","9","create"])"));
  node_.ask("DELETE", "/i/_doc/9");
  EXPECT_THAT(upsert("ctx._source.r = metadata().version"), HasSubstr("version is unavailable for insert"));
  EXPECT_THAT(upsert("ctx._source.r = metadata().routing"), HasSubstr("routing is unavailable for insert"));
}

TEST_F(Metadata, OfUpdatesByQuery) {
  EXPECT_THAT(by_query("def m = metadata(); ctx._source.r = [m.index, m.id, m.routing, m.op]; field('a').remove()"),
              HasSubstr(R"("updated":1)"));
  EXPECT_THAT(node_.ask("GET", "/i/_doc/1?routing=rr").body, HasSubstr(R"("_source":{"r":["i","1","rr","index"]})"));
  EXPECT_THAT(by_query("metadata().index = 'x'"),
              HasSubstr("Illegal shortcut on field [index] for type [org.elasticsearch.script.Metadata]."));
  EXPECT_THAT(by_query("def m = metadata(); m.routing = 'x'"),
              HasSubstr("dynamic setter [org.elasticsearch.script.UpdateByQueryMetadata, routing] not found"));
  EXPECT_THAT(by_query("metadata().op = 'none'"), HasSubstr("[op] must be one of delete, index, noop, not [none]"));
}

TEST_F(Metadata, OfPipelines) {
  EXPECT_THAT(pipeline(script(
                  "def m = metadata(); ctx.r = [m.index, m.id, m.routing, m.version, m.versionType, m.now instanceof "
                  "ZonedDateTime]")),
              HasSubstr(R"("r":["ix","id",null,-3,null,true])"));
  const std::string changed =
      pipeline(script("metadata().index = 'x'; metadata().id = 'y'; metadata().routing = 'z'; metadata().version = 5; "
                      "metadata().versionType = "
                      "'external'; field('a.b').set(2); field('c').append(3); field('d.e').set('x')"));
  for (const char* part : {R"("_index":"x")", R"("_id":"y")", R"("_routing":"z")", R"("_version":"5")",
                           R"("_version_type":"external")", R"("_source":{"a":{"b":2},"c":[1,2,3],"d":{"e":"x"}})"})
    EXPECT_THAT(changed, HasSubstr(part));
  EXPECT_THAT(pipeline(script("def m = metadata(); m.op = 'x'")),
              HasSubstr("dynamic setter [org.elasticsearch.ingest.IngestDocMetadata, op] not found"));
  EXPECT_THAT(pipeline(script("metadata().versionType = 'foo'")), HasSubstr("_version_type must be a null or one of"));
  EXPECT_THAT(pipeline(R"-({"set":{"if":"field('a').exists()","field":"x","value":1}})-"), HasSubstr(R"("x":1)"));
  EXPECT_THAT(pipeline(R"-({"set":{"if":"field('a').set(1) != null","field":"x","value":1}})-"),
              HasSubstr("member method [org.elasticsearch.script.field.SourceMapField, set/1] not found"));
}

// --- the cache

ScriptCache::Wanted wanted(std::string_view source, std::string_view context = "update") {
  return {source, "", context, &painless::reindex_context()};
}

ScriptLimits rate(std::string_view text) {
  return {.rate = *parse_compilation_rate(text, "script.max_compilations_rate")};
}

TEST(ScriptCache, CompilesAScriptOnceForEachContext) {
  ScriptCache cache;
  const auto first = cache.get(wanted("ctx.op = 'noop'"), rate("150/5m"));
  const auto again = cache.get(wanted("ctx.op = 'noop'"), rate("150/5m"));
  const auto other = cache.get(wanted("ctx.op = 'noop'", "reindex"), rate("150/5m"));
  ASSERT_TRUE(first && again && other);
  EXPECT_EQ(*first, *again);
  EXPECT_NE(*first, *other);
  EXPECT_EQ(cache.statistics().compilations, 2U);
}

TEST(ScriptCache, DropsWhatWasUsedLongestAgo) {
  ScriptCache cache;
  ScriptLimits small = rate("150/5m");
  small.max_size = 2;
  const auto one = cache.get(wanted("int a = 1"), small);
  ASSERT_TRUE(cache.get(wanted("int a = 2"), small));
  ASSERT_TRUE(cache.get(wanted("int a = 1"), small));
  ASSERT_TRUE(cache.get(wanted("int a = 3"), small));
  EXPECT_EQ(cache.statistics().evictions, 1U);
  EXPECT_EQ(*cache.get(wanted("int a = 1"), small), *one);
  EXPECT_EQ(cache.statistics().compilations, 3U);
  ASSERT_TRUE(cache.get(wanted("int a = 2"), small));
  EXPECT_EQ(cache.statistics().compilations, 4U);
}

TEST(ScriptCache, DropsWhatNobodyUsedForALongTime) {
  for (const auto& [expire, compilations] : {std::pair{Nanoseconds(1ns), 2U}, std::pair{Nanoseconds(1h), 1U}}) {
    ScriptCache cache;
    ScriptLimits limits = rate("150/5m");
    limits.expire = expire;
    ASSERT_TRUE(cache.get(wanted("int a = 1"), limits));
    ASSERT_TRUE(cache.get(wanted("int a = 1"), limits));
    EXPECT_EQ(cache.statistics().compilations, compilations);
  }
}

TEST(ScriptCache, RefusesMoreThanTheRate) {
  ScriptCache cache;
  ASSERT_TRUE(cache.get(wanted("int a = 1"), rate("2/1h")));
  EXPECT_EQ(cache.get(wanted("int a ="), rate("2/1h")).error().type, "script_exception");  // a mistake is counted too
  const auto refused = cache.get(wanted("int a = 2"), rate("2/1h"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().type, "general_script_exception");
  EXPECT_EQ(refused.error().reason, "Failed to compile inline script [int a = 2] using lang [painless]");
  EXPECT_EQ(refused.error().caused_by->reason,
            "[script] Too many dynamic script compilations within, max: [2/1h]; please use indexed, or scripts with "
            "parameters instead; this limit can be changed by the [script.max_compilations_rate] setting");
  EXPECT_EQ(cache.statistics().refused, 1U);
  EXPECT_TRUE(cache.get(wanted("int a = 1"), rate("2/1h")));  // known already
  EXPECT_TRUE(cache.get(wanted("int a = 2"), rate("3/1h")));  // another rate begins anew
}

TEST(ScriptCache, CompilesAgainWhenTimeHasPassed) {
  ScriptCache cache;
  const ScriptLimits quick{.rate = {"1/1ns", 1, 1ns}};  // shorter than a setting may be, so that nobody has to wait
  ASSERT_TRUE(cache.get(wanted("int a = 1"), quick));
  EXPECT_TRUE(cache.get(wanted("int a = 2"), quick));
}

TEST(ScriptCache, CompilesAnythingWhereTheRateIsOff) {
  ScriptCache cache;
  ScriptLimits off = rate("1/1h");
  off.limited = false;
  ASSERT_TRUE(cache.get(wanted("int a = 1"), off));
  EXPECT_TRUE(cache.get(wanted("int a = 2"), off));
}

TEST(ScriptCache, IsSharedByThreads) {
  ScriptCache cache;
  ScriptLimits small = rate("100000/1m");
  small.max_size = 4;
  std::vector<std::jthread> threads;
  std::atomic<int> failed = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const std::string source = "int a = " + std::to_string(i % 8);
        const auto script = cache.get(wanted(source), small);
        if (!script || (*script)->program.source != source) ++failed;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failed, 0);
}

TEST(ScriptCache, TakesItsLimitsFromTheSettings) {
  tests::SluicedNode node(store::Settings{{"script.disable_max_compilations_rate", "\"true\""},
                                          {"script.max_compilations_rate", "\"1/1h\""}});
  node.ask("PUT", "/i/_doc/1", R"({"n":0})");
  EXPECT_EQ(node.ask("PUT", "/_cluster/settings", R"({"transient":{"script.cache.max_size":1}})").status, 200);
  for (const char* source : {"ctx._source.n = 1", "ctx._source.n = 2", "ctx._source.n = 1"}) {
    EXPECT_THAT(update(node, "1", R"({"script":")" + std::string(source) + R"("})"), HasSubstr("updated"));
  }
  EXPECT_EQ(node.services().scripts.statistics().compilations, 3U);
  EXPECT_EQ(node.services().scripts.statistics().evictions, 2U);
  EXPECT_EQ(node.ask("PUT", "/_cluster/settings", R"({"transient":{"script.cache.expire":"1nanos"}})").status, 200);
  for (int i = 0; i < 2; ++i) update(node, "1", R"({"script":"ctx._source.n = 3"})");
  EXPECT_EQ(node.services().scripts.statistics().compilations, 5U);
  store::Settings settings;
  const auto wrong = add_assignment("script.max_compilations_rate=5", settings);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().reason, HasSubstr("parameter must contain a positive integer and a timevalue"));
}

TEST(ScriptCache, ShowsWhatItDidInTheNodesStatistics) {
  tests::SluicedNode node(store::Settings{{"script.max_compilations_rate", "\"2/1h\""}});
  node.ask("PUT", "/i/_doc/1", R"({"n":0})");
  for (int i = 0; i < 5; ++i) update(node, "1", R"({"script":"ctx._source.n = )" + std::to_string(i) + R"("})");
  const std::string shown = node.ask("GET", "/_nodes/stats/script,script_cache").body;
  EXPECT_THAT(shown, HasSubstr(R"("script":{"compilations":2,"cache_evictions":0,"compilation_limit_triggered":3)"));
  EXPECT_THAT(shown, HasSubstr(R"("script_cache":{"sum":{"compilations":2,)"));
  EXPECT_THAT(node.ask("GET", "/_nodes/stats/os").body, Not(HasSubstr("compilations")));
  const std::string settings = node.ask("GET", "/_cluster/settings?include_defaults&flat_settings").body;
  EXPECT_THAT(settings, HasSubstr(R"("script.max_compilations_rate":"2/1h")"));
  EXPECT_THAT(settings, HasSubstr(R"("script.cache.max_size":"3000")"));
  EXPECT_THAT(settings, HasSubstr(R"("script.max_size_in_bytes":"65535")"));
}

}  // namespace
}  // namespace sluice::rest
