#include "io/store/catalog/catalog.h"

#include <charconv>

#include "io/store/catalog/index_json.h"

namespace sluice::store {

namespace {

constexpr std::string_view kIndexPrefix = "catalog/index/";
constexpr std::string_view kStreamPrefix = "catalog/data_stream/";
constexpr std::string_view kTemplatePrefix = "catalog/template/";
constexpr std::string_view kComponentPrefix = "catalog/component_template/";
constexpr std::string_view kLegacyPrefix = "catalog/legacy_template/";
constexpr std::string_view kScriptPrefix = "catalog/script/";
constexpr std::string_view kPipelinePrefix = "catalog/pipeline/";
constexpr std::string_view kEnrichPrefix = "catalog/enrich_policy/";
constexpr std::string_view kSettingsKey = "catalog/settings";
constexpr std::string_view kNumberKey = "catalog/last_number";

using Records = std::vector<Documents::Record>;

void put(Records& records, std::string_view prefix, std::string_view name, std::optional<std::string> value) {
  std::string key(prefix);
  key += name;
  records.push_back({std::move(key), std::move(value)});
}

/// What has to be written so that the records of one kind say `after` instead of `before`.
template <typename Map, typename Same, typename Text>
void put_changes(Records& records, std::string_view prefix, const Map& before, const Map& after, Same same, Text text) {
  for (const auto& [name, value] : after) {
    const auto old = before.find(name);
    if (old == before.end() || !same(old->second, value)) put(records, prefix, name, text(value));
  }
  for (const auto& [name, value] : before) {
    if (!after.contains(name)) put(records, prefix, name, std::nullopt);
  }
}

/// `CREATED MODIFIED BODY`.
std::string pipeline_record(const PipelineMeta& pipeline) {
  return std::to_string(pipeline.created) + " " + std::to_string(pipeline.modified) + " " + pipeline.body;
}

Result<PipelineMeta> parse_pipeline(std::string_view text) {
  PipelineMeta pipeline;
  const char* const end = text.data() + text.size();
  const auto created = std::from_chars(text.data(), end, pipeline.created);
  if (created.ec == std::errc() && created.ptr != end) {
    const auto modified = std::from_chars(created.ptr + 1, end, pipeline.modified);
    if (modified.ec == std::errc() && modified.ptr != end) {
      pipeline.body.assign(modified.ptr + 1, end);
      return pipeline;
    }
  }
  return std::unexpected(
      internal_error("the record of an ingest pipeline is damaged: [" + std::string(text.substr(0, 80)) + "]"));
}

Records changes(const ClusterState& before, const ClusterState& after) {
  Records records;
  put_changes(
      records, kIndexPrefix, before.indices, after.indices, [](const auto& a, const auto& b) { return a == b; },
      [](const IndexPtr& index) { return index_json(*index); });
  const auto equal = [](const auto& a, const auto& b) { return a == b; };
  put_changes(records, kStreamPrefix, before.data_streams, after.data_streams, equal, data_stream_json);
  put_changes(records, kTemplatePrefix, before.templates, after.templates, equal, template_json);
  put_changes(records, kComponentPrefix, before.component_templates, after.component_templates, equal, template_json);
  put_changes(records, kLegacyPrefix, before.legacy_templates, after.legacy_templates, equal, template_json);
  put_changes(records, kScriptPrefix, before.scripts, after.scripts, equal,
              [](const std::string& json) { return json; });
  put_changes(records, kPipelinePrefix, before.pipelines, after.pipelines, equal, pipeline_record);
  put_changes(records, kEnrichPrefix, before.enrich_policies, after.enrich_policies, equal,
              [](const std::string& json) { return json; });
  if (before.persistent != after.persistent) put(records, kSettingsKey, "", settings_json(after.persistent));
  return records;
}

/// An index that is made anew under an old name has another number.
std::vector<IndexPtr> gone_indices(const ClusterState& before, const ClusterState& after) {
  std::vector<IndexPtr> gone;
  for (const auto& [name, index] : before.indices) {
    const IndexPtr now = after.find(name);
    if (now == nullptr || now->number != index->number) gone.push_back(index);
  }
  return gone;
}

/// Reads the records below a prefix one by one; the rest of a record's key is its name.
template <typename Take>
Status each_record(const Documents& documents, std::string_view prefix, Take take) {
  auto records = documents.records(prefix);
  if (!records) return std::unexpected(records.error());
  for (const Documents::Record& record : *records) {
    if (auto taken = take(record.key.substr(prefix.size()), record.value.value_or("")); !taken) return taken;
  }
  return {};
}

Status load_templates(const Documents& documents, std::string_view prefix,
                      std::map<std::string, TemplateMeta, std::less<>>& templates) {
  return each_record(documents, prefix, [&](const std::string& name, const std::string& text) -> Status {
    auto meta = parse_template(text);
    if (!meta) return std::unexpected(meta.error());
    templates.emplace(name, std::move(*meta));
    return {};
  });
}

Status load_state(const Documents& documents, ClusterState& state) {
  Status loaded = each_record(documents, kIndexPrefix, [&](const std::string& name, const std::string& text) -> Status {
    auto index = parse_index(text);
    if (!index) return std::unexpected(index.error());
    state.indices.emplace(name, std::make_shared<const IndexMeta>(std::move(*index)));
    return {};
  });
  if (!loaded) return loaded;
  loaded = each_record(documents, kStreamPrefix, [&](const std::string& name, const std::string& text) -> Status {
    auto stream = parse_data_stream(text);
    if (!stream) return std::unexpected(stream.error());
    state.data_streams.emplace(name, std::move(*stream));
    return {};
  });
  if (!loaded) return loaded;
  if (loaded = load_templates(documents, kTemplatePrefix, state.templates); !loaded) return loaded;
  if (loaded = load_templates(documents, kComponentPrefix, state.component_templates); !loaded) return loaded;
  if (loaded = load_templates(documents, kLegacyPrefix, state.legacy_templates); !loaded) return loaded;
  loaded = each_record(documents, kPipelinePrefix, [&](const std::string& id, const std::string& text) -> Status {
    auto pipeline = parse_pipeline(text);
    if (!pipeline) return std::unexpected(pipeline.error());
    state.pipelines.emplace(id, std::move(*pipeline));
    return {};
  });
  if (!loaded) return loaded;
  loaded = each_record(documents, kEnrichPrefix, [&](const std::string& name, const std::string& json) -> Status {
    state.enrich_policies.emplace(name, json);
    return {};
  });
  if (!loaded) return loaded;
  return each_record(documents, kScriptPrefix, [&](const std::string& id, const std::string& json) -> Status {
    state.scripts.emplace(id, json);
    return {};
  });
}

}  // namespace

IndexPtr ClusterState::find(std::string_view name) const {
  const auto found = indices.find(name);
  return found == indices.end() ? nullptr : found->second;
}

Result<std::unique_ptr<Catalog>> Catalog::open(Documents& documents) {
  std::unique_ptr<Catalog> catalog(new Catalog(documents));
  if (auto loaded = catalog->load(); !loaded) return std::unexpected(loaded.error());
  return catalog;
}

Status Catalog::load() {
  auto state = std::make_shared<ClusterState>();
  state->version = 1;
  if (auto loaded = load_state(documents_, *state); !loaded) return loaded;
  auto settings = documents_.record(kSettingsKey);
  if (!settings) return std::unexpected(settings.error());
  if (*settings) {
    auto parsed = parse_settings(**settings);
    if (!parsed) return std::unexpected(parsed.error());
    state->persistent = std::move(*parsed);
  }
  auto number = documents_.record(kNumberKey);
  if (!number) return std::unexpected(number.error());
  if (*number) std::from_chars((*number)->data(), (*number)->data() + (*number)->size(), last_number_);
  state_ = std::move(state);
  return {};
}

StatePtr Catalog::state() const {
  const std::scoped_lock lock(state_mutex_);
  return state_;
}

Status Catalog::update(const std::function<Status(ClusterState&)>& change) {
  const std::scoped_lock one_at_a_time(update_mutex_);
  const StatePtr before = state();
  const std::uint32_t number_before = last_number_;
  auto after = std::make_shared<ClusterState>(*before);
  if (auto changed = change(*after); !changed) return changed;
  Records records = changes(*before, *after);
  if (last_number_ != number_before) put(records, kNumberKey, "", std::to_string(last_number_));
  const std::vector<IndexPtr> gone = gone_indices(*before, *after);
  for (const IndexPtr& index : gone) records.push_back(Documents::drop_record(index->number));
  if (!records.empty()) {
    if (auto kept = documents_.put_records(records); !kept) return kept;
  }
  ++after->version;
  {
    const std::scoped_lock lock(state_mutex_);
    state_ = after;
  }
  for (const IndexPtr& index : gone) {
    if (on_gone_) on_gone_(index->number);  // pictures would keep the files
    if (auto dropped = documents_.drop(index->key()); !dropped) return dropped;
  }
  return {};
}

}  // namespace sluice::store
