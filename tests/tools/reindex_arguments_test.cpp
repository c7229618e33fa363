#include "tools/sluice/reindex_arguments.h"

#include <gtest/gtest.h>

namespace sluice::tools {
namespace {

using namespace std::chrono_literals;

ReindexArguments parsed(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "reindex");
  auto result = parse_reindex_arguments(static_cast<int>(arguments.size()), arguments.data());
  EXPECT_TRUE(result.arguments.has_value()) << (result.error ? result.error->message() : "wrong options");
  return result.arguments ? std::move(*result.arguments) : ReindexArguments{};
}

TEST(ReindexArguments, EveryUrlParameter) {
  const Request request = parsed({"--source", "x", "--dest", "null:", "--slices", "auto", "--requests-per-second",
                                  "500", "--max-docs", "7", "--refresh", "--timeout", "2m", "--wait-for-active-shards",
                                  "all", "--scroll", "10m", "--require-alias=true", "--wait-for-completion"})
                              .request;
  EXPECT_TRUE(request.auto_slices());
  EXPECT_EQ(request.requests_per_second, 500.0F);
  EXPECT_EQ(request.max_docs, 7U);
  EXPECT_TRUE(request.refresh);
  EXPECT_EQ(request.timeout.duration, 2min);
  EXPECT_EQ(request.wait_for_active_shards, "all");
  EXPECT_EQ(request.scroll.duration, 10min);
  EXPECT_TRUE(request.require_alias);
}

TEST(ReindexArguments, EveryShorthand) {
  const Request request = parsed({"--source",
                                  "http://h:9200",
                                  "--dest",
                                  "http://d:9200",
                                  "--source-index",
                                  "a,b",
                                  "--source-index",
                                  "c",
                                  "--dest-index",
                                  "d",
                                  "--source-includes",
                                  "x,y",
                                  "--source-excludes",
                                  "y.z",
                                  "--query",
                                  R"({"term":{"a":1}})",
                                  "--size",
                                  "50",
                                  "--conflicts",
                                  "proceed",
                                  "--op-type",
                                  "create",
                                  "--routing",
                                  "=r",
                                  "--pipeline",
                                  "p"})
                              .request;
  EXPECT_EQ(request.source.indices, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(request.dest.index, "d");
  EXPECT_EQ(request.source.fields.includes, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(request.source.fields.excludes, std::vector<std::string>{"y.z"});
  EXPECT_EQ(request.source.fields.json, R"({"includes":["x","y"],"excludes":["y.z"]})");
  EXPECT_EQ(request.source.query, R"({"term":{"a":1}})");
  EXPECT_EQ(request.source.size, 50);
  EXPECT_TRUE(request.proceed_on_conflicts);
  EXPECT_TRUE(request.dest.create);
  EXPECT_EQ(request.dest.routing, RoutingMode::kSet);
  EXPECT_EQ(request.dest.routing_text, "r");
  EXPECT_EQ(request.dest.pipeline, "p");
}

TEST(ReindexArguments, AListOptionLeavesTheBodyAlone) {
  const auto result = parsed({"--source", "x", "--dest", "null:", "--source-includes", "a", "-d", "{}"});
  EXPECT_EQ(result.request.source.fields.includes, std::vector<std::string>{"a"});
}

TEST(ReindexArguments, AccessOfEachSide) {
  const RunOptions options = parsed({"--source",         "https://h:9200",
                                     "--dest",           "https://d:9200",
                                     "--source-index",   "a",
                                     "--dest-index",     "b",
                                     "--source-user",    "u:p:q",
                                     "--source-header",  "X-A: 1",
                                     "--source-header",  "X-B:2",
                                     "--dest-api-key",   "k",
                                     "--cacert",         "both.pem",
                                     "--dest-cacert",    "dest.pem",
                                     "--dest-cert",      "c.pem",
                                     "--dest-key",       "k.pem",
                                     "--source-insecure"})
                                 .options;
  EXPECT_EQ(options.source_access.user, "u");
  EXPECT_EQ(options.source_access.password, "p:q");
  ASSERT_EQ(options.source_access.headers.size(), 2U);
  EXPECT_EQ(options.source_access.headers[0], (std::pair<std::string, std::string>("X-A", "1")));
  EXPECT_EQ(options.source_access.authority_file, "both.pem");
  EXPECT_EQ(options.source_access.verification, Verification::kNone);
  EXPECT_EQ(options.dest_access.api_key, "k");
  EXPECT_EQ(options.dest_access.authority_file, "dest.pem");
  EXPECT_EQ(options.dest_access.certificate_file, "c.pem");
  EXPECT_EQ(options.dest_access.key_file, "k.pem");
  EXPECT_EQ(options.dest_access.verification, Verification::kFull);
}

TEST(ReindexArguments, LimitsAndFormats) {
  const ReindexArguments arguments = parsed({"--source",
                                             "x",
                                             "--dest",
                                             "null:",
                                             "--format",
                                             "bulk",
                                             "--memory",
                                             "64mb",
                                             "--max-document",
                                             "1k",
                                             "--retry-for",
                                             "3s",
                                             "--max-failures",
                                             "2%",
                                             "--failures",
                                             "f",
                                             "--smooth",
                                             "--types",
                                             "--threads",
                                             "3",
                                             "--human",
                                             "--pretty",
                                             "--progress",
                                             "json",
                                             "-q"});
  EXPECT_EQ(arguments.options.source_format, pipeline::PageFormat::kBulk) << "no file is written: it is the source's";
  EXPECT_FALSE(arguments.options.dest_format.has_value());
  EXPECT_EQ(arguments.options.memory, std::size_t{64} << 20);
  EXPECT_EQ(arguments.options.max_document, 1024U);
  EXPECT_EQ(arguments.options.retry_for, 3s);
  EXPECT_TRUE(arguments.options.smooth);
  EXPECT_TRUE(arguments.options.types);
  EXPECT_EQ(arguments.options.threads, 3);
  EXPECT_EQ(arguments.failures_file, "f");
  EXPECT_TRUE(arguments.format.human);
  EXPECT_TRUE(arguments.format.pretty);
  EXPECT_EQ(arguments.progress, ProgressMode::kJson);
  EXPECT_TRUE(arguments.quiet);
  const RunOptions files = parsed({"--source", "x", "--dest", "y", "--format", "docs"}).options;
  EXPECT_EQ(files.dest_format, pipeline::PageFormat::kDocs);
  EXPECT_FALSE(files.source_format.has_value());
}

}  // namespace
}  // namespace sluice::tools
