#include "stages/ingest/ingest_stage.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "stages/parse/parse.h"

namespace {

using namespace sluice::ingest;
using sluice::pipeline::Batch;
using sluice::pipeline::Outcome;

/// A batch of one document of the index `a`, behind a pipeline of these processors.
std::unique_ptr<Batch> ran(const std::string& processors) {
  auto batch = std::make_unique<Batch>();
  batch->page.bytes.append(R"({"_index":"a","_id":"1","_source":{"n":1}})");
  batch->page.format = sluice::pipeline::PageFormat::kHits;
  batch->page.last = true;
  const auto parsed = sluice::stages::Parse({.source_name = "test", .keep_structurals = true}).apply(*batch);
  EXPECT_TRUE(parsed.has_value());
  auto pipelines = PipelineSet::compile(R"({"processors":[)" + processors + "]}", "p", {});
  EXPECT_TRUE(pipelines.has_value());
  const IngestStage stage({.pipelines = *pipelines, .pipeline = "p", .version_type = "internal"});
  EXPECT_TRUE(stage.apply(*batch).has_value());
  return batch;
}

TEST(IngestStage, ChangesGoIntoTheDocument) {
  const auto batch = ran(R"({"set":{"field":"_index","value":"b"}},{"set":{"field":"n","value":2}})");
  EXPECT_EQ(batch->documents[0].index, R"("b")");
  EXPECT_EQ(batch->documents[0].source, R"({"n":2})");
}

TEST(IngestStage, WhatIsSaidOfVersionsGoesIntoTheDocument) {
  using sluice::pipeline::VersionRule;
  EXPECT_EQ(ran(R"({"set":{"field":"n","value":2}})")->documents[0].version_rule, VersionRule::kOfRun);
  const auto external =
      ran(R"({"set":{"field":"_version_type","value":"external"}},{"set":{"field":"_version","value":5}})");
  EXPECT_EQ(external->documents[0].version_rule, VersionRule::kExternal);
  EXPECT_EQ(external->documents[0].version, 5);
  const auto internal = ran(R"({"set":{"field":"_version","value":5}})");
  EXPECT_EQ(internal->documents[0].version_rule, VersionRule::kInternal);
  EXPECT_EQ(internal->documents[0].version, 5);
}

TEST(IngestStage, ConditionsGoIntoTheBatch) {
  const auto batch = ran(R"({"set":{"field":"_if_seq_no","value":4}},{"set":{"field":"_if_primary_term","value":2}})");
  const sluice::pipeline::WriteCondition* condition = batch->condition_of(0);
  ASSERT_NE(condition, nullptr);
  EXPECT_EQ(condition->if_seq_no, 4);
  EXPECT_EQ(condition->if_primary_term, 2);
  EXPECT_EQ(ran(R"({"set":{"field":"_if_primary_term","value":2}})")->condition_of(0), nullptr);
  EXPECT_EQ(ran(R"({"set":{"field":"_if_seq_no","value":-2}})")->condition_of(0), nullptr);
}

TEST(IngestStage, MetadataThatNoWriteTakesFailTheDocument) {
  const auto reason = [](const std::string& field, const std::string& value) {
    const auto batch = ran(R"({"set":{"field":")" + field + R"(","value":)" + value + "}}");
    EXPECT_EQ(batch->documents[0].outcome, Outcome::kFailed);
    return batch->failures.empty() ? "" : batch->failures[0].cause.reason;
  };
  EXPECT_EQ(reason("_id", R"("")"), "if _id is specified it must not be empty");
  EXPECT_EQ(reason("_if_seq_no", "-5"), "sequence numbers must be non negative. got [-5].");
  EXPECT_EQ(reason("_if_primary_term", "-1"), "primary term must be non negative. got [-1]");
}

TEST(IngestStage, ADocumentThatCannotBeWrittenStaysAsItWas) {
  const auto batch = ran(R"({"set":{"field":"_index","value":"b"}},)"
                         R"({"script":"Map m = new HashMap(); m.put('m', m); ctx.m = m"})");
  EXPECT_EQ(batch->documents[0].outcome, Outcome::kFailed);
  EXPECT_EQ(batch->documents[0].index, R"("a")");
  EXPECT_EQ(batch->documents[0].source, R"({"n":1})");
  ASSERT_EQ(batch->failures.size(), 1U);
  EXPECT_EQ(batch->failures[0].index, "a");
}

}  // namespace
