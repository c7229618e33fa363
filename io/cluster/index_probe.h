#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/cluster/cluster_client.h"

namespace sluice::io {

/// How much an expression finds in a cluster.
struct FoundDocuments {
  std::uint64_t documents = 0;
  std::uint64_t shards = 0;  ///< 0: there is no such index
};

/// Asks a cluster what it has before it is read; once, without a retry. Any thread; callbacks run on the loop thread,
/// exactly once. The loop must outlive it.
class IndexProbe {
 public:
  template <typename T>
  using Answer = std::move_only_function<void(Result<T>)>;

  IndexProbe(EventLoop& loop, ClusterOptions options) : client_(loop, std::move(options)) {}

  /// Whether there is an index, an alias or a data stream of this name.
  void has(const std::string& name, Answer<bool> done);
  /// What the query finds in names and patterns; `query` is a JSON object, empty: everything.
  void count(const std::vector<std::string>& indices, const std::string& query, Answer<FoundDocuments> done);
  /// Ends calls with kCancelled; later ones fail too.
  void abort() { client_.abort(); }
  /// `http://host:9200`, without credentials.
  [[nodiscard]] std::string origin() const { return client_.origin(); }

 private:
  ClusterClient client_;
};

}  // namespace sluice::io
