#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/cluster/cluster_client.h"
#include "io/cluster/dialect.h"
#include "pipeline/base/units.h"

/// The texts of search requests, for every version. Pure.
namespace sluice::io {

/// One part of a manually sliced source.
struct ManualSlice {
  std::uint32_t id = 0;
  std::uint32_t max = 2;
  std::string field{};  ///< empty: the server's own way
};

/// What to search for. JSON texts are sent as they are.
struct SearchQuery {
  std::vector<std::string> indices{};  ///< empty: all
  std::string query{};                 ///< a JSON object; empty: everything
  std::string source_filter{};         ///< the value of `_source`, pushed down; empty: all fields
  std::string sort{};                  ///< the value of `sort`; empty: the cheapest order
  std::string routing{};               ///< empty: none
  std::string project_routing{};       ///< raw JSON, for clusters that know it; empty: not sent
  std::string runtime_mappings{};      ///< likewise
  std::optional<ManualSlice> slice{};
  Nanoseconds scroll_keep_alive = std::chrono::minutes(5);
  Nanoseconds pit_keep_alive = std::chrono::minutes(5);
  /// An index that the run writes to in the same cluster: a source that an alias or a pattern leads to it is refused.
  std::string written_index = {};
  bool want_version = false;  ///< `_version` in hits, for external versions
  bool one_index = false;     ///< the names are known to mean one index; the source finds out
};

/// One page of a search.
struct SearchPage {
  std::uint32_t size = 1000;
  std::optional<ManualSlice> slice{};
  std::string pit_id{};        ///< a page of a point in time; empty: the first page of a scroll
  std::string search_after{};  ///< raw JSON array; empty: the first page
  Nanoseconds extra_keep_alive{};
};

/// Whether `sort` orders by this field.
bool sorts_by(const SearchQuery& search, std::string_view field);
/// Whether the order `sort` asks for is total, and the same in every view of the data: it names `_id`, and `_index`
/// too unless there is one index only. Such a search needs no tie-break and can go on in a new point in time.
bool total_order(const SearchQuery& search);

ClusterCall open_pit_call(const Dialect& dialect, const SearchQuery& search);
ClusterCall close_pit_call(const Dialect& dialect, const std::string& pit_id);
/// A page of a point in time, with its keys in the order Elasticsearch's own client sends them.
ClusterCall pit_page_call(const Dialect& dialect, const SearchQuery& search, const SearchPage& page);
/// The search that opens a scroll and returns its first page.
ClusterCall open_scroll_call(const Dialect& dialect, const SearchQuery& search, const SearchPage& page);
ClusterCall scroll_page_call(const Dialect& dialect, const SearchQuery& search, const std::string& scroll_id,
                             Nanoseconds extra_keep_alive);
ClusterCall clear_scroll_call(const Dialect& dialect, const std::string& scroll_id);
/// Asks which shards each index has.
ClusterCall search_shards_call(const SearchQuery& search);

}  // namespace sluice::io
