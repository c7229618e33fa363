#include "io/cluster/bulk_reply.h"

#include <string>
#include <utility>

#include <boost/json.hpp>
#include <simdjson.h>

#include "io/cluster/server_error.h"
#include "pipeline/model/document_failure.h"

namespace sluice::io {
namespace {

using pipeline::Document;
using pipeline::Operation;
using pipeline::Outcome;
namespace ondemand = simdjson::ondemand;

Error malformed(std::string_view problem, std::string_view reply) {
  return internal_error("the reply to a bulk can't be understood: " + std::string(problem) +
                        "; is something other than Elasticsearch or OpenSearch between? It begins with: " +
                        std::string(reply.substr(0, 200)));
}

/// A parser keeps buffers as large as the largest reply it has seen; one for each worker thread is enough.
ondemand::parser& thread_parser() {
  static thread_local ondemand::parser parser;
  return parser;
}

struct Item {
  std::int64_t status = 0;
  std::string_view error;  ///< raw JSON; empty: none
};

/// An item: `{"index":{"_index":..,"status":201,..}}`. False: it is none.
bool read_item(ondemand::object outer, Item& item) {
  for (auto field : outer) {
    ondemand::object inner;
    if (field.value().get_object().get(inner) != simdjson::SUCCESS) return false;
    for (auto member : inner) {
      std::string_view key;
      if (member.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      if (key == "status") {
        if (member.value().get_int64().get(item.status) != simdjson::SUCCESS) return false;
      } else if (key == "error") {
        simdjson::simdjson_result<ondemand::value> value = member.value();
        if (value.error() != simdjson::SUCCESS) return false;
        if (simdjson::to_json_string(value.value_unsafe()).get(item.error) != simdjson::SUCCESS) return false;
      }
    }
  }
  return item.status != 0;
}

Outcome success_of(const Document& document, std::int64_t status) {
  if (document.operation == Operation::kDelete) return Outcome::kDeleted;
  return status == 201 ? Outcome::kCreated : Outcome::kUpdated;
}

Error item_error(const Item& item) {
  const int status = static_cast<int>(item.status);
  boost::system::error_code problem;
  const boost::json::value json = boost::json::parse({item.error.data(), item.error.size()}, problem);
  if (!problem) return error_from_json(json, status);
  return {error_kind(status), status, "exception", std::string(item.error)};
}

/// A delete of what is not there is answered with 404 and no error; Elasticsearch counts it as deleted.
bool succeeded(const Item& item) { return item.error.empty() && (item.status < 300 || item.status == 404); }

void settle_item(pipeline::Batch& batch, std::uint32_t index, const Item& item, std::string_view default_index,
                 bool last_try, BulkReplyFacts& facts) {
  Document& document = batch.documents[index];
  if (succeeded(item)) {
    document.outcome = success_of(document, item.status);
    return;
  }
  if (item.status == 429 || item.status == 503) {
    facts.breaker = facts.breaker || item.error.find("circuit_breaking_exception") != std::string_view::npos;
    if (!last_try) {
      ++facts.refused;
      return;
    }
  }
  document.outcome = item.status == 409 ? Outcome::kConflict : Outcome::kFailed;
  batch.failures.push_back(pipeline::document_failure(batch, index, item_error(item), default_index));
}

}  // namespace

Result<BulkReplyFacts> read_bulk_reply(pipeline::Batch& batch, std::string_view default_index, bool last_try) {
  const pipeline::Bulk& bulk = batch.bulk;
  const std::string_view text = bulk.reply.view();
  const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + Buffer::kPadding);
  ondemand::document reply;
  ondemand::array items;
  if (thread_parser().iterate(padded).get(reply) != simdjson::SUCCESS ||
      reply["items"].get_array().get(items) != simdjson::SUCCESS) {
    return std::unexpected(malformed("it has no items", text));
  }
  BulkReplyFacts facts;
  std::size_t next = 0;
  for (auto element : items) {
    ondemand::object outer;
    Item item;
    if (element.get_object().get(outer) != simdjson::SUCCESS || !read_item(outer, item)) {
      return std::unexpected(malformed("item " + std::to_string(next) + " is malformed", text));
    }
    if (next == bulk.items.size()) return std::unexpected(malformed("it has more items than the bulk", text));
    settle_item(batch, bulk.items[next], item, default_index, last_try, facts);
    ++next;
  }
  if (next != bulk.items.size()) {
    return std::unexpected(malformed(
        "it has " + std::to_string(next) + " items for " + std::to_string(bulk.items.size()) + " documents", text));
  }
  return facts;
}

}  // namespace sluice::io
