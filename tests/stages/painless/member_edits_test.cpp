#include "stages/painless/member_edits.h"

#include <string>

#include <gtest/gtest.h>

#include "stages/painless/script.h"

namespace sluice::painless {
namespace {

std::string put_text(const MemberEdit& edit) {
  switch (edit.from) {
    case MemberEdit::From::kEdit:
      return "#" + std::to_string(edit.edit);
    case MemberEdit::From::kConstant:
      return "constant";
    case MemberEdit::From::kParam:
      return "params." + std::string(edit.param);
  }
  return "?";
}

std::string text_of(const MemberEdit& edit) {
  const std::string key(edit.key);
  const std::string no = edit.negated ? "not " : "";
  switch (edit.kind) {
    case MemberEdit::Kind::kGet:
      return "get " + key;
    case MemberEdit::Kind::kRemove:
      return "remove " + key;
    case MemberEdit::Kind::kHas:
      return "has " + key;
    case MemberEdit::Kind::kEquals:
      return "#" + std::to_string(edit.edit) + " is " + no + (edit.constant.is_null() ? "null" : "text");
    case MemberEdit::Kind::kPut:
      return "put " + key + " " + put_text(edit);
    case MemberEdit::Kind::kSkip:
      return "to " + std::to_string(edit.target);
    case MemberEdit::Kind::kSkipUnless:
      return "to " + std::to_string(edit.target) + " unless " + no + "#" + std::to_string(edit.edit);
    case MemberEdit::Kind::kEnd:
      return "end";
    case MemberEdit::Kind::kMachine:
      return "machine";
  }
  return "?";
}

/// The edits of a script as a line: `remove a, put b #0, end, end`; "none" where it always needs the machine.
std::string edits_of(std::string_view source) {
  const auto script = compile(source, reindex_context());
  EXPECT_TRUE(script) << source;
  if (!script) return "it does not compile";
  const auto edits = member_edits((*script)->program, 0, 1);
  if (!edits) return "none";
  std::string line;
  for (const MemberEdit& edit : *edits) line += (line.empty() ? "" : ", ") + text_of(edit);
  return line;
}

TEST(MemberEdits, AreReadOffAScript) {
  EXPECT_EQ(edits_of("ctx._source.tag = ctx._source.remove('class')"), "remove class, put tag #0, end, end");
  EXPECT_EQ(edits_of("def s = ctx._source; s.remove('a'); s.b = s.c"), "remove a, get c, put b #1, end, end");
  EXPECT_EQ(edits_of("ctx._source.a = 1; ctx._source.b = 'x'; ctx._source.c = null; ctx._source.d = params.e"),
            "put a constant, put b constant, put c constant, put d params.e, end, end");
}

TEST(MemberEdits, MayDependOnWhatIsThere) {
  EXPECT_EQ(edits_of("if (ctx._source.containsKey('a')) { ctx._source.b = ctx._source.remove('a') }"),
            "has a, to 4 unless #0, remove a, put b #2, end, end");
  EXPECT_EQ(edits_of("if (ctx._source.a == null) { ctx._source.a = 'x' } else { ctx._source.remove('b') }"),
            "get a, #0 is null, to 5 unless #1, put a constant, to 6, remove b, end, end");
  EXPECT_EQ(edits_of("if (ctx._source.a == 'x' || 'y' != ctx._source.b) { ctx._source.remove('c') }"),
            "get a, #0 is text, to 6 unless not #1, get b, #3 is not text, to 7 unless #4, remove c, end, end");
  EXPECT_EQ(edits_of("if (ctx._source.a == 'x') { ctx.op = 'noop' }"),
            "get a, #0 is text, to 4 unless #1, machine, end, end");
  // Whichever way was gone, `v` holds another thing.
  EXPECT_EQ(edits_of("def v = 1; if (ctx._source.containsKey('a')) { v = 2 } ctx._source.b = v"),
            "has a, to 2 unless #0, machine, end");
}

TEST(MemberEdits, AreUnknownWhereAScriptDoesMore) {
  for (const char* source : {"ctx._source = params.document",
                             "ctx.op = 'noop'",
                             "ctx._source.a.b = 1",
                             "ctx._source.a = ctx._source.b + 1",
                             "ctx._source.a = ctx._id",
                             "if (ctx._source.a == 1) { ctx._source.remove('a') }",
                             "ctx._source.remove(params.key)",
                             "if (ctx._source.a) { ctx._source.remove('a') }",
                             "while (ctx._source.a != null) { ctx._source.remove('a') }",
                             "try { ctx._source.remove('a') } catch (Exception e) { }",
                             "if (ctx.op == 'index') { ctx._source.remove('a') }",
                             "ctx._source.a = ctx._source",
                             "ctx._source.a = ctx",
                             "ctx._source.a = params",
                             "ctx._source.a = []",
                             "ctx._source.remove('a').b = 1",
                             "ctx._source.a = ctx._source.size()",
                             "ctx._source.put('a', 1)",
                             "ctx._source.remove(1)",
                             "throw new RuntimeException('x')",
                             "def f(def s) { s.remove('a') } f(ctx._source)"}) {
    EXPECT_EQ(edits_of(source), "none") << source;
  }
}

}  // namespace
}  // namespace sluice::painless
