#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/cluster/bulk_reply.h"
#include "io/cluster/dialect.h"
#include "io/cluster/server_error.h"
#include "io/http/endpoint.h"

/// Everything a cluster, or what pretends to be one, can answer: each reader has to end with a result or an error.
/// The first byte says how many documents the bulk had.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  pipeline::Batch batch;
  batch.documents.resize(data[0] % 8U);
  for (std::uint32_t i = 0; i < batch.documents.size(); ++i) batch.bulk.items.push_back(i);
  batch.bulk.reply.append(text);
  if (io::read_bulk_reply(batch, "dst", (data[0] & 8U) != 0)) {
    for (const pipeline::Failure& failure : batch.failures) static_cast<void>(failure.cause.envelope());
  }
  io::HttpResponse response;
  response.status = 400 + data[0];
  response.body.append(text);
  static_cast<void>(io::server_error(response, "POST /_bulk").envelope());
  if (auto dialect = io::read_dialect(text, "http://h:9200")) static_cast<void>(dialect->default_type());
  if (auto endpoint = io::parse_endpoint(text)) static_cast<void>(endpoint->origin());
  return 0;
}
