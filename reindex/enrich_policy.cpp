#include "reindex/enrich_policy.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "stages/parse/json_object.h"

namespace sluice {

namespace {

constexpr std::string_view kKnown = "supported types are [match, range]";

Status read_texts(std::string_view value, std::string_view name, std::vector<std::string>& into) {
  auto texts = stages::json_text_list(value, name);
  if (!texts) return std::unexpected(std::move(texts.error()));
  into = std::move(*texts);
  return {};
}

Status read_member(const stages::JsonMember& member, EnrichPolicy& policy) {
  const std::string name = member.name();
  if (name == "indices") return read_texts(member.value, name, policy.indices);
  if (name == "enrich_fields") return read_texts(member.value, name, policy.enrich_fields);
  if (name == "query" && member.value.starts_with('{')) {
    policy.query = member.value;
    return {};
  }
  if (name == "match_field" && member.value.starts_with('"')) {
    policy.match_field = json_unquoted(member.value);
    return {};
  }
  if (name == "elasticsearch_version" || name == "name") return {};
  if (name == "query" || name == "match_field") {
    return std::unexpected(illegal_argument("[policy] " + name + " doesn't support values of type: [" +
                                            std::string(member.value.substr(0, 20)) + "]"));
  }
  return std::unexpected(illegal_argument("[policy] unknown field [" + name + "]"));
}

Status check_complete(const EnrichPolicy& policy) {
  std::string missing;
  const auto want = [&](bool there, std::string_view name) {
    if (!there) missing += (missing.empty() ? "" : ", ") + std::string(name);
  };
  want(!policy.indices.empty(), "indices");
  want(!policy.match_field.empty(), "match_field");
  want(!policy.enrich_fields.empty(), "enrich_fields");
  if (!missing.empty()) return std::unexpected(illegal_argument("Required [" + missing + "]"));
  return {};
}

/// Whether an `enrich` processor of the policy stands anywhere in a pipeline.
bool mentions(std::string_view json, std::string_view policy) {
  if (json.starts_with('[')) {
    const auto elements = stages::json_elements(json, "the pipeline");
    return elements && std::ranges::any_of(*elements, [&](std::string_view each) { return mentions(each, policy); });
  }
  if (!json.starts_with('{')) return false;
  const auto members = stages::json_members(json, "the pipeline");
  if (!members) return false;
  for (const stages::JsonMember& member : *members) {
    if (mentions(member.value, policy)) return true;
    if (member.name() != "enrich" || !member.value.starts_with('{')) continue;
    const auto options = stages::json_members(member.value, "enrich");
    if (options && std::ranges::any_of(*options, [&](const stages::JsonMember& option) {
          return option.name() == "policy_name" && json_unquoted(option.value) == policy;
        })) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<EnrichPolicy> parse_enrich_policy(const std::string& body) {
  const auto types = stages::json_members_of(body, "the policy");
  if (!types) return std::unexpected(types.error());
  if (types->size() != 1) {
    return std::unexpected(illegal_argument("a policy is an object with one key, its type: " + std::string(kKnown)));
  }
  EnrichPolicy policy;
  policy.type = types->front().name();
  if (policy.type == "geo_match") {
    return std::unexpected(illegal_argument("policy type [geo_match] is not there in sluice, " + std::string(kKnown)));
  }
  if (policy.type != "match" && policy.type != "range") {
    return std::unexpected(illegal_argument("unsupported policy type [" + policy.type + "], " + std::string(kKnown)));
  }
  const std::string inner(types->front().value);
  const auto members = stages::json_members_of(inner, "the policy");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    if (Status read = read_member(member, policy); !read) return std::unexpected(std::move(read.error()));
  }
  if (Status complete = check_complete(policy); !complete) return std::unexpected(std::move(complete.error()));
  return policy;
}

std::string enrich_policy_json(const std::string& name, const EnrichPolicy& policy) {
  JsonWriter out;
  const auto texts = [&](std::string_view key, const std::vector<std::string>& values) {
    out.key(key).begin_array();
    for (const std::string& value : values) out.string(value);
    out.end_array();
  };
  out.begin_object().key(policy.type).begin_object();
  if (!name.empty()) out.member("name", name);
  texts("indices", policy.indices);
  if (!policy.query.empty()) out.key("query").raw(policy.query);
  out.member("match_field", policy.match_field);
  texts("enrich_fields", policy.enrich_fields);
  out.end_object().end_object();
  return out.take();
}

std::string enrich_alias(std::string_view policy) { return ".enrich-" + std::string(policy); }

store::IndexPtr enrich_index(const store::ClusterState& state, std::string_view policy) {
  const std::string alias = enrich_alias(policy);
  for (auto at = state.indices.lower_bound(alias); at != state.indices.end() && at->first.starts_with(alias); ++at) {
    if (at->second->aliases.contains(alias)) return at->second;
  }
  return nullptr;
}

std::vector<std::string> pipelines_with_policy(const store::ClusterState& state, std::string_view policy) {
  std::vector<std::string> names;
  for (const auto& [id, pipeline] : state.pipelines) {
    Buffer padded(pipeline.body.size());
    padded.append(pipeline.body);
    std::string_view body = padded.view();
    body.remove_prefix(std::min(body.find('{'), body.size()));
    if (mentions(body, policy)) names.push_back(id);
  }
  return names;
}

}  // namespace sluice
