#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "io/store/catalog/create_index.h"
#include "io/store/writing/indexer.h"
#include "pipeline/base/buffer.h"

namespace sluice::store {
namespace {

/// An indexer over a store in a folder of its own.
class IndexerTest : public ::testing::Test {
 protected:
  IndexerTest()
      : folder_(std::filesystem::temp_directory_path() / ("store_indexer_" + std::to_string(::getpid()))),
        documents_(open()),
        catalog_(std::move(*Catalog::open(*documents_))),
        views_(*documents_, *catalog_),
        indexer_(*documents_, *catalog_, views_, "true") {}
  ~IndexerTest() override {
    catalog_.reset();
    documents_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<Documents> open() {
    std::filesystem::remove_all(folder_);
    return std::move(*Documents::open({.path = folder_.string()}));
  }

  void create(const std::string& name, const std::string& body) {
    const Status made = catalog_->update([&](ClusterState& state) -> Status {
      auto index = create_index(*catalog_, state, *parse_new_index(name, body));
      return index ? Status{} : std::unexpected(index.error());
    });
    ASSERT_TRUE(made.has_value()) << made.error().message();
  }

  /// The reason why it was refused; empty: it was written.
  std::string write(IndexItem& item, std::string_view source) {
    Buffer padded(source.size());
    padded.append(source);
    item.write.source = padded.view();
    const Status written = indexer_.write({&item, 1});
    if (!written) return "store: " + written.error().message();
    return item.written.error ? item.written.error->reason : "";
  }

  std::string write(std::string_view index, std::string_view id, std::string_view source) {
    IndexItem item;
    item.index = index;
    item.write.id = id;
    return write(item, source);
  }

  std::filesystem::path folder_;
  std::unique_ptr<Documents> documents_;
  std::unique_ptr<Catalog> catalog_;
  SearchViews views_;
  Indexer indexer_;
};

TEST_F(IndexerTest, AMissingIndexIsMadeAndItsMappingGrows) {
  EXPECT_EQ(write("a", "1", R"({"n":1})"), "");
  EXPECT_EQ(write("a", "2", R"({"s":"x"})"), "");
  const IndexPtr index = catalog_->state()->find("a");
  ASSERT_NE(index, nullptr);
  EXPECT_NE(index->mapping->find("n"), nullptr);
  EXPECT_NE(index->mapping->find("s.keyword"), nullptr);
}

TEST_F(IndexerTest, AutoCreationCanBeForbidden) {
  indexer_.set_auto_create("+logs-*,-*");
  EXPECT_EQ(write("logs-1", "1", "{}"), "");
  EXPECT_EQ(
      write("other", "1", "{}"),
      "no such index [other] and [action.auto_create_index] contains [-*] which forbids automatic creation of the "
      "index");
}

TEST_F(IndexerTest, ADocumentThatDoesNotFitIsRefusedAndTheOthersAreWritten) {
  create("a", R"({"mappings":{"properties":{"n":{"type":"long"}}}})");
  const std::string_view sources = R"({"n":1}     {"n":"x"}   {"n":2}     )";
  Buffer padded(sources.size());
  padded.append(sources);
  std::vector<IndexItem> items(3);
  const std::string ids[] = {"1", "2", "3"};
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].index = "a";
    items[i].write.id = ids[i];
    items[i].write.source = padded.view().substr(i * 12, 9);
    items[i].write.source = items[i].write.source.substr(0, items[i].write.source.find('}') + 1);
  }
  ASSERT_TRUE(indexer_.write(items).has_value());
  EXPECT_FALSE(items[0].written.error.has_value());
  ASSERT_TRUE(items[1].written.error.has_value());
  EXPECT_EQ(items[1].written.error->type, "document_parsing_exception");
  EXPECT_FALSE(items[2].written.error.has_value());
  EXPECT_EQ(items[2].written.seq_no, 1);
}

TEST_F(IndexerTest, APipelineThatIsNotThereRefusesTheDocument) {
  IndexItem item;
  item.index = "a";
  item.write.id = "1";
  item.pipeline = "clean";
  EXPECT_EQ(write(item, "{}"), "pipeline with id [clean] does not exist");
  create("b", R"({"settings":{"default_pipeline":"own"}})");
  EXPECT_EQ(write("b", "1", "{}"), "pipeline with id [own] does not exist");
  IndexItem none;
  none.index = "b";
  none.write.id = "1";
  none.pipeline = "_none";
  EXPECT_EQ(write(none, "{}"), "");
}

TEST_F(IndexerTest, ClosedAndBlockedIndicesRefuse) {
  create("closed", "{}");
  create("blocked", R"({"settings":{"index.blocks.write":true}})");
  ASSERT_TRUE(catalog_->update([](ClusterState& state) -> Status {
    auto copy = std::make_shared<IndexMeta>(*state.find("closed"));
    copy->open = false;
    state.indices.insert_or_assign("closed", copy);
    return {};
  }));
  EXPECT_EQ(write("closed", "1", "{}"), "closed");
  EXPECT_EQ(write("blocked", "1", "{}"), "index [blocked] blocked by: [FORBIDDEN/8/index write (api)];");
}

TEST_F(IndexerTest, AnAliasRoutesAndMayHaveNoWriteIndex) {
  create("a", R"({"aliases":{"routed":{"routing":"r"},"both":{}}})");
  create("b", R"({"aliases":{"both":{}}})");
  IndexItem item;
  item.index = "routed";
  item.write.id = "1";
  EXPECT_EQ(write(item, "{}"), "");
  EXPECT_EQ(item.target->name, "a");
  IndexItem other;
  other.index = "routed";
  other.write.id = "2";
  other.write.routing = "x";
  EXPECT_EQ(write(other, "{}"),
            "Alias [routed] has index routing associated with it [r], and was provided with routing value [x], "
            "rejecting operation");
  EXPECT_TRUE(write("both", "1", "{}").starts_with("no write index is defined for alias [both]."));
}

TEST_F(IndexerTest, SearchesSeeAWriteAfterARefresh) {
  create("a", R"({"settings":{"refresh_interval":"-1"}})");
  const IndexPtr index = catalog_->state()->find("a");
  ASSERT_EQ(write("a", "1", "{}"), "");
  const auto count = [&] { return views_.view(*catalog_->state()->find("a"))->facts(index->key(), 0)->documents; };
  EXPECT_EQ(count(), 0U);
  views_.refresh(*index);
  EXPECT_EQ(count(), 1U);
}

TEST_F(IndexerTest, PicturesOfIdleIndicesGoWhereNobodySeesIt) {
  create("a", "{}");
  create("never", R"({"settings":{"refresh_interval":"-1"}})");
  const IndexPtr a = catalog_->state()->find("a");
  const IndexPtr never = catalog_->state()->find("never");
  std::weak_ptr<const View> of_a = views_.view(*a);
  ASSERT_EQ(write("never", "1", "{}"), "");
  const std::weak_ptr<const View> of_never = views_.view(*never);
  const auto now = SearchViews::Clock::now();
  views_.let_idle_go(now);
  EXPECT_FALSE(of_a.expired());
  views_.let_idle_go(now + SearchViews::kIdle + std::chrono::seconds(1));
  EXPECT_TRUE(of_a.expired());
  EXPECT_FALSE(of_never.expired()) << "the write must not be seen before a refresh";
  EXPECT_EQ(views_.view(*never)->facts(never->key(), 0)->documents, 0U);
  views_.refresh(*never);
  views_.let_idle_go(now + 2 * SearchViews::kIdle + std::chrono::seconds(1));
  ASSERT_EQ(write("never", "2", "{}"), "");
  EXPECT_EQ(views_.view(*never)->facts(never->key(), 0)->documents, 1U) << "as it was before the picture went";
}

TEST_F(IndexerTest, PicturesAreRenewedWhereNobodySeesIt) {
  create("a", "{}");
  create("never", R"({"settings":{"refresh_interval":"-1"}})");
  const IndexPtr a = catalog_->state()->find("a");
  const IndexPtr never = catalog_->state()->find("never");
  const std::weak_ptr<const View> of_a = views_.view(*a);
  const std::weak_ptr<const View> of_never = views_.view(*never);
  views_.renew();
  EXPECT_TRUE(of_a.expired());
  EXPECT_TRUE(of_never.expired());
  views_.before_write(*never);
  views_.refresh(*never);
  const std::weak_ptr<const View> while_writing = views_.view(*never);
  views_.renew();
  EXPECT_FALSE(while_writing.expired()) << "the write comes after the refresh";
  views_.after_write(*never);
  views_.renew();
  EXPECT_FALSE(while_writing.expired());
}

TEST_F(IndexerTest, AnIndexThatIsGoneKeepsNoPicture) {
  create("a", "{}");
  ASSERT_EQ(write("a", "1", "{}"), "");
  const IndexPtr index = catalog_->state()->find("a");
  views_.before_write(*index);
  ASSERT_TRUE(catalog_->update([](ClusterState& state) -> Status {
    state.indices.erase("a");
    return {};
  }));
  EXPECT_FALSE(views_.has(index->number));
  views_.after_write(*index);
  views_.before_write(*index);
  views_.refresh(*index);
  EXPECT_EQ(views_.view(*index)->facts(index->key(), 0)->documents, 0U);
  EXPECT_FALSE(views_.has(index->number)) << "who was late has not made it again";
  EXPECT_TRUE(documents_->records("dropped/")->empty()) << "its own picture did not keep its files";
}

/// Deletes an index while documents are on their way to it.
class Deleter : public Ingester {
 public:
  Deleter(Documents& documents, Catalog& catalog, std::string index)
      : documents_(documents), catalog_(catalog), index_(std::move(index)) {}
  void ingest(std::span<IndexItem> /*items*/) override {
    // The writer finds the index, and its documents gone: as when it is deleted a moment later.
    EXPECT_TRUE(documents_.drop(catalog_.state()->find(index_)->key()));
  }

 private:
  Documents& documents_;
  Catalog& catalog_;
  std::string index_;
};

TEST_F(IndexerTest, AnIndexThatIsDeletedMeanwhileIsNoMatterOfTheOthers) {
  create("a", "{}");
  create("gone", "{}");
  create("z", "{}");
  Deleter deleter(*documents_, *catalog_, "gone");
  indexer_.set_ingester(&deleter);
  Buffer source(2);
  source.append("{}");
  std::vector<IndexItem> items(3);
  const std::array<std::string_view, 3> names{"a", "gone", "z"};
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].index = names[i];
    items[i].write.id = "1";
    items[i].write.source = source.view();
  }
  EXPECT_TRUE(indexer_.write(items));
  EXPECT_FALSE(items[0].written.error);
  ASSERT_TRUE(items[1].written.error);
  EXPECT_EQ(items[1].written.error->status, 404);
  EXPECT_EQ(items[1].written.error->type, "index_not_found_exception");
  EXPECT_FALSE(items[2].written.error);
  for (const std::string_view name : {"a", "z"}) {
    EXPECT_NE(*documents_->get(catalog_->state()->find(name)->key(), "1", ""), nullptr) << name;
  }
}

TEST_F(IndexerTest, AStateSurvivesAReopen) {
  create(
      "a",
      R"({"settings":{"number_of_shards":3},"mappings":{"properties":{"n":{"type":"long"}}},"aliases":{"x":{"filter":{"term":{"n":1}},"is_write_index":true}}})");
  ASSERT_EQ(write("a", "1", R"({"n":1})"), "");
  auto reopened = Catalog::open(*documents_);
  ASSERT_TRUE(reopened.has_value());
  const IndexPtr index = (*reopened)->state()->find("a");
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->shards(), 3U);
  EXPECT_EQ(index->mapping->json(), catalog_->state()->find("a")->mapping->json());
  EXPECT_EQ(index->aliases.at("x").filter, R"({"term":{"n":1}})");
  EXPECT_TRUE(index->aliases.at("x").write_index.value_or(false));
}

}  // namespace
}  // namespace sluice::store
