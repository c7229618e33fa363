#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "pipeline/base/similar_names.h"
#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"

namespace sluice {

std::optional<std::string_view> url_parameter(const UrlParameters& parameters, std::string_view name) {
  const auto found =
      std::find_if(parameters.rbegin(), parameters.rend(), [&](const auto& p) { return p.first == name; });
  if (found == parameters.rend()) return std::nullopt;
  return found->second;
}

Status read_url_flag(const UrlParameters& parameters, std::string_view name, bool& flag) {
  const auto text = url_parameter(parameters, name);
  if (!text) return {};
  if (!text->empty() && *text != "true" && *text != "false") {
    return std::unexpected(
        illegal_argument(fmt::format("Failed to parse value [{}] as only [true] or [false] are allowed.", *text)));
  }
  flag = *text != "false";
  return {};
}

namespace {

/// Read by every endpoint.
constexpr std::array<std::string_view, 5> kEverywhere{"pretty", "human", "error_trace", "filter_path", "format"};
/// Read whether they are there or not, so that they are offered when something looks like them.
constexpr std::array<std::string_view, 6> kAlwaysRead{
    "refresh", "timeout", "slices", "wait_for_active_shards", "requests_per_second", "wait_for_completion"};
/// Read only where they are there.
constexpr std::array<std::string_view, 3> kReadIfThere{"max_docs", "scroll", "require_alias"};

Status read_time(const UrlParameters& parameters, std::string_view name, TimeValue& time) {
  const auto text = url_parameter(parameters, name);
  if (!text) return {};
  auto parsed = parse_time_value(*text, name);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  time = std::move(*parsed);
  return {};
}

Status read_slices(const UrlParameters& parameters, Request& request) {
  const auto text = url_parameter(parameters, "slices");
  if (!text) return {};
  if (*text == "auto") {
    request.slices = 0;
    return {};
  }
  Error error =
      illegal_argument(fmt::format("[slices] must be a positive integer or the string \"auto\", but was [{}]", *text));
  const auto slices = parse_java_number<std::int32_t>(*text);
  if (!slices) return std::unexpected(std::move(error).wrapping(number_format_error(*text)));
  if (*slices < 1) return std::unexpected(std::move(error));
  request.slices = static_cast<std::uint32_t>(*slices);
  return {};
}

Status read_active_shards(const UrlParameters& parameters, Request& request) {
  const auto text = url_parameter(parameters, "wait_for_active_shards");
  if (!text) return {};
  if (*text != "all") {
    const auto shards = parse_java_number<std::int32_t>(*text);
    if (!shards) {
      return std::unexpected(illegal_argument(fmt::format("cannot parse ActiveShardCount[{}]", *text))
                                 .wrapping(number_format_error(*text)));
    }
    if (*shards < 0) return std::unexpected(illegal_argument("shard count cannot be a negative value"));
  }
  request.wait_for_active_shards = *text;
  return {};
}

Status read_rate(const UrlParameters& parameters, Request& request) {
  const auto text = url_parameter(parameters, "requests_per_second");
  if (!text) return {};
  const auto rate = parse_rate(*text);
  if (!rate) return std::unexpected(rate.error());
  request.requests_per_second = *rate;
  return {};
}

Status read_max_docs(const UrlParameters& parameters, Request& request) {
  const auto text = url_parameter(parameters, "max_docs");
  if (!text) return {};
  const auto max_docs = int_parameter("max_docs", *text);
  if (!max_docs) return std::unexpected(max_docs.error());
  if (request.max_docs && std::cmp_not_equal(*request.max_docs, *max_docs)) {
    return std::unexpected(illegal_argument(
        fmt::format("[max_docs] set to two different values [{}] and [{}]", *request.max_docs, *max_docs)));
  }
  return set_max_docs(request, *max_docs);
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Result<std::int32_t> int_parameter(std::string_view name, std::string_view text) {
  if (const auto number = parse_java_number<std::int32_t>(text)) return *number;
  return std::unexpected(illegal_argument(fmt::format("Failed to parse int parameter [{}] with value [{}]", name, text))
                             .wrapping(number_format_error(text)));
}

Result<float> parse_rate(std::string_view text) {
  Error error = illegal_argument("[requests_per_second] must be a float greater than 0. Use -1 to disable throttling.");
  auto rate = parse_java_double(text);
  if (!rate) return std::unexpected(std::move(error).wrapping(std::move(rate.error())));
  const auto value = static_cast<float>(*rate);
  if (value == -1.0F) return pipeline::kUnlimited;
  // NaN is one that Elasticsearch lets through by mistake.
  if (std::isnan(value) || value <= 0) return std::unexpected(std::move(error));
  return value;
}

Status set_max_docs(Request& request, std::int32_t max_docs) {
  if (max_docs < 0) {
    return std::unexpected(
        illegal_argument(fmt::format("[max_docs] parameter cannot be negative, found [{}]", max_docs)));
  }
  if (std::cmp_less(max_docs, request.slices)) {
    return std::unexpected(illegal_argument("[max_docs] should be >= [slices]"));
  }
  request.max_docs = static_cast<std::uint64_t>(max_docs);
  return {};
}

Status check_pipeline_parameter(const UrlParameters& parameters) {
  if (!url_parameter(parameters, "pipeline")) return {};
  return std::unexpected(illegal_argument(
      "_reindex doesn't support [pipeline] as a query parameter. Specify it in the [dest] object instead."));
}

Status parse_url_parameters(const UrlParameters& parameters, Request& request) {
  if (Status s = read_time(parameters, "scroll", request.scroll); !s) return s;
  if (Status s = read_url_flag(parameters, "require_alias", request.require_alias); !s) return s;
  if (Status s = read_url_flag(parameters, "refresh", request.refresh); !s) return s;
  if (Status s = read_time(parameters, "timeout", request.timeout); !s) return s;
  if (Status s = read_slices(parameters, request); !s) return s;
  if (Status s = read_active_shards(parameters, request); !s) return s;
  if (Status s = read_rate(parameters, request); !s) return s;
  return read_max_docs(parameters, request);
}

Status parse_wait_for_completion(const UrlParameters& parameters, Request& request) {
  return read_url_flag(parameters, "wait_for_completion", request.wait_for_completion);
}

Status check_unread_parameters(const UrlParameters& parameters, std::string_view path) {
  std::vector<std::string_view> read(kEverywhere.begin(), kEverywhere.end());
  read.insert(read.end(), kAlwaysRead.begin(), kAlwaysRead.end());
  std::set<std::string_view> unread;
  for (const auto& [name, value] : parameters) {
    if (contains(kReadIfThere, name)) {
      read.push_back(name);
    } else if (!contains(kEverywhere, name) && !contains(kAlwaysRead, name)) {
      unread.insert(name);
    }
  }
  if (unread.empty()) return {};
  std::string list;
  for (const std::string_view name : unread) {
    const std::string guess = did_you_mean(name, read);
    list += fmt::format("{}[{}]{}{}", list.empty() ? "" : ", ", name, guess.empty() ? "" : " ->", guess);
  }
  return std::unexpected(illegal_argument(
      fmt::format("request [{}] contains unrecognized parameter{}: {}", path, unread.size() > 1 ? "s" : "", list)));
}

}  // namespace sluice
