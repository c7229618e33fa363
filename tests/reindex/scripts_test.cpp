// Scripts in whole runs from file to file: what they change, and that the rest stays byte for byte.
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/reindex/files.h"

namespace sluice {
namespace {

class Scripts : public Files {
 protected:
  /// The destination's lines after a run of `script` over `lines`.
  std::string run(const std::string& lines, const std::string& script, const std::string& params = "") {
    write("in.ndjson", lines);
    Request asked = request();
    asked.script.emplace();
    asked.script->source = script;
    asked.script->params = params;
    status_ = Files::run(std::move(asked), ends("in.ndjson", "out.ndjson"));
    return read("out.ndjson");
  }

  pipeline::RunStatus status_;
};

constexpr const char* kHit = R"({"_index":"a","_id":"1","_source":)";

std::string hit(const std::string& source) { return std::string(kHit) + source + "}\n"; }
std::string copied(const std::string& source) { return R"({"_index":"copy","_id":"1","_source":)" + source + "}\n"; }

TEST_F(Scripts, WhatTheyLeaveAloneStaysByteForByte) {
  const std::string odd =
      R"({ "big":123456789012345678901234567890 , "huge":1e400,"minus":-0, "n":1.10,"e":"\u00e9\/","d":1,"d":2,"o": {"x" :[1 , 2]} })";
  EXPECT_EQ(
      run(hit(odd), "ctx._source.added = 5"),
      copied(
          R"({"big":123456789012345678901234567890 , "huge":1e400,"minus":-0, "n":1.10,"e":"\u00e9\/","d":1,"d":2,"o": {"x" :[1 , 2]},"added":5})"));
  EXPECT_EQ(run(hit(odd), "def x = ctx._source.big; def y = ctx._source.o.x[0]; if (y == 2) { ctx._source.z = 1 }"),
            copied(odd));
}

TEST_F(Scripts, MoveRenameAndRemove) {
  EXPECT_EQ(run(hit(R"({"a":1.10,"b":"\u0041","c":[1]})"),
                "ctx._source.tag = ctx._source.remove('a'); ctx._source.remove('c')"),
            copied(R"({"b":"\u0041","tag":1.10})"));
  EXPECT_EQ(run(hit(R"({"a":{"b":{"c":1,"d":2}}})"), "ctx._source.a.b.c = 'x'"),
            copied(R"({"a":{"b":{"c":"x","d":2}}})"));
  EXPECT_EQ(run(hit(R"({"d":1,"x":0,"d":2})"), "ctx._source.d = 3"), copied(R"({"x":0,"d":3})"));
  EXPECT_EQ(run(hit(R"({"d":1,"x":0,"d":2})"), "ctx._source.remove('d')"), copied(R"({"x":0})"));
  EXPECT_EQ(run(hit(R"({"a":1})"), "ctx._source = ['n': params.n]", R"({"n":[1,2]})"), copied(R"({"n":[1,2]})"));
}

TEST_F(Scripts, MembersThatWereOnlyLookedAtAreCopiedInRuns) {
  const std::string spaced = R"({ "a" : 1 , "b": [ 2, {"x":3} ] ,"c":"" , "":4, "e":null })";
  EXPECT_EQ(run(hit(spaced), "def x = ctx._source.c; ctx._source.remove('a')"),
            copied(R"({"b": [ 2, {"x":3} ] ,"c":"" , "":4, "e":null})"));
  EXPECT_EQ(run(hit(spaced), "ctx._source.remove('e'); ctx._source.remove('')"),
            copied(R"({"a" : 1 , "b": [ 2, {"x":3} ] ,"c":""})"));
  EXPECT_EQ(run(hit(spaced), "ctx._source.b[1].x = 5; ctx._source.f = ctx._source.containsKey('e')"),
            copied(R"({"a" : 1,"b":[2,{"x":5}],"c":"" , "":4, "e":null,"f":true})"));
  EXPECT_EQ(run(hit(spaced), "ctx._source.clear(); ctx._source.a = 2"), copied(R"({"a":2})"));
  // A key with escapes is the key that it spells.
  EXPECT_EQ(run(hit(R"({"\u0061":1,"b":2})"), "ctx._source.c = ctx._source.remove('a')"), copied(R"({"b":2,"c":1})"));
  // Past forty members there is a table.
  std::string many;
  for (int i = 0; i < 60; ++i) many += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":" + std::to_string(i);
  EXPECT_EQ(run(hit("{" + many + "}"), "ctx._source.k7 = ctx._source.remove('k59'); ctx._source.remove('k0')"),
            copied("{" + many.substr(7, many.find("\"k7\":7") - 7) + "\"k7\":59" +
                   many.substr(many.find(",\"k8\""), many.find(",\"k59\"") - many.find(",\"k8\"")) + "}"));
  std::string adding = "for (int i = 0; i < 50; ++i) { ctx._source['n' + i] = i } ctx._source.remove('a'); ";
  run(hit(R"({"a":1,"b":2})"), adding + "ctx._source.n49 = ctx._source.b");
  EXPECT_EQ(status_.totals.counters.created, 1U);
}

TEST_F(Scripts, WhereADocumentGoes) {
  EXPECT_EQ(run(hit(R"({"a":1})"), "ctx._index = ctx._index + '-1'; ctx._id = 'x\"y'; ctx._routing = 'r'"),
            "{\"_index\":\"a-1\",\"_id\":\"x\\\"y\",\"_routing\":\"r\",\"_source\":{\"a\":1}}\n");
  EXPECT_EQ(run(hit(R"({"a":1})"), "ctx._index = 'a'"), copied(R"({"a":1})"));
  EXPECT_EQ(run(hit(R"({"a":1})") + hit(R"({"a":2})"), "if (ctx._source.a == 1) { ctx.op = 'noop' }"),
            copied(R"({"a":2})"));
  EXPECT_EQ(status_.totals.counters.noops, 1U);
}

TEST_F(Scripts, DocumentsOfSeveralIndicesInOneBatch) {
  const auto of = [](const char* index, int id, const char* source = "{}") {
    return std::string(R"({"_index":")") + index + R"(","_id":")" + std::to_string(id) + R"(","_source":)" + source +
           "}\n";
  };
  const std::string mixed = of("a", 1) + of("a", 2, R"({"n":1})") + of("b", 3) + of("a", 4) + of("a", 5);
  EXPECT_EQ(run(mixed, "ctx._index = ctx._index + '-1'"),
            of("a-1", 1) + of("a-1", 2, R"({"n":1})") + of("b-1", 3) + of("a-1", 4) + of("a-1", 5));
  // What is there already is no change: the destination's name stands.
  EXPECT_EQ(run(mixed, "ctx._index = 'a'"),
            of("copy", 1) + of("copy", 2, R"({"n":1})") + of("a", 3) + of("copy", 4) + of("copy", 5));
  EXPECT_EQ(run(mixed, "if (ctx._index == 'a') { ctx.op = 'noop' } else { ctx._id = 'x' }"),
            R"({"_index":"copy","_id":"x","_source":{}})"
            "\n");
  EXPECT_EQ(status_.totals.counters.noops, 4U);
  EXPECT_EQ(run(mixed, "ctx._id = '2'"),
            of("copy", 2) + of("copy", 2, R"({"n":1})") + of("copy", 2) + of("copy", 2) + of("copy", 2));
  EXPECT_EQ(run(mixed, "if (ctx._index == 'a') { ctx.op = 'delete' }"), of("copy", 3));
  EXPECT_EQ(status_.totals.counters.created, 1U);
  run(mixed + of("a", 6, R"({"_index":"z"})"), "ctx._index = ctx._index + '-1'");
  ASSERT_TRUE(status_.error);
  EXPECT_EQ(status_.error->reason, "unexpected metadata [_index:z] in source");
}

TEST_F(Scripts, ErrorsEndTheRunAndSayWhere) {
  EXPECT_EQ(run(hit(R"({"a":1})"), "ctx._source.missing.length()"), "");
  ASSERT_TRUE(status_.error);
  EXPECT_EQ(status_.error->status, 400);
  EXPECT_EQ(status_.error->type, "script_exception");
  ASSERT_TRUE(status_.error->caused_by);
  EXPECT_EQ(status_.error->caused_by->reason, "cannot access method/field [length] from a null def reference");
  run(hit(R"({"a":1})"), "ctx.op = 'update'");
  ASSERT_TRUE(status_.error && status_.error->caused_by);
  EXPECT_EQ(status_.error->caused_by->reason, "[op] must be one of delete, index, noop, not [update]");
  run(hit(R"({"a":1})"), "ctx._source.self = ctx._source");
  ASSERT_TRUE(status_.error);
  EXPECT_EQ(status_.error->reason, "Iterable object is self-referencing itself");
}

TEST_F(Scripts, LimitsEndADocumentNotTheProcess) {
  run(hit(R"({"a":1})"), "while (ctx != null) { ctx._source.a = 2 }");
  ASSERT_TRUE(status_.error && status_.error->caused_by);
  EXPECT_EQ(status_.error->caused_by->type, "painless_error");
  run(hit(R"({"a":1})"), "String s = 'x'; for (int i = 0; i < 100; ++i) { s = s + s }");
  ASSERT_TRUE(status_.error && status_.error->caused_by);
  EXPECT_EQ(status_.error->caused_by->type, "circuit_breaking_exception");
  run(hit(R"({"a":1})"), "def f(def x) { return f(x) } f(1)");
  ASSERT_TRUE(status_.error && status_.error->caused_by);
  EXPECT_EQ(status_.error->caused_by->type, "stack_overflow_error");
}

TEST_F(Scripts, AManyOfDocumentsInBatches) {
  std::string lines;
  for (int i = 0; i < 5000; ++i)
    lines += R"({"_id":")" + std::to_string(i) + R"(","_source":{"n":)" + std::to_string(i) + "}}\n";
  const std::string out = run(lines, "ctx._source.m = ctx._source.n * 2");
  EXPECT_EQ(status_.totals.counters.created, 5000U);
  EXPECT_TRUE(out.ends_with("\"_source\":{\"n\":4999,\"m\":9998}}\n")) << out.substr(out.size() - 100);
}

}  // namespace
}  // namespace sluice
