// The cluster, its nodes and its settings. Expected texts are Elasticsearch 9.4.3's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

void add_index(SluicedNode& node, const std::string& name, const std::string& replicas) {
  const auto added = node.services().catalog.update([&](store::ClusterState& state) -> Status {
    auto index = std::make_shared<store::IndexMeta>();
    index->name = name;
    index->uuid = name + "-uuid";
    index->number = node.services().catalog.next_number();
    index->settings = {{"index.number_of_shards", "\"2\""}, {"index.number_of_replicas", "\"" + replicas + "\""}};
    state.indices.emplace(name, index);
    return {};
  });
  ASSERT_TRUE(added.has_value());
}

TEST(SluicedCluster, HealthOfAnEmptyCluster) {
  SluicedNode node;
  EXPECT_EQ(
      node.ask("GET", "/_cluster/health").body,
      R"({"cluster_name":"sluice","status":"green","timed_out":false,"number_of_nodes":1,"number_of_data_nodes":1,"active_primary_shards":0,"active_shards":0,"relocating_shards":0,"initializing_shards":0,"unassigned_shards":0,"unassigned_primary_shards":0,"delayed_unassigned_shards":0,"number_of_pending_tasks":0,"number_of_in_flight_fetch":0,"task_max_waiting_in_queue_millis":0,"active_shards_percent_as_number":100.0})");
}

TEST(SluicedCluster, ReplicasHaveNoNodeToBeOn) {
  SluicedNode node;
  add_index(node, "a", "1");
  add_index(node, "b", "0");
  const std::string all = node.ask("GET", "/_cluster/health?level=shards").body;
  EXPECT_THAT(all, HasSubstr("\"status\":\"yellow\""));
  EXPECT_THAT(all, HasSubstr("\"active_shards\":4"));
  EXPECT_THAT(all, HasSubstr("\"unassigned_shards\":2"));
  EXPECT_THAT(all, HasSubstr("\"shards\":{\"0\":{\"status\":\"yellow\",\"primary_active\":true"));
  EXPECT_THAT(node.ask("GET", "/_cluster/health/b").body, HasSubstr("\"status\":\"green\""));
}

TEST(SluicedCluster, WaitingEndsWithATimeout) {
  SluicedNode node;
  add_index(node, "a", "1");
  EXPECT_EQ(node.ask("GET", "/_cluster/health?wait_for_status=yellow").status, 200);
  EXPECT_EQ(node.ask("GET", "/_cluster/health?wait_for_nodes=%3E%3D1").status, 200);
  for (const char* const wish : {"wait_for_status=green", "wait_for_nodes=2", "wait_for_active_shards=all"}) {
    const auto late = node.ask("GET", std::string("/_cluster/health?timeout=1ms&") + wish);
    EXPECT_EQ(late.status, 408) << wish;
    EXPECT_THAT(late.body, HasSubstr("\"timed_out\":true"));
  }
  const auto missing = node.ask("GET", "/_cluster/health/nope?timeout=1ms");
  EXPECT_EQ(missing.status, 408);
  EXPECT_THAT(missing.body, HasSubstr("\"status\":\"red\""));
  EXPECT_EQ(node.ask("GET", "/_cluster/health?wait_for_status=foo").status, 400);
}

std::string put_settings(SluicedNode& node, std::string_view body) {
  return node.ask("PUT", "/_cluster/settings", body).body;
}

TEST(SluicedCluster, SettingsAreSetResetAndShown) {
  SluicedNode node;
  EXPECT_EQ(
      put_settings(
          node,
          R"({"persistent":{"search":{"max_buckets":101}},"transient":{"action.destructive_requires_name":false}})"),
      R"({"acknowledged":true,"persistent":{"search":{"max_buckets":"101"}},"transient":{"action":{"destructive_requires_name":"false"}}})");
  EXPECT_EQ(node.ask("GET", "/_cluster/settings?flat_settings").body,
            R"({"persistent":{"search.max_buckets":"101"},"transient":{"action.destructive_requires_name":"false"}})");
  EXPECT_THAT(node.ask("GET", "/_cluster/settings?include_defaults&flat_settings").body,
              HasSubstr("\"search.max_keep_alive\":\"24h\""));
  EXPECT_EQ(
      put_settings(node, R"({"persistent":{"search.*":null},"transient":{"action.destructive_requires_name":null}})"),
      R"({"acknowledged":true,"persistent":{},"transient":{}})");
  EXPECT_EQ(node.ask("GET", "/_cluster/settings").body, R"({"persistent":{},"transient":{}})");
}

TEST(SluicedCluster, SettingsThatAreRefused) {
  SluicedNode node;
  EXPECT_THAT(put_settings(node, R"({"persistent":{"foo.bar":1}})"),
              HasSubstr("persistent setting [foo.bar], not recognized"));
  EXPECT_THAT(put_settings(node, R"({"transient":{"foo":null}})"),
              HasSubstr("transient setting [foo], not recognized"));
  EXPECT_THAT(put_settings(node, R"({"persistent":{"cluster.name":"x"}})"),
              HasSubstr("persistent setting [cluster.name], not dynamically updateable"));
  EXPECT_THAT(put_settings(node, R"({"persistent":{"search.max_buckets":"abc"}})"),
              HasSubstr("Failed to parse value [abc] for setting [search.max_buckets]"));
  EXPECT_THAT(put_settings(node, "{}"), HasSubstr("Validation Failed: 1: no settings to update;"));
  EXPECT_THAT(node.ask("PUT", "/_cluster/settings").body, HasSubstr("request body is required"));
  EXPECT_EQ(node.ask("GET", "/_cluster/settings").body, R"({"persistent":{},"transient":{}})");
}

TEST(SluicedCluster, StateByMetricAndIndex) {
  SluicedNode node;
  add_index(node, "a", "0");
  add_index(node, "b", "0");
  EXPECT_EQ(node.ask("GET", "/_cluster/state/master_node").body,
            R"({"cluster_name":"sluice","cluster_uuid":"uuid","master_node":"node-id"})");
  EXPECT_EQ(
      node.ask("GET", "/_cluster/state/metadata/a?filter_path=metadata.indices.*.settings.index.number_of_shards").body,
      R"({"metadata":{"indices":{"a":{"settings":{"index":{"number_of_shards":"2"}}}}}})");
  EXPECT_EQ(node.ask("GET", "/_cluster/state/metadata/nope").status, 404);
  EXPECT_THAT(node.ask("GET", "/_cluster/state").body, HasSubstr("\"routing_table\""));
  EXPECT_EQ(node.ask("GET", "/_cluster/pending_tasks").body, R"({"tasks":[]})");
}

TEST(SluicedCluster, NodesByNameAndMetric) {
  SluicedNode node({{"sluice.users.me", "\"secret\""}, {"node.name", "\"node\""}});
  const std::string all = node.ask("GET", "/_nodes").body;
  EXPECT_THAT(all, HasSubstr("\"publish_address\":\"127.0.0.1:9200\""));
  EXPECT_THAT(all, HasSubstr("\"settings\":{\"node\":{\"name\":\"node\"}}"));
  EXPECT_THAT(all, Not(HasSubstr("secret")));
  EXPECT_THAT(node.ask("GET", "/_nodes/http").body, Not(HasSubstr("\"os\"")));
  EXPECT_THAT(node.ask("GET", "/_nodes/_local/http").body, HasSubstr("\"max_content_length_in_bytes\":104857600"));
  EXPECT_EQ(node.ask("GET", "/_nodes/nope").body,
            R"({"_nodes":{"total":0,"successful":0,"failed":0},"cluster_name":"sluice","nodes":{}})");
  EXPECT_THAT(node.ask("GET", "/_nodes/stats/indices").body, HasSubstr("\"docs\":{\"count\":0"));
  EXPECT_THAT(node.ask("GET", "/_nodes/stats/foo").body,
              HasSubstr("request [/_nodes/stats/foo] contains unrecognized metric: [foo]"));
  EXPECT_THAT(node.ask("GET", "/_cluster/stats").body, HasSubstr("\"versions\":[\"9.4.3\"]"));
}

}  // namespace
}  // namespace sluice::tests
