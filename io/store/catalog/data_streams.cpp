#include <chrono>

#include <fmt/format.h>

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "io/store/catalog/template_layers.h"

namespace sluice::store {

namespace {

std::string today() {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}.{:02}.{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

/// Why no index of that name is made by a write; empty: one is. `allowed` is `true`, `false`, or patterns with commas,
/// the first that fits decides: `+logs-*,-*`. Source: Elasticsearch's AutoCreateIndex.
std::string auto_create_forbidden(std::string_view allowed, std::string_view name) {
  static constexpr std::string_view kSetting = "[action.auto_create_index]";
  if (allowed == "true") return {};
  if (allowed == "false") return fmt::format("{} is [false]", kSetting);
  for (const std::string& pattern : split_expression(allowed)) {
    const bool forbids = pattern.starts_with('-');
    const bool marked = forbids || pattern.starts_with('+');
    if (!wildcard_match(std::string_view(pattern).substr(marked ? 1 : 0), name)) continue;
    if (!forbids) return {};
    return fmt::format("{} contains [{}] which forbids automatic creation of the index", kSetting, pattern);
  }
  return fmt::format("{} ([{}]) doesn't match", kSetting, allowed);
}

}  // namespace

Result<IndexPtr> add_backing_index(Catalog& catalog, ClusterState& state, DataStreamMeta& stream) {
  NewIndex index;
  index.name = fmt::format(".ds-{}-{}-{:06}", stream.name, today(), stream.generation);
  index.data_stream = stream.name;
  auto made = create_index(catalog, state, std::move(index));
  if (made) stream.indices.push_back((*made)->name);
  return made;
}

Status create_data_stream(Catalog& catalog, ClusterState& state, std::string_view name) {
  if (state.data_streams.contains(name)) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "resource_already_exists_exception",
                                 "data_stream [" + std::string(name) + "] already exists"));
  }
  auto layers = template_layers(state, name);
  if (!layers) return std::unexpected(layers.error());
  if (layers->template_name.empty()) {
    return std::unexpected(
        illegal_argument("no matching index template found for data stream [" + std::string(name) + "]"));
  }
  if (!layers->data_stream) {
    return std::unexpected(illegal_argument("matching index template [" + layers->template_name +
                                            "] for data stream [" + std::string(name) +
                                            "] has no data stream template"));
  }
  if (auto checked = check_index_name(name); !checked) return checked;
  DataStreamMeta stream;
  stream.name = name;
  stream.template_name = layers->template_name;
  auto made = add_backing_index(catalog, state, stream);
  if (!made) return std::unexpected(made.error());
  state.data_streams.insert_or_assign(stream.name, stream);
  return {};
}

Status check_auto_create(const ClusterState& state, std::string_view name, std::string_view allowed) {
  const std::string forbidden = auto_create_forbidden(allowed, name);
  if (forbidden.empty()) return {};
  auto layers = template_layers(state, name);
  if (!layers) return std::unexpected(layers.error());
  if (layers->data_stream) return {};
  return std::unexpected(Error(ErrorKind::kNotFound, 404, "index_not_found_exception",
                               "no such index [" + std::string(name) + "] and " + forbidden)
                             .with("index_uuid", "_na_")
                             .with("index", name));
}

Status auto_create(Catalog& catalog, std::string_view name, std::string_view allowed) {
  return catalog.update([&](ClusterState& state) -> Status {
    // Somebody else may have been faster.
    if (state.find(name) != nullptr || is_alias(state, name) || state.data_streams.contains(name)) return {};
    if (auto checked = check_auto_create(state, name, allowed); !checked) return checked;
    auto layers = template_layers(state, name);
    if (!layers) return std::unexpected(layers.error());
    if (layers->data_stream) return create_data_stream(catalog, state, name);
    NewIndex index;
    index.name = name;
    auto made = create_index(catalog, state, std::move(index));
    return made ? Status{} : std::unexpected(made.error());
  });
}

}  // namespace sluice::store
