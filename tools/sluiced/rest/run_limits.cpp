#include "tools/sluiced/rest/run_limits.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_writer.h"

namespace sluice::rest {

namespace {

/// What Elasticsearch's indices have unless they say otherwise; other clusters are asked for no more either.
constexpr std::string_view kMostSlices = "1024";
constexpr std::string_view kLargestPage = "10000";

std::uint64_t number_of(const std::string& text) { return std::stoull("0" + text); }

std::optional<Error> too_many_slices(const Request& request, const std::string& limit) {
  const std::uint64_t slices =
      request.source.slice ? static_cast<std::uint64_t>(std::max(request.source.slice->max, 0)) : request.slices;
  if (slices <= number_of(limit)) return std::nullopt;
  return illegal_argument(fmt::format(
      "The number of slices [{}] is too large. It must be less than [{}]. This limit can be set by changing "
      "the [index.max_slices_per_scroll] index level setting.",
      slices, limit));
}

std::optional<Error> too_large_page(const Request& request, const std::string& limit) {
  if (std::cmp_less_equal(request.source.size, number_of(limit))) return std::nullopt;
  return illegal_argument(fmt::format(
      "Batch size is too large, size must be less than or equal to: [{}] but was [{}]. Scroll batch sizes cost as much "
      "memory as result windows so they are controlled by the [index.max_result_window] index level setting.",
      limit, request.source.size));
}

/// As the shards of an index answer it.
Error shards_failed(const Services& services, const store::IndexMeta& index, const Error& cause) {
  Error error(ErrorKind::kBadRequest, 400, "search_phase_execution_exception", "all shards failed");
  JsonWriter failed;
  failed.begin_array().begin_object().member("shard", 0).member("index", index.name);
  failed.member("node", services.node_id).key("reason");
  cause.write(failed);
  failed.end_object().end_array();
  error.details = {{"phase", "\"query\""}, {"grouped", "true"}, {"failed_shards", failed.take()}};
  error.caused_by = std::make_shared<const Error>(Error(cause).wrapping(cause));
  error.root_causes = {cause};
  return error;
}

}  // namespace

Status check_run_limits(const Request& request, const Services& services, bool elsewhere) {
  if (elsewhere) {
    if (auto error = too_many_slices(request, std::string(kMostSlices))) return std::unexpected(std::move(*error));
    if (request.source.remote || request.source.indices.empty()) return {};
  }
  store::IndexOptions searched;
  searched.other_clusters = true;
  // Names that are wrong are the business of the run itself.
  const auto read = store::resolve_indices(*services.catalog.state(), request.source.indices, searched);
  if (!read) return {};
  for (const store::ResolvedIndex& each : *read) {
    const store::IndexMeta& index = *each.index;
    auto error = too_many_slices(request, index.setting("index.max_slices_per_scroll", kMostSlices));
    if (!error) error = too_large_page(request, index.setting("index.max_result_window", kLargestPage));
    if (error) return std::unexpected(shards_failed(services, index, *error));
  }
  return {};
}

}  // namespace sluice::rest
