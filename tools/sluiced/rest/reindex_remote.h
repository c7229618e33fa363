#pragma once

#include <string_view>

#include "io/store/catalog/catalog.h"
#include "reindex/reindex.h"

namespace sluice::rest {

/// Whether `_reindex` may read from `host:port`: one of the patterns of `reindex.remote.whitelist` fits, or of
/// `reindex.remote.allowlist` where the server is configured with OpenSearch's name. Errors:
/// `[host:port] not whitelisted in reindex.remote.whitelist`, 400, or with OpenSearch's words. Any thread.
Status check_remote_host(const RemoteSource& remote, const store::Settings& node_settings);

/// For the start of the server. Errors: a pattern that lets everything in.
Status check_remote_list(const store::Settings& node_settings);

/// An error of reading from a remote cluster, as Elasticsearch tells it: what the remote answered becomes the reason of
/// a status_exception with the remote's status, a connection that can't be made is `Connection refused`, 500.
Error remote_error(Error error, const RemoteSource& remote);

/// TLS towards other clusters, by `reindex.ssl.*`. Errors: illegal_argument_exception for settings that are not known
/// there or have no such value.
Result<Access> remote_access(const store::Settings& node_settings);

}  // namespace sluice::rest
