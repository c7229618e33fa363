// Built once for each instruction set, with -march of that machine: simdjson's on-demand front end is inline and uses
// what the compiler may use. SLUICE_KERNEL is the name of the variant.
#include "benchmarks/micro/kernel_variant.h"

#include <cstring>

#include <simdjson.h>

namespace sluice::benchmarks {
namespace {

constexpr std::size_t kBulkBytes = std::size_t{1} << 20;
constexpr std::size_t kParseBytes = std::size_t{1}
                                    << 18;  // of structural indexes at a time: stays in the second-level cache

char* put(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

/// The capacity that is made sure of once a document keeps the copying free of checks.
void append_item(std::string_view id, std::string_view source, Buffer& bulk) {
  const std::size_t size = bulk.size();
  bulk.resize(size + id.size() + source.size() + 32);
  char* at = put(bulk.data() + size, "{\"index\":{\"_id\":");
  at = put(at, id);
  at = put(at, "}}\n");
  at = put(at, source);
  *at++ = '\n';
  bulk.resize(static_cast<std::size_t>(at - bulk.data()));
}

}  // namespace

int SLUICE_KERNEL(const char* hits, std::size_t size, Buffer& bulk, KernelTotals& totals) {
  namespace ondemand = simdjson::ondemand;
  ondemand::parser parser;
  parser.threaded = false;
  ondemand::document_stream stream;
  if (const auto error = parser.iterate_many(hits, size, kParseBytes).get(stream)) return error;
  bulk.clear();
  for (auto hit : stream) {
    ondemand::object fields;
    if (const auto error = hit.get_object().get(fields)) return error;
    ondemand::value id_value;
    if (const auto error = fields.find_field("_id").get(id_value)) return error;
    std::string_view id = id_value.raw_json_token();
    while (id.back() != '"') id.remove_suffix(1);
    ondemand::object source_object;
    if (const auto error = fields.find_field("_source").get(source_object)) return error;
    std::string_view source;
    if (const auto error = source_object.raw_json().get(source)) return error;
    append_item(id, source, bulk);
    ++totals.documents;
    if (bulk.size() > kBulkBytes) {
      totals.bytes_written += bulk.size();
      bulk.clear();
    }
  }
  totals.bytes_written += bulk.size();
  totals.bytes_read += size;
  return simdjson::SUCCESS;
}

}  // namespace sluice::benchmarks
