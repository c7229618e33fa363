#include <string>

#include <gtest/gtest.h>

#include "stages/painless/script.h"
#include "stages/painless/time/error.h"
#include "tests/stages/painless/script_runner.h"

namespace sluice::painless {
namespace {

/// The innermost cause of what compiling in a context gives; empty: it compiles.
std::string refusal(std::string_view source, const ScriptContext& context) {
  const auto script = compile(source, context);
  if (script) return {};
  const Error* error = &script.error();
  while (error->caused_by != nullptr) error = error->caused_by.get();
  return error->reason;
}

TEST(PainlessContexts, ConditionsHaveNoDigestsAndNoJson) {
  EXPECT_EQ(refusal("'a'.sha1() == 'b'", condition_context()), "member method [java.lang.String, sha1/0] not found");
  EXPECT_EQ(refusal("Json.dump(1) == 'b'", condition_context()), "cannot resolve symbol [Json]");
  EXPECT_EQ(refusal("'a'.encodeBase64() == 'b'", condition_context()), "");
  EXPECT_EQ(refusal("ctx.a = Json.dump('a'.sha1())", reindex_context()), "");
}

TEST(PainlessContexts, WhatAConditionMeetsAtRunTimeHasNoDigestsEither) {
  const auto script = compile("def s = 'a'; s.sha1() == 'b'", condition_context());
  ASSERT_TRUE(script);
  Machine machine((*script)->program);
  const Value nothing[] = {Value::null(), Value::null()};
  ASSERT_TRUE(machine.run(nothing).is_error());
  EXPECT_EQ(machine.failure().exception->message->text(), "dynamic method [java.lang.String, sha1/0] not found");
}

TEST(PainlessLimits, AScriptIsUtf8) {
  const auto script = compile("return '\xFE\xFE';", reindex_context());
  ASSERT_FALSE(script.has_value());
  EXPECT_EQ(script.error().reason, "a script has to be UTF-8, and this one is not");
}

TEST(PainlessLimits, EndWhatAFormatOrASetOfBitsWouldTake) {
  for (const char* source :
       {"String.format('%02000000000d', new def[] {1})", "String.format('%2000000000s', new def[] {1})",
        "String.format('%.2000000000f', new def[] {1.0})", "new BitSet(2000000000)",
        "BitSet b = new BitSet(); b.set(2000000000)",
        "List l = []; for (int i = 0; i < 100; ++i) { l.add(new BitSet(100000000)) } l.size()"}) {
    EXPECT_TRUE(run_script(source).text.starts_with("circuit_breaking_exception")) << source;
  }
}

TEST(PainlessErrors, DecayOfADateBeyondMillisecondsIsAnExceptionOfTheScript) {
  for (const char* curve : {"Linear", "Exp", "Gauss"}) {
    const Outcome outcome = run_document_script(std::string("decayDate") + curve +
                                                "('2020-01-01', '2d', '0', 0.5, "
                                                "ZonedDateTime.of(999999999, 1, 1, 0, 0, 0, 0, ZoneId.of('Z')))");
    EXPECT_EQ(outcome.text, "arithmetic_exception: long overflow") << curve;
  }
}

TEST(PainlessErrors, DecayOfADateFarFromItsOriginOverflowsAsJavaDoes) {
  EXPECT_EQ(run_document_script("decayDateLinear('-9000000000000000000', '2d', '0', 0.5, "
                                "Instant.ofEpochMilli(9000000000000000000L).atZone(ZoneId.of('Z')))")
                .text,
            "1.0");
}

TEST(PainlessDecay, ArgumentsThatChangeAreReadAnew) {
  EXPECT_EQ(
      run_document_script("String all = ''; for (int i = 1; i < 8; ++i) { all += decayDateLinear('2020-01-0' + i, "
                          "'2d', '0', 0.5, ZonedDateTime.parse('2020-01-03T00:00:00Z')) + ' ' + "
                          "decayGeoLinear('0,0', i + 'km', '0', 0.5, new GeoPoint(0, 0)) + ' ' } all")
          .text,
      "0.5 1.0 0.75 1.0 1.0 1.0 0.75 1.0 0.5 1.0 0.25 1.0 0.0 1.0 ");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(
        run_document_script("decayDateLinear('x', '2d', '0', 0.5, ZonedDateTime.parse('2020-01-03T00:00:00Z'))").text,
        "illegal_argument_exception: failed to parse date field [x] with format "
        "[strict_date_optional_time||epoch_millis]");
    EXPECT_EQ(run_document_script("decayDateLinear('2020', 'x', '0', 0.5, ZonedDateTime.parse('2020-01-03T00:00:00Z'))")
                  .text.substr(0, 26),
              "illegal_argument_exception");
  }
}

TEST(PainlessErrors, AnErrorThatANativeLetsThroughEndsTheScriptOnly) {
  const auto script = compile("def f = params; f.get()", test_context());
  ASSERT_TRUE(script);
  Machine machine((*script)->program);
  Function native(Registry::get().class_named("java.util.function.Supplier"),
                  [](Machine&, const Function&, const Value*, std::size_t) -> Value {
                    time::fail(time::DateTimeError::kArithmetic, "long overflow");
                  });
  const Value given[] = {Value::of(&native)};
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(machine.run(given).is_error());
    EXPECT_EQ(machine.failure().exception->type->java_name, "java.lang.ArithmeticException");
    EXPECT_EQ(machine.failure().exception->message->text(), "long overflow");
    machine.reset();
  }
}

TEST(PainlessDebug, ExplainTellsClassAndText) {
  const Outcome outcome = run_script("Debug.explain(['a': 1])");
  EXPECT_NE(outcome.envelope.find(
                R"("painless_class":"java.util.HashMap","to_string":"{a=1}","java_class":"java.util.HashMap")"),
            std::string::npos)
      << outcome.envelope;
  EXPECT_NE(outcome.envelope.find(R"("root_cause":[{"type":"painless_explain_error","reason":null}])"),
            std::string::npos)
      << outcome.envelope;
}

}  // namespace
}  // namespace sluice::painless
