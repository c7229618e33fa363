#include "stages/script/member_editor.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "stages/painless/run/json_document.h"
#include "stages/script/script.h"
#include "tests/stages/odd_documents.h"

namespace sluice::stages {
namespace {

/// What a script makes of a document by the stage, or its error.
std::string scripted(const std::string& script, const std::string& params, const std::string& document) {
  const auto compiled = painless::compile(script, painless::reindex_context());
  EXPECT_TRUE(compiled) << script;
  if (!compiled) return {};
  pipeline::Batch batch;
  batch.documents.emplace_back();
  batch.documents.back().source = batch.arena.copy(document);
  ScriptOptions options;
  options.script = *compiled;
  options.params = params;
  const Status done = Script(std::move(options)).apply(batch);
  return done ? std::string(batch.documents.back().source) : "error: " + done.error().reason;
}

/// The same through the machine: the statement in front is no member edit.
std::string run_by_machine(const std::string& script, const std::string& params, const std::string& document) {
  return scripted("def one = 1; one += 1; " + script, params, document);
}

bool has_editor(const std::string& script, const std::string& params) {
  const auto compiled = painless::compile(script, painless::reindex_context());
  if (!compiled) return false;
  painless::Machine machine((*compiled)->program, {});
  return MemberEditor::of(machine, (*compiled)->program, params).has_value();
}

const std::string kParams = R"({"text": "a\"b", "number": 1e400, "list": [1, {"a": 2}], "nothing": null})";

TEST(MemberEditor, WritesWhatTheMachineWrites) {
  for (const char* script :
       {"ctx._source.b = ctx._source.remove('a')", "ctx._source.remove('a')", "ctx._source.a = ctx._source.b",
        "ctx._source.a = ctx._source.remove('a')", "ctx._source.a = 5; ctx._source.remove('a')",
        "ctx._source.z = 5; ctx._source.remove('z'); ctx._source.z = 'x'", "ctx._source.a = null",
        "ctx._source.remove('a'); ctx._source.remove('b'); ctx._source.remove('c'); ctx._source.remove('x')",
        "ctx._source.z = 1.5; ctx._source.y = true; ctx._source.x = 3L; ctx._source.c = 'quote \" and ü'",
        "ctx._source.a = params.text; ctx._source.b = params.number; ctx._source.z = params.list",
        "ctx._source.a = params.nothing; ctx._source.z = params.missing",
        "def s = ctx._source; s.one = s.a; s.two = s.a; s.a = s.remove('b'); s.b = s.one",
        "def s = ctx._source; s.a = 1; s.b = 2; s.c = 3; s.d = 4; s.e = 5; s.f = 6; s.remove('y'); s.remove('x')"}) {
    ASSERT_TRUE(has_editor(script, kParams)) << script;
    for (const std::string& document : odd_documents()) {
      EXPECT_EQ(scripted(script, kParams, document), run_by_machine(script, kParams, document))
          << script << "\non " << document;
    }
  }
}

TEST(MemberEditor, DecidesAsTheMachine) {
  const std::string end = " ctx._source.z = ctx._source.remove('a') }";
  std::vector<std::string> all = odd_documents();
  for (const char* value :
       {"\"x\"", "\"\\u0078\"", "\"y\"", "null", "\"null\"", "1", "true", "[\"x\"]", "{}", "\"\""}) {
    all.push_back(std::string(R"({"a":)") + value + R"(,"b":"x"})");
    all.push_back(std::string(R"({"b":)") + value + "}");
  }
  for (const std::string& script :
       {"if (ctx._source.a == 'x') {" + end, "if (ctx._source.a != 'x') {" + end, "if (null != ctx._source.a) {" + end,
        "if (ctx._source.a == null) {" + end, "if (ctx._source.containsKey('a')) {" + end,
        "if (!ctx._source.containsKey('b')) {" + end, "if (ctx._source.a == 'x' && ctx._source.b == 'x') {" + end,
        "if (ctx._source.a == 'x' || ctx._source.b == null) {" + end,
        "if (ctx._source.a == 'x') {" + end + " else { ctx._source.y = ctx._source.containsKey('b') }",
        "if (ctx._source.a == 'null') {" + end, "if (ctx._source.a == '') {" + end,
        std::string("def s = ctx._source; def had = s.containsKey('a'); s.remove('a'); if (had) { s.n = 1 }"),
        std::string("if (ctx._source.a == 'x') { ctx._source.z = ctx._source.a + '!' }"),
        std::string("if (ctx._source.b == null) { ctx._source.b = 0 } else { ctx._source.b += 1 }")}) {
    ASSERT_TRUE(has_editor(script, "")) << script;
    for (const std::string& document : all) {
      EXPECT_EQ(scripted(script, "", document), run_by_machine(script, "", document)) << script << "\non " << document;
    }
  }
}

TEST(MemberEditor, WritesWhatTheMachineWritesOfAnyEdits) {
  std::mt19937 random(7);
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  const std::vector<std::string> keys = {"a", "b", "c", "x", "y", "aa"};
  for (int round = 0; round < 300; ++round) {
    std::string script = "def s = ctx._source;";
    for (std::size_t left = 1 + random() % 5; left > 0; --left) {
      const std::string value =
          any({"s." + any(keys), "s.remove('" + any(keys) + "')", "'text'", "7", "params.list", "params.none"});
      script += any({" s.remove('" + any(keys) + "');", " s." + any(keys) + " = " + value + ";"});
    }
    ASSERT_TRUE(has_editor(script, kParams)) << script;
    std::string document;
    std::vector<std::string> order = keys;
    std::ranges::shuffle(order, random);
    order.resize(random() % order.size());
    for (const std::string& key : order) {
      document += (document.empty() ? "" : any({",", " , "})) + "\"" + key + "\"" + any({":", " : "}) +
                  any({"1", "\"t\"", "[1, 2]", "{\"a\":{}}", "null", "-1.50"});
    }
    document = "{" + document + any({"", " "}) + "}";
    EXPECT_EQ(scripted(script, kParams, document), run_by_machine(script, kParams, document))
        << script << "\non " << document;
  }
}

TEST(MemberEditor, LeavesToTheMachineWhatItCannotForesee) {
  EXPECT_FALSE(has_editor("ctx._source.a = params.b", R"({"b":1,"b":2})"));
  EXPECT_FALSE(has_editor("ctx._source.a = params.b", R"({"\u0062":1})"));
  EXPECT_FALSE(has_editor("ctx._source.a = params.b", "[1]"));
  EXPECT_FALSE(has_editor("ctx._source.a = params.b", "{"));
  EXPECT_FALSE(has_editor("if (1 == 1) { }", ""));
  std::string nine = "def s = ctx._source;";
  for (char key = 'a'; key <= 'i'; ++key) nine += std::string(" s.remove('") + key + "');";
  EXPECT_FALSE(has_editor(nine, ""));
}

TEST(MemberEditor, IsWastedWhereMostDocumentsNeedTheMachine) {
  const auto script = painless::compile("if (ctx._source.a == 'x') { ctx.op = 'noop' }", painless::reindex_context());
  ASSERT_TRUE(script);
  painless::Machine machine((*script)->program, {});
  auto editor = MemberEditor::of(machine, (*script)->program, "");
  ASSERT_TRUE(editor);
  painless::JsonDocument json;
  Arena arena;
  const auto edit = [&](std::string_view document) {
    const auto span = json.span(arena.copy(document));
    ASSERT_TRUE(span);
    editor->edit(*span, arena);
  };
  for (int i = 0; i < 32; ++i) edit(R"({"a":"y"})");
  for (int i = 0; i < 32; ++i) edit(R"({"a":"x"})");
  EXPECT_FALSE(editor->is_wasted());
  edit(R"({"a":"x"})");
  EXPECT_TRUE(editor->is_wasted());
}

}  // namespace
}  // namespace sluice::stages
