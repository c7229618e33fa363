#include "tests/tools/sluiced_node.h"

#include <atomic>
#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/index_analysis.h"
#include "tools/sluiced/rest/run_reply.h"

namespace sluice::tests {

SluicedNode::SluicedNode(store::Settings settings) : settings_(std::move(settings)) {
  static std::atomic<int> number = 0;
  folder_ = std::filesystem::temp_directory_path() /
            ("sluiced_node_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
  start();
}

/// All that a server promises holds whether indices of fields are used or not: tests run both ways.
store::LookupMode SluicedNode::lookups() const {
  const char* const by_environment = std::getenv("SLUICE_TEST_LOOKUPS");
  const auto set = settings_.find("indices.store.lookups");
  const std::string mode = set != settings_.end()      ? json_unquoted(set->second)
                           : by_environment != nullptr ? by_environment
                                                       : "auto";
  if (mode == "always") return store::LookupMode::kAlways;
  return mode == "off" ? store::LookupMode::kOff : store::LookupMode::kAuto;
}

void SluicedNode::start() {
  auto documents = store::Documents::open({.path = folder_.string(), .lookups = lookups()});
  EXPECT_TRUE(documents.has_value());
  documents_ = std::move(*documents);
  auto catalog = store::Catalog::open(*documents_);
  EXPECT_TRUE(catalog.has_value());
  catalog_ = std::move(*catalog);
  catalog_->set_index_check(rest::check_index_analysis);
  views_ = std::make_unique<store::SearchViews>(*documents_, *catalog_);
  indexer_ = std::make_unique<store::Indexer>(*documents_, *catalog_, *views_, "true");
  ingest_ = std::make_unique<StoreIngest>(
      *catalog_, store_environment(*catalog_, *documents_, databases_of_store(folder_.string())));
  indexer_->set_ingester(ingest_.get());
  const store::Store store{*documents_, *catalog_, *views_, *indexer_};
  tasks_ = std::make_unique<rest::Tasks>(store, "node-id", resume_);
  services_.reset(new rest::Services{.documents = *documents_,
                                     .catalog = *catalog_,
                                     .views = *views_,
                                     .indexer = *indexer_,
                                     .store = store,
                                     .contexts = contexts_,
                                     .scripts = scripts_,
                                     .tasks = *tasks_,
                                     .ingest = *ingest_,
                                     .enrich_runs = enrich_runs_,
                                     .node_settings = settings_,
                                     .cluster_uuid = "uuid",
                                     .node_id = "node-id",
                                     .node_name = "node",
                                     .http_address = "127.0.0.1:9200",
                                     .data_path = folder_.string(),
                                     .http_statistics = {}});
  rest::resume_runs(*services_);
}

SluicedNode::~SluicedNode() {
  stop();
  std::filesystem::remove_all(folder_);
}

void SluicedNode::stop() {
  tasks_.reset();
  services_.reset();
  security_.reset();
  indexer_.reset();
  ingest_.reset();
  views_.reset();
  catalog_.reset();
  documents_.reset();
}

void SluicedNode::restart() {
  stop();
  start();
}

void SluicedNode::resume_runs(bool resume) {
  resume_ = resume;
  restart();
}

void SluicedNode::secure() {
  auto security = rest::Security::open(*documents_, settings_);
  ASSERT_TRUE(security.has_value());
  security_ = std::move(*security);
  services_->security = security_.get();
}

serve::HttpResponse SluicedNode::ask(std::string_view method, std::string_view target, std::string_view body,
                                     serve::Headers headers) {
  return serve::settled(ask_later(method, target, body, std::move(headers)));
}

serve::HttpResponse SluicedNode::ask_later(std::string_view method, std::string_view target, std::string_view body,
                                           serve::Headers headers) {
  serve::HttpRequest request;
  request.method = method;
  request.target = target;
  request.headers = std::move(headers);
  if (!body.empty()) {
    request.body.append(body);
    if (request.header("Content-Type").empty()) request.headers.emplace_back("Content-Type", "application/json");
  }
  return rest::answer(std::move(request), *services_);
}

std::string header_of(const serve::HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace sluice::tests
