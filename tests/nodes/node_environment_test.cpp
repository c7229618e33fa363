#include "tests/nodes/node_environment.h"

#include <gtest/gtest.h>

namespace sluice::nodes {
namespace {

TEST(NodeEnvironment, FindsANodeByItsKind) {
  constexpr std::string_view kText =
      "SLUICE_OPENSEARCH=http://127.0.0.1:1\nSLUICE_OPENSEARCH_PID=7\nSLUICE_ELASTICSEARCH=http://127.0.0.1:2\n";
  EXPECT_EQ(node_url_in(kText, "opensearch").value(), "http://127.0.0.1:1");
  EXPECT_EQ(node_url_in(kText, "elasticsearch").value(), "http://127.0.0.1:2");
}

TEST(NodeEnvironment, SaysWhyThereIsNone) {
  const auto refused = node_url_in("SLUICE_OPENSEARCH!=needs a Java from 21\n", "opensearch");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "no opensearch node to test against: needs a Java from 21");
  const auto absent = node_url_in("", "opensearch");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().reason,
            "no opensearch node to test against: the file of $SLUICE_NODES_ENV has no SLUICE_OPENSEARCH");
}

}  // namespace
}  // namespace sluice::nodes
