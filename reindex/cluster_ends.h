#pragma once

#include <memory>
#include <string>

#include "io/cluster/cluster_client.h"
#include "io/http/event_loop.h"
#include "pipeline/ports.h"
#include "reindex/reindex.h"

namespace sluice {

/// How to be let in at a cluster that a request or a setting names, beyond what is `given`.
Access access_of(const RemoteSource& remote, const Access& given);

/// A cluster that is read. Errors: what is no URL.
Result<io::ClusterOptions> reading_options(const std::string& url, const Access& access, const RunOptions& options);

/// Reads and writes a cluster for a request. `is_dest_too`: the run writes to the same cluster. Errors: what is no URL,
/// and what sluice can't do with a cluster yet, by name.
Result<std::unique_ptr<pipeline::Source>> make_cluster_source(const Request& request, const RunOptions& options,
                                                              const std::string& url, const Access& access,
                                                              bool is_dest_too, io::EventLoop& loop);
Result<std::unique_ptr<pipeline::Sink>> make_cluster_sink(const Request& request, const RunOptions& options,
                                                          const std::string& url, const Access& access,
                                                          io::EventLoop& loop);

}  // namespace sluice
