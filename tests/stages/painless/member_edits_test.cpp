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

/// The edits of a script as a line: `remove a, put b #0`; "none" where it is more than edits.
std::string edits_of(std::string_view source) {
  const auto script = compile(source, reindex_context());
  EXPECT_TRUE(script) << source;
  if (!script) return "it does not compile";
  const auto edits = member_edits((*script)->program, 0, 1);
  if (!edits) return "none";
  std::string line;
  for (const MemberEdit& edit : *edits) {
    if (!line.empty()) line += ", ";
    if (edit.kind == MemberEdit::Kind::kGet) line += "get ";
    if (edit.kind == MemberEdit::Kind::kRemove) line += "remove ";
    if (edit.kind == MemberEdit::Kind::kPut) line += "put ";
    line += edit.key;
    if (edit.kind == MemberEdit::Kind::kPut) line += " " + put_text(edit);
  }
  return line;
}

TEST(MemberEdits, AreReadOffAScript) {
  EXPECT_EQ(edits_of("ctx._source.tag = ctx._source.remove('class')"), "remove class, put tag #0");
  EXPECT_EQ(edits_of("def s = ctx._source; s.remove('a'); s.b = s.c"), "remove a, get c, put b #1");
  EXPECT_EQ(edits_of("ctx._source.a = 1; ctx._source.b = 'x'; ctx._source.c = null; ctx._source.d = params.e"),
            "put a constant, put b constant, put c constant, put d params.e");
}

TEST(MemberEdits, AreUnknownWhereAScriptDoesMore) {
  for (const char* source :
       {"ctx._source = params.document", "ctx.op = 'noop'", "ctx._source.a.b = 1", "ctx._source.a = ctx._source.b + 1",
        "ctx._source.a = ctx._id", "if (ctx._source.a == null) { ctx._source.a = 1 }", "ctx._source.remove(params.key)",
        "ctx._source.a = ctx._source", "ctx._source.a = ctx", "ctx._source.a = params", "ctx._source.a = []",
        "ctx._source.remove('a').b = 1", "ctx._source.a = ctx._source.size()", "ctx._source.put('a', 1)",
        "ctx._source.remove(1)", "throw new RuntimeException('x')", "def f(def s) { s.remove('a') } f(ctx._source)"}) {
    EXPECT_EQ(edits_of(source), "none") << source;
  }
}

}  // namespace
}  // namespace sluice::painless
