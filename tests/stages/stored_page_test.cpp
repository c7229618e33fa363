// Pages of the embedded store: what parse makes of them, and of broken ones.
#include "pipeline/model/stored_page.h"

#include <gtest/gtest.h>

#include "stages/parse/parse.h"

namespace sluice::stages {
namespace {

pipeline::Batch batch_of(std::uint64_t total, const std::vector<pipeline::StoredTexts>& records) {
  pipeline::Batch batch;
  batch.page.format = pipeline::PageFormat::kStored;
  const pipeline::StoredPageHead head{total};
  batch.page.bytes.append({reinterpret_cast<const char*>(&head), sizeof head});
  for (const pipeline::StoredTexts& texts : records) append_stored(batch.page.bytes, texts);
  return batch;
}

TEST(StoredPage, RecordsBecomeDocuments) {
  pipeline::Batch batch =
      batch_of(7, {{.index = R"("i")", .id = R"("a\"b")", .routing = {}, .source = R"({"x":1})", .version = 3},
                   {.index = R"("i")", .id = R"("2")", .routing = R"("r")", .source = "{}", .version = 1}});
  batch.page.begin.documents = 5;
  batch.page.last = true;
  ASSERT_TRUE(Parse({}).apply(batch));
  ASSERT_EQ(batch.documents.size(), 2U);
  EXPECT_EQ(batch.documents[0].index, R"("i")");
  EXPECT_EQ(batch.documents[0].id, R"("a\"b")");
  EXPECT_EQ(batch.documents[0].routing, "");
  EXPECT_EQ(batch.documents[0].source, R"({"x":1})");
  EXPECT_EQ(batch.documents[0].version, 3);
  EXPECT_EQ(batch.documents[1].routing, R"("r")");
  EXPECT_EQ(batch.facts.total, 7U);
  EXPECT_EQ(batch.facts.next.documents, 7U);
  EXPECT_TRUE(batch.facts.end);
}

TEST(StoredPage, AnEmptyPageSaysNothingOfTheTotal) {
  pipeline::Batch batch = batch_of(pipeline::StoredPageHead::kUnknown, {});
  ASSERT_TRUE(Parse({}).apply(batch));
  EXPECT_TRUE(batch.documents.empty());
  EXPECT_FALSE(batch.facts.total);
  EXPECT_FALSE(batch.facts.end);
}

TEST(StoredPage, PagesThatEndTooSoonAreErrors) {
  const pipeline::Batch whole =
      batch_of(1, {{.index = R"("i")", .id = R"("1")", .routing = {}, .source = "{}", .version = 1}});
  const std::string_view bytes = whole.page.text();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (size == sizeof(pipeline::StoredPageHead)) continue;  // a page without records
    pipeline::Batch batch;
    batch.page.format = pipeline::PageFormat::kStored;
    batch.page.bytes.append(bytes.substr(0, size));
    EXPECT_FALSE(Parse({}).apply(batch)) << size;
  }
}

TEST(StoredPage, MoreDocumentsThanAskedForAreAnError) {
  pipeline::Batch batch = batch_of(2, {{.index = {}, .id = R"("1")", .routing = {}, .source = "{}", .version = 1},
                                       {.index = {}, .id = R"("2")", .routing = {}, .source = "{}", .version = 1}});
  batch.max_documents = 1;
  EXPECT_FALSE(Parse({}).apply(batch));
}

}  // namespace
}  // namespace sluice::stages
