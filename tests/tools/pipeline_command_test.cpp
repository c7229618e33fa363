// `sluice pipeline` and `sluice reindex --pipeline`: what they do, and what they say where something is wrong.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/program.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

constexpr const char* kPipeline = R"({"description":"demo","processors":[
  {"rename":{"field":"a","target_field":"b","ignore_missing":true}},
  {"set":{"if":"ctx.b == null","field":"b","value":"none","tag":"default"}},
  {"drop":{"if":"ctx.b == 'x'"}},
  {"fail":{"if":"ctx.b == 'bad'","message":"no {{b}}"}}]})";
constexpr const char* kDocuments = R"({"a":"xyz","n":1e400}
{}
{"a":"x"}
{"a":"bad"}
)";

TEST(PipelineCommand, ChecksAPipeline) {
  const Folder folder;
  const Outcome checked = folder.run({"pipeline", "check", folder.write("p1.json", kPipeline)});
  EXPECT_EQ(checked.status, 0);
  EXPECT_EQ(checked.out, "p1: 4 processors, demo\n");
}

TEST(PipelineCommand, SaysWhichProcessorIsWrong) {
  const Folder folder;
  const std::string wrong =
      folder.write("p.json", R"({"processors":[{"set":{"field":"a","tag":"mine"}},{"nothing":{}}]})");
  const Outcome checked = folder.run({"pipeline", "check", wrong});
  EXPECT_EQ(checked.status, 2);
  EXPECT_THAT(checked.err, HasSubstr("processor [set] tag [mine] [value] required property is missing"));
  EXPECT_THAT(checked.err, HasSubstr("No processor type exists with name [nothing]"));
  EXPECT_EQ(folder.run({"pipeline", "check", folder.file("gone.json")}).status, 3);
}

TEST(PipelineCommand, ShowsDocumentsBeforeAndAfter) {
  const Folder folder;
  const Outcome ran = folder.run(
      {"pipeline", "run", folder.write("p.json", kPipeline), "--docs", folder.write("docs.ndjson", kDocuments)});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out,
            "- -/- {\"a\":\"xyz\",\"n\":1e400}\n+ -/- {\"n\":1e400,\"b\":\"xyz\"}\n- -/- {}\n+ -/- {\"b\":\"none\"}\n"
            "- -/- dropped\n- -/- {\"a\":\"bad\"}\n! fail_processor_exception: no bad\n");
  EXPECT_THAT(ran.err, HasSubstr("set:default"));
  EXPECT_EQ(folder.run({"pipeline", "run", folder.file("p.json"), "--docs", folder.file("gone")}).status, 3);
}

TEST(PipelineCommand, FindsAPipelineByItsName) {
  const Folder folder;
  const std::string several = folder.write("all.json", R"({"first":{"processors":[{"pipeline":{"name":"second"}}]},
    "second":{"processors":[{"set":{"field":"by","value":"{{_ingest.pipeline}}"}}]}})");
  const std::string documents = folder.write("docs.ndjson", "{}\n");
  EXPECT_THAT(folder.run({"pipeline", "run", several, "--docs", documents}).out, HasSubstr(R"({"by":"second"})"));
  const Outcome absent = folder.run({"pipeline", "run", several, "--docs", documents, "--name", "third"});
  EXPECT_EQ(absent.status, 2);
  EXPECT_THAT(absent.err, HasSubstr("has no pipeline of the name [third]"));
}

TEST(PipelineCommand, RunsOnTheWayToAFile) {
  const Folder folder;
  const std::string source = folder.write("docs.ndjson", kDocuments);
  const Outcome copied = folder.run({"reindex", "--source", source, "--dest", folder.file("out.ndjson"), "--pipeline",
                                     folder.write("p.json", kPipeline), "-q"});
  EXPECT_EQ(copied.status, 1);
  EXPECT_THAT(copied.out, HasSubstr(R"("total":4,"updated":1,"created":2,)"));
  EXPECT_THAT(copied.out, HasSubstr(R"("cause":{"type":"fail_processor_exception","reason":"no bad"},"status":500})"));
  EXPECT_EQ(folder.read("out.ndjson"), "{\"_source\":{\"n\":1e400,\"b\":\"xyz\"}}\n{\"_source\":{\"b\":\"none\"}}\n");
}

TEST(PipelineCommand, ChangesWhereDocumentsGo) {
  const Folder folder;
  const std::string pipeline = folder.write("p.json", R"({"processors":[{"set":{"field":"_id","value":"{{n}}"}},
    {"set":{"field":"_index","value":"i-{{n}}"}},{"set":{"field":"_routing","value":"r"}}]})");
  const std::string source = folder.write("docs.ndjson", "{\"_index\":\"a\",\"_id\":\"1\",\"_source\":{\"n\":7}}\n");
  const Outcome copied =
      folder.run({"reindex", "--source", source, "--dest", folder.file("out.ndjson"), "--pipeline", pipeline, "-q"});
  EXPECT_EQ(copied.status, 0);
  EXPECT_EQ(folder.read("out.ndjson"), "{\"_index\":\"i-7\",\"_id\":\"7\",\"_routing\":\"r\",\"_source\":{\"n\":7}}\n");
}

TEST(PipelineCommand, AFileHasNoPipelinesOfItsOwn) {
  const Folder folder;
  const std::string source = folder.write("docs.ndjson", "{}\n");
  const Outcome refused =
      folder.run({"reindex", "--source", source, "--dest", folder.file("out"), "--pipeline", "named"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("[dest.pipeline] names [named], and"));
  EXPECT_THAT(refused.err, HasSubstr("give a file that has it with --pipeline FILE"));
  const Outcome gone =
      folder.run({"reindex", "--source", source, "--dest", folder.file("out"), "--pipeline", "gone.json"});
  EXPECT_EQ(gone.status, 2);
  EXPECT_THAT(gone.err, HasSubstr("the pipeline can't be read from [gone.json]"));
}

TEST(PipelineCommand, DocumentsAreReadAsTheScriptCommandReadsThem) {
  const Folder folder;
  const std::string documents = folder.write("docs.ndjson", "{\"_id\":\"1\",\"_source\":{\"a\":1}}\nno document\n");
  const std::string pipeline = folder.write("p.json", R"({"processors":[{"set":{"field":"b","value":2}}]})");
  const std::string script = folder.write("s.painless", "ctx._source.b = 2");
  for (const auto& [command, file] : {std::pair{"pipeline", pipeline}, std::pair{"script", script}}) {
    const Outcome ran = folder.run({command, "run", file, "--docs", documents});
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_EQ(ran.out, "- -/1 {\"a\":1}\n+ -/1 {\"a\":1,\"b\":2}\n");
    const Outcome gone = folder.run({command, "run", file, "--docs", "gone.ndjson"});
    EXPECT_EQ(gone.status, 3);
    EXPECT_THAT(gone.err, HasSubstr(std::string("sluice ") + command + ": [gone.ndjson] can't be read; give"));
  }
}

TEST(PipelineCommand, WorksOnTheWayIntoAStore) {
  const Folder folder;
  const std::string source = folder.write("docs.ndjson", "{\"_id\":\"1\",\"_source\":{\"a\":1}}\n");
  const Outcome copied =
      folder.run({"reindex", "--source", source, "--dest", "store:" + folder.file("store"), "--dest-index", "i",
                  "--pipeline", folder.write("p.json", R"({"processors":[{"set":{"field":"b","value":2}}]})"), "-q"});
  EXPECT_EQ(copied.status, 0) << copied.out << copied.err;
  const Outcome back = folder.run({"reindex", "--source", "store:" + folder.file("store"), "--source-index", "i",
                                   "--dest", folder.file("out.ndjson"), "-q"});
  EXPECT_EQ(back.status, 0) << back.err;
  EXPECT_THAT(folder.read("out.ndjson"), HasSubstr(R"("_source":{"a":1,"b":2})"));
}

}  // namespace
}  // namespace sluice::tests
