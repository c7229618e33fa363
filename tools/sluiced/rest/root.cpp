#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

Result<Reply> get_root(Call& call, Services& services) {
  if (!call.query.contains("pretty")) call.query.emplace("pretty", "true");
  JsonWriter out;
  out.begin_object()
      .member("name", services.node_name)
      .member("cluster_name", services.cluster_name)
      .member("cluster_uuid", services.cluster_uuid)
      .key("version")
      .begin_object()
      .member("number", kElasticsearchVersion)
      .member("build_flavor", "default")
      .member("build_type", "tar")
      .member("build_hash", "sluice-" SLUICE_VERSION)
      .member("build_date", "2026-06-25T14:04:34.316306228Z")
      .member("build_snapshot", false)
      .member("lucene_version", kLuceneVersion)
      .member("minimum_wire_compatibility_version", "8.19.0")
      .member("minimum_index_compatibility_version", "8.0.0")
      .end_object()
      .member("tagline", "You Know, for Search")
      .end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
