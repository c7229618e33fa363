#include "stages/source_filter/source_filter.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "stages/route/route.h"
#include "stages/source_filter/field_path_filter.h"

namespace sluice::stages {
namespace {

using pipeline::Batch;
using pipeline::Outcome;

std::vector<std::string> texts_of(const std::string& array) {
  std::vector<std::string> texts;
  for (std::size_t at = array.find('"'); at != std::string::npos; at = array.find('"', at)) {
    const std::size_t end = array.find('"', at + 1);
    texts.push_back(array.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return texts;
}

/// The same value with white space around every token.
std::string spaced(const std::string& json) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"' && (i == 0 || json[i - 1] != '\\')) in_string = !in_string;
    const bool structural = !in_string && std::string_view("{}[]:,").find(c) != std::string_view::npos;
    out += structural ? std::string(" ") + c + "\n\t" : std::string(1, c);
  }
  return out;
}

std::string without_space(const std::string& json) {
  std::string out;
  for (const char c : json) {
    if (c != ' ' && c != '\n' && c != '\t') out += c;
  }
  return out;
}

TEST(SourceFilterCases, LeaveWhatElasticsearchLeaves) {
  std::ifstream file(SLUICE_SOURCE_FILTER_CASES "/fields.case");
  int count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::stringstream columns(line);
    std::string includes;
    std::string excludes;
    std::string document;
    std::string expected;
    std::getline(columns, includes, '\t');
    std::getline(columns, excludes, '\t');
    std::getline(columns, document, '\t');
    std::getline(columns, expected, '\t');
    const SourceFilter filter(texts_of(includes), texts_of(excludes));
    EXPECT_EQ(filter.filtered(document), expected) << line;
    EXPECT_EQ(without_space(filter.filtered(spaced(document))), expected) << "with white space: " << line;
    // Patterns that match nothing change nothing, however many they are.
    std::vector<std::string> more = texts_of(excludes);
    if (excludes.contains('*')) {
      for (int i = 0; i < 30; ++i) more.push_back("never.there" + std::to_string(i));
      std::rotate(more.begin(), more.begin() + 17, more.end());
    }
    EXPECT_EQ(SourceFilter(texts_of(includes), more).filtered(document), expected) << "with more excludes: " << line;
    ++count;
  }
  EXPECT_GT(count, 500);
}

TEST(SourceFilter, KeepsBytesOrderAndDuplicates) {
  const std::string document =
      R"({ "z" : 1e400 , "a":12345678901234567890123 , "a" :"\u0041\/" , "b":{"a":1} ,"m": -0.0 })";
  EXPECT_EQ(SourceFilter({"a", "m"}, {}).filtered(document),
            R"({"a":12345678901234567890123 , "a" :"\u0041\/","m": -0.0})");
  EXPECT_EQ(SourceFilter({}, {"b", "z"}).filtered(document),
            R"({"a":12345678901234567890123 , "a" :"\u0041\/","m": -0.0})");
  EXPECT_EQ(SourceFilter({}, {"nothing"}).filtered(document), document);
}

TEST(SourceFilter, KeysWithEscapes) {
  EXPECT_EQ(SourceFilter({"ab"}, {}).filtered(R"({"\u0061b":1,"x":2,"a\u0062":3,"a\"b":4})"),
            R"({"\u0061b":1,"a\u0062":3})");
  EXPECT_EQ(SourceFilter({"a\"b"}, {}).filtered(R"({"a\"b":1,"x":2})"), R"({"a\"b":1})");
  EXPECT_EQ(SourceFilter({}, {"x.é"}).filtered(R"({"x":{"\u00e9":1,"y":2}})"), R"({"x":{"y":2}})");
}

TEST(SourceFilter, StringsThatLookLikeStructure) {
  EXPECT_EQ(SourceFilter({"b"}, {}).filtered(R"({"a":"},{\"b\":1,","b":"]}\\","c":"\\\""})"), R"({"b":"]}\\"})");
}

TEST(SourceFilter, WhatIsNoDocumentFailsAlone) {
  Batch batch;
  for (const char* source : {R"({"a":1,"b":2})", R"({"a":1 "b":2})", R"({"a")", R"([1])", R"({"a":{"x":1,}})",
                             R"({"a":{"x":[1}})", R"({"b":1}{"b":2})", R"({"b":2})"}) {
    batch.page.bytes.append(source);
    batch.page.bytes.append('\n');
  }
  std::size_t at = 0;
  for (std::size_t end = batch.page.bytes.view().find('\n'); end != std::string_view::npos;
       end = batch.page.bytes.view().find('\n', at)) {
    pipeline::Document& document = batch.documents.emplace_back();
    document.id = "\"7\"";
    document.source = batch.page.bytes.view().substr(at, end - at);
    at = end + 1;
  }
  batch.documents[7].outcome = Outcome::kNoop;
  const SourceFilter filter({"a.x", "b"}, {});
  ASSERT_TRUE(filter.apply(batch));
  EXPECT_EQ(batch.documents[0].source, R"({"b":2})");
  for (std::size_t i = 1; i < 7; ++i) EXPECT_EQ(batch.documents[i].outcome, Outcome::kFailed) << i;
  EXPECT_EQ(batch.documents[7].outcome, Outcome::kNoop);
  ASSERT_EQ(batch.failures.size(), 6U);
  EXPECT_EQ(batch.failures[0].item, 1U);
  EXPECT_EQ(batch.failures[0].id, "7");
  EXPECT_EQ(batch.failures[0].cause.status, 400);
}

TEST(SourceFilter, ManyDoubleStarsAreSoManyPlaces) {
  std::string pattern;
  for (int i = 0; i < 14; ++i) pattern += "**.";
  const FieldPathFilter filter({pattern + "b"}, {});
  FieldPathFilter::State state = filter.root();
  for (int depth = 0; depth < 60; ++depth) {
    FieldPathFilter::State below;
    ASSERT_EQ(filter.decide(state, "a", below), Verdict::kDescend);
    state = std::move(below);
    EXPECT_LE(state.includes.size(), 15U);
  }
}

TEST(SourceFilter, NestingHasALimit) {
  const auto nested = [](int depth) {
    std::string document;
    for (int i = 0; i < depth; ++i) document += R"({"a":)";
    document += "1";
    document.append(static_cast<std::size_t>(depth), '}');
    return document;
  };
  const SourceFilter filter({"**.b"}, {});
  EXPECT_EQ(filter.filtered(nested(1000)), "{}");
  EXPECT_EQ(filter.filtered(nested(1001)), "");
  EXPECT_EQ(filter.filtered(nested(200'000)), "");
}

TEST(SourceFilter, UntouchedDocumentsStayInThePage) {
  Batch batch;
  batch.page.bytes.append(R"({"a":1,"b":2})");
  batch.documents.emplace_back().source = batch.page.bytes.view();
  ASSERT_TRUE(SourceFilter({"*"}, {}).apply(batch));
  EXPECT_EQ(batch.documents[0].source.data(), batch.page.bytes.data());
  ASSERT_TRUE(SourceFilter({"b"}, {}).apply(batch));
  EXPECT_NE(batch.documents[0].source.data(), batch.page.bytes.data());
  EXPECT_EQ(batch.documents[0].source, R"({"b":2})");
}

/// Bytes of any kind must be refused or filtered, never read past; under asan this is the test of it.
TEST(SourceFilter, SurvivesDamagedDocuments) {
  const std::string document =
      R"({"a":{"x":[1,{"y":"\u00e9\\"}],"b.c":null},"d.e":{"x":true},"l":[[],[{"x":-1.5e3}]]})";
  std::mt19937 random(11);
  const SourceFilter path({"a.x", "l.x", "d.*"}, {"a.x.y"});
  const SourceFilter text({"a", "l"}, {"*.y", "l*x"});
  std::size_t refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = document;
    for (int hits = 0; hits < 3; ++hits) damaged[random() % damaged.size()] = R"({}[]:,"\ a1)"[random() % 11];
    damaged.resize(1 + random() % damaged.size());
    refused += path.filtered(damaged).empty() ? 1 : 0;
    refused += text.filtered(damaged).empty() ? 1 : 0;
  }
  EXPECT_GT(refused, 30'000U);
}

TEST(Route, SetsWhereDocumentsGo) {
  Batch batch;
  pipeline::Document first;
  first.index = "\"old\"";
  first.routing = "\"r\"";
  first.type = "\"_doc\"";
  first.version = 7;
  batch.documents.assign(2, first);
  batch.documents[1].operation = pipeline::Operation::kDelete;
  batch.documents.push_back(first);
  batch.documents[2].outcome = Outcome::kFailed;
  RouteOptions options;
  options.index = "ne\"w";
  options.routing = RoutingRule::kSet;
  options.routing_text = "x y";
  options.create = true;
  const Route route(options);
  ASSERT_TRUE(route.apply(batch));
  EXPECT_EQ(batch.documents[0].index, R"("ne\"w")");
  EXPECT_EQ(batch.documents[0].routing, R"("x y")");
  EXPECT_EQ(batch.documents[0].type, "");
  EXPECT_EQ(batch.documents[0].version, pipeline::kNoVersion);
  EXPECT_EQ(batch.documents[0].operation, pipeline::Operation::kCreate);
  EXPECT_EQ(batch.documents[1].operation, pipeline::Operation::kDelete);
  EXPECT_EQ(batch.documents[2].index, "\"old\"");
}

TEST(Route, KeepsAndDiscards) {
  const auto routed = [](const RouteOptions& options) {
    Batch batch;
    pipeline::Document& document = batch.documents.emplace_back();
    document.index = "\"own\"";
    document.routing = "\"r\"";
    document.type = "\"t\"";
    document.version = 7;
    EXPECT_TRUE(Route(options).apply(batch));
    return batch.documents[0];
  };
  RouteOptions options;
  options.keep_versions = true;
  options.types_as_field = true;
  pipeline::Document document = routed(options);
  EXPECT_EQ(document.index, "\"own\"");
  EXPECT_EQ(document.routing, "\"r\"");
  EXPECT_EQ(document.type, "");
  EXPECT_EQ(document.version, 7);
  EXPECT_EQ(document.operation, pipeline::Operation::kIndex);
  options.routing = RoutingRule::kDiscard;
  document = routed(options);
  EXPECT_EQ(document.routing, "");
}

TEST(Route, TypesBecomeAField) {
  for (const auto& [source, expected] : {std::pair(R"({"x":1})", R"({"_type":"t","x":1})"),
                                         std::pair("{}", R"({"_type":"t"})"), std::pair("{ }", R"({"_type":"t" })")}) {
    Batch batch;
    pipeline::Document& document = batch.documents.emplace_back();
    document.type = "\"t\"";
    document.source = source;
    RouteOptions options;
    options.types_as_field = true;
    ASSERT_TRUE(Route(options).apply(batch));
    EXPECT_EQ(batch.documents[0].source, expected);
  }
}

}  // namespace
}  // namespace sluice::stages
