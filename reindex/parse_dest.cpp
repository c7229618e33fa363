#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"

namespace sluice {
namespace {

constexpr std::array<FieldRule, 6> kFields{{{"index", kTakesString},
                                            {"routing", kTakesString},
                                            {"op_type", kTakesString},
                                            {"pipeline", kTakesString},
                                            {"version_type", kTakesString},
                                            {"remote", kTakesObject}}};
constexpr std::size_t kElasticsearchsFields = 5;

Status set_op_type(const std::string& text, RequestDest& dest) {
  const std::string lower = ascii_lower_case(text);
  if (lower != "index" && lower != "create") {
    return std::unexpected(illegal_argument(fmt::format("opType must be 'create' or 'index', found: [{}]", text)));
  }
  dest.create = lower == "create";
  return {};
}

Status set_version_type(const std::string& text, RequestDest& dest) {
  if (text == "internal") {
    dest.version_type = VersionType::kInternal;
  } else if (text == "external" || text == "external_gt") {
    dest.version_type = VersionType::kExternal;
  } else if (text == "external_gte") {
    dest.version_type = VersionType::kExternalGte;
  } else {
    return std::unexpected(illegal_argument(fmt::format("No version type match [{}]", text)));
  }
  return {};
}

/// An unknown rule is found by validate(), not here.
void set_routing(const std::string& text, RequestDest& dest) {
  dest.routing_text.clear();
  if (text == "keep" || text.empty()) {
    dest.routing = RoutingMode::kKeep;
  } else if (text == "discard") {
    dest.routing = RoutingMode::kDiscard;
  } else if (text.starts_with('=')) {
    dest.routing = RoutingMode::kSet;
    dest.routing_text = text.substr(1);
  } else {
    dest.routing = RoutingMode::kInvalid;
    dest.routing_text = text;
  }
}

Status set_remote(JsonReader& reader, RequestDest& dest) {
  const auto remote = read_tree(reader);
  if (!remote) return std::unexpected(remote.error());
  auto parsed = parse_remote(*remote, nullptr);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  dest.remote = std::move(*parsed);
  return {};
}

}  // namespace

Status parse_dest(JsonReader& reader, const RequestRules& rules, RequestDest& dest) {
  const auto fields = std::span(kFields).first(rules.extensions ? kFields.size() : kElasticsearchsFields);
  return read_object(reader, "dest", fields, [&](std::string_view field, JsonReader& at_value) -> Status {
    if (field == "remote") return set_remote(at_value, dest);
    auto text = at_value.value();
    if (!text) return std::unexpected(text.error());
    if (field == "op_type") return set_op_type(*text, dest);
    if (field == "version_type") return set_version_type(*text, dest);
    if (field == "routing") set_routing(*text, dest);
    if (field == "index") {
      dest.index = std::move(*text);
      dest.index_set = true;
    } else if (field == "pipeline") {
      dest.pipeline = std::move(*text);
      dest.pipeline_set = true;
    }
    return {};
  });
}

}  // namespace sluice
