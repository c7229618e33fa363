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

/// TLS towards other clusters, by `reindex.ssl.*`. Errors: illegal_argument_exception for settings that are not known
/// there or have no such value.
Result<Access> remote_access(const store::Settings& node_settings);

}  // namespace sluice::rest
