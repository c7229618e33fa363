// The built program, run with right and wrong command lines.
#include <csignal>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include "tests/tools/program.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

constexpr const char* kHits = R"({"_index":"a","_id":"1","_routing":"r","_source":{"x":1,"y":{"z":2}}}
{"_index":"a","_id":"2","_source":{"x":3}}
)";

/// A member of the response; the text itself where it is not JSON.
std::string member(const std::string& json, std::string_view pointer) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (parser.parse(json).get(document) != simdjson::SUCCESS) return json;
  simdjson::dom::element value;
  if (document.at_pointer(pointer).get(value) != simdjson::SUCCESS) return json;
  return simdjson::minify(value);
}

TEST(CommandLine, WithoutACommand) {
  const Folder folder;
  const Outcome none = folder.run({});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("Commands:\n  reindex"));
  const Outcome wrong = folder.run({"rendex"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("there is no command [rendex]"));
  EXPECT_EQ(folder.run({"--help"}).status, 0);
}

TEST(CommandLine, Version) {
  const Outcome version = Folder().run({"version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, testing::StartsWith("sluice "));
}

TEST(CommandLine, CopiesAFile) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  const std::string body = folder.write("body.json", R"({"source":{"_source":["x"]},"dest":{"index":"b"}})");
  const Outcome copied = folder.run({"reindex", body, "--source", source, "--dest", folder.file("out.ndjson"), "-q"});
  EXPECT_EQ(copied.status, 0) << copied.err;
  EXPECT_EQ(copied.err, "");
  EXPECT_EQ(member(copied.out, "/created"), "2");
  EXPECT_EQ(folder.read("out.ndjson"),
            "{\"_index\":\"b\",\"_id\":\"1\",\"_routing\":\"r\",\"_source\":{\"x\":1}}\n"
            "{\"_index\":\"b\",\"_id\":\"2\",\"_source\":{\"x\":3}}\n");
}

TEST(CommandLine, TheFailuresFileIsNeitherSourceNorDestination) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  const std::string link = folder.file("link");
  ASSERT_EQ(::symlink(source.c_str(), link.c_str()), 0);
  for (const std::string& failures : {source, link}) {
    const Outcome refused = folder.run({"reindex", "--source", source, "--dest", "null:", "--failures", failures});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("name another file"));
    EXPECT_EQ(folder.read("in.ndjson"), kHits);
  }
  const std::string dest = folder.file("out");
  for (const std::string& failures : {dest, folder.file("./out")}) {
    const Outcome refused = folder.run({"reindex", "--source", source, "--dest", dest, "--failures", failures});
    EXPECT_EQ(refused.status, 2) << failures;
    EXPECT_THAT(refused.err, HasSubstr("name another file"));
    EXPECT_FALSE(std::filesystem::exists(dest)) << "what was made to find out is gone again";
  }
  const std::string body = folder.write("body.json", "{}");
  EXPECT_EQ(folder.run({"reindex", body, "--source", source, "--dest", "null:", "--failures", body}).status, 2);
  EXPECT_EQ(folder.read("body.json"), "{}");
  const std::string in = folder.file("stdin");
  EXPECT_EQ(folder.run({"reindex", "--source", "-", "--dest", "null:", "--failures", in}, kHits).status, 2);
  EXPECT_EQ(folder.read("stdin"), kHits);
}

TEST(CommandLine, WhatAShellHasOpenedIsNotCopiedOntoItself) {
  const Folder folder;  // its files "stdin" and "stdout" are what the program has open
  const Outcome in = folder.run({"reindex", "--source", "-", "--dest", folder.file("stdin")}, kHits);
  EXPECT_EQ(in.status, 2) << in.err;
  EXPECT_THAT(in.err, HasSubstr("reindex cannot write into a file its reading from"));
  EXPECT_EQ(folder.read("stdin"), kHits);
  const Outcome out = folder.run({"reindex", "--source", folder.file("stdout"), "--dest", "-"});
  EXPECT_EQ(out.status, 2);
  EXPECT_THAT(out.err, HasSubstr("reindex cannot write into a file its reading from"));
  EXPECT_EQ(out.out, "") << "the source's bytes stay as they were";
}

TEST(CommandLine, ADestinationKeepsItsContentWhereTheSourceIsNotThere) {
  const Folder folder;
  const std::string dest = folder.write("out.ndjson", "kept\n");
  const Outcome refused = folder.run(
      {"reindex", "--source", "http://127.0.0.1:1", "--source-index", "a", "--dest-index", "b", "--dest", dest, "-q"});
  EXPECT_EQ(refused.status, 3);
  EXPECT_EQ(folder.read("out.ndjson"), "kept\n");
}

TEST(CommandLine, OptionsWinOverTheBody) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  const Outcome copied =
      folder.run({"reindex", "-", "--source", source, "--dest", folder.file("out.ndjson"), "--dest-index", "c",
                  "--routing", "discard", "--source-excludes", "y,x", "--format", "bulk", "--max-docs", "1", "-q"},
                 R"({"source":{"_source":["y"]},"dest":{"index":"b","routing":"keep"}})");
  EXPECT_EQ(copied.status, 0) << copied.err;
  EXPECT_EQ(folder.read("out.ndjson"), "{\"index\":{\"_index\":\"c\",\"_id\":\"1\"}}\n{}\n");
}

TEST(CommandLine, DocumentsOnStdoutPushTheResponseToStderr) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  const Outcome copied = folder.run({"reindex", "--source", source, "--dest", "-", "--format", "docs", "-q"});
  EXPECT_EQ(copied.status, 0);
  EXPECT_EQ(copied.out, "{\"x\":1,\"y\":{\"z\":2}}\n{\"x\":3}\n");
  EXPECT_EQ(member(copied.err, "/created"), "2");
}

TEST(CommandLine, TheResponseDoesNotGetOverDocumentsInTheFileOfStdout) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  const Outcome copied = folder.run({"reindex", "--source", source, "--dest", "/dev/stdout", "--format", "docs", "-q"});
  EXPECT_EQ(copied.out, "{\"x\":1,\"y\":{\"z\":2}}\n{\"x\":3}\n");
  EXPECT_EQ(member(copied.err, "/created"), "2");
}

TEST(CommandLine, StdinIsTheBodyOrTheSource) {
  const Outcome refused = Folder().run({"reindex", "-", "--source", "-", "--dest", "null:"}, "{}");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("stdin can't be both"));
}

TEST(CommandLine, WrongOptions) {
  const Folder folder;
  EXPECT_EQ(folder.run({"reindex", "--no-such-option"}).status, 2);
  EXPECT_EQ(folder.run({"reindex", "--help"}).status, 0);
  const auto refused = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "reindex");
    const Outcome outcome = folder.run(arguments);
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_EQ(member(outcome.out, "/status"), "400") << outcome.out;
    return outcome.err;
  };
  EXPECT_THAT(refused({"--dest", "null:"}), HasSubstr("there is no source: say --source"));
  EXPECT_THAT(refused({"--source", "x"}), HasSubstr("there is no destination: say --dest"));
  EXPECT_THAT(refused({"--source", "null:", "--dest", "null:"}), HasSubstr("[null:] has nothing to read"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--slices", "0"}),
              HasSubstr("[slices] must be a positive integer or the string \"auto\", but was [0]"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--requests-per-second", "-2"}),
              HasSubstr("[requests_per_second] must be a float greater than 0"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--memory", "lots"}), HasSubstr("[--memory]"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--max-document", "0"}),
              HasSubstr("[--max-document] must be more than 0 bytes"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--retry-for", "5"}), HasSubstr("[--retry-for]"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--format", "csv"}),
              HasSubstr("[--format] must be hits, bulk or docs, but was [csv]"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--source-header", "oops"}),
              HasSubstr("must look like 'Name: value', but was [oops]"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--wait-for-completion=false"}),
              HasSubstr("[wait_for_completion] can't be false here"));
  EXPECT_THAT(refused({"--source", "x", "--dest", "null:", "--conflicts", "cat"}),
              HasSubstr("conflicts may only be \"proceed\" or \"abort\" but was [cat]"));
  EXPECT_THAT(
      refused({"--source", "http://h:1", "--dest", "http://h:2"}),
      HasSubstr("1: use _all if you really want to copy from all existing indexes;2: index must be specified;"));
}

TEST(CommandLine, WrongBodies) {
  const Folder folder;
  const auto refused = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"reindex", "--source", "x", "--dest", "null:"});
    const Outcome outcome = folder.run(arguments);
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    return outcome.err;
  };
  EXPECT_THAT(refused({folder.file("no.json")}), HasSubstr("can't open the body"));
  EXPECT_THAT(refused({"-d", "@" + folder.file("no.json")}), HasSubstr("can't open the body"));
  EXPECT_THAT(refused({"-d", "@" + folder.write("junk.json", R"({"junk":1})")}), HasSubstr("unknown field [junk]"));
  EXPECT_THAT(refused({"-d", "{", folder.file("no.json")}), HasSubstr("the body is given twice"));
  EXPECT_THAT(refused({"-d", R"({"junk":1})"}), HasSubstr("[1:2] [reindex] unknown field [junk]"));
  EXPECT_THAT(refused({"-"}), HasSubstr("request body is required"));
}

TEST(CommandLine, WhatIsNotThereYetIsARefusedRequest) {
  const Folder folder;
  const Outcome outcome = folder.run({"reindex", "-d", R"({"source":{"sort":"name"}})", "--source",
                                      folder.write("in.ndjson", kHits), "--dest", "null:"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(member(outcome.out, "/status"), "501");
  EXPECT_THAT(outcome.err, HasSubstr("[source.sort] is not supported for a file"));
}

constexpr std::string_view kTypedHits =
    R"({"_index":"a","_id":"1","_source":{"n":5,"tag":"Old"}}
{"_index":"b","_id":"2","_source":{"n":"7","tag":["new","Old"],"when":"2024-05-01"}}
{"_index":"a","_id":"3","_source":{"tag":null,"when":"2023-01-01T00:00:00Z"}}
)";

TEST(CommandLine, AQueryFiltersTheDocumentsOfAFile) {
  const Folder folder;
  const std::string in = folder.write("in.ndjson", std::string(kTypedHits));
  const auto created = [&](const std::string& query, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"reindex", "--source", in, "--dest", "null:", "--query", query};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = folder.run(arguments);
    return outcome.status == 0 ? member(outcome.out, "/created") + " of " + member(outcome.out, "/total")
                               : member(outcome.out, "/error/reason");
  };
  EXPECT_EQ(created(R"({"term":{"tag.keyword":"Old"}})"), "2 of 2");
  EXPECT_EQ(created(R"({"term":{"tag":"old"}})"), "2 of 2");
  EXPECT_EQ(created(R"({"range":{"n":{"gt":5}}})"), "1 of 1");  // text that is coerced to the field's number
  EXPECT_EQ(created(R"({"range":{"when":{"gte":"2024"}}})"), "1 of 1");
  EXPECT_EQ(created(R"({"bool":{"must_not":{"exists":{"field":"tag"}}}})"), "1 of 1");
  EXPECT_EQ(created(R"({"term":{"_index":"a"}})"), "2 of 2");
  EXPECT_EQ(created(R"({"ids":{"values":["3"]}})", {"--slices", "2"}), "1 of 1");
  EXPECT_EQ(created(R"({"term":{"nobody":1}})"), "0 of 0");
  EXPECT_EQ(created(R"({"match_all":{}})", {"--max-docs", "2"}), "2 of 2");
  EXPECT_THAT(created(R"({"term":{"n":"x"}})"), HasSubstr("For input string"));
  EXPECT_THAT(created(R"({"terrm":{"n":1}})"), HasSubstr("unknown query [terrm] did you mean any of [term, terms]?"));
}

TEST(CommandLine, ExplainShowsWhatAQueryReads) {
  const Folder folder;
  const std::string in = folder.write("in.ndjson", std::string(kTypedHits));
  const std::string query = R"({"bool":{"filter":[{"match":{"tag":"old"}},{"term":{"n":5}}]}})";
  const Outcome plan = folder.run({"explain", "--source", in, "--query", query});
  EXPECT_EQ(plan.status, 0);
  EXPECT_THAT(plan.out, HasSubstr("reads tag, n\n"));
  EXPECT_THAT(
      plan.out,
      HasSubstr("[n] is the one value that is asked for, read as whole numbers\n      a word of [tag] is [old]"));
  const Outcome blind = folder.run({"explain", "--query", query});
  EXPECT_EQ(blind.status, 2);
  EXPECT_THAT(blind.err, HasSubstr("give --source FILE, whose documents tell them, or --mapping FILE"));
  const Outcome unknown = folder.run({"explain", "--source", in, "--query", R"({"boool":{}})"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("unknown query [boool] did you mean [bool]?"));
  EXPECT_EQ(folder.run({"explain", "--source", folder.file("none.ndjson"), "--query", query}).status, 3);
}

TEST(CommandLine, AMappingSaysWhatTheFieldsOfAFileAre) {
  const Folder folder;
  const std::string in = folder.write("in.ndjson", std::string(kTypedHits));
  const std::string mapping =
      folder.write("mapping.json", R"({"a":{"mappings":{"properties":{"n":{"type":"keyword"}}}}})");
  const auto run = [&](const std::string& source, const std::string& mapped) {
    return folder.run({"reindex", "--source", source, "--dest", "null:", "--query", R"({"range":{"n":{"gte":"6"}}})",
                       "--mapping", mapped});
  };
  EXPECT_EQ(member(run(in, mapping).out, "/created"), "1");
  const Outcome missing = run(in, folder.file("nowhere.json"));
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.err, HasSubstr("[--mapping] can't be read from"));
  const Outcome stream = folder.run({"reindex", "--source", "-", "--dest", "null:", "--query", R"({"term":{"n":1}})"});
  EXPECT_EQ(stream.status, 2);
  EXPECT_THAT(stream.err, HasSubstr("a stream can't be read twice to learn it: give its mapping with --mapping FILE"));
}

TEST(CommandLine, RuntimeFieldsOfARequestAndOfAMappingFindDocumentsOfAFile) {
  const Folder folder;
  const std::string in = folder.write("in.ndjson", std::string(kTypedHits));
  const std::string fields =
      R"-({"double_n":{"type":"long","script":"if (doc['n'].size() != 0) emit(doc['n'].value * 2)"}})-";
  const std::string query = R"("query":{"term":{"double_n":14}})";
  const Outcome given = folder.run({"reindex", "-d", R"({"source":{"runtime_mappings":)" + fields + "," + query + "}}",
                                    "--source", in, "--dest", folder.file("out.ndjson")});
  EXPECT_EQ(member(given.out, "/created"), "1") << given.err << given.out;
  EXPECT_THAT(folder.read("out.ndjson"), HasSubstr(R"("_id":"2")"));
  const std::string mapping =
      folder.write("mapping.json", R"({"runtime":)" + fields + R"(,"properties":{"n":{"type":"long"}}})");
  const Outcome mapped = folder.run(
      {"reindex", "-d", R"({"source":{)" + query + "}}", "--source", in, "--dest", "null:", "--mapping", mapping});
  EXPECT_EQ(member(mapped.out, "/created"), "1") << mapped.err << mapped.out;
  const Outcome wrong = folder.run({"reindex", "-d", R"({"source":{"runtime_mappings":{"a":{"type":"composite"}}}})",
                                    "--source", in, "--dest", "null:", "--query", R"({"term":{"a":1}})"});
  EXPECT_EQ(member(wrong.out, "/status"), "501") << wrong.out;
  EXPECT_THAT(wrong.err, HasSubstr("runtime fields of type [composite]"));
}

TEST(CommandLine, DocumentsOfAFileAreJoined) {
  const Folder folder;
  const std::string in =
      folder.write("in.ndjson", R"({"_id":"2","_routing":"1","_source":{"j":{"name":"c","parent":"1"},"n":5}}
{"_id":"1","_source":{"j":"p","n":1}}
{"_id":"3","_source":{"j":"p","n":2}}
)");
  const std::string mapping =
      folder.write("mapping.json", R"({"properties":{"n":{"type":"long"},"j":{"type":"join","relations":{"p":"c"}}}})");
  const auto run = [&](const std::string& source, const std::string& query) {
    return folder.run(
        {"reindex", "--source", source, "--dest", folder.file("out.ndjson"), "--query", query, "--mapping", mapping});
  };
  const std::string query = R"({"has_child":{"type":"c","query":{"term":{"n":5}}}})";
  EXPECT_EQ(member(run(in, query).out, "/created"), "1");
  EXPECT_THAT(folder.read("out.ndjson"), HasSubstr(R"("_id":"1")"));
  EXPECT_EQ(member(run(in, R"({"has_parent":{"parent_type":"p","query":{"term":{"n":1}}}})").out, "/created"), "1");
  const Outcome stream = run("-", query);
  EXPECT_THAT(stream.err, HasSubstr("[source.query] joins documents, and a stream can't be read twice"));
}

TEST(CommandLine, EndpointsThatCantBeUsed) {
  const Folder folder;
  const auto failed = [&](const std::string& source, const std::string& dest) {
    const Outcome outcome = folder.run({"reindex", "--source", source, "--dest", dest, "--source-index", "i",
                                        "--dest-index", "i", "--retry-for", "0"});
    EXPECT_EQ(outcome.status, 3) << outcome.out << outcome.err;
    EXPECT_THAT(member(outcome.out, "/error/type"), HasSubstr("exception"));
    return outcome.err;
  };
  EXPECT_THAT(failed(folder.file("missing"), "null:"), HasSubstr("No such file"));
  EXPECT_THAT(failed("http://127.0.0.1:1", "null:"), HasSubstr("can't connect to http://127.0.0.1:1"));
  EXPECT_THAT(failed(folder.write("in.ndjson", kHits), "http://127.0.0.1:1"), HasSubstr("http://127.0.0.1:1"));
  EXPECT_THAT(failed(folder.file("in.ndjson"), "/no/such/folder/out"), HasSubstr("/no/such/folder/out"));
}

TEST(CommandLine, AHostWithoutHttpIsNoFile) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  for (const std::string host : {"localhost:9200", "127.0.0.1:9200", "[::1]:9200"}) {
    const Outcome refused = folder.run({"reindex", "--source", source, "--dest", host});
    EXPECT_EQ(refused.status, 2) << host;
    EXPECT_THAT(refused.err, HasSubstr("did you mean http://" + host + "? For a file of that name say file:" + host));
    EXPECT_FALSE(std::filesystem::exists(host));
    EXPECT_EQ(folder.run({"reindex", "--source", host, "--dest", "null:"}).status, 2);
  }
  EXPECT_EQ(folder.run({"reindex", "--source", source, "--dest", folder.file("a:9200"), "-q"}).status, 0);
  EXPECT_EQ(folder.run({"reindex", "--source", "file:no:9200", "--dest", "null:", "-q"}).status, 3);
}

TEST(CommandLine, AnErrorOnTheWaySaysWhatWasDoneBefore) {
  const Folder folder;
  std::string hits;
  for (int i = 0; i < 2000; ++i) hits += kHits;
  const Outcome broken = folder.run(
      {"reindex", "--source", folder.write("in.ndjson", hits), "--dest", "/dev/full", "-q", "--slices", "1"});
  EXPECT_EQ(broken.status, 1);
  EXPECT_EQ(member(broken.out, "/error/type"), "\"disk_full_exception\"") << broken.out;
  EXPECT_THAT(broken.err, testing::ContainsRegex("until then [0-9,]+ documents were read: [0-9,]+ failed"));
  const Outcome shown =
      folder.run({"reindex", "--source", folder.file("in.ndjson"), "--dest", "/dev/full", "--progress", "plain"});
  EXPECT_THAT(shown.err, HasSubstr("  failed"));
  EXPECT_THAT(shown.err, testing::Not(HasSubstr("done")));
}

TEST(CommandLine, RefusedDocumentsAreKept) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", std::string(kHits) + "{\"_id\":\"3\",\"_source\":oops\xff}\n" +
                                                           R"({"_index":"a","_id":"4","_source":{"x":4}})" + "\n");
  const Outcome stopped = folder.run({"reindex", "--source", source, "--dest", "null:"});
  EXPECT_EQ(stopped.status, 1);
  EXPECT_THAT(stopped.err, HasSubstr("--failures FILE keeps them"));
  const Outcome went_on = folder.run(
      {"reindex", "--source", source, "--dest", "null:", "--failures", folder.file("failed"), "--max-failures", "1"});
  EXPECT_EQ(went_on.status, 1);
  EXPECT_EQ(member(went_on.out, "/created"), "3");
  const std::string failures = folder.read("failed");
  EXPECT_EQ(member(failures, "/status"), "400") << failures;
  EXPECT_THAT(member(failures, "/place"), HasSubstr("in.ndjson:3:"));
  EXPECT_THAT(member(failures, "/document"), HasSubstr("oops\xEF\xBF\xBD"));
  EXPECT_EQ(folder.run({"reindex", "--source", source, "--dest", "null:", "--failures", "/no/such/folder/f"}).status,
            3);
}

TEST(CommandLine, SaysHowManyFailuresTheResponseLists) {
  const Folder folder;
  std::string junk;
  for (int i = 0; i < 10'001; ++i) junk += "junk\n";
  const Outcome outcome = folder.run({"reindex", "--source", folder.write("in.ndjson", junk), "--source-format", "docs",
                                      "--dest", "null:", "--max-failures", "100%", "--progress", "none"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("10,001 documents failed, of which the response lists 10,000; --failures FILE"));
}

TEST(CommandLine, AFileHasNoAliasesAndNoShards) {
  const Folder folder;
  const std::string source = folder.write("in.ndjson", kHits);
  const auto refused = [&](const std::string& option, const std::string& value) {
    const Outcome outcome =
        folder.run({"reindex", "--source", source, "--dest", folder.file("out.ndjson"), option + "=" + value});
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    return outcome.err;
  };
  EXPECT_THAT(refused("--require-alias", "true"), HasSubstr("[require_alias] can't be kept"));
  EXPECT_THAT(folder.run({"reindex", "--source", source, "--dest", "null:", "--pipeline", "p"}).err,
              HasSubstr("[dest.pipeline] names [p], and null: has no pipelines"));
  EXPECT_THAT(refused("--wait-for-active-shards", "2"), HasSubstr("has no shards; leave it out"));
  EXPECT_EQ(folder.run({"reindex", "--source", source, "--dest", "null:", "--refresh=true", "-q"}).status, 0);
}

TEST(CommandLine, AFileThatIsReadInTheWrongFormatSaysWhichOptionIsMeant) {
  const Folder folder;
  const Outcome outcome =
      folder.run({"reindex", "--source", folder.write("in.ndjson", kHits), "--dest", "null:", "--format", "bulk"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("where the file is no bulk say --source-format hits or docs"));
}

TEST(CommandLine, ProgressAsJson) {
  const Folder folder;
  const Outcome outcome =
      folder.run({"reindex", "--source", folder.write("in.ndjson", kHits), "--dest", "null:", "--progress", "json"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(member(outcome.err, "/documents"), "2") << outcome.err;
  EXPECT_EQ(member(outcome.err, "/percent"), "100.0");
}

/// A run that would take hours, so that signals always find it alive.
std::vector<std::string> endless(const Folder& folder) {
  std::string hits;
  for (int i = 0; i < 4000; ++i) hits += kHits;
  return {"reindex", "--source", folder.write("in.ndjson", hits), "--dest", "null:", "--requests-per-second", "1"};
}

TEST(CommandLine, SignalsChangeTheRateAndCancel) {
  const Folder folder;
  Program program(folder.path(), endless(folder));
  // The first progress line says that signals are listened to.
  ASSERT_TRUE(program.says("docs"));
  program.send(SIGUSR2);
  ASSERT_TRUE(program.says("sluice: 2 requests per second from now on"));
  program.send(SIGUSR1);
  ASSERT_TRUE(program.says("sluice: 1 requests per second from now on"));
  program.send(SIGINT);
  const Outcome outcome = program.wait();
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(member(outcome.out, "/canceled"), "\"by user request\"") << outcome.out << outcome.err;
  EXPECT_EQ(member(outcome.out, "/failures"), "[]");
}

}  // namespace
}  // namespace sluice::tests
