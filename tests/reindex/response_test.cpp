#include "reindex/response.h"

#include <string>

#include <gtest/gtest.h>

#include "reindex/exit_status.h"

namespace sluice {
namespace {

using namespace std::chrono_literals;
using pipeline::Failure;
using pipeline::RunStatus;

RunStatus finished_run() {
  RunStatus status;
  status.finished = true;
  status.took = 147ms;
  status.totals.total = 120;
  status.totals.counters.read = 120;
  status.totals.counters.created = 120;
  status.totals.batches = 2;
  return status;
}

Failure bulk_failure(int http_status, std::string type) {
  Failure failure;
  failure.index = "dest";
  failure.id = "1";
  failure.cause = Error(ErrorKind::kDocument, http_status, std::move(type), "why");
  failure.cause.details = {{"shard", "\"0\""}};
  return failure;
}

TEST(Response, Plain) {
  EXPECT_EQ(response_json(finished_run()),
            R"({"took":147,"timed_out":false,"total":120,"updated":0,"created":120,"deleted":0,"batches":2,)"
            R"("version_conflicts":0,"noops":0,"retries":{"bulk":0,"search":0},"throttled_millis":0,)"
            R"("requests_per_second":-1.0,"throttled_until_millis":0,"failures":[]})");
}

TEST(Response, HumanAndPretty) {
  RunStatus status = finished_run();
  status.totals.throttled = 2941ms;
  status.totals.requests_per_second = 500;
  const std::string text = response_json(status, {.human = true, .pretty = true});
  EXPECT_TRUE(text.starts_with("{\n  \"took\" : 147,\n  \"timed_out\" : false,\n")) << text;
  EXPECT_TRUE(
      text.contains("  \"throttled\" : \"2.9s\",\n  \"throttled_millis\" : 2941,\n"
                    "  \"requests_per_second\" : 500.0,\n  \"throttled_until\" : \"0s\",\n"))
      << text;
  EXPECT_TRUE(text.ends_with("\"failures\" : []\n}\n")) << text;
}

TEST(Response, SlicesAreShownInOrderAndNullWhileTheyRun) {
  RunStatus status = finished_run();
  status.finished = false;
  status.sliced = true;
  status.slices.resize(2);
  status.slices[0].slice_id = 0;
  status.slices[0].finished = true;
  status.slices[0].total = 70;
  status.slices[1].slice_id = 1;
  const std::string running = response_json(status);
  EXPECT_TRUE(running.contains(R"("slices":[{"slice_id":0,"total":70,)")) << running;
  EXPECT_TRUE(running.contains(R"("throttled_until_millis":0},null],"failures":[]})")) << running;
  status.finished = true;
  EXPECT_TRUE(response_json(status).contains(R"(},{"slice_id":1,"total":0,)")) << response_json(status);
}

TEST(Response, AManualSliceSaysItsNumber) {
  RunStatus status = finished_run();
  status.totals.slice_id = 3;
  EXPECT_TRUE(response_json(status).starts_with(R"({"took":147,"timed_out":false,"slice_id":3,"total":120,)"));
}

TEST(Response, FailuresOfBulksComeBeforeThoseOfSearches) {
  RunStatus status = finished_run();
  Failure search;
  search.kind = Failure::Kind::kSearch;
  search.index = "src";
  search.shard = 0;
  search.node = "n1";
  search.cause = Error(ErrorKind::kInternal, 503, "some_exception", "shard is gone");
  Failure without_id = bulk_failure(400, "document_parsing_exception");
  without_id.id.reset();
  without_id.type = "_doc";
  status.failures = {search, bulk_failure(409, "version_conflict_engine_exception"), without_id};
  const std::string text = response_json(status);
  EXPECT_TRUE(text.ends_with(
      R"("failures":[{"index":"dest","id":"1","cause":{"type":"version_conflict_engine_exception","reason":"why",)"
      R"("shard":"0"},"status":409},{"index":"dest","type":"_doc","id":null,"cause":{)"
      R"("type":"document_parsing_exception","reason":"why","shard":"0"},"status":400},)"
      R"({"index":"src","shard":0,"node":"n1","status":503,"reason":{"type":"some_exception","reason":"shard is gone"}}]})"))
      << text;
  EXPECT_EQ(response_http_status(status), 503);
}

TEST(Response, HttpStatusIsTheHighest) {
  RunStatus status = finished_run();
  EXPECT_EQ(response_http_status(status), 200);
  status.failures = {bulk_failure(403, "cluster_block_exception")};
  EXPECT_EQ(response_http_status(status), 403);
  status.timed_out = true;
  EXPECT_EQ(response_http_status(status), 408);
  status.failures.push_back(bulk_failure(409, "version_conflict_engine_exception"));
  EXPECT_EQ(response_http_status(status), 409);
  status.error = Error(ErrorKind::kNotFound, 404, "index_not_found_exception", "no such index [x]");
  EXPECT_EQ(response_http_status(status), 404);
}

TEST(Response, CancelledRunsAreNormalResponses) {
  RunStatus status = finished_run();
  status.totals.canceled = "by user request";
  EXPECT_TRUE(response_json(status).contains(R"("requests_per_second":-1.0,"canceled":"by user request",)"));
  EXPECT_EQ(response_http_status(status), 200);
}

TEST(Response, ErrorsAreEnvelopes) {
  RunStatus status = finished_run();
  status.error = illegal_argument("no");
  const std::string text = R"({"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"no"}],)"
                           R"("type":"illegal_argument_exception","reason":"no"},"status":400})";
  EXPECT_EQ(response_json(status), text);
  EXPECT_EQ(error_json(*status.error, {.pretty = true}),
            "{\n  \"error\" : {\n    \"root_cause\" : [\n      {\n        \"type\" : \"illegal_argument_exception\",\n"
            "        \"reason\" : \"no\"\n      }\n    ],\n    \"type\" : \"illegal_argument_exception\",\n"
            "    \"reason\" : \"no\"\n  },\n  \"status\" : 400\n}\n");
}

TEST(ExitStatusOf, Runs) {
  RunStatus status = finished_run();
  EXPECT_EQ(exit_status(status), ExitStatus::kDone);
  status.totals.counters.version_conflicts = 1;
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status = finished_run();
  status.totals.counters.failed = 1;
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status = finished_run();
  status.failures = {bulk_failure(400, "x")};
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status = finished_run();
  status.timed_out = true;
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status.totals.canceled = "by user request";
  EXPECT_EQ(exit_status(status), ExitStatus::kCancelled);
}

TEST(ExitStatusOf, AnErrorOnTheWayIsNoEndpointThatCouldNotBeUsed) {
  RunStatus status;
  status.error = Error(ErrorKind::kUnauthorized, 401, "security_exception", "no");
  EXPECT_EQ(exit_status(status), ExitStatus::kBadEndpoint);
  status.totals.bytes_read = 10;  // of documents that nobody answered for
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status = finished_run();
  status.error = Error(ErrorKind::kNetwork, 500, "connect_exception", "no");
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status.error = Error(ErrorKind::kBadRequest, 400, "illegal_argument_exception", "no");
  EXPECT_EQ(exit_status(status), ExitStatus::kIncomplete);
  status.error = Error(ErrorKind::kCancelled, 400, "task_cancelled_exception", "no");
  EXPECT_EQ(exit_status(status), ExitStatus::kCancelled);
}

TEST(ExitStatusOf, Errors) {
  const auto of = [](ErrorKind kind) { return exit_status(Error(kind, 500, "t", "r")); };
  EXPECT_EQ(of(ErrorKind::kBadRequest), ExitStatus::kBadRequest);
  EXPECT_EQ(of(ErrorKind::kUnsupported), ExitStatus::kBadRequest);
  EXPECT_EQ(of(ErrorKind::kNotFound), ExitStatus::kBadEndpoint);
  EXPECT_EQ(of(ErrorKind::kNetwork), ExitStatus::kBadEndpoint);
  EXPECT_EQ(of(ErrorKind::kUnauthorized), ExitStatus::kBadEndpoint);
  EXPECT_EQ(of(ErrorKind::kThrottled), ExitStatus::kBadEndpoint);
  EXPECT_EQ(of(ErrorKind::kDocument), ExitStatus::kIncomplete);
  EXPECT_EQ(of(ErrorKind::kInternal), ExitStatus::kIncomplete);
  EXPECT_EQ(of(ErrorKind::kCancelled), ExitStatus::kCancelled);
}

}  // namespace
}  // namespace sluice
