// Runtime fields beside what tests/cases/query/recorded/runtime.ndjson shows of them: how they need each other, and
// that they cost what they should.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "stages/query/field_reader.h"
#include "stages/query/query.h"

namespace sluice::stages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string field(const std::string& name, const std::string& type, const std::string& script) {
  return "\"" + name + R"(":{"type":")" + type + R"(","script":{"source":")" + script + "\"}}";
}

/// One document, and queries on the runtime fields of a mapping.
class RuntimeFields : public testing::Test {
 protected:
  void map(const std::string& runtime) {
    auto mapping = store::Mapping::parse(R"({"properties":{"n":{"type":"long"}},"runtime":{)" + runtime + "}}");
    ASSERT_TRUE(mapping.has_value()) << mapping.error().message();
    mapping_ = *mapping;
  }

  /// `true`, `false`, or what fails in the end.
  [[nodiscard]] std::string ask(std::string_view query) const {
    Buffer text(query.size());
    text.append(query);
    const auto compiled = compile_query(text.view(), context());
    if (!compiled) return compiled.error().reason;
    const auto matched = (*compiled)->matches(document());
    if (matched) return *matched ? "true" : "false";
    const Error* error = &matched.error();
    while (error->caused_by != nullptr) error = error->caused_by.get();
    return error->reason;
  }

  [[nodiscard]] QueryContext context() const { return {.schema = *mapping_, .index = "i", .index_uuid = "u"}; }
  [[nodiscard]] const QueryDocument& document() const { return document_; }
  [[nodiscard]] const store::Mapping& mapping() const { return *mapping_; }

  void SetUp() override {
    source_.append(R"({"n":[3,1]})");
    ASSERT_EQ(structurals_.build(source_.view()), Structurals::Problem::kNone);
    document_ = {.id = "1", .index = "i", .source = source_.view()};
    document_.set_structurals(structurals_);
  }

 private:
  Buffer source_{16};
  Structurals structurals_;
  QueryDocument document_;
  store::MappingPtr mapping_ = store::Mapping::empty();
};

TEST_F(RuntimeFields, MayNeedEachOtherButNotInACircle) {
  map(field("a", "long", "emit(doc['b'].value + 1)") + "," + field("b", "long", "emit(doc['n'].value * 10)") + "," +
      field("x", "long", "emit(doc['y'].value)") + "," + field("y", "long", "emit(doc['x'].value)"));
  EXPECT_EQ(ask(R"({"term":{"a":11}})"), "true");
  EXPECT_EQ(ask(R"({"bool":{"filter":[{"term":{"b":10}},{"term":{"a":11}}]}})"), "true");
  EXPECT_EQ(ask(R"({"term":{"x":1}})"), "Cyclic dependency detected while resolving runtime fields: x -> y -> x");
}

TEST_F(RuntimeFields, NeedNoMoreThanFiveOfEachOther) {
  std::string chain;
  for (const char name : std::string("abcde")) {
    const char next = static_cast<char>(name + 1);
    chain += field({name}, "long", std::string("emit(doc['") + next + "'].value)") + ",";
  }
  map(chain + field("f", "long", "emit(7)"));
  EXPECT_EQ(ask(R"({"term":{"b":7}})"), "true");
  EXPECT_EQ(ask(R"({"term":{"a":7}})"),
            "Field requires resolving too many dependent fields: a -> b -> c -> d -> e -> f");
}

TEST_F(RuntimeFields, NamesThatAScriptMakesUpMayNotGoRoundEither) {
  map(R"-("a":{"type":"long","script":{"source":"emit(doc[params.name].value)","params":{"name":"a"}}})-");
  EXPECT_EQ(ask(R"({"term":{"a":7}})"), "Field requires resolving too many dependent fields: a");
}

TEST_F(RuntimeFields, ACharacterTooManyIsRefused) {
  map(field("a", "keyword",
            "String s = ''; for (int i = 0; i < 17; ++i) { s += i == 0 ? 'x' : s } "
            "for (int i = 0; i < 16; ++i) emit(s); if (doc['n'].size() == 3) emit('y')") +
      "," +
      field("b", "keyword",
            "String s = ''; for (int i = 0; i < 17; ++i) { s += i == 0 ? 'x' : s } "
            "for (int i = 0; i < 16; ++i) emit(s); emit('y')"));
  EXPECT_EQ(ask(R"({"exists":{"field":"a"}})"), "true");
  EXPECT_EQ(
      ask(R"({"exists":{"field":"b"}})"),
      "Runtime field [b] is emitting [1048577] characters while the maximum number of values allowed is [1048576]");
}

TEST_F(RuntimeFields, WhatScriptsNameIsReadWithTheRest) {
  map(field("a", "long", "emit(doc['n'].value)"));
  Buffer text(64);
  text.append(R"({"term":{"a":1}})");
  const auto compiled = compile_query(text.view(), context());
  ASSERT_TRUE(compiled.has_value());
  EXPECT_THAT((*compiled)->explain(), HasSubstr("reads n\n"));
  EXPECT_FALSE((*compiled)->lookup().has_value());
  EXPECT_FALSE((*compiled)->needs_statistics());
}

TEST_F(RuntimeFields, AreReadAlone) {
  map(field("a", "long", "for (n in doc['n']) emit(n + 1)"));
  const auto reader = FieldReader::make(*mapping().find("a"), nullptr, context());
  ASSERT_TRUE(reader.has_value());
  std::vector<std::string> values;
  const Status read = (*reader)->each(document(), [&](std::string_view token) { values.emplace_back(token); });
  EXPECT_TRUE(read.has_value());
  EXPECT_THAT(values, ElementsAre("2", "4"));
}

TEST_F(RuntimeFields, HideMappedFieldsAndNothingElse) {
  map(field("n", "keyword", "emit('n' + params._source.n[0])"));
  EXPECT_EQ(ask(R"({"term":{"n":"n3"}})"), "true");
  EXPECT_EQ(ask(R"({"term":{"n":3}})"), "false");
  EXPECT_THAT(mapping().json(), HasSubstr(R"("n":{"type":"long"})"));
  EXPECT_THAT(mapping().json(), Not(HasSubstr("n3")));
}

}  // namespace
}  // namespace sluice::stages
