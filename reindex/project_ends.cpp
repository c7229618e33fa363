#include "reindex/project_ends.h"

#include <algorithm>
#include <array>
#include <future>
#include <utility>

#include <fmt/format.h>

#include "io/cluster/index_probe.h"
#include "io/store/catalog/index_names.h"
#include "reindex/cluster_ends.h"
#include "reindex/projects_source.h"
#include "reindex/store_ends.h"

namespace sluice {

namespace {

Request with_indices(Request request, std::vector<std::string> indices) {
  request.source.indices = std::move(indices);
  std::erase_if(request.source.other, [](const auto& entry) { return entry.first == "project_routing"; });
  return request;
}

class OriginProject final : public Project {
 public:
  OriginProject(const Request& request, const RunOptions& options, const store::Store& store, std::string address)
      : request_(request), options_(options), store_(store), address_(std::move(address)) {}

  Result<bool> has(const std::string& name) override {
    store::IndexOptions searched;
    searched.other_clusters = true;
    const std::array<std::string, 1> names{name};
    auto found = store::resolve_indices(*store_.catalog.state(), names, searched);
    if (found) return true;
    if (found.error().type == "index_not_found_exception") return false;
    return std::unexpected(std::move(found.error()));
  }
  Result<Found> look(const std::vector<std::string>& /*indices*/) override { return Found{}; }
  Result<std::unique_ptr<pipeline::Source>> source(const std::vector<std::string>& indices) override {
    return make_store_source(with_indices(request_, indices), options_, store_, address_);
  }
  void abort() override {}

 private:
  const Request request_;
  const RunOptions options_;
  const store::Store& store_;
  const std::string address_;
};

class OtherProject final : public Project {
 public:
  OtherProject(const Request& request, const RunOptions& options, const RemoteSource& remote,
               io::ClusterOptions cluster, io::EventLoop& loop)
      : request_(request),
        options_(options),
        url_(remote.url()),
        access_(access_of(remote, options.source_access)),
        loop_(loop),
        probe_(loop, std::move(cluster)) {}

  Result<bool> has(const std::string& name) override {
    std::promise<Result<bool>> answer;
    probe_.has(name, [&](Result<bool> found) { answer.set_value(std::move(found)); });
    return answer.get_future().get();
  }
  Result<Found> look(const std::vector<std::string>& indices) override {
    std::promise<Result<io::FoundDocuments>> answer;
    probe_.count(indices, request_.source.query,
                 [&](Result<io::FoundDocuments> found) { answer.set_value(std::move(found)); });
    auto found = answer.get_future().get();
    if (!found) return std::unexpected(std::move(found.error()));
    return Found{.anything = found->shards != 0, .documents = found->documents};
  }
  Result<std::unique_ptr<pipeline::Source>> source(const std::vector<std::string>& indices) override {
    return make_cluster_source(with_indices(request_, indices), options_, url_, access_, false, loop_);
  }
  void abort() override { probe_.abort(); }

 private:
  const Request request_;
  const RunOptions options_;
  const std::string url_;
  const Access access_;
  io::EventLoop& loop_;
  io::IndexProbe probe_;
};

}  // namespace

std::vector<std::string> aliases_of(const std::vector<LinkedProject>& projects) {
  std::vector<std::string> aliases;
  aliases.reserve(projects.size());
  for (const LinkedProject& project : projects) aliases.push_back(project.alias);
  return aliases;
}

Request origin_request(const Request& request, const ProjectChoice& choice) {
  const ProjectNames* origin = choice.origin();
  Request own = with_indices(request, origin == nullptr ? std::vector<std::string>() : origin->indices);
  own.source.expansion.ignore_unavailable = true;
  return own;
}

Result<std::unique_ptr<pipeline::Source>> make_projects_source(const Request& request, const RunOptions& options,
                                                               ProjectChoice choice, const store::Store& store,
                                                               const std::string& address, io::EventLoop& loop) {
  if (!sorts_by_doc(request.source.sort) && choice.read() > 1) {
    return std::unexpected(
        unsupported("[source.sort] orders the documents of one project only: leave it out, or choose a project with "
                    "[source.project_routing] or in [source.index]"));
  }
  ProjectsSourceOptions source;
  source.ignore_unavailable = request.source.expansion.ignore_unavailable;
  for (const ProjectNames& project : choice.projects) {
    if (project.alias.empty()) {
      source.projects.push_back(std::make_unique<OriginProject>(request, options, store, address));
      continue;
    }
    const auto linked = std::ranges::find(options.projects, project.alias, &LinkedProject::alias);
    auto cluster = reading_options(linked->remote.url(), access_of(linked->remote, options.source_access), options);
    if (!cluster) return std::unexpected(std::move(cluster.error()));
    source.projects.push_back(
        std::make_unique<OtherProject>(request, options, linked->remote, std::move(*cluster), loop));
  }
  source.choice = std::move(choice);
  return std::make_unique<ProjectsSource>(std::move(source));
}

}  // namespace sluice
