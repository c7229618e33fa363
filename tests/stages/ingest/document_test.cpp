// What documents and the pipelines' processors refuse, and how long what is long may take.
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/stages/ingest/run_pipeline.h"

namespace {

using sluice::tests::after_pipeline;
using sluice::tests::run_pipeline;

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

constexpr const char* kSelf = "Iterable object is self-referencing itself";

TEST(IngestDocument, AValueThatHoldsItselfIsNotCopied) {
  const std::string holds_itself = R"({"script":{"source":"Map m = new HashMap(); m.put('m', m); ctx.m = m"}},)";
  EXPECT_EQ(after_pipeline(holds_itself + R"({"set":{"field":"c","copy_from":"m"}})", "{}"), kSelf);
  EXPECT_EQ(after_pipeline(holds_itself + R"({"append":{"field":"c","copy_from":"m"}})", "{}"), kSelf);
  EXPECT_EQ(after_pipeline(holds_itself + R"({"copy":{"source_field":"m","target_field":"c"}})", "{}"), kSelf);
  EXPECT_EQ(after_pipeline(R"({"script":{"source":"List l = new ArrayList(); l.add(l); ctx.m = l"}},)"
                           R"({"set":{"field":"c","copy_from":"m"}})",
                           "{}"),
            kSelf);
  EXPECT_EQ(after_pipeline(holds_itself + R"({"set":{"field":"c","value":1}})", "{}"), kSelf);
}

TEST(IngestDocument, PathsHaveAThousandNamesAtMost) {
  const std::string expand = R"({"dot_expander":{"field":"*"}},{"set":{"field":"c","copy_from":"a"}},)"
                             R"({"remove":{"field":"c"}},{"remove":{"field":"a"}})";
  EXPECT_EQ(after_pipeline(expand, R"({")" + repeated("a.", 200'000) + R"(a":1})"),
            "path has [200001] names, no document is deeper than [1000]");
  EXPECT_EQ(after_pipeline(expand, R"({")" + repeated("a.", 999) + R"(a":1})"), "{}");
  EXPECT_EQ(after_pipeline(R"({"set":{"field":")" + repeated("a.", 1000) + R"(a","value":1}})", "{}"),
            "path has [1001] names, no document is deeper than [1000]");
}

TEST(IngestDocument, PipelinesAreAThousandObjectsDeepAtMost) {
  const auto nested = [](std::size_t deep, std::string_view front, std::string_view back) {
    return R"({"set":{"field":"r","value":)" + repeated(front, deep) + "1" + repeated(back, deep) +
           R"(}},{"remove":{"field":"r"}})";
  };
  constexpr const char* kTooDeep =
      "Document nesting depth (1001) exceeds the maximum allowed (1000, from "
      "`StreamReadConstraints.getMaxNestingDepth()`)";
  EXPECT_EQ(after_pipeline(nested(996, "[", "]"), R"({"a":"[{\\\"["})"), R"({"a":"[{\\\"["})");
  EXPECT_EQ(after_pipeline(nested(997, "[", "]"), "{}"), kTooDeep);
  EXPECT_EQ(after_pipeline(nested(500'000, "{\"a\":", "}"), "{}"), kTooDeep);
  EXPECT_EQ(after_pipeline(repeated(R"({"foreach":{"field":"a","processor":)", 100'000), "{}"), kTooDeep);
}

// Quadratic in the depth, it took half a minute.
TEST(IngestDocument, ManyDeepNamesAreExpandedInTheTimeOfTheirLength) {
  std::string document = "{";
  for (int i = 0; i < 400; ++i) {
    document += i == 0 ? "\"" : ",\"";
    document.append(repeated("a.", 998)).append(std::to_string(i)).append("\":1");
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(after_pipeline(R"({"dot_expander":{"field":"*"}},{"remove":{"field":"a"}})", document + "}"), "{}");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(IngestDocument, WhatBecomesTooDeepIsNotWritten) {
  const std::string front = R"({"rename":{"field":"a","target_field":"b)" + repeated(".b", 900) + R"("}},)";
  const std::string back = R"({"rename":{"field":"b","target_field":"a)" + repeated(".a", 900) + R"("}})";
  EXPECT_EQ(after_pipeline(front + back, R"({"a":1})"), kSelf);
  EXPECT_EQ(after_pipeline(front + back + R"(,{"set":{"field":"c","copy_from":"a"}})", R"({"a":1})"), kSelf);
  EXPECT_EQ(after_pipeline(front + back + R"(,{"remove":{"field":"a"}})", R"({"a":1})"), "{}");
}

TEST(IngestDocument, LookingForDuplicatesHasTheDocumentsLimits) {
  std::string list;
  for (int i = 0; i < 20'000; ++i) list += (i == 0 ? "" : ",") + std::to_string(i);
  const auto written = sluice::tests::run_pipeline(
      R"({"append":{"field":"a","copy_from":"b","allow_duplicates":false}})",
      R"({"a":[)" + list + R"(],"b":[-1,)" + list + "]}", {}, {.time = std::chrono::milliseconds(20)});
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().type, "circuit_breaking_exception");
}

TEST(IngestDocument, ScriptsOfADocumentMayTakeASecond) {
  const std::string endless =
      R"({"script":{"source":"int f() { int s = 0; for (int i = 0; i < 900000; ++i) { s += i } return s } )"
      R"(for (int i = 0; i < 900000; ++i) { ctx.n = f() }"}})";
  const auto done = run_pipeline(endless, "{}");
  ASSERT_FALSE(done);
  ASSERT_NE(done.error().caused_by, nullptr);
  EXPECT_EQ(done.error().caused_by->reason,
            "script time limit exceeded: it ran for more than [1000ms] on one document");
}

TEST(IngestDocument, ScriptsHaveProcessorsAsFunctions) {
  const auto script = [](const std::string& source) { return R"({"script":{"source":")" + source + "\"}}"; };
  EXPECT_EQ(after_pipeline(script("Processors.json(ctx, 'j')"), R"({"j":"{\"a\":[1]}"})"),
            R"({"j":"{\"a\":[1]}","a":[1]})");
  EXPECT_EQ(after_pipeline(script("ctx.b = Processors.bytes(ctx.a); ctx.c = Processors.json(null)"), R"({"a":"2kb"})"),
            R"({"a":"2kb","b":2048,"c":null})");
  const auto failed = [&](const std::string& source) {
    const auto done = run_pipeline(script(source), R"({"a":"1x","j":"{} 1"})");
    EXPECT_FALSE(done);
    return done.error().caused_by->type + ": " + done.error().caused_by->reason;
  };
  EXPECT_EQ(
      failed("Processors.bytes(ctx.a)"),
      "parse_exception: failed to parse setting [Ingest Field] with value [1x] as a size in bytes: unit is missing "
      "or unrecognized");
  EXPECT_EQ(
      failed("Processors.json(ctx.j)"),
      "illegal_argument_exception: The input {} 1 is not valid JSON and the strict_json_parsing parameter is true");
  EXPECT_EQ(failed("Processors.json(ctx, 'none')"),
            "illegal_argument_exception: cannot add non-map fields to root of document");
  EXPECT_EQ(failed("Processors.urlDecode('%zz')").substr(0, 26), "illegal_argument_exception");
  EXPECT_EQ(failed("Processors.uriParts('a b')"), "illegal_argument_exception: unable to parse URI [a b]");
  // Conditions haven't got the class.
  EXPECT_EQ(run_pipeline(R"({"set":{"field":"x","value":1,"if":"Processors.bytes('1kb') > 1"}})", "{}").has_value(),
            false);
}

}  // namespace
