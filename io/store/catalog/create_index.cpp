#include "io/store/catalog/create_index.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <sys/random.h>

#include "io/store/catalog/index_names.h"
#include "io/store/catalog/index_settings.h"
#include "io/store/catalog/template_layers.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Error wrong_mapping(Error cause) {
  Error error(ErrorKind::kBadRequest, cause.status, cause.type, "Failed to parse mapping: " + cause.reason);
  if (cause.type != "mapper_parsing_exception") {
    error = Error(ErrorKind::kBadRequest, 400, "mapper_parsing_exception", "Failed to parse mapping: " + cause.reason);
  }
  Error root = error;
  if (cause.type == "mapper_parsing_exception") root.reason = cause.reason;
  error.root_causes = {root};
  error.caused_by = std::make_shared<const Error>(std::move(cause));
  return error;
}

/// Mappings of templates and of the request, one laid over the other.
Result<MappingPtr> layered_mapping(const std::vector<std::string>& layers, const MappingLimits& limits) {
  MappingPtr mapping = Mapping::empty();
  for (const std::string& layer : layers) {
    if (layer.empty()) continue;
    auto parsed = Mapping::parse(layer);
    if (!parsed) {
      return std::unexpected(parsed.error().reason.starts_with("Failed to parse mapping")
                                 ? parsed.error()
                                 : wrong_mapping(parsed.error()));
    }
    auto merged = mapping->merge(**parsed, limits, MergeReason::kTemplate);
    if (!merged) return std::unexpected(merged.error());
    mapping = *merged;
  }
  return mapping;
}

Status check_aliases(const ClusterState& state, const IndexMeta& index) {
  for (const auto& [name, alias] : index.aliases) {
    if (auto checked = check_alias_name(name); !checked) return checked;
    if (state.indices.contains(name) || name == index.name) {
      return std::unexpected(
          Error(ErrorKind::kBadRequest, 400, "invalid_alias_name_exception",
                "Invalid alias name [" + name +
                    "]: an index, data stream, or ESQL view exists with the same name as the alias"));
    }
    if (!alias.write_index.value_or(false)) continue;
    for (const auto& [other_name, other] : state.indices) {
      const auto same = other->aliases.find(name);
      if (same == other->aliases.end() || !same->second.write_index.value_or(false)) continue;
      std::string reason = "alias [" + name;
      reason.append("] has more than one write index [").append(other_name).append(",").append(index.name).append("]");
      return std::unexpected(Error(ErrorKind::kBadRequest, 500, "illegal_state_exception", std::move(reason)));
    }
  }
  return {};
}

Status check_name_is_free(const ClusterState& state, std::string_view name) {
  if (const IndexPtr there = state.find(name); there != nullptr) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "resource_already_exists_exception",
                                 "index [" + there->name + "/" + there->uuid + "] already exists")
                               .with("index_uuid", there->uuid)
                               .with("index", there->name));
  }
  if (is_alias(state, name)) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "invalid_index_name_exception",
                                 "Invalid index name [" + std::string(name) + "], already exists as alias")
                               .with("index_uuid", "_na_")
                               .with("index", name));
  }
  return {};
}

}  // namespace

std::string random_uuid() {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::array<unsigned char, 18> bytes{};
  // Up to 256 bytes are never cut short; an interrupt can't happen for so few.
  static_cast<void>(getrandom(bytes.data(), 16, 0));
  std::string text;
  for (std::size_t i = 0; i < 18; i += 3) {
    const unsigned triple =
        static_cast<unsigned>(bytes.at(i)) << 16 | static_cast<unsigned>(bytes.at(i + 1)) << 8 | bytes.at(i + 2);
    for (int shift = 18; shift >= 0; shift -= 6) text += kLetters[(triple >> shift) & 63];
  }
  text.resize(22);
  return text;
}

Result<IndexPtr> create_index(Catalog& catalog, ClusterState& state, NewIndex request) {
  if (request.data_stream.empty()) {
    if (auto checked = check_index_name(request.name); !checked) return std::unexpected(checked.error());
  }
  if (auto checked = check_name_is_free(state, request.name); !checked) return std::unexpected(checked.error());
  auto layers = template_layers(state, request.data_stream.empty() ? request.name : request.data_stream);
  if (!layers) return std::unexpected(layers.error());
  if (request.data_stream.empty() && layers->data_stream) {
    return std::unexpected(illegal_argument("cannot create index with name [" + request.name +
                                            "], because it matches with template [" + layers->template_name +
                                            "] that creates data streams only, use create data stream api instead"));
  }

  IndexMeta index;
  index.name = request.name;
  index.provided_name = request.provided_name.empty() ? request.name : request.provided_name;
  index.data_stream = request.data_stream;
  index.settings = std::move(layers->settings);
  for (auto& [name, value] : request.settings) index.settings[name] = value;
  std::erase_if(index.settings, [](const auto& entry) { return entry.second == "null"; });
  if (auto checked = check_index_settings(index.settings, SettingsChange::kCreate, index.name); !checked) {
    return std::unexpected(checked.error());
  }
  index.settings.try_emplace("index.number_of_shards", "\"1\"");
  index.settings.try_emplace("index.number_of_replicas", "\"1\"");
  index.aliases = std::move(layers->aliases);
  for (auto& [name, alias] : request.aliases) index.aliases.insert_or_assign(name, alias);
  if (auto checked = check_aliases(state, index); !checked) return std::unexpected(checked.error());
  layers->mappings.push_back(request.mappings);
  auto mapping = layered_mapping(layers->mappings, index.limits());
  if (!mapping) return std::unexpected(mapping.error());
  index.mapping = *mapping;
  if (auto checked = catalog.check_index(index); !checked) return std::unexpected(checked.error());
  index.uuid = random_uuid();
  index.creation_date = now_ms();
  index.number = catalog.next_number();
  auto made = std::make_shared<const IndexMeta>(std::move(index));
  state.indices.insert_or_assign(made->name, made);
  return made;
}

}  // namespace sluice::store
