#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/documents/documents.h"

namespace sluice::store {

/// A store in a folder of its own, which goes with the test.
class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "sluice-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    options_.path = pattern + "/store";
    folder_ = pattern;
    open();
  }
  void TearDown() override {
    documents_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    documents_.reset();
    auto opened = Documents::open(options_);
    ASSERT_TRUE(opened) << opened.error().message();
    documents_ = std::move(*opened);
  }

  static IndexKey index(std::uint32_t number = 1, std::uint32_t shards = 1) {
    return {number, shards, shards, "books", "DhI0n3uFSem1"};
  }
  static Write put(std::string_view id, std::string_view source = "{}") { return {.id = id, .source = source}; }
  static Write create(std::string_view id, std::string_view source = "{}") {
    return {.kind = WriteKind::kCreate, .id = id, .source = source};
  }
  static Write remove(std::string_view id) { return {.kind = WriteKind::kDelete, .id = id}; }
  static Write external(Write write, std::int64_t version, Versioning versioning = Versioning::kExternal) {
    write.version = version;
    write.versioning = versioning;
    return write;
  }
  static Write expecting(Write write, std::int64_t seq_no, std::int64_t term = 1) {
    write.if_seq_no = seq_no;
    write.if_primary_term = term;
    return write;
  }

  std::vector<Written> write(const std::vector<Write>& writes, const IndexKey& key = index(),
                             Durability durability = Durability::kAsync) {
    std::vector<Written> outcomes(writes.size());
    const auto done = documents_->write(key, writes, outcomes, durability);
    EXPECT_TRUE(done) << done.error().message();
    return outcomes;
  }
  Written write_one(const Write& one, const IndexKey& key = index()) { return write({one}, key).front(); }

  /// The sources of a shard in the order of a scan, each with its id: `1={"a":1}`.
  static std::vector<std::string> scanned(const View& view, const IndexKey& key = index(), std::uint32_t shard = 0,
                                          std::int64_t from = 0, std::int64_t to = INT64_MAX) {
    std::vector<std::string> all;
    auto scan = view.scan(key, shard, from, to);
    EXPECT_TRUE(scan);
    for (;;) {
      const auto next = (*scan)->next();
      EXPECT_TRUE(next) << next.error().message();
      if (!next || *next == nullptr) return all;
      all.push_back(std::string((*next)->id) + "=" + std::string((*next)->source));
    }
  }
  /// The source of a document as it is now; `-` where there is none.
  std::string source_of(std::string_view id, const IndexKey& key = index()) {
    const auto found = documents_->get(key, id, {});
    EXPECT_TRUE(found) << found.error().message();
    return *found ? std::string((*found)->document().source) : "-";
  }
  /// The facts of a shard, after comparing them to what a scan counts.
  ShardFacts counted_facts(const IndexKey& key = index(), std::uint32_t shard = 0) {
    const ViewPtr view = documents_->view();
    ShardFacts counted;
    auto scan = view->scan(key, shard, 0, INT64_MAX);
    for (auto next = (*scan)->next(); next && *next != nullptr; next = (*scan)->next()) {
      ++counted.documents;
      counted.source_bytes += (*next)->source.size();
      EXPECT_GT((*next)->seq_no, counted.max_seq_no);
      counted.max_seq_no = (*next)->seq_no;
    }
    const auto facts = view->facts(key, shard);
    EXPECT_TRUE(facts);
    EXPECT_EQ(facts->documents, counted.documents);
    EXPECT_EQ(facts->source_bytes, counted.source_bytes);
    EXPECT_GE(facts->max_seq_no, counted.max_seq_no);
    return *facts;
  }

  DocumentsOptions options_;
  std::string folder_;
  std::unique_ptr<Documents> documents_;
};

}  // namespace sluice::store
