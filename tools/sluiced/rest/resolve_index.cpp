#include <set>

#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

/// Names of indices, aliases and data streams that an expression stands for, each by itself: an alias is not followed.
/// Source: Elasticsearch's TransportResolveIndexAction.
class NameResolution {
 public:
  NameResolution(const store::ClusterState& state, const store::IndexOptions& options)
      : state_(state), options_(options) {}

  Status add(std::string_view name) {
    if (name.starts_with('-') && seen_pattern_) {
      exclude(name.substr(1));
      return {};
    }
    if (name.find('*') != std::string_view::npos) {
      seen_pattern_ = true;
      add_pattern(name);
      return {};
    }
    return add_name(std::string(name));
  }

  [[nodiscard]] std::string json() const {
    JsonWriter out;
    out.begin_object().key("indices").begin_array();
    for (const std::string& name : indices_) write_index(out, *state_.find(name));
    out.end_array().key("aliases").begin_array();
    for (const std::string& name : aliases_) write_alias(out, name);
    out.end_array().key("data_streams").begin_array();
    for (const std::string& name : streams_) {
      out.begin_object().member("name", name).key("backing_indices").begin_array();
      for (const std::string& index : state_.data_streams.find(name)->second.indices) out.string(index);
      out.end_array().member("timestamp_field", "@timestamp").end_object();
    }
    out.end_array().end_object();
    return out.take();
  }

 private:
  [[nodiscard]] bool visible(bool hidden, std::string_view name, std::string_view pattern) const {
    return !hidden || options_.expand_hidden || (pattern.starts_with('.') && name.starts_with('.'));
  }

  void add_pattern(std::string_view pattern) {
    for (const auto& [name, index] : state_.indices) {
      if (index->open ? !options_.expand_open : !options_.expand_closed) continue;
      if (wildcard_match(pattern, name) && visible(index->hidden(), name, pattern)) indices_.insert(name);
      for (const auto& [alias, meta] : index->aliases) {
        if (wildcard_match(pattern, alias) && visible(meta.hidden.value_or(false), alias, pattern)) {
          aliases_.insert(alias);
        }
      }
    }
    for (const auto& [name, stream] : state_.data_streams) {
      if (wildcard_match(pattern, name) && visible(stream.hidden, name, pattern)) streams_.insert(name);
    }
  }

  Status add_name(const std::string& name) {
    if (const store::IndexPtr index = state_.find(name); index != nullptr) {
      indices_.insert(name);
    } else if (state_.data_streams.contains(name)) {
      streams_.insert(name);
    } else if (store::is_alias(state_, name)) {
      aliases_.insert(name);
    } else if (!options_.ignore_unavailable) {
      return std::unexpected(store::index_not_found(name));
    }
    return {};
  }

  void exclude(std::string_view pattern) {
    const auto fits = [&](const std::string& name) { return wildcard_match(pattern, name); };
    std::erase_if(indices_, fits);
    std::erase_if(aliases_, fits);
    std::erase_if(streams_, fits);
  }

  static void write_index(JsonWriter& out, const store::IndexMeta& index) {
    out.begin_object().member("name", index.name);
    if (!index.aliases.empty()) {
      out.key("aliases").begin_array();
      for (const auto& [alias, meta] : index.aliases) out.string(alias);
      out.end_array();
    }
    out.key("attributes").begin_array().string(index.open ? "open" : "closed");
    if (index.hidden()) out.string("hidden");
    out.end_array();
    if (!index.data_stream.empty()) out.member("data_stream", index.data_stream);
    out.member("mode", "standard").end_object();
  }

  void write_alias(JsonWriter& out, const std::string& alias) const {
    out.begin_object().member("name", alias).key("indices").begin_array();
    for (const auto& [name, index] : state_.indices) {
      if (index->aliases.contains(alias)) out.string(name);
    }
    out.end_array().end_object();
  }

  const store::ClusterState& state_;
  const store::IndexOptions& options_;
  std::set<std::string> indices_;
  std::set<std::string> aliases_;
  std::set<std::string> streams_;
  bool seen_pattern_ = false;
};

}  // namespace

Result<Reply> resolve_index(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto options = index_options_of(call, {});
  if (!options) return std::unexpected(options.error());
  NameResolution resolution(*state, *options);
  for (const std::string& name : store::split_expression(call.text_or("name", ""))) {
    if (auto added = resolution.add(name); !added) return std::unexpected(added.error());
  }
  return Reply::json(resolution.json());
}

}  // namespace sluice::rest
