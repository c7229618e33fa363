#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/documents/documents.h"
#include "io/store/mappings/mapping.h"
#include "pipeline/base/error.h"

namespace sluice::store {

/// Settings by their full names (`index.number_of_shards`), values as raw JSON: a string, or an array of strings.
using Settings = std::map<std::string, std::string, std::less<>>;

/// A name for one index or several, as one of them sees it.
struct AliasMeta {
  std::string name;
  std::string filter;  ///< raw JSON of a query; empty: none
  std::string index_routing;
  std::string search_routing;
  std::optional<bool> write_index;
  std::optional<bool> hidden;
};

/// All that is known of an index besides its documents. Immutable once it is in a ClusterState.
struct IndexMeta {
  std::string name;
  std::string uuid;
  std::uint32_t number = 0;        ///< of its keys in the store; never used again
  std::int64_t creation_date = 0;  ///< milliseconds since 1970
  Settings settings;               ///< `index.*`, without uuid, creation_date, provided_name and version
  std::string provided_name;
  MappingPtr mapping = Mapping::empty();
  std::map<std::string, AliasMeta, std::less<>> aliases;
  bool open = true;
  bool has_ignored = false;  ///< a document had values that its mapping ignored
  std::string data_stream;   ///< empty: none owns it
  std::uint64_t mapping_version = 1;
  std::uint64_t settings_version = 1;
  std::uint64_t aliases_version = 1;
  std::map<std::string, std::string, std::less<>> rollover;  ///< alias -> raw JSON of how it was rolled over

  [[nodiscard]] IndexKey key() const;
  [[nodiscard]] std::uint32_t shards() const;
  [[nodiscard]] std::uint32_t replicas() const;
  [[nodiscard]] bool hidden() const;
  [[nodiscard]] MappingLimits limits() const;
  /// The value of a setting without its quotes; `fallback` where it is not set.
  [[nodiscard]] std::string setting(std::string_view setting_name, std::string_view fallback) const;
};
using IndexPtr = std::shared_ptr<const IndexMeta>;

/// A data stream: backing indices, the last of which takes the writes.
struct DataStreamMeta {
  std::string name;
  std::vector<std::string> indices;
  std::uint64_t generation = 1;
  std::string template_name;
  bool hidden = false;
  bool operator==(const DataStreamMeta&) const = default;
};

/// A composable template (`_index_template`), a component template, or a legacy one (`_template`).
struct TemplateMeta {
  std::string name;
  std::vector<std::string> patterns;
  std::int64_t priority = 0;  ///< `order` of a legacy one
  std::string json;           ///< as GET shows it
  bool operator==(const TemplateMeta&) const = default;
};

/// An ingest pipeline as it is kept.
struct PipelineMeta {
  std::string body;           ///< raw JSON, as it was put
  std::int64_t created = 0;   ///< milliseconds since 1970
  std::int64_t modified = 0;  ///< likewise
  bool operator==(const PipelineMeta&) const = default;
};

/// What the server knows at one moment. Immutable; any thread.
struct ClusterState {
  std::uint64_t version = 0;
  std::map<std::string, IndexPtr, std::less<>> indices;
  std::map<std::string, DataStreamMeta, std::less<>> data_streams;
  std::map<std::string, TemplateMeta, std::less<>> templates;
  std::map<std::string, TemplateMeta, std::less<>> component_templates;
  std::map<std::string, TemplateMeta, std::less<>> legacy_templates;
  std::map<std::string, std::string, std::less<>> scripts;     ///< stored ones, by id: JSON with lang, source, options
  std::map<std::string, PipelineMeta, std::less<>> pipelines;  ///< by id
  std::map<std::string, std::string, std::less<>> enrich_policies;  ///< by name: JSON, as it was put
  Settings persistent;
  Settings transient;

  /// Null: there is no index of this very name.
  [[nodiscard]] IndexPtr find(std::string_view name) const;
};
using StatePtr = std::shared_ptr<const ClusterState>;

/// The indices, aliases, templates and settings of a store: one immutable state, replaced by each change, kept in the
/// store's records. Any thread.
class Catalog {
 public:
  static Result<std::unique_ptr<Catalog>> open(Documents& documents);

  [[nodiscard]] StatePtr state() const;

  /// Runs `change` on a copy of the newest state, one change at a time, and keeps what differs; an error leaves
  /// everything as it was. Indices that are gone lose their documents.
  Status update(const std::function<Status(ClusterState&)>& change);

  /// What an index is checked with besides, before it is made and before its settings or mapping change: what other
  /// layers know of them (analyzers). Set once, before there are other threads.
  using IndexCheck = std::function<Status(const IndexMeta&)>;
  void set_index_check(IndexCheck check) { index_check_ = std::move(check); }
  [[nodiscard]] Status check_index(const IndexMeta& index) const {
    return index_check_ ? index_check_(index) : Status{};
  }

  /// Told the number of every index that is gone, when state() does not have it any more and before its documents are
  /// dropped; inside update(). Set once, before there are other threads.
  using OnGone = std::function<void(std::uint32_t)>;
  void set_on_gone(OnGone on_gone) { on_gone_ = std::move(on_gone); }

  /// A number for a new index. Only inside update().
  std::uint32_t next_number() { return ++last_number_; }

 private:
  explicit Catalog(Documents& documents) : documents_(documents) {}
  Status load();

  Documents& documents_;
  IndexCheck index_check_;
  OnGone on_gone_;
  mutable std::mutex state_mutex_;
  std::mutex update_mutex_;
  StatePtr state_;
  std::uint32_t last_number_ = 0;
};

}  // namespace sluice::store
