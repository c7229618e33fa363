#include "io/cluster/bulk_encoder.h"

#include <deque>
#include <string>

#include <gtest/gtest.h>

namespace sluice::io {
namespace {

using pipeline::Batch;
using pipeline::Document;
using pipeline::Operation;
using pipeline::Outcome;

class BulkEncoderTest : public ::testing::Test {
 protected:
  Document& add(std::string id, std::string source = "{}") {
    kept_.push_back("\"" + id + "\"");
    kept_.push_back(std::move(source));
    Document document;
    if (!id.empty()) document.id = kept_[kept_.size() - 2];
    document.source = kept_.back();
    document.index = "\"dst\"";
    batch_.documents.push_back(document);
    return batch_.documents.back();
  }
  std::string encoded() {
    encode_bulk(batch_, format_);
    return std::string(batch_.bulk.body.view());
  }
  Batch batch_;
  BulkFormat format_{.index = "dst"};
  std::deque<std::string> kept_;
};

TEST_F(BulkEncoderTest, SplicesMetadataAndFlattensTheSource) {
  Document& document = add("a\\u00e9", "{\n \"x\": 1e400\n}");
  document.routing = "\"r\\\"1\"";
  EXPECT_EQ(encoded(), "{\"index\":{\"_id\":\"a\\u00e9\",\"routing\":\"r\\\"1\"}}\n{  \"x\": 1e400 }\n");
  EXPECT_EQ(batch_.bulk.items, std::vector<std::uint32_t>{0});
}

TEST_F(BulkEncoderTest, NamesAnIndexOnlyWhereItIsNotThePathsOwn) {
  add("1").index = "\"other\"";
  add("2").index = "\"d\\u0073t\"";
  EXPECT_EQ(encoded(), "{\"index\":{\"_index\":\"other\",\"_id\":\"1\"}}\n{}\n{\"index\":{\"_id\":\"2\"}}\n{}\n");
  format_.index.clear();
  EXPECT_EQ(encoded().substr(0, 43), "{\"index\":{\"_index\":\"other\",\"_id\":\"1\"}}\n{}\n{");
}

TEST_F(BulkEncoderTest, WritesEachOperation) {
  add("1").operation = Operation::kCreate;
  add("2").operation = Operation::kDelete;
  add("");
  EXPECT_EQ(encoded(), "{\"create\":{\"_id\":\"1\"}}\n{}\n{\"delete\":{\"_id\":\"2\"}}\n{\"index\":{}}\n{}\n");
  format_.create = true;
  EXPECT_EQ(encoded(), "{\"create\":{\"_id\":\"1\"}}\n{}\n{\"delete\":{\"_id\":\"2\"}}\n{\"create\":{}}\n{}\n");
}

TEST_F(BulkEncoderTest, WritesExternalVersionsAndFailsDocumentsWithoutOne) {
  format_.version_type = VersionType::kExternalGte;
  add("1").version = 7;
  add("2");
  EXPECT_EQ(encoded(), "{\"index\":{\"_id\":\"1\",\"version\":7,\"version_type\":\"external_gte\"}}\n{}\n");
  EXPECT_EQ(batch_.documents[1].outcome, Outcome::kFailed);
  ASSERT_EQ(batch_.failures.size(), 1U);
  EXPECT_EQ(batch_.failures[0].cause.reason, "illegal version value [-1] for version type [EXTERNAL_GTE]");
}

TEST_F(BulkEncoderTest, WritesWhatAPipelineSaysOfVersionsAndConditions) {
  Document& external = add("1");
  external.version_rule = pipeline::VersionRule::kExternalGte;
  external.version = 7;
  add("2").has_condition = true;
  batch_.conditions.push_back({1, 4, 2});
  add("3");
  EXPECT_EQ(encoded(),
            "{\"index\":{\"_id\":\"1\",\"version\":7,\"version_type\":\"external_gte\"}}\n{}\n"
            "{\"index\":{\"_id\":\"2\",\"if_seq_no\":4,\"if_primary_term\":2}}\n{}\n{\"index\":{\"_id\":\"3\"}}\n{}\n");
  format_.version_type = VersionType::kExternal;
  batch_.documents.clear();
  add("4").version_rule = pipeline::VersionRule::kInternal;
  EXPECT_EQ(encoded(), "{\"index\":{\"_id\":\"4\"}}\n{}\n");
}

// One such line would have the whole bulk refused.
TEST_F(BulkEncoderTest, FailsWhatAPipelineSaysAndNoBulkTakes) {
  const auto reason = [&](auto&& change) {
    batch_.reset();
    change(add("1"));
    EXPECT_EQ(encoded(), "");
    return batch_.failures.empty() ? std::string() : batch_.failures.front().cause.reason;
  };
  const auto condition = [&](Document& document, std::int64_t term) {
    document.has_condition = true;
    batch_.conditions.push_back({0, 4, term});
  };
  EXPECT_EQ(reason([&](Document& document) {
              document.version_rule = pipeline::VersionRule::kInternal;
              document.version = 5;
            }),
            "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and "
            "`if_primary_term` instead");
  EXPECT_EQ(reason([&](Document& document) { document.version_rule = pipeline::VersionRule::kExternal; }),
            "illegal version value [-1] for version type [EXTERNAL]");
  EXPECT_EQ(reason([&](Document& document) { condition(document, 0); }), "ifSeqNo is set, but primary term is [0]");
  EXPECT_EQ(reason([&](Document& document) {
              condition(document, 1);
              document.version_rule = pipeline::VersionRule::kExternal;
              document.version = 5;
            }),
            "compare and write operations can not use versioning");
  EXPECT_EQ(reason([&](Document& document) {
              condition(document, 1);
              document.operation = Operation::kCreate;
            }),
            "create operations do not support compare and set. use index instead");
  EXPECT_EQ(reason([&](Document& document) {
              document.version_rule = pipeline::VersionRule::kExternal;
              document.version = 5;
              document.operation = Operation::kCreate;
            }),
            "create operations only support internal versioning. use index instead");
  format_.conditions = false;
  EXPECT_EQ(reason([&](Document& document) { condition(document, 1); }),
            "[_if_seq_no] and [_if_primary_term] can't be kept: the destination's version knows no such conditions");
}

TEST_F(BulkEncoderTest, GivesOldServersTheirTypes) {
  format_.default_type = "doc";
  format_.underscore_type = false;
  add("1").type = "\"mine\"";
  add("2").type = "\"_doc\"";
  EXPECT_EQ(encoded(),
            "{\"index\":{\"_type\":\"doc\",\"_id\":\"1\"}}\n{}\n{\"index\":{\"_type\":\"doc\",\"_id\":\"2\"}}\n{}\n");
  format_.keep_types = true;
  EXPECT_EQ(encoded(),
            "{\"index\":{\"_type\":\"mine\",\"_id\":\"1\"}}\n{}\n{\"index\":{\"_type\":\"doc\",\"_id\":\"2\"}}\n{}\n");
}

TEST_F(BulkEncoderTest, FailsAnIdThatIsTooLongBeforeItIsSent) {
  add(std::string(512, 'x'));
  const std::string longer(513, 'y');
  add(longer);
  encode_bulk(batch_, format_);
  EXPECT_EQ(batch_.bulk.items, std::vector<std::uint32_t>{0});
  EXPECT_EQ(batch_.documents[1].outcome, Outcome::kFailed);
  EXPECT_EQ(batch_.failures.at(0).cause.reason,
            "id [" + longer + "] is too long, must be no longer than 512 bytes but was: 513");
  EXPECT_EQ(batch_.failures[0].cause.status, 400);
}

TEST_F(BulkEncoderTest, MeasuresAnIdWithoutItsEscapes) {
  std::string id;
  for (int i = 0; i < 256; ++i) id += "\\u00e9";  // two bytes each
  add(id);
  encode_bulk(batch_, format_);
  EXPECT_EQ(batch_.bulk.items.size(), 1U);
}

TEST_F(BulkEncoderTest, StopsAtTheByteLimitAndGoesOnThere) {
  for (int i = 0; i < 5; ++i) add(std::to_string(i));
  const std::size_t one = std::string("{\"index\":{\"_id\":\"0\"}}\n{}\n").size();
  format_.byte_limit = 2 * one;
  encode_bulk(batch_, format_);
  EXPECT_EQ(batch_.bulk.items, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(batch_.bulk.body.size(), 2 * one);
  batch_.documents[0].outcome = batch_.documents[1].outcome = Outcome::kCreated;
  batch_.documents[2].outcome = Outcome::kFiltered;
  encode_bulk(batch_, format_);
  EXPECT_EQ(batch_.bulk.items, (std::vector<std::uint32_t>{3, 4}));
}

TEST_F(BulkEncoderTest, SendsWhatWasRefusedWithoutWhatHasNotBeenSentYet) {
  for (int i = 0; i < 5; ++i) add(std::to_string(i));
  batch_.documents[0].outcome = Outcome::kCreated;
  batch_.bulk.refused_end = 3;
  encode_bulk(batch_, format_);
  EXPECT_EQ(batch_.bulk.items, (std::vector<std::uint32_t>{1, 2}));
}

TEST_F(BulkEncoderTest, SendsADocumentOverTheLimitAlone) {
  add("1", "{\"a\":\"" + std::string(100, 'x') + "\"}");
  add("2");
  format_.byte_limit = 10;
  encode_bulk(batch_, format_);
  EXPECT_EQ(batch_.bulk.items, std::vector<std::uint32_t>{0});
}

TEST_F(BulkEncoderTest, HasNothingToSayWhenNothingIsPending) {
  add("1").outcome = Outcome::kNoop;
  EXPECT_EQ(encoded(), "");
  EXPECT_TRUE(batch_.bulk.items.empty());
}

}  // namespace
}  // namespace sluice::io
