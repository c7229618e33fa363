#include "io/cluster/cluster_sink.h"

#include <atomic>
#include <deque>
#include <future>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/http/fake_server.h"

namespace sluice::io {
namespace {

using pipeline::Batch;
using pipeline::Outcome;
using pipeline::Settlement;
using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using ::testing::HasSubstr;
using testing::json_reply;

/// Answers each action of the bulk with `status`, and with an error where that is one.
std::string answer_all(const FakeRequest& request, int status) {
  std::string items;
  std::size_t lines = 0;
  for (const char c : request.body) lines += c == '\n' ? 1 : 0;
  for (std::size_t i = 0; i < lines / 2; ++i) {
    if (i != 0) items += ",";
    items += R"({"index":{"status":)" + std::to_string(status);
    items += status < 300 ? "}}" : R"(,"error":{"type":"t","reason":"r"}}})";
  }
  return R"({"errors":true,"items":[)" + items + "]}";
}

class ClusterSinkTest : public ::testing::Test {
 protected:
  /// A server that introduces itself and leaves everything else to `rest`.
  void serve(FakeServer::Handler rest) {
    server_ = std::make_unique<FakeServer>([rest](const FakeRequest& r) {
      return r.target == "/" ? json_reply(200, R"({"version":{"number":"9.0.0"}})") : rest(r);
    });
  }
  void open(ClusterSinkOptions options = {}, Nanoseconds first_backoff = std::chrono::milliseconds(1)) {
    options.cluster.endpoint = *parse_endpoint(server_->url());
    options.cluster.first_backoff = first_backoff;
    if (options.index.empty()) options.index = "dst";
    sink_ = std::make_unique<ClusterSink>(loop_, std::move(options));
    std::promise<Status> promise;
    sink_->open([&](Status status) { promise.set_value(std::move(status)); });
    const Status status = promise.get_future().get();
    ASSERT_TRUE(status) << status.error().reason;
  }
  void add_documents(int count, const std::string& source = "{}") {
    for (int i = 0; i < count; ++i) {
      kept_.push_back("\"" + std::to_string(batch_->documents.size()) + "\"");
      pipeline::Document document;
      document.id = kept_.back();
      document.index = "\"dst\"";
      kept_.push_back(source);
      document.source = kept_.back();
      batch_->documents.push_back(document);
    }
  }
  /// Writes the batch the way the graph does, without the waits.
  Result<int> write() {
    int rounds = 0;
    for (;; ++rounds) {
      if (rounds > 100) return std::unexpected(internal_error("100 rounds"));
      if (auto encoded = sink_->encode(*batch_); !encoded) return std::unexpected(encoded.error());
      std::promise<void> sent;
      sink_->send(batch_, [&] { sent.set_value(); });
      sent.get_future().get();
      auto settled = sink_->settle(*batch_);
      if (!settled) return std::unexpected(settled.error());
      last_ = *settled;
      if (settled->retry) ++retries_;
      if (settled->next == Settlement::Next::kDone) return rounds + 1;
    }
  }
  [[nodiscard]] int count(Outcome outcome) const {
    int n = 0;
    for (const auto& document : batch_->documents) n += document.outcome == outcome ? 1 : 0;
    return n;
  }
  [[nodiscard]] std::vector<FakeRequest> bulks() const {
    auto all = server_->requests();
    all.erase(all.begin());
    return all;
  }

  EventLoop loop_;
  std::unique_ptr<FakeServer> server_;
  std::unique_ptr<ClusterSink> sink_;
  pipeline::BatchPtr batch_ = std::make_shared<Batch>();
  std::deque<std::string> kept_;
  Settlement last_;
  int retries_ = 0;
};

TEST_F(ClusterSinkTest, WritesABatchWithItsParameters) {
  serve([](const FakeRequest& r) { return json_reply(200, answer_all(r, 201)); });
  open({.index = "a/b", .pipeline = "p&q", .require_alias = true, .timeout = "1m", .wait_for_active_shards = "all"});
  add_documents(2);
  ASSERT_TRUE(write());
  EXPECT_EQ(count(Outcome::kCreated), 2);
  EXPECT_EQ(bulks().at(0).target,
            "/a%2Fb/"
            "_bulk?filter_path=errors,error,status,items.*.status,items.*.error&pipeline=p%26q&require_alias=true&"
            "timeout=1m&wait_for_active_shards=all");
  EXPECT_EQ(bulks()[0].header("content-type"), "application/x-ndjson");
  EXPECT_EQ(batch_->bytes_written, bulks()[0].body.size());
}

TEST_F(ClusterSinkTest, SplitsAtTheByteLimit) {
  serve([](const FakeRequest& r) { return json_reply(200, answer_all(r, 200)); });
  open({.bulk_bytes = 60});
  add_documents(5);
  ASSERT_EQ(*write(), 3);
  EXPECT_EQ(count(Outcome::kUpdated), 5);
  EXPECT_EQ(retries_, 0);
}

TEST_F(ClusterSinkTest, SendsOnlyWhatWasRefusedAgain) {
  auto round = std::make_shared<std::atomic<int>>(0);
  serve([round](const FakeRequest& r) {
    if ((*round)++ != 0) return json_reply(200, answer_all(r, 201));
    return json_reply(
        200,
        R"({"errors":true,"items":[{"index":{"status":201}},{"index":{"status":429,"error":{"type":"t","reason":"r"}}},{"index":{"status":503,"error":{"type":"t","reason":"r"}}},{"index":{"status":400,"error":{"type":"t","reason":"bad"}}}]})");
  });
  open();
  add_documents(4);
  ASSERT_TRUE(write());
  EXPECT_EQ(retries_, 1);
  EXPECT_EQ(count(Outcome::kCreated), 3);
  EXPECT_EQ(count(Outcome::kFailed), 1);
  EXPECT_EQ(bulks().at(1).body, "{\"index\":{\"_id\":\"1\"}}\n{}\n{\"index\":{\"_id\":\"2\"}}\n{}\n");
  ASSERT_EQ(batch_->failures.size(), 1U);
  EXPECT_EQ(batch_->failures[0].id, "3");
}

TEST_F(ClusterSinkTest, FailsRefusedItemsWhenTheTimeIsOver) {
  serve([](const FakeRequest& r) { return json_reply(200, answer_all(r, 429)); });
  open({.cluster = {.retry_for = {}}});
  add_documents(2);
  ASSERT_TRUE(write());
  EXPECT_EQ(count(Outcome::kFailed), 2);
  EXPECT_EQ(batch_->failures.at(0).cause.status, 429);
}

TEST_F(ClusterSinkTest, NoWaitGoesBeyondTheTimeForRetries) {
  serve([](const FakeRequest& r) { return json_reply(200, answer_all(r, 429)); });
  open({.cluster = {.retry_for = std::chrono::milliseconds(100)}}, std::chrono::hours(1));
  add_documents(2);
  ASSERT_TRUE(sink_->encode(*batch_));
  std::promise<void> sent;
  sink_->send(batch_, [&] { sent.set_value(); });
  sent.get_future().get();
  const auto settled = sink_->settle(*batch_);
  ASSERT_TRUE(settled);
  EXPECT_TRUE(settled->retry);
  EXPECT_LE(settled->wait, std::chrono::milliseconds(100));
}

/// Documents behind those that were refused for too long have not been sent yet: their time begins with their refusal.
TEST_F(ClusterSinkTest, WhatWasNotSentBeforeHasItsOwnTimeForRetries) {
  auto round = std::make_shared<std::atomic<int>>(0);
  serve([round](const FakeRequest& r) {
    return (*round)++ < 2 ? json_reply(429, "{}") : json_reply(200, answer_all(r, 201));
  });
  open({.bulk_bytes = 60});
  add_documents(4);
  batch_->bulk.refused_end = 2;
  batch_->bulk.first_refused = loop_.now() - std::chrono::hours(1);
  ASSERT_TRUE(write());
  EXPECT_EQ(batch_->failures.size(), 2U);
  EXPECT_EQ(count(Outcome::kCreated), 2);
  EXPECT_EQ(retries_, 1);
}

TEST_F(ClusterSinkTest, SendsWhatWasRefusedAgainAlone) {
  auto round = std::make_shared<std::atomic<int>>(0);
  serve([round](const FakeRequest& r) {
    if ((*round)++ != 0) return json_reply(200, answer_all(r, 201));
    return json_reply(
        200,
        R"({"errors":true,"items":[{"index":{"status":201}},{"index":{"status":429,"error":{"type":"t","reason":"r"}}}]})");
  });
  open({.bulk_bytes = 60});  // two documents
  add_documents(4);
  ASSERT_TRUE(write());
  ASSERT_EQ(bulks().size(), 3U);
  EXPECT_EQ(bulks()[1].body, "{\"index\":{\"_id\":\"1\"}}\n{}\n");
  EXPECT_EQ(count(Outcome::kCreated), 4);
}

TEST_F(ClusterSinkTest, WaitsWhenABulkIsRefusedAsAWhole) {
  auto round = std::make_shared<std::atomic<int>>(0);
  serve([round](const FakeRequest& r) {
    static constexpr int kStatus[] = {429, 503, 502, 504};
    const int now = (*round)++;
    return now < 4 ? json_reply(kStatus[now], R"({"error":{"type":"es_rejected_execution_exception","reason":"full"}})")
                   : json_reply(200, answer_all(r, 201));
  });
  open();
  add_documents(2);
  ASSERT_EQ(*write(), 5);
  EXPECT_EQ(retries_, 4);
  EXPECT_EQ(count(Outcome::kCreated), 2);
}

TEST_F(ClusterSinkTest, HalvesABulkThatIsTooLarge) {
  serve([](const FakeRequest& r) {
    return r.body.size() > 120 ? json_reply(413, "{}") : json_reply(200, answer_all(r, 201));
  });
  open();
  add_documents(10);
  ASSERT_TRUE(write());
  EXPECT_EQ(count(Outcome::kCreated), 10);
  EXPECT_EQ(retries_, 0);
}

TEST_F(ClusterSinkTest, RemembersHowLargeABulkMayBe) {
  auto refusals = std::make_shared<std::atomic<int>>(0);
  serve([refusals](const FakeRequest& r) {
    if (r.body.size() <= 6'000) return json_reply(200, answer_all(r, 201));
    ++*refusals;
    return json_reply(413, "{}");
  });
  open();
  for (int batch = 0; batch < 20; ++batch) {
    batch_ = std::make_shared<Batch>();
    add_documents(600);
    ASSERT_TRUE(write());
    EXPECT_EQ(count(Outcome::kCreated), 600);
  }
  EXPECT_LE(*refusals, 6);  // two in the first batch, and as the limit grows again one now and then
}

TEST_F(ClusterSinkTest, FailsOneDocumentThatIsTooLargeAlone) {
  serve([](const FakeRequest& r) {
    return r.body.size() > 120 ? json_reply(413, "") : json_reply(200, answer_all(r, 201));
  });
  open();
  add_documents(1);
  add_documents(1, R"({"x":")" + std::string(200, 'x') + "\"}");
  add_documents(1);
  ASSERT_TRUE(write());
  EXPECT_EQ(count(Outcome::kCreated), 2);
  ASSERT_EQ(batch_->failures.size(), 1U);
  EXPECT_EQ(batch_->failures[0].id, "1");
  EXPECT_EQ(batch_->failures[0].cause.kind, ErrorKind::kTooLarge);
  EXPECT_EQ(batch_->failures[0].cause.status, 413);
  EXPECT_THAT(batch_->failures[0].cause.reason, HasSubstr("http.max_content_length"));
}

TEST_F(ClusterSinkTest, HalvesABulkThatACircuitBreakerRefused) {
  serve([](const FakeRequest& r) {
    return r.body.size() > 120
               ? json_reply(429,
                            R"({"error":{"type":"circuit_breaking_exception","reason":"[parent] Data too large"}})")
               : json_reply(200, answer_all(r, 201));
  });
  open();
  add_documents(10);
  ASSERT_TRUE(write());
  EXPECT_EQ(count(Outcome::kCreated), 10);
  EXPECT_GT(retries_, 0);
}

TEST_F(ClusterSinkTest, SendsABulkAgainWhoseConnectionBroke) {
  auto round = std::make_shared<std::atomic<int>>(0);
  serve([round](const FakeRequest& r) {
    return (*round)++ == 0 ? FakeReply{{"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"}, true}
                           : json_reply(200, answer_all(r, 200));
  });
  open();
  add_documents(2);
  ASSERT_TRUE(write());
  EXPECT_EQ(retries_, 1);
  EXPECT_EQ(count(Outcome::kUpdated), 2);
}

TEST_F(ClusterSinkTest, SendsABulkAgainThatWentSilent) {
  auto round = std::make_shared<std::atomic<int>>(0);
  serve([round](const FakeRequest& r) { return (*round)++ == 0 ? FakeReply{} : json_reply(200, answer_all(r, 200)); });
  ClusterSinkOptions options;
  options.cluster.http.socket_timeout = std::chrono::milliseconds(50);
  open(options);
  add_documents(2);
  ASSERT_TRUE(write());
  EXPECT_EQ(retries_, 1);
  EXPECT_EQ(count(Outcome::kUpdated), 2);
}

TEST_F(ClusterSinkTest, GivesABulkUpWhoseServerHasGone) {
  serve([](const FakeRequest&) { return FakeReply{{"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"}, true}; });
  open({.cluster = {.retry_for = {}}});
  add_documents(1);
  const auto written = write();
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kNetwork);
}

TEST_F(ClusterSinkTest, NeverSendsDocumentsWithoutIdsTwice) {
  serve([](const FakeRequest&) { return FakeReply{{"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"}, true}; });
  open();
  add_documents(2);
  batch_->documents[1].id = {};
  const auto written = write();
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kNetwork);
  EXPECT_THAT(written.error().reason, HasSubstr("without an _id, which would be there twice"));
  EXPECT_EQ(bulks().size(), 1U);
}

TEST_F(ClusterSinkTest, EndsTheRunOnWhatNoRetryHelps) {
  for (const int status : {301, 400, 401, 403, 404, 500}) {
    serve([status](const FakeRequest&) { return json_reply(status, R"({"error":{"type":"t","reason":"because"}})"); });
    open();
    batch_ = std::make_shared<Batch>();
    add_documents(1);
    const auto written = write();
    ASSERT_FALSE(written) << status;
    EXPECT_EQ(written.error().status, status);
  }
}

TEST_F(ClusterSinkTest, EndsTheRunWhenSomethingElseAnswers) {
  serve([](const FakeRequest&) { return json_reply(200, "<html>"); });
  open();
  add_documents(1);
  const auto written = write();
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().reason, HasSubstr("remote is likely not an Elasticsearch instance"));
}

TEST_F(ClusterSinkTest, RecordsConflictsAsOutcomesAndFailures) {
  serve([](const FakeRequest& r) { return json_reply(200, answer_all(r, 409)); });
  open({.create = true});
  add_documents(2);
  ASSERT_TRUE(write());
  EXPECT_EQ(count(Outcome::kConflict), 2);
  EXPECT_EQ(batch_->failures.size(), 2U);
}

TEST_F(ClusterSinkTest, SendsNothingForABatchWithNothingToWrite) {
  serve([](const FakeRequest&) { return json_reply(500, "{}"); });
  open();
  add_documents(2);
  for (auto& document : batch_->documents) document.outcome = Outcome::kNoop;
  ASSERT_EQ(*write(), 1);
  EXPECT_TRUE(bulks().empty());
}

TEST_F(ClusterSinkTest, AbortEndsABulkInFlightAndTheNextOne) {
  std::promise<void> arrived;
  serve([&arrived](const FakeRequest&) {
    arrived.set_value();
    return FakeReply{};
  });
  open();
  add_documents(1);
  ASSERT_TRUE(sink_->encode(*batch_));
  std::promise<void> sent;
  sink_->send(batch_, [&] { sent.set_value(); });
  arrived.get_future().get();
  sink_->abort();
  sent.get_future().get();
  EXPECT_EQ(sink_->settle(*batch_).error().kind, ErrorKind::kCancelled);
  EXPECT_EQ(write().error().kind, ErrorKind::kCancelled);
}

TEST_F(ClusterSinkTest, RefreshesWhatItWroteAndOnlyWhenComplete) {
  serve([](const FakeRequest& r) {
    return r.target.ends_with("/_refresh") ? json_reply(200, "{}") : json_reply(200, answer_all(r, 201));
  });
  open({.refresh = true});
  add_documents(2);
  batch_->documents[1].index = "\"o/ther\"";
  ASSERT_TRUE(write());
  for (const bool complete : {false, true}) {
    std::promise<Status> closed;
    sink_->close(complete, [&](Status status) { closed.set_value(std::move(status)); });
    ASSERT_TRUE(closed.get_future().get());
  }
  ASSERT_EQ(bulks().size(), 2U);
  EXPECT_EQ(bulks()[1].target, "/dst,o%2Fther/_refresh");
}

TEST_F(ClusterSinkTest, TellsAtOnceThatNobodyIsThere) {
  serve([](const FakeRequest&) { return FakeReply{}; });
  ClusterSinkOptions options;
  options.cluster.endpoint = *parse_endpoint(server_->url());
  server_.reset();
  ClusterSink sink(loop_, options);
  std::promise<Status> opened;
  sink.open([&](Status status) { opened.set_value(std::move(status)); });
  const Status status = opened.get_future().get();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().type, "connect_exception");
}

}  // namespace
}  // namespace sluice::io
