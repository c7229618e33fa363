#include "io/cluster/bulk_reply.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice::io {
namespace {

using pipeline::Batch;
using pipeline::Operation;
using pipeline::Outcome;
using ::testing::HasSubstr;

class BulkReplyTest : public ::testing::Test {
 protected:
  Result<BulkReplyFacts> read(std::size_t documents, std::string_view reply, bool last_try = false) {
    batch_.documents.resize(documents);
    batch_.bulk.items.clear();
    for (std::uint32_t i = 0; i < documents; ++i) batch_.bulk.items.push_back(i);
    batch_.bulk.reply.clear();
    batch_.bulk.reply.append(reply);
    return read_bulk_reply(batch_, "dst", last_try);
  }
  [[nodiscard]] Outcome outcome(std::size_t i) const { return batch_.documents[i].outcome; }
  Batch batch_;
};

TEST_F(BulkReplyTest, CountsCreatedUpdatedAndDeleted) {
  batch_.documents.resize(4);
  batch_.documents[2].operation = batch_.documents[3].operation = Operation::kDelete;
  const auto facts =
      read(4, R"({"took":3,"errors":false,"items":[{"index":{"_index":"dst","_id":"1","result":"created","status":201}},
    {"index":{"_id":"2","status":200}},{"delete":{"_id":"3","result":"deleted","status":200}},{"delete":{"_id":"4","result":"not_found","status":404}}]})");
  ASSERT_TRUE(facts) << facts.error().reason;
  EXPECT_EQ(outcome(0), Outcome::kCreated);
  EXPECT_EQ(outcome(1), Outcome::kUpdated);
  EXPECT_EQ(outcome(2), Outcome::kDeleted);
  EXPECT_EQ(outcome(3), Outcome::kDeleted);
  EXPECT_TRUE(batch_.failures.empty());
}

TEST_F(BulkReplyTest, KeepsACausesKeysInTheirOrder) {
  ASSERT_TRUE(read(1, R"({"errors":true,"items":[{"create":{"_index":"dst","_id":"1","status":409,"error":{
    "type":"version_conflict_engine_exception","reason":"[1]: version conflict","index_uuid":"u","shard":"0","index":"dst",
    "caused_by":{"type":"inner","reason":"why"}}}}]})"));
  EXPECT_EQ(outcome(0), Outcome::kConflict);
  ASSERT_EQ(batch_.failures.size(), 1U);
  const auto& failure = batch_.failures[0];
  EXPECT_EQ(failure.index, "dst");
  EXPECT_EQ(failure.cause.status, 409);
  EXPECT_EQ(failure.cause.kind, ErrorKind::kConflict);
  ASSERT_EQ(failure.cause.details.size(), 3U);
  EXPECT_EQ(failure.cause.details[0], (std::pair<std::string, std::string>{"index_uuid", "\"u\""}));
  EXPECT_EQ(failure.cause.details[2].first, "index");
  ASSERT_TRUE(failure.cause.caused_by);
  EXPECT_EQ(failure.cause.caused_by->reason, "why");
}

TEST_F(BulkReplyTest, LeavesRefusedItemsPendingUntilTheLastTry) {
  constexpr auto kReply =
      R"({"errors":true,"items":[{"index":{"_id":"1","status":429,"error":{"type":"es_rejected_execution_exception","reason":"full"}}},
    {"index":{"_id":"2","status":201}},{"index":{"_id":"3","status":503,"error":{"type":"unavailable_shards_exception","reason":"no"}}}]})";
  const auto facts = read(3, kReply);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->refused, 2U);
  EXPECT_FALSE(facts->breaker);
  EXPECT_EQ(outcome(0), Outcome::kPending);
  EXPECT_EQ(outcome(1), Outcome::kCreated);
  EXPECT_TRUE(batch_.failures.empty());
  ASSERT_TRUE(read(3, kReply, true));
  EXPECT_EQ(outcome(0), Outcome::kFailed);
  EXPECT_EQ(outcome(2), Outcome::kFailed);
  ASSERT_EQ(batch_.failures.size(), 2U);
  EXPECT_EQ(batch_.failures[0].cause.reason, "full");
}

TEST_F(BulkReplyTest, NoticesACircuitBreaker) {
  const auto facts = read(
      1,
      R"({"items":[{"index":{"status":429,"error":{"type":"circuit_breaking_exception","reason":"Data too large"}}}]})");
  ASSERT_TRUE(facts);
  EXPECT_TRUE(facts->breaker);
}

TEST_F(BulkReplyTest, UnderstandsTheErrorsOfElasticsearch1) {
  ASSERT_TRUE(read(1, R"({"items":[{"index":{"_id":"1","status":400,"error":"MapperParsingException[failed]"}}]})"));
  EXPECT_EQ(outcome(0), Outcome::kFailed);
  EXPECT_THAT(batch_.failures.at(0).cause.reason, HasSubstr("MapperParsingException[failed]"));
}

TEST_F(BulkReplyTest, RefusesWhatIsNoReplyToThisBulk) {
  for (const char* bad :
       {"", "[]", "{}", R"({"items":{}})", R"({"items":[]})", R"({"items":[{"index":{"status":201}}])",
        R"({"items":[1]})", R"({"items":[{}]})", R"({"items":[{"index":{"_id":"1"}}]})",
        R"({"items":[{"index":{"status":"x"}}]})", R"({"items":[{"index":{"status":201}},{"index":{"status":201}}]})",
        R"({"items":[{"index":)", "{\"items\":[{\"index"}) {
    const auto facts = read(1, bad);
    ASSERT_FALSE(facts) << bad;
    EXPECT_EQ(facts.error().kind, ErrorKind::kInternal);
    EXPECT_THAT(facts.error().reason, HasSubstr("the reply to a bulk can't be understood"));
  }
}

}  // namespace
}  // namespace sluice::io
