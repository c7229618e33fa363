#include "stages/ingest/field_edits.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "stages/ingest/ingest_stage.h"
#include "stages/parse/parse.h"
#include "tests/stages/odd_documents.h"

namespace sluice::ingest {
namespace {

std::shared_ptr<const PipelineSet> compiled(const std::string& processors) {
  auto pipelines = PipelineSet::compile(R"({"processors":[)" + processors + "]}", "p", {});
  EXPECT_TRUE(pipelines) << processors;
  return pipelines ? *pipelines : nullptr;
}

/// Whether a pipeline is no more than edits.
bool has_edits(const std::string& processors) {
  const auto pipelines = compiled(processors);
  return pipelines != nullptr && pipelines->find("p")->edits().has_value();
}

/// What the stage makes of a document, or its error.
std::string ran(const std::string& processors, const std::string& document) {
  pipeline::Batch batch;
  batch.page.bytes.append(R"({"_index":"a","_id":"1","_source":)" + document + "}");
  batch.page.format = pipeline::PageFormat::kHits;
  batch.page.last = true;
  const Status parsed = stages::Parse({.source_name = "test", .keep_structurals = true}).apply(batch);
  if (!parsed) return "not parsed";
  const IngestStage stage({.pipelines = compiled(processors), .pipeline = "p", .version_type = "internal"});
  EXPECT_TRUE(stage.apply(batch));
  if (!batch.failures.empty()) return "error: " + batch.failures.front().cause.reason;
  return batch.documents.empty() ? "no document" : std::string(batch.documents.front().source);
}

/// The same without edits: a path with a dot is more than they can do.
std::string ran_by_processors(const std::string& processors, const std::string& document) {
  return ran(R"({"remove":{"field":"no.such.field","ignore_missing":true}},)" + processors, document);
}

TEST(FieldEdits, DoWhatTheProcessorsDo) {
  for (
      const char* processors :
      {R"({"set":{"field":"a","value":5}})", R"({"set":{"field":"z","value":"te\"xt"}})",
       R"({"set":{"field":"a","value":1e400,"override":false}})",
       R"({"set":{"field":"a","value":""}},{"set":{"field":"a","value":true,"ignore_empty_value":true}})",
       R"({"rename":{"field":"a","target_field":"z"}})", R"({"rename":{"field":"a","target_field":"b"}})",
       R"({"rename":{"field":"a","target_field":"b","override":true}})",
       R"({"rename":{"field":"a","target_field":"b","override":true,"ignore_missing":true}})",
       R"({"rename":{"field":"a","target_field":"a","override":true}})",
       R"({"rename":{"field":"a","target_field":"z","ignore_missing":true}},{"remove":{"field":"z"}})",
       R"({"remove":{"field":"a"}})", R"({"remove":{"field":["a","b"]}})",
       R"({"remove":{"field":["a","x","y"],"ignore_missing":true}})",
       R"({"set":{"field":"n","value":true}},{"rename":{"field":"b","target_field":"m"}},{"remove":{"field":"a"}})",
       R"({"remove":{"field":"_source.a","ignore_failure":true}},{"set":{"field":"t","value":1,"tag":"last"}})",
       R"({"remove":{"field":"a","on_failure":[{"set":{"field":"why","value":"{{_ingest.on_failure_message}}"}}]}})"}) {
    ASSERT_TRUE(has_edits(processors)) << processors;
    for (const std::string& document : stages::odd_documents()) {
      EXPECT_EQ(ran(processors, document), ran_by_processors(processors, document))
          << processors << "\non " << document;
    }
  }
}

TEST(FieldEdits, DoWhatAnyProcessorsDo) {
  std::mt19937 random(11);
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  const std::vector<std::string> fields = {"a", "b", "c", "x", "y"};
  const auto field = [&] { return '"' + any(fields) + '"'; };
  const auto flag = [&](const char* name) {
    return ",\"" + std::string(name) + (random() % 2 == 0 ? "\":true" : "\":false");
  };
  for (int round = 0; round < 300; ++round) {
    std::string processors;
    for (std::size_t left = 1 + random() % 4; left > 0; --left) {
      if (!processors.empty()) processors += ',';
      switch (random() % 3) {
        case 0:
          processors +=
              R"({"set":{"field":)" + field() + R"(,"value":)" + any({"1", "\"t\"", "-0.0"}) + flag("override") + "}}";
          break;
        case 1:
          processors += R"({"rename":{"field":)" + field() + R"(,"target_field":)" + field() + flag("ignore_missing") +
                        flag("override") + "}}";
          break;
        default:
          processors += R"({"remove":{"field":)" + field() + flag("ignore_missing") + "}}";
      }
    }
    ASSERT_TRUE(has_edits(processors)) << processors;
    const std::string& document = stages::odd_documents()[random() % stages::odd_documents().size()];
    EXPECT_EQ(ran(processors, document), ran_by_processors(processors, document)) << processors << "\non " << document;
  }
}

TEST(FieldEdits, AreNoPipelineThatLooksElsewhere) {
  for (const char* processors :
       {R"({"set":{"field":"a.b","value":1}})", R"({"set":{"field":"{{a}}","value":1}})",
        R"({"set":{"field":"a","value":"{{b}}"}})", R"({"set":{"field":"a","copy_from":"b"}})",
        R"({"set":{"field":"a","value":[1]}})", R"({"set":{"field":"_index","value":"b"}})",
        R"({"set":{"if":"true","field":"a","value":1}})", R"({"rename":{"field":"_id","target_field":"a"}})",
        R"({"remove":{"keep":["a"]}})", R"({"remove":{"field":"a"}},{"uppercase":{"field":"b"}})",
        R"({"remove":{"field":"_ingest.timestamp"}})"}) {
    EXPECT_FALSE(has_edits(processors)) << processors;
  }
}

}  // namespace
}  // namespace sluice::ingest
