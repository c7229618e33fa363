#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/store.h"
#include "pipeline/base/idle_pool.h"
#include "stages/ingest/pipeline.h"

namespace sluice {

/// The ingest pipelines of a store: compiled when they are first used, and run on what is written. Any thread.
/// Source of the order in which pipelines run: reference/ingest.md 7.
class StoreIngest final : public store::Ingester, public ingest::PipelineLookup {
 public:
  StoreIngest(store::Catalog& catalog, ingest::CompileEnvironment environment);
  ~StoreIngest() override;

  void ingest(std::span<store::IndexItem> items) override;
  [[nodiscard]] std::shared_ptr<const ingest::Pipeline> find(std::string_view id) const override;
  /// What pipelines are compiled with here.
  [[nodiscard]] const ingest::CompileEnvironment& environment() const { return environment_; }
  /// Of each pipeline that has run since the start, by id.
  [[nodiscard]] std::map<std::string, ingest::PipelineCounts> counts() const;

 private:
  struct Compiled;
  class Chain;
  [[nodiscard]] std::shared_ptr<const Compiled> compiled(const store::ClusterState& state, std::string_view id,
                                                         const std::string& body) const;
  Result<std::shared_ptr<const ingest::Pipeline>> pipeline_named(const store::ClusterState& state,
                                                                 std::string_view id) const;
  void count(ingest::Execution& run);

  store::Catalog& catalog_;
  const ingest::CompileEnvironment environment_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const Compiled>, std::less<>> compiled_;
  IdlePool<ingest::Execution> workers_;
  std::map<std::string, ingest::PipelineCounts> counts_;
};

/// What pipelines of a store are compiled with: its stored scripts and enrich policies, which both outlive it.
/// `databases`: the folder with those of `geoip` and the regex files of `user_agent`.
ingest::CompileEnvironment store_environment(store::Catalog& catalog, store::Documents& documents,
                                             std::string databases);
/// Where a store in a folder has them unless somebody says otherwise: `ingest-geoip` in it.
std::string databases_of_store(const std::string& folder);

}  // namespace sluice
