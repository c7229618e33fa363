#include "stages/painless/deciding_keys.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "stages/painless/script.h"

namespace sluice::painless {
namespace {

using Keys = std::vector<std::string>;

std::optional<std::vector<std::string>> keys_of(std::string_view source) {
  const auto script = compile(source, reindex_context());
  EXPECT_TRUE(script) << source;
  if (!script) return Keys{"it does not compile"};
  const auto keys = deciding_keys((*script)->program, 1);
  if (!keys) return std::nullopt;
  return std::vector<std::string>(keys->begin(), keys->end());
}

TEST(DecidingKeys, AreThoseThatAScriptNames) {
  EXPECT_EQ(keys_of("ctx._index = ctx._index + '-1'"), (Keys{"_index", "_index"}));
  EXPECT_EQ(keys_of("ctx._index = 'm-' + (ctx._index.substring('m-'.length(), ctx._index.length())) + '-1'"),
            (Keys{"_index", "_index", "_index"}));
  EXPECT_EQ(keys_of("ctx._routing = params.prefix + ctx._routing"), (Keys{"_routing", "_routing"}));
  EXPECT_EQ(keys_of("if (ctx._source.a == 1) { ctx.op = 'noop' }"), (Keys{"_source", "op"}));
  EXPECT_EQ(keys_of("int x = 2; x = x + 1"), Keys{});
}

TEST(DecidingKeys, AreUnknownWhereMoreMayDecide) {
  for (const char* source :
       {"ctx.put('_index', 'x')", "def c = ctx; c._index = 'x'", "for (e in ctx.entrySet()) { e.setValue('x') }",
        "String k = 'op'; ctx[k] = 'noop'", "ctx['op'] = 'noop'", "ctx._index = 'x' + Math.random()",
        "ctx._index = 'x' + System.currentTimeMillis()", "ctx._index = 'x' + new Random().nextInt()",
        "ctx._index = UUID.randomUUID().toString()", "def f(def c) { return c._index } ctx._routing = f(ctx)",
        "metadata().index = 'x'", "ctx._index = ctx.toString()",
        "List l = [2, 1]; l.sort((a, b) -> a - b); ctx._index = 'x'"}) {
    EXPECT_EQ(keys_of(source), std::nullopt) << source;
  }
}

}  // namespace
}  // namespace sluice::painless
