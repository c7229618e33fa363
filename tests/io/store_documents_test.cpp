#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "io/store/documents/documents.h"
#include "pipeline/base/buffer.h"
#include "tests/io/store_documents_fixture.h"

namespace sluice::store {
namespace {

using Sources = std::vector<std::string>;

class DocumentsTest : public StoreTest {};

TEST_F(DocumentsTest, GivesBackWhatWasWritten) {
  const std::string source = " { \"a\" : 1e400, \"a\": \"\\u00fc\" }\n";
  Write one = put("id with \xf0\x9f\x98\x80", source);
  one.routing = "kö";
  const Written written = write_one(one);
  EXPECT_EQ(written.result, WriteResult::kCreated);
  const auto found = documents_->get(index(), one.id, one.routing);
  ASSERT_TRUE(found);
  ASSERT_TRUE(*found);
  const StoredDocument& document = (*found)->document();
  EXPECT_EQ(document.id, one.id);
  EXPECT_EQ(document.routing, one.routing);
  EXPECT_EQ(document.source, source);
  EXPECT_EQ(document.version, 1);
  EXPECT_EQ(document.seq_no, 0);
  EXPECT_EQ(document.primary_term, 1);
}

TEST_F(DocumentsTest, KeepsEmptyAndLargeSources) {
  const std::string large(3U << 20, 'x');
  write({put("empty", ""), put("large", large)});
  EXPECT_EQ(source_of("empty"), "");
  EXPECT_EQ(source_of("large"), large);
  EXPECT_EQ(counted_facts().source_bytes, large.size());
}

TEST_F(DocumentsTest, PaddingBehindSourcesIsReadable) {
  write({put("1", "{}"), put("2", std::string(1000, ' '))});
  char copy[Buffer::kPadding];
  const auto found = documents_->get(index(), "2", {});
  const std::string_view source = (*found)->document().source;
  std::memcpy(copy, source.data() + source.size(), sizeof copy);  // the address sanitizer watches
  auto scan = documents_->view()->scan(index(), 0, 0, 10);
  for (auto next = (*scan)->next(); *next != nullptr; next = (*scan)->next()) {
    std::memcpy(copy, (*next)->source.data() + (*next)->source.size(), sizeof copy);
  }
  EXPECT_EQ(source.size(), 1000U);
}

TEST_F(DocumentsTest, WhatIsNotThereIsNull) {
  EXPECT_EQ(source_of("1"), "-");
  write_one(put("1"));
  EXPECT_EQ(source_of("1", index(2)), "-") << "another index";
  EXPECT_EQ(source_of("11"), "-");
  write_one(remove("1"));
  EXPECT_EQ(source_of("1"), "-");
}

TEST_F(DocumentsTest, ScansInTheOrderOfTheLastWrites) {
  write({put("b", "1"), put("a", "2"), put("c", "3")});
  write({put("b", "4"), remove("c"), put("d", "5")});
  EXPECT_EQ(scanned(*documents_->view()), (Sources{"a=2", "b=4", "d=5"}));
}

TEST_F(DocumentsTest, ScansARangeOfSeqNos) {
  write({put("0", "0"), put("1", "1"), put("2", "2"), put("3", "3")});
  const ViewPtr view = documents_->view();
  EXPECT_EQ(scanned(*view, index(), 0, 1, 3), (Sources{"1=1", "2=2"}));
  EXPECT_EQ(scanned(*view, index(), 0, -5, 1), (Sources{"0=0"}));
  EXPECT_EQ(scanned(*view, index(), 0, 3, 3), Sources{});
  EXPECT_EQ(scanned(*view, index(), 0, 3, 1), Sources{});
  EXPECT_EQ(scanned(*view, index(), 0, 4, 100), Sources{});
}

TEST_F(DocumentsTest, ScansStayInTheirShardAndIndex) {
  const IndexKey two = index(0xffffffff, 2);
  write({put("1", "x"), put("2", "y"), put("😀", "z"), put("a😀b", "w")}, two);
  write({put("1", "other")}, index(0xfffffffe));
  const ViewPtr view = documents_->view();
  EXPECT_EQ(scanned(*view, two, 0), (Sources{"a😀b=w"}));
  EXPECT_EQ(scanned(*view, two, 1), (Sources{"1=x", "2=y", "😀=z"}));
  EXPECT_EQ(scanned(*view, index(0xfffffffe)), Sources{"1=other"});
}

TEST_F(DocumentsTest, SeqNosCountWithinAShard) {
  const IndexKey two = index(3, 2);
  const auto outcomes = write({put("1"), put("a😀b"), put("2")}, two);
  EXPECT_EQ(outcomes[0].shard, 1U);
  EXPECT_EQ(outcomes[1].shard, 0U);
  EXPECT_EQ(outcomes[1].seq_no, 0);
  EXPECT_EQ(outcomes[2].seq_no, 1);
  EXPECT_EQ(counted_facts(two, 0).documents, 1U);
  EXPECT_EQ(counted_facts(two, 1).documents, 2U);
}

TEST_F(DocumentsTest, AViewSeesNothingThatComesLater) {
  write({put("1", "old"), put("2", "old")});
  const ViewPtr view = documents_->view();
  write({put("1", "new"), remove("2"), put("3", "new")});
  ASSERT_TRUE(documents_->compact(index()));
  EXPECT_EQ(scanned(*view), (Sources{"1=old", "2=old"}));
  EXPECT_EQ(scanned(*documents_->view()), (Sources{"1=new", "3=new"}));
  const auto found = view->get(index(), "2", {});
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->document().source, "old");
  EXPECT_FALSE(*view->get(index(), "3", {}));
  EXPECT_EQ(view->facts(index(), 0)->documents, 2U);
  EXPECT_EQ(view->facts(index(), 0)->max_seq_no, 1);
}

TEST_F(DocumentsTest, AScanOutlivesItsView) {
  write({put("1", "x")});
  auto scan = documents_->view()->scan(index(), 0, 0, 10);
  write_one(remove("1"));
  const auto next = (*scan)->next();
  ASSERT_TRUE(next && *next != nullptr);
  EXPECT_EQ((*next)->source, "x");
}

TEST_F(DocumentsTest, FreshIdsAreWrittenWithoutALook) {
  std::vector<std::string> ids;
  std::vector<Write> writes;
  for (int i = 0; i < 100; ++i) ids.push_back(Documents::new_id());
  for (const std::string& id : ids) {
    writes.push_back(put(id, id));
    writes.back().fresh_id = true;
  }
  for (const Written& written : write(writes)) EXPECT_EQ(written.version, 1);
  EXPECT_EQ(source_of(ids[50]), ids[50]);
  EXPECT_EQ(counted_facts().documents, 100U);
}

TEST_F(DocumentsTest, AnEmptyIndexHasNoFacts) {
  const ShardFacts facts = counted_facts(index(99));
  EXPECT_EQ(facts.documents, 0U);
  EXPECT_EQ(facts.deleted, 0U);
  EXPECT_EQ(facts.max_seq_no, -1);
}

TEST_F(DocumentsTest, OutcomesMustFitTheWrites) {
  const Write one = put("1");
  const auto done = documents_->write(index(), {&one, 1}, {}, Durability::kAsync);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, "1 writes were given with 0 places for outcomes");
  EXPECT_TRUE(documents_->write(index(), {}, {}, Durability::kRequest));
}

TEST_F(DocumentsTest, KeepsEverythingWhenItIsOpenedAgain) {
  write({put("1", "x"), put("2", "y"), put("2", "z"), remove("1")});
  open();
  EXPECT_EQ(source_of("1"), "-");
  EXPECT_EQ(source_of("2"), "z");
  const ShardFacts facts = counted_facts();
  EXPECT_EQ(facts.documents, 1U);
  EXPECT_EQ(facts.deleted, 2U);
  const Written next = write_one(put("1"));
  EXPECT_EQ(next.seq_no, 4);
  EXPECT_EQ(next.version, 3);
}

TEST_F(DocumentsTest, DropForgetsOneIndex) {
  const IndexKey two = index(2, 5);
  write({put("1", "kept")}, index(1));
  write({put("1"), put("2"), put("3"), put("4")}, two);
  write({put("1", "kept")}, index(3));
  const ViewPtr before = documents_->view();
  ASSERT_TRUE(documents_->drop(two));
  EXPECT_EQ(source_of("1", two), "-");
  for (std::uint32_t shard = 0; shard < 5; ++shard) EXPECT_EQ(counted_facts(two, shard).documents, 0U);
  EXPECT_EQ(source_of("1", index(1)), "kept");
  EXPECT_EQ(source_of("1", index(3)), "kept");
  std::size_t still_seen = 0;
  for (std::uint32_t shard = 0; shard < 5; ++shard) still_seen += scanned(*before, two, shard).size();
  EXPECT_EQ(still_seen, 4U) << "a view keeps what was dropped after it";
}

TEST_F(DocumentsTest, ADroppedIndexTakesNoWrites) {
  write_one(put("1"));
  ASSERT_TRUE(documents_->drop(index()));
  const Write late = put("2");
  Written outcome;
  const auto done = documents_->write(index(), {&late, 1}, {&outcome, 1}, Durability::kAsync);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().type, "index_not_found_exception");
  EXPECT_EQ(done.error().reason, "no such index [books]");
  EXPECT_EQ(done.error().status, 404);
}

TEST_F(DocumentsTest, DropGivesTheDiskBack) {
  std::minstd_rand random(1);
  for (int round = 0; round < 20; ++round) {
    std::string noise(100'000, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    write({put(std::to_string(round), noise)});
  }
  ASSERT_TRUE(documents_->compact(index()));
  EXPECT_GT(documents_->disk_bytes(index()), 1'900'000U);
  EXPECT_GE(documents_->disk_bytes(), documents_->disk_bytes(index()));
  ASSERT_TRUE(documents_->drop(index()));
  EXPECT_LT(documents_->disk_bytes(index()), 10'000U);
}

/// Two megabytes that can't be packed, in files of their own.
void fill_files(Documents& documents, const IndexKey& index, const std::function<void(std::string_view)>& put) {
  std::minstd_rand random(1);
  std::string noise(2'000'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  put(noise);
  ASSERT_TRUE(documents.compact(index));
}

TEST_F(DocumentsTest, ADroppedIndexGivesTheDiskBackWhenNoOlderViewIsLeft) {
  fill_files(*documents_, index(), [this](std::string_view noise) { write_one(put("1", noise)); });
  ViewPtr before = documents_->view();
  ASSERT_TRUE(documents_->drop(index()));
  const ViewPtr after = documents_->view();
  std::atomic<bool> stop = false;
  EXPECT_EQ(*documents_->reclaim(stop), 1U);
  EXPECT_GT(documents_->disk_bytes(), 2'000'000U);
  before.reset();
  EXPECT_EQ(*documents_->reclaim(stop), 0U) << "a later view does not show it";
  EXPECT_LT(documents_->disk_bytes(index()), 10'000U);
}

TEST_F(DocumentsTest, ADroppedIndexAmongOthersGivesTheDiskBack) {
  write_one(put("1", "kept"), index(1));
  write_one(put("1", "kept"), index(3));
  fill_files(*documents_, index(1), [this](std::string_view noise) { write_one(put("1", noise), index(2)); });
  {  // files of several indices, in which the range does not begin or end
    const ViewPtr before = documents_->view();
    ASSERT_TRUE(documents_->drop(index(2)));
  }
  std::atomic<bool> stop = false;
  EXPECT_EQ(*documents_->reclaim(stop), 0U);
  EXPECT_LT(documents_->disk_bytes(index(2)), 10'000U);
  EXPECT_EQ(source_of("1", index(1)), "kept");
  EXPECT_EQ(source_of("1", index(3)), "kept");
}

TEST_F(DocumentsTest, ADroppedIndexGivesTheDiskBackAfterARestart) {
  fill_files(*documents_, index(), [this](std::string_view noise) { write_one(put("1", noise)); });
  {
    const ViewPtr before = documents_->view();
    ASSERT_TRUE(documents_->drop(index()));
    EXPECT_GT(documents_->disk_bytes(), 2'000'000U);
  }
  open();
  EXPECT_LT(documents_->disk_bytes(index()), 10'000U);
  EXPECT_TRUE(documents_->records("dropped/")->empty());
}

TEST_F(DocumentsTest, AnIndexThatWasToBeDroppedIsDroppedByTheNextOpening) {
  write_one(put("1", "x"));
  write_one(put("1", "kept"), index(2));
  ASSERT_TRUE(documents_->put_records(std::vector{Documents::drop_record(1)}));
  open();
  EXPECT_EQ(source_of("1"), "-");
  EXPECT_EQ(source_of("1", index(2)), "kept");
  EXPECT_EQ(counted_facts().documents, 0U);
}

TEST_F(DocumentsTest, CompactingForgetsWhatWasDeleted) {
  for (int round = 0; round < 3; ++round) write({put("1", std::string(1000, 'x')), put("2"), remove("2")});
  EXPECT_EQ(counted_facts().deleted, 5U);
  ASSERT_TRUE(documents_->compact(index()));
  const ShardFacts facts = counted_facts();
  EXPECT_EQ(facts.deleted, 0U);
  EXPECT_EQ(facts.documents, 1U);
  open();
  EXPECT_EQ(counted_facts().deleted, 0U);
  EXPECT_EQ(write_one(put("2")).version, 7) << "its tombstone is not old enough to be forgotten";
}

TEST_F(DocumentsTest, CompactingPacksTighterAndAgainIsNoWork) {
  std::vector<std::string> sources;
  std::minstd_rand random(1);
  for (int i = 0; i < 3000; ++i) {
    sources.push_back(R"({"name":"place )" + std::to_string(random() % 5000) + R"(","population":)" +
                      std::to_string(random()) + "}");
  }
  for (int i = 0; i < 3000; ++i) write_one(put("id-" + std::to_string(i), sources[static_cast<std::size_t>(i)]));
  open();  // what was in memory is in files now
  const std::uint64_t before = documents_->disk_bytes(index());
  ASSERT_TRUE(documents_->compact(index()));
  const std::uint64_t tight = documents_->disk_bytes(index());
  EXPECT_LT(tight, before * 95 / 100);
  const auto largest_file = [this] {
    std::pair<std::uint64_t, std::string> largest;
    for (const auto& entry : std::filesystem::directory_iterator(options_.path)) {
      if (entry.path().extension() != ".sst") continue;
      largest = std::max(largest, {entry.file_size(), entry.path().filename().string()});
    }
    return largest.second;
  };
  const std::string documents_file = largest_file();
  ASSERT_TRUE(documents_->compact(index()));
  EXPECT_EQ(largest_file(), documents_file) << "the documents were rewritten";
  EXPECT_EQ(documents_->disk_bytes(index()), tight);
  open();
  EXPECT_EQ(source_of("id-2999"), sources.back());
  EXPECT_EQ(counted_facts().documents, 3000U);
}

TEST_F(DocumentsTest, Records) {
  using Record = Documents::Record;
  ASSERT_TRUE(documents_->put_records(std::vector<Record>{{"a/1", "x"}, {"a/2", ""}, {"b", "z"}, {"a", "w"}}));
  EXPECT_EQ(*documents_->record("a/1"), "x");
  EXPECT_EQ(*documents_->record("a/2"), "");
  EXPECT_EQ(*documents_->record("c"), std::nullopt);
  ASSERT_TRUE(documents_->put_records(std::vector<Record>{{"a/1", std::nullopt}, {"a/3", "y"}}));
  open();
  const auto found = documents_->records("a/");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].key, "a/2");
  EXPECT_EQ((*found)[1].key, "a/3");
  EXPECT_EQ((*found)[1].value, "y");
  EXPECT_EQ(documents_->records("")->size(), 4U);
}

}  // namespace
}  // namespace sluice::store
