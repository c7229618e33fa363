#include "tools/sluiced/rest/node_json.h"

#include <algorithm>

namespace sluice::rest {

void write_roles(JsonWriter& out) {
  out.key("roles").begin_array().string("data").string("ingest").string("master").end_array();
  out.key("attributes").begin_object().end_object();
}

std::string host_of(std::string_view address) {
  std::string_view host = address.substr(0, address.rfind(':'));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return std::string(host);
}

Result<store::ShardFacts> all_facts(const Services& services) {
  const store::StatePtr state = services.catalog.state();
  const store::ViewPtr view = services.documents.view();
  store::ShardFacts sum;
  for (const auto& [name, index] : state->indices) {
    for (std::uint32_t shard = 0; shard < index->shards(); ++shard) {
      const auto facts = view->facts(index->key(), shard);
      if (!facts) return std::unexpected(facts.error());
      sum.documents += facts->documents;
      sum.deleted += facts->deleted;
      sum.source_bytes += facts->source_bytes;
      sum.max_seq_no = std::max(sum.max_seq_no, facts->max_seq_no);
    }
  }
  return sum;
}

void add_warnings(Reply& reply, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    reply.headers.emplace_back("Warning", "299 Elasticsearch-" + std::string(kElasticsearchVersion) + "-sluice-" +
                                              SLUICE_VERSION " \"" + text + "\"");
  }
}

}  // namespace sluice::rest
