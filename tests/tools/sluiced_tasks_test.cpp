// Tasks as clients see them. How they look to the key is in tests/cases; here is what only a program can find out.
#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/tools/sluiced_node.h"
#include "tools/sluiced/tasks/description.h"
#include "tools/sluiced/tasks/saved_runs.h"
#include "tools/sluiced/tasks/task_results.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCopy = R"({"source":{"index":"a","size":1},"dest":{"index":"b"}})";
/// Before any of what a run waits for here; tools/bench says how soon it really is.
constexpr auto kSoon = std::chrono::seconds(20);
constexpr const char* kSlow = "/_reindex?wait_for_completion=false&requests_per_second=0.01";

/// The id in `{"task":"node-id:7"}`.
std::string task_of(const serve::HttpResponse& response) {
  const std::size_t begin = response.body.find("node-id:");
  return response.body.substr(begin, response.body.find('"', begin) - begin);
}

void fill(SluicedNode& node, int documents = 3) {
  for (int n = 0; n < documents; ++n) {
    node.ask("PUT", "/a/_doc/" + std::to_string(n) + "?refresh=true", R"({"n":)" + std::to_string(n) + "}");
  }
}

/// Asks until the answer has `text`.
std::string until(SluicedNode& node, const std::string& path, std::string_view text) {
  for (;;) {
    std::string body = node.ask("GET", path).body;
    if (body.find(text) != std::string::npos) return body;
    std::this_thread::yield();
  }
}

TEST(SluicedTasks, ResultsAreKeptAndCanBeSearched) {
  SluicedNode node;
  fill(node);
  const std::string task =
      task_of(node.ask("POST", "/_reindex?wait_for_completion=false", kCopy, {{"X-Opaque-Id", "me"}}));
  const auto ended = node.ask("GET", "/_tasks/" + task + "?wait_for_completion=true");
  EXPECT_THAT(ended.body, HasSubstr(R"("completed":true,"task":{"node":"node-id")"));
  EXPECT_THAT(ended.body, HasSubstr(R"("headers":{"X-Opaque-Id":"me"}},"response":{"took":)"));
  EXPECT_THAT(header_of(ended, "Warning"), HasSubstr("GET /_reindex/<task_id>"));
  EXPECT_THAT(node.ask("GET", "/.tasks/_search?filter_path=hits.hits._id").body, HasSubstr(task));
  EXPECT_THAT(node.ask("GET", "/.tasks/_mapping").body, HasSubstr(R"("dynamic":"strict")"));
}

TEST(SluicedTasks, ResultsOutliveTheServer) {
  SluicedNode node;
  fill(node);
  const std::string task = task_of(node.ask("POST", "/_reindex?wait_for_completion=false", kCopy));
  node.ask("GET", "/_tasks/" + task + "?wait_for_completion=true");
  node.restart();
  EXPECT_THAT(node.ask("GET", "/_tasks/" + task).body, HasSubstr(R"("response":{"took":)"));
  // Numbers are never used twice.
  EXPECT_NE(task_of(node.ask("POST", "/_reindex?wait_for_completion=false", kCopy)), task);
}

TEST(SluicedTasks, ARunGoesOnAfterTheServersEnd) {
  SluicedNode node;
  fill(node, 5);
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  until(node, "/_tasks/" + task, R"("created":1)");
  node.restart();
  const std::string again = until(node, "/_tasks/" + task, R"("throttled_until_millis":)");
  EXPECT_THAT(again, HasSubstr(R"("completed":false)"));
  EXPECT_THAT(again, HasSubstr(R"("description":"reindex from [a] to [b]")"));
  node.ask("POST", "/_reindex/" + task + "/_rethrottle?requests_per_second=-1");
  const auto ended = node.ask("GET", "/_tasks/" + task + "?wait_for_completion=true");
  EXPECT_THAT(ended.body, HasSubstr(R"("created":5)"));
  EXPECT_THAT(node.ask("GET", "/b/_count").body, HasSubstr(R"("count":)"));
}

TEST(SluicedTasks, ARateOutlivesTheServer) {
  SluicedNode node;
  fill(node, 5);
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  until(node, "/_tasks/" + task, R"("created":1)");
  node.ask("POST", "/_reindex/" + task + "/_rethrottle?requests_per_second=0.02");
  node.restart();
  until(node, "/_tasks/" + task, R"("requests_per_second":0.02)");
  // So does a cancel that came too late for the end before.
  node.ask("POST", "/_tasks/" + task + "/_cancel?wait_for_completion=true");
  EXPECT_THAT(node.ask("GET", "/_tasks/" + task).body, HasSubstr(R"("canceled":"by user request")"));
}

TEST(SluicedTasks, WithoutResumeTheEndOfTheServerIsTheEndOfARun) {
  SluicedNode node;
  node.resume_runs(false);
  fill(node, 5);
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  until(node, "/_tasks/" + task, R"("created":1)");
  node.restart();
  EXPECT_THAT(node.ask("GET", "/_tasks/" + task).body, HasSubstr(R"("canceled":"the server is ending")"));
}

TEST(SluicedTasks, ARunWhoseSourceIsGoneEndsWithItsError) {
  SluicedNode node;
  fill(node, 5);
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  until(node, "/_tasks/" + task, R"("created":1)");
  node.ask("DELETE", "/a");
  node.restart();
  const auto ended = node.ask("GET", "/_tasks/" + task + "?wait_for_completion=true");
  EXPECT_THAT(ended.body, HasSubstr(R"("error":{"type":"index_not_found_exception","reason":"no such index [a]")"));
}

TEST(SluicedTasks, NothingIsStartedWhenTheServerEnds) {
  SluicedNode node;
  fill(node);
  node.services().tasks.end();
  for (const char* path : {"/_reindex", "/_reindex?wait_for_completion=false"}) {
    const auto refused = node.ask("POST", path, kCopy);
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("node closed: the server is ending"));
  }
}

TEST(SluicedTasks, WhoeverWaitsIsListedToo) {
  SluicedNode node;
  fill(node);
  auto copied =
      std::async(std::launch::async, [&] { return node.ask("POST", "/_reindex?requests_per_second=0.01", kCopy); });
  const std::string listed = until(node, "/_tasks?actions=*reindex&detailed", R"("created":1)");
  EXPECT_THAT(listed, HasSubstr(R"("description":"reindex from [a] to [b]")"));
  EXPECT_THAT(node.ask("GET", "/_cat/tasks?actions=*reindex").body, HasSubstr("indices:data/write/reindex"));
  node.ask("POST", "/_tasks/_cancel?actions=*reindex");
  EXPECT_THAT(copied.get().body, HasSubstr(R"("canceled":"by user request")"));
  // Nobody needs its result any more.
  EXPECT_EQ(node.ask("HEAD", "/.tasks").status, 404);
}

TEST(SluicedTasks, ManyRunsWaitWithoutAThreadOfTheServer) {
  SluicedNode node;
  fill(node);
  std::vector<serve::HttpResponse> waiting;
  waiting.reserve(300);
  for (int i = 0; i < 300; ++i) waiting.push_back(node.ask_later("POST", "/_reindex?requests_per_second=0.01", kCopy));
  std::size_t listed = 0;
  const std::string tasks = node.ask("GET", "/_tasks?actions=*reindex&group_by=none").body;
  for (std::size_t at = 0; (at = tasks.find(R"("action")", at)) != std::string::npos; ++at) ++listed;
  EXPECT_EQ(listed, 300U);
  node.ask("POST", "/_tasks/_cancel?actions=*reindex&wait_for_completion=true");
  for (serve::HttpResponse& each : waiting) EXPECT_EQ(serve::settled(std::move(each)).status, 200);
}

TEST(SluicedTasks, CancellingDoesNotWaitForTheThrottle) {
  SluicedNode node;
  fill(node);
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  const auto began = std::chrono::steady_clock::now();
  const auto cancelled = node.ask("POST", "/_reindex/" + task + "/_cancel");
  EXPECT_LT(std::chrono::steady_clock::now() - began, kSoon);
  EXPECT_THAT(cancelled.body, HasSubstr(R"("completed":true)"));
  EXPECT_THAT(cancelled.body, HasSubstr(R"("cancelled":true)"));
}

/// A port that takes connections and never answers.
class Silent {
 public:
  Silent() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 8), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~Silent() { ::close(socket_); }
  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;
  [[nodiscard]] std::string remote() const {
    return R"("remote":{"host":"http://127.0.0.1:)" + std::to_string(port_) + "\"}";
  }

 private:
  int socket_;
  int port_ = 0;
};

TEST(SluicedTasks, CancellingDoesNotWaitForARemoteThatIsSilent) {
  SluicedNode node(store::Settings{{"reindex.remote.whitelist", R"("127.0.0.1:*")"}});
  fill(node);
  const Silent silent;
  for (const bool source : {true, false}) {
    const std::string body = source ? R"({"source":{"index":"a",)" + silent.remote() + R"(},"dest":{"index":"b"}})"
                                    : R"({"source":{"index":"a"},"dest":{"index":"b",)" + silent.remote() + "}}";
    const std::string task = task_of(node.ask("POST", "/_reindex?wait_for_completion=false", body));
    EXPECT_THAT(node.ask("GET", "/_tasks/" + task).body, HasSubstr(R"("completed":false)"));
    const auto began = std::chrono::steady_clock::now();
    const auto cancelled = node.ask("POST", "/_reindex/" + task + "/_cancel");
    EXPECT_LT(std::chrono::steady_clock::now() - began, kSoon) << source;
    EXPECT_THAT(cancelled.body, HasSubstr(R"("canceled":"by user request")"));
  }
}

TEST(SluicedTasks, WaitingHasAnEnd) {
  SluicedNode node;
  fill(node);
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  const auto late = node.ask("GET", "/_tasks/" + task + "?wait_for_completion&timeout=10ms");
  EXPECT_EQ(late.status, 429);
  EXPECT_THAT(late.body,
              HasSubstr(R"("type":"timeout_exception","reason":"timed out after [10ms/10ms]","timed_out":true)"));
  EXPECT_EQ(node.ask("GET", "/_reindex/" + task + "?wait_for_completion&timeout=10ms").status, 429);
  EXPECT_THAT(node.ask("GET", "/_tasks?actions=*reindex&wait_for_completion&timeout=10ms").body,
              HasSubstr("receive_timeout_transport_exception"));
}

TEST(SluicedTasks, ASliceThatWasAskedToEndIsWaitedFor) {
  SluicedNode node;
  fill(node, 6);
  const std::string task = task_of(node.ask("POST", std::string(kSlow) + "&slices=2", kCopy));
  const std::string children = "/_tasks?parent_task_id=" + task + "&detailed&group_by=none";
  const std::string listed = until(node, children, R"("slice_id":1)");
  const std::string child =
      listed.substr(listed.find(R"("id":)") + 5, listed.find(R"(,"type")") - listed.find(R"("id":)") - 5);
  const auto ended = node.ask("POST", "/_tasks/node-id:" + child + "/_cancel?wait_for_completion=true");
  EXPECT_THAT(ended.body, HasSubstr(R"("cancelled":true,"parent_task_id":")" + task));
  EXPECT_THAT(node.ask("GET", children).body, Not(HasSubstr(R"("slice_id":0)")));
  EXPECT_EQ(node.ask("GET", "/_tasks/node-id:" + child).status, 404);
}

TEST(SluicedTasks, DeletingTheDestinationEndsARunWhereIndicesAreNotMade) {
  SluicedNode node;
  fill(node);
  node.ask("PUT", "/b");
  node.ask("PUT", "/_cluster/settings", R"({"persistent":{"action.auto_create_index":"false"}})");
  const std::string task = task_of(node.ask("POST", kSlow, kCopy));
  until(node, "/_tasks/" + task, R"("created":1)");
  node.ask("DELETE", "/b");
  node.ask("POST", "/_reindex/" + task + "/_rethrottle?requests_per_second=-1");
  EXPECT_THAT(
      node.ask("GET", "/_tasks/" + task + "?wait_for_completion").body,
      HasSubstr(R"("type":"index_not_found_exception","reason":"no such index [b] and [action.auto_create_index])"));
}

TEST(SluicedTasks, DescriptionsPrintWhatJavaWould) {
  EXPECT_EQ(rest::java_text_of_json(R"({"a":1.5,"b":[1,"x",null,true],"c":{"d":{}}})"),
            "{a=1.5, b=[1, x, null, true], c={d={}}}");
  EXPECT_EQ(rest::java_text_of_json("[]"), "[]");
  Request request;
  request.source.indices = {"a", "b"};
  RemoteSource& remote = request.source.remote.emplace();
  remote.scheme = "https";
  remote.host = "h";
  remote.port = 1;
  remote.path_prefix = "/p";
  remote.password = "secret";
  request.dest.index = "c";
  EXPECT_EQ(rest::task_description(request), "reindex from [scheme=https host=h port=1 pathPrefix=/p][a, b] to [c]");
  request.kind = RequestKind::kDeleteByQuery;
  request.source.indices.clear();
  EXPECT_EQ(rest::task_description(request), "delete-by-query [all indices]");
}

TEST(SavedRuns, ComeBackAsTheyWere) {
  SluicedNode node;
  rest::SavedRuns runs(node.services().documents);
  rest::SavedRequest request{.kind = RequestKind::kUpdateByQuery,
                             .index = "a,b",
                             .parameters = {{"slices", "2"}, {"q", "\"\n"}},
                             .body = R"({"query":{"match_all":{}}})",
                             .opaque_id = "me",
                             .started_ms = 17};
  ASSERT_TRUE(runs.begin(5, request));
  runs.opened(5, 2, "1\nuuid name 0 0 7 0 1\n");
  pipeline::SliceCheckpoint checkpoint;
  checkpoint.cursor = {.offset = 12, .part = 1, .documents = 4, .context = {}, .after = R"([1,"x"])"};
  checkpoint.counters.read = 4;
  checkpoint.counters.updated = 3;
  checkpoint.counters.filtered = 1;
  checkpoint.throttled = std::chrono::seconds(2);
  checkpoint.finished = true;
  runs.reached(5, 1, checkpoint);
  runs.rethrottled(5, pipeline::kUnlimited);
  runs.cancelled(5);
  const auto loaded = runs.load();
  ASSERT_EQ(loaded.size(), 1U);
  const rest::SavedRun& run = loaded.front();
  EXPECT_EQ(run.id, 5);
  EXPECT_EQ(run.request.kind, request.kind);
  EXPECT_EQ(run.request.index, request.index);
  EXPECT_EQ(run.request.parameters, request.parameters);
  EXPECT_EQ(run.request.body, request.body);
  EXPECT_EQ(run.request.started_ms, 17);
  EXPECT_TRUE(run.point.opened);
  EXPECT_TRUE(run.cancelled);
  EXPECT_EQ(run.rate, pipeline::kUnlimited);
  EXPECT_EQ(run.point.plan, "1\nuuid name 0 0 7 0 1\n");
  ASSERT_EQ(run.point.slices.size(), 2U);
  EXPECT_FALSE(run.point.slices[0].finished);
  const pipeline::SliceCheckpoint& read = run.point.slices[1];
  EXPECT_EQ(read.cursor.offset, 12U);
  EXPECT_EQ(read.cursor.part, 1U);
  EXPECT_EQ(read.cursor.after, R"([1,"x"])");
  EXPECT_EQ(read.counters.updated, 3U);
  EXPECT_EQ(read.counters.filtered, 1U);
  EXPECT_EQ(read.throttled, std::chrono::seconds(2));
  EXPECT_TRUE(read.finished);
  runs.forget(5);
  EXPECT_TRUE(runs.load().empty());
}

TEST(SavedRuns, OneThatIsDamagedIsForgotten) {
  SluicedNode node;
  rest::SavedRuns runs(node.services().documents);
  runs.opened(7, 1, "");  // without its request
  EXPECT_TRUE(runs.load().empty());
  EXPECT_TRUE(node.services().documents.records("tasks/run/")->empty());
}

}  // namespace
}  // namespace sluice::tests
