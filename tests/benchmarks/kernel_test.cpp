#include "benchmarks/micro/kernel.h"

#include <gtest/gtest.h>

#include "tests/padded.h"

namespace sluice::benchmarks {
namespace {

using tests::padded;

TEST(Kernel, TakesTheIdAndTheBytesOfTheSource) {
  const Buffer hits = padded(
      "{\"_index\":\"i\",\"_id\":\"a\\\"b\" ,\"_source\":{ \"x\":[1, 2e400]}}\n"
      "{\"_index\":\"i\",\"_id\":\"2\",\"_source\":{}}\n");
  Buffer bulk;
  const auto totals = copy_hits_to_bulk(hits.view(), bulk);
  ASSERT_TRUE(totals) << totals.error().message();
  EXPECT_EQ(totals->documents, 2U);
  EXPECT_EQ(totals->bytes_read, hits.size());
  EXPECT_EQ(totals->bytes_written, bulk.size());
  EXPECT_EQ(bulk.view(), "{\"index\":{\"_id\":\"a\\\"b\"}}\n{ \"x\":[1, 2e400]}\n{\"index\":{\"_id\":\"2\"}}\n{}\n");
}

TEST(Kernel, SaysWhichLineIsNoHit) {
  const Buffer hits = padded("{\"_id\":\"1\",\"_source\":{}}\n{\"_id\":\"2\"}\n");
  Buffer bulk;
  const auto totals = copy_hits_to_bulk(hits.view(), bulk);
  ASSERT_FALSE(totals);
  EXPECT_NE(totals.error().reason.find("document 2 is not a search hit"), std::string::npos) << totals.error().reason;
}

}  // namespace
}  // namespace sluice::benchmarks
