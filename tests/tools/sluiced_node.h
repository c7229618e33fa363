#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "reindex/store_ingest.h"
#include "tools/sluiced/rest/enrich_execute.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/rest/script_cache.h"
#include "tools/sluiced/rest/security.h"
#include "tools/sluiced/search/contexts.h"
#include "tools/sluiced/services.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::tests {

/// The REST API over a store in a folder of its own, without a server.
class SluicedNode {
 public:
  explicit SluicedNode(store::Settings settings = {});
  ~SluicedNode();
  SluicedNode(const SluicedNode&) = delete;
  SluicedNode& operator=(const SluicedNode&) = delete;

  serve::HttpResponse ask(std::string_view method, std::string_view target, std::string_view body = "",
                          serve::Headers headers = {});
  /// The answer as it comes, which may be later: serve::settled() waits for it.
  serve::HttpResponse ask_later(std::string_view method, std::string_view target, std::string_view body = "",
                                serve::Headers headers = {});
  /// Ends the server, and starts it again on the same store.
  void restart();
  /// Whether runs go on at the next start.
  void resume_runs(bool resume);
  /// From now on only the users of the settings come in.
  void secure();
  rest::Services& services() { return *services_; }

 private:
  [[nodiscard]] store::LookupMode lookups() const;
  void start();
  void stop();

  std::filesystem::path folder_;
  bool resume_ = true;
  store::Settings settings_;
  std::unique_ptr<store::Documents> documents_;
  std::unique_ptr<store::Catalog> catalog_;
  std::unique_ptr<store::SearchViews> views_;
  std::unique_ptr<store::Indexer> indexer_;
  std::unique_ptr<StoreIngest> ingest_;
  rest::SearchContexts contexts_;
  rest::ScriptCache scripts_;
  rest::EnrichRuns enrich_runs_;
  std::unique_ptr<rest::Tasks> tasks_;
  std::unique_ptr<rest::Security> security_;
  std::unique_ptr<rest::Services> services_;
};

/// The value of a header; empty: there is none.
std::string header_of(const serve::HttpResponse& response, std::string_view name);

}  // namespace sluice::tests
