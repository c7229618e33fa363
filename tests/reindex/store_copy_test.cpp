// What arrives: bytes, versions, routing, slices.
#include <algorithm>
#include <set>
#include <sstream>

#include "tests/reindex/store_runs.h"

namespace sluice {
namespace {

using pipeline::RunStatus;
using Copy = tests::StoreRuns;

std::string numbered(int documents, bool routed = true) {
  std::string text;
  for (int i = 0; i < documents; ++i) {
    const std::string n = std::to_string(i);
    const std::string routing = routed ? R"(,"_routing":"r\\)" + std::to_string(i % 7) + "\"" : "";
    text += R"({"_index":"a","_id":"id \")" + n + "\"" + routing + R"(,"_source":{"n":)" + n + R"(, "t" : "\u00e9é\/)" +
            n + "\"}}\n";
  }
  return text;
}

std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::ranges::sort(lines);
  return lines;
}

TEST_F(Copy, FileToStoreToStoreToFileKeepsEveryByte) {
  const std::string text = numbered(2500);
  write_file("in.ndjson", text);
  const RunStatus in = run(R"({"source":{},"dest":{"index":"a"}})", path("in.ndjson"));
  ASSERT_FALSE(in.error) << in.error->message();
  EXPECT_EQ(in.totals.counters.created, 2500U);
  const RunStatus copied = run(R"({"source":{"index":"a","size":300},"dest":{"index":"b"}})");
  ASSERT_FALSE(copied.error) << copied.error->message();
  EXPECT_EQ(copied.totals.counters.created, 2500U);
  EXPECT_EQ(copied.totals.total, 2500U);
  EXPECT_EQ(copied.totals.batches, 9U);
  const RunStatus out = run(R"({"source":{"index":"b"},"dest":{"index":"a"}})", "store:", path("out.ndjson"));
  ASSERT_FALSE(out.error) << out.error->message();
  EXPECT_EQ(sorted_lines(read_file("out.ndjson")), sorted_lines(text));
}

TEST_F(Copy, ManyDocumentsAreWrittenTogetherAndEachOnce) {
  constexpr std::uint64_t kMany = 40'000;
  const std::string text = numbered(kMany);
  write_file("in.ndjson", text);
  ASSERT_FALSE(run(R"({"source":{},"dest":{"index":"a"}})", path("in.ndjson")).error);
  const std::string body = R"({"source":{"index":"a","size":500},"dest":{"index":"b"}})";
  EXPECT_EQ(run(body).totals.counters.created, kMany);
  ASSERT_FALSE(run(R"({"source":{"index":"b"},"dest":{"index":"a"}})", "store:", path("out.ndjson")).error);
  EXPECT_EQ(sorted_lines(read_file("out.ndjson")), sorted_lines(text));
  EXPECT_EQ(run(body).totals.counters.updated, kMany);
  const auto facts = store().documents.view()->facts(store().catalog.state()->find("b")->key(), 0);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->documents, kMany);
  EXPECT_EQ(facts->max_seq_no + 1, 2 * static_cast<std::int64_t>(kMany));
}

TEST_F(Copy, DocumentsStayInTheOrderTheyWereWritten) {
  write_file("in.ndjson", numbered(1500));
  ASSERT_FALSE(run(R"({"source":{},"dest":{"index":"a"}})", path("in.ndjson")).error);
  ASSERT_FALSE(run(R"({"source":{"index":"a"},"dest":{"index":"a"}})", "store:", path("out.ndjson")).error);
  EXPECT_EQ(read_file("out.ndjson"), numbered(1500));
}

TEST_F(Copy, TheFirstDocumentsSayOfWhichTypesFieldsAre) {
  make_index("a", R"({"mappings":{"properties":{"x":{"type":"keyword"}}}})");
  std::string text;
  for (int i = 0; i < 400; ++i) {
    // Texts that look like dates come later, where they must not make the field a date.
    const std::string value = i < 40 ? "13" : "2000-01-01";
    text += R"({"_id":")" + std::to_string(i) + R"(","_source":{"x":")" + value + R"("}})" + "\n";
  }
  write_file("in.ndjson", text);
  ASSERT_FALSE(run(R"({"source":{},"dest":{"index":"a"}})", path("in.ndjson")).error);
  for (int i = 0; i < 20; ++i) {
    const std::string name = "copy-" + std::to_string(i);
    const RunStatus copied = run(R"({"source":{"index":"a","size":20},"dest":{"index":")" + name + R"("}})");
    EXPECT_EQ(copied.totals.counters.created, 400U);
    EXPECT_EQ(store().catalog.state()->find(name)->mapping->find("x")->kind, pipeline::FieldKind::kText);
  }
}

class Slices : public Copy, public testing::WithParamInterface<std::pair<int, int>> {};

/// Shards and slices: more of the one, more of the other, and neither a multiple of the other.
TEST_P(Slices, AreDisjointAndComplete) {
  const auto [shards, slices] = GetParam();
  make_index("a", R"({"settings":{"index.number_of_shards":)" + std::to_string(shards) + "}}");
  write_file("in.ndjson", numbered(700, false));
  ASSERT_FALSE(run(R"({"source":{},"dest":{"index":"a"}})", path("in.ndjson")).error);
  for (int i = 0; i < 700; i += 3) remove("a", "id \"" + std::to_string(i));
  auto request = parse_request(R"({"source":{"index":"a"},"dest":{"index":"b"}})",
                               {{"slices", std::to_string(slices)}, {"refresh", "true"}});
  ASSERT_TRUE(request) << request.error().message();
  auto started = reindex(std::move(*request), ends("store:", "store:"));
  ASSERT_TRUE(started) << started.error().message();
  const RunStatus status = started->wait();
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.slices.size(), static_cast<std::size_t>(slices));
  EXPECT_EQ(status.totals.counters.created, 466U);
  EXPECT_EQ(status.totals.counters.updated, 0U);
  EXPECT_EQ(documents("b"), documents("a"));
}

INSTANTIATE_TEST_SUITE_P(ShardsAndSlices, Slices,
                         testing::Values(std::pair(1, 4), std::pair(3, 3), std::pair(5, 2), std::pair(3, 7),
                                         std::pair(2, 20)));

TEST_F(Copy, ManualSlicesStayDisjointWhileDocumentsAreWritten) {
  for (int i = 0; i < 200; ++i) put("a", std::to_string(i), "{}");
  const auto part = [&](int id) {
    const RunStatus status =
        run(R"({"source":{"index":"a","slice":{"id":)" + std::to_string(id) + R"(,"max":3}},"dest":{"index":"b"}})");
    EXPECT_FALSE(status.error);
    EXPECT_EQ(status.totals.counters.updated, 0U);
    EXPECT_GT(status.totals.counters.created, 30U);
    EXPECT_EQ(status.totals.slice_id, static_cast<std::uint32_t>(id));
  };
  part(0);
  for (int i = 200; i < 400; ++i) put("other", std::to_string(i), "{}");
  for (int i = 0; i < 100; ++i) put("a", std::to_string(i), "{}");  // they move to the end of the shard
  part(1);
  part(2);
  EXPECT_EQ(documents("b").size(), 200U);
}

TEST_F(Copy, AutoSlicesAreThoseOfTheIndexWithTheFewestShards) {
  make_index("a", R"({"settings":{"index.number_of_shards":5}})");
  make_index("b", R"({"settings":{"index.number_of_shards":3}})");
  make_index("many", R"({"settings":{"index.number_of_shards":30}})");
  const auto slices = [&](const std::string& indices) {
    auto request =
        parse_request(R"({"source":{"index":)" + indices + R"(},"dest":{"index":"c"}})", {{"slices", "auto"}});
    auto started = reindex(std::move(*request), ends("store:", "store:"));
    return started->wait().slices.size();
  };
  EXPECT_EQ(slices(R"(["a","b"])"), 3U);
  EXPECT_EQ(slices(R"("many")"), 20U);
}

TEST_F(Copy, ExternalVersionsAreTheSources) {
  for (int i = 0; i < 3; ++i) put("a", "1", R"({"v":3})");
  put("a", "2", "{}");
  const std::string body =
      R"({"conflicts":"proceed","source":{"index":"a"},"dest":{"index":"b","version_type":"external"}})";
  const RunStatus first = run(body);
  ASSERT_FALSE(first.error) << first.error->message();
  EXPECT_EQ(first.totals.counters.created, 2U);
  const store::IndexPtr index = store().catalog.state()->find("b");
  auto found = store().documents.get(index->key(), "1", "");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->document().version, 3);
  put("a", "2", R"({"newer":true})");
  const RunStatus second = run(body);
  EXPECT_EQ(second.totals.counters.updated, 1U);
  EXPECT_EQ(second.totals.counters.version_conflicts, 1U);
  EXPECT_TRUE(second.failures.empty());
}

TEST_F(Copy, LargeDocuments) {
  const std::string large = R"({"text":")" + std::string(std::size_t{30} << 20, 'x') + "\"}";
  put("a", "large", large);
  put("a", "small", "{}");
  const RunStatus status = run(R"({"source":{"index":"a"},"dest":{"index":"b"}})");
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(documents("b"), (std::vector<std::string>{"large " + large, "small {}"}));
}

TEST_F(Copy, DeletedDocumentsAreNotCopied) {
  for (int i = 0; i < 10; ++i) put("a", std::to_string(i), "{}");
  for (int i = 0; i < 10; i += 2) remove("a", std::to_string(i));
  const RunStatus status = run(R"({"source":{"index":"a"},"dest":{"index":"b"}})");
  EXPECT_EQ(status.totals.total, 5U);
  EXPECT_EQ(documents("b"), (std::vector<std::string>{"1 {}", "3 {}", "5 {}", "7 {}", "9 {}"}));
}

TEST_F(Copy, RoutingIsKeptDiscardedOrSet) {
  write_file("in.ndjson", R"({"_index":"a","_id":"1","_routing":"x","_source":{}})");
  make_index("b", R"({"settings":{"index.number_of_shards":5}})");
  ASSERT_FALSE(run(R"({"source":{},"dest":{"index":"a"}})", path("in.ndjson")).error);
  const auto routing = [&](const std::string& rule, const std::string& expected) {
    const RunStatus status = run(R"({"source":{"index":"a"},"dest":{"index":"b","routing":")" + rule + "\"}}");
    EXPECT_FALSE(status.error);
    auto found = store().documents.get(store().catalog.state()->find("b")->key(), "1", expected);
    ASSERT_TRUE(found && *found) << rule;
    EXPECT_EQ((*found)->document().routing, expected);
  };
  routing("keep", "x");
  routing("discard", "");
  routing("=cat", "cat");
}

TEST_F(Copy, SourceFilteringAppliesToWhatIsWritten) {
  put("a", "1", R"({"keep":1, "drop":{"x":2}})");
  const RunStatus status = run(R"({"source":{"index":"a","_source":["keep"]},"dest":{"index":"b"}})");
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(documents("b"), (std::vector<std::string>{R"(1 {"keep":1})"}));
}

TEST_F(Copy, OneStoreAtATimeHasAFolder) {
  put("a", "1", "{}");
  const RunStatus busy = run(R"({"source":{"index":"a"},"dest":{"index":"b"}})", "store:" + path("store"));
  ASSERT_TRUE(busy.error);
  EXPECT_NE(busy.error->reason.find("is in use"), std::string::npos) << busy.error->reason;
  close_store();
  const RunStatus free =
      run(R"({"source":{"index":"a"},"dest":{"index":"b"}})", "store:" + path("store"), "store:" + path("store"));
  ASSERT_FALSE(free.error) << free.error->message();
  EXPECT_EQ(free.totals.counters.created, 1U);
  const RunStatus none = run(R"({"source":{"index":"a"},"dest":{"index":"b"}})");
  ASSERT_TRUE(none.error);
  EXPECT_NE(none.error->reason.find("names no folder"), std::string::npos);
}

}  // namespace
}  // namespace sluice
