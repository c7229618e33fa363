#include "reindex/cluster_ends.h"

#include <algorithm>
#include <utility>

#include "io/cluster/cluster_sink.h"
#include "io/cluster/cluster_source.h"

namespace sluice {

namespace {

constexpr Nanoseconds kPageSilence = std::chrono::minutes(1);
constexpr Nanoseconds kBulkSilence = std::chrono::minutes(5);

io::HttpOptions http_options(const Access& access, Nanoseconds silence) {
  io::HttpOptions http;
  http.user = access.user;
  http.password = access.password;
  http.api_key = access.api_key;
  http.bearer = access.bearer;
  http.headers = access.headers;
  http.tls = {access.authority_file, access.certificate_file, access.key_file, access.key_passphrase,
              static_cast<io::TlsVerification>(access.verification)};
  http.connect_timeout = access.connect_timeout;
  http.socket_timeout = access.socket_timeout.value_or(silence);
  return http;
}

Result<io::ClusterOptions> cluster_options(const std::string& url, const Access& access, Nanoseconds silence,
                                           const RunOptions& options) {
  auto endpoint = io::parse_endpoint(url);
  if (!endpoint) return std::unexpected(std::move(endpoint.error()));
  return io::ClusterOptions{std::move(*endpoint), http_options(access, silence), options.retry_for};
}

}  // namespace

Access access_of(const RemoteSource& remote, const Access& given) {
  Access access = given;
  if (remote.username) access.user = *remote.username;
  if (remote.password) access.password = *remote.password;
  if (remote.api_key) access.api_key = *remote.api_key;
  access.headers.insert(access.headers.end(), remote.headers.begin(), remote.headers.end());
  access.connect_timeout = remote.connect_timeout;
  access.socket_timeout = remote.socket_timeout;
  return access;
}

Result<io::ClusterOptions> reading_options(const std::string& url, const Access& access, const RunOptions& options) {
  return cluster_options(url, access, kPageSilence, options);
}

Result<std::unique_ptr<pipeline::Source>> make_cluster_source(const Request& request, const RunOptions& options,
                                                              const std::string& url, const Access& access,
                                                              bool is_dest_too, io::EventLoop& loop) {
  auto cluster = reading_options(url, access, options);
  if (!cluster) return std::unexpected(std::move(cluster.error()));
  io::ClusterSourceOptions source;
  for (const auto& [name, json] : request.source.other) {
    if (name != "project_routing" && name != "runtime_mappings") {
      return std::unexpected(
          unsupported("[source." + name + "] is not supported yet: leave it out, or run the request on the cluster"));
    }
    (name == "project_routing" ? source.search.project_routing : source.search.runtime_mappings) = json;
  }
  source.cluster = std::move(*cluster);
  source.search.indices = request.source.indices;
  source.search.query = request.source.query;
  source.search.source_filter = request.source.fields.json;
  source.search.sort = request.source.sort;
  if (is_dest_too) source.search.written_index = request.dest.index;
  source.search.scroll_keep_alive = request.scroll.duration;
  source.search.want_version = request.dest.external_versions();
  if (const auto& slice = request.source.slice) {
    source.search.slice =
        io::ManualSlice{static_cast<std::uint32_t>(slice->id), static_cast<std::uint32_t>(slice->max), slice->field};
  }
  source.slices = std::max(1U, request.slices);
  source.auto_slices = request.auto_slices();
  return std::make_unique<io::ClusterSource>(loop, std::move(source));
}

Result<std::unique_ptr<pipeline::Sink>> make_cluster_sink(const Request& request, const RunOptions& options,
                                                          const std::string& url, const Access& access,
                                                          io::EventLoop& loop) {
  auto cluster = cluster_options(url, access, kBulkSilence, options);
  if (!cluster) return std::unexpected(std::move(cluster.error()));
  io::ClusterSinkOptions sink;
  sink.cluster = std::move(*cluster);
  sink.index = request.dest.index;
  sink.create = request.dest.create;
  sink.version_type = static_cast<io::VersionType>(request.dest.version_type);
  sink.pipeline = request.dest.pipeline;
  sink.require_alias = request.require_alias;
  sink.timeout = request.timeout.text;
  sink.wait_for_active_shards = request.wait_for_active_shards;
  sink.refresh = request.refresh;
  sink.bulk_bytes = options.bulk_bytes;
  return std::make_unique<io::ClusterSink>(loop, std::move(sink));
}

}  // namespace sluice
