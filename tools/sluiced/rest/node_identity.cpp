#include "tools/sluiced/rest/node_identity.h"

#include <array>
#include <random>
#include <string_view>

namespace sluice::rest {
namespace {

constexpr std::size_t kIdBytes = 16;

Result<std::string> kept_id(store::Documents& documents, const std::string& key) {
  auto found = documents.record(key);
  if (!found) return std::unexpected(std::move(found.error()));
  if (*found) return **found;
  std::string made = random_id(kIdBytes);
  const std::array<store::Documents::Record, 1> records{{{key, made}}};
  if (auto put = documents.put_records(records); !put) return std::unexpected(std::move(put.error()));
  return made;
}

}  // namespace

std::string random_id(std::size_t bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::random_device system;  // getrandom() or /dev/urandom
  std::string id;
  std::uint32_t bits = 0;
  unsigned have = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    bits = bits << 8 | (system() & 0xFF);
    have += 8;
    while (have >= 6) {
      have -= 6;
      id += kDigits[bits >> have & 0x3F];
    }
  }
  if (have > 0) id += kDigits[bits << (6 - have) & 0x3F];
  return id;
}

Result<NodeIdentity> node_identity(store::Documents& documents) {
  auto cluster = kept_id(documents, "node/cluster_uuid");
  if (!cluster) return std::unexpected(std::move(cluster.error()));
  auto node = kept_id(documents, "node/id");
  if (!node) return std::unexpected(std::move(node.error()));
  return NodeIdentity{.cluster_uuid = std::move(*cluster), .node_id = std::move(*node)};
}

}  // namespace sluice::rest
