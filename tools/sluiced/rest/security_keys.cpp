#include <algorithm>
#include <chrono>

#include "pipeline/base/units.h"
#include "pipeline/base/wildcard.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/node_identity.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/secret_hash.h"
#include "tools/sluiced/rest/security.h"

namespace sluice::rest {
namespace {

constexpr std::size_t kIdBytes = 15;
constexpr std::size_t kSecretBytes = 16;

std::int64_t now_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Status security_is_on(const Services& services) {
  if (services.security != nullptr) return {};
  return std::unexpected(
      illegal_argument("Security is off; turn it on with --set xpack.security.enabled=true and a user "
                       "as --set sluice.users.NAME=PASSWORD"));
}

Result<ApiKey> read_key(const Call& call) {
  const std::string body(call.body());
  auto members = stages::json_members_of(body, "API key");
  if (!members) return std::unexpected(std::move(members.error()));
  ApiKey key;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "name") {
      key.name = stages::json_text_value(member.value).value_or("");
    } else if (name == "metadata") {
      key.metadata = member.value;
    } else if (name == "expiration") {
      const auto time = parse_time_value(stages::json_text_value(member.value).value_or(""), "expiration");
      if (!time) return std::unexpected(time.error());
      key.expiration =
          now_milliseconds() + std::chrono::duration_cast<std::chrono::milliseconds>(time->duration).count();
    } else if (name == "role_descriptors") {
      if (const auto roles = stages::json_members(member.value, name); roles && roles->empty()) continue;
      return std::unexpected(
          unsupported("[role_descriptors] is not supported: a key may do whatever its owner may; leave "
                      "it out"));
    } else {
      return std::unexpected(x_content_parse_error("[api_key_request] unknown field [" + name + "]"));
    }
  }
  if (key.name.empty()) return std::unexpected(validation_error({"api key name is required"}));
  return key;
}

void write_key(JsonWriter& out, const ApiKey& key) {
  out.begin_object()
      .member("id", key.id)
      .member("name", key.name)
      .member("type", "rest")
      .member("creation", key.creation);
  if (key.expiration) out.member("expiration", *key.expiration);
  out.member("invalidated", key.invalidation.has_value());
  if (key.invalidation) out.member("invalidation", *key.invalidation);
  out.member("username", key.user)
      .member("realm", "file")
      .member("realm_type", "file")
      .key("metadata")
      .raw(key.metadata);
  out.key("role_descriptors").begin_object().end_object().end_object();
}

/// Which keys a request means.
struct Choice {
  std::vector<std::string> ids;
  std::string name;
  std::string user;
  bool owner = false;
  bool active_only = false;

  [[nodiscard]] bool takes(const ApiKey& key, const Call& call) const {
    if (!ids.empty() && std::ranges::find(ids, key.id) == ids.end()) return false;
    if (!name.empty() && !wildcard_match(name, key.name)) return false;
    if (!user.empty() && key.user != user) return false;
    if (owner && key.user != call.user) return false;
    return !active_only || (!key.invalidation && key.expiration.value_or(INT64_MAX) > now_milliseconds());
  }
  [[nodiscard]] bool empty() const { return ids.empty() && name.empty() && user.empty() && !owner; }
};

Result<Choice> read_invalidation(const Call& call) {
  const std::string body(call.body());
  auto members = stages::json_members_of(body, "invalidate api key");
  if (!members) return std::unexpected(std::move(members.error()));
  Choice choice;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "ids" || name == "id") {
      auto ids = stages::json_text_list(member.value, name);
      if (!ids) return std::unexpected(std::move(ids.error()));
      choice.ids = std::move(*ids);
    } else if (name == "name") {
      choice.name = stages::json_text_value(member.value).value_or("");
    } else if (name == "username") {
      choice.user = stages::json_text_value(member.value).value_or("");
    } else if (name == "owner") {
      const auto owner = stages::json_flag_value(member.value);
      if (!owner) return std::unexpected(owner.error());
      choice.owner = *owner;
    } else if (name != "realm_name") {
      return std::unexpected(x_content_parse_error("[invalidate_api_key] unknown field [" + name + "]"));
    }
  }
  if (!choice.empty()) return choice;
  return std::unexpected(validation_error(
      {"One of [api key id(s), api key name, username, realm name] must be specified if [owner] flag is false"}));
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

}  // namespace

Result<Reply> create_api_key(Call& call, Services& services) {
  if (auto on = security_is_on(services); !on) return std::unexpected(std::move(on.error()));
  if (!call.api_key_id.empty()) {
    // Elasticsearch lets a key make keys without privileges only; a key here may do whatever its owner may.
    return std::unexpected(
        illegal_argument("creating derived api keys requires an explicit role descriptor that is empty (has no "
                         "privileges), and sluiced has no such keys: create the key with a user's name and password"));
  }
  auto key = read_key(call);
  if (!key) return std::unexpected(std::move(key.error()));
  const std::string secret = random_id(kSecretBytes);
  key->id = random_id(kIdBytes);
  key->user = call.user;
  key->creation = now_milliseconds();
  key->hash = hash_secret(secret);
  if (auto put = services.security->put(*key); !put) return std::unexpected(std::move(put.error()));
  JsonWriter out;
  out.begin_object().member("id", key->id).member("name", key->name);
  if (key->expiration) out.member("expiration", *key->expiration);
  out.member("api_key", secret).member("encoded", base64(key->id + ":" + secret)).end_object();
  return Reply::json(out.take());
}

Result<Reply> get_api_keys(Call& call, Services& services) {
  if (auto on = security_is_on(services); !on) return std::unexpected(std::move(on.error()));
  Choice choice{.ids = call.list("id"),
                .name = std::string(call.text_or("name", "")),
                .user = std::string(call.text_or("username", ""))};
  const auto owner = call.flag("owner", false);
  const auto active = call.flag("active_only", false);
  if (!owner || !active) return std::unexpected(owner ? active.error() : owner.error());
  choice.owner = *owner;
  choice.active_only = *active;
  const auto keys = services.security->keys();
  if (!keys) return std::unexpected(keys.error());
  JsonWriter out;
  out.begin_object().key("api_keys").begin_array();
  bool any = false;
  for (const ApiKey& key : *keys) {
    if (!choice.takes(key, call)) continue;
    write_key(out, key);
    any = true;
  }
  out.end_array().end_object();
  constexpr int kNotFound = 404;
  return Reply::json(out.take(), any || choice.ids.empty() ? 200 : kNotFound);
}

Result<Reply> invalidate_api_keys(Call& call, Services& services) {
  if (auto on = security_is_on(services); !on) return std::unexpected(std::move(on.error()));
  const auto choice = read_invalidation(call);
  if (!choice) return std::unexpected(choice.error());
  auto keys = services.security->keys();
  if (!keys) return std::unexpected(std::move(keys.error()));
  std::vector<std::string> now;
  std::vector<std::string> before;
  for (ApiKey& key : *keys) {
    if (!choice->takes(key, call)) continue;
    (key.invalidation ? before : now).push_back(key.id);
    if (key.invalidation) continue;
    key.invalidation = now_milliseconds();
    if (auto put = services.security->put(key); !put) return std::unexpected(std::move(put.error()));
  }
  JsonWriter out;
  out.begin_object();
  write_texts(out, "invalidated_api_keys", now);
  write_texts(out, "previously_invalidated_api_keys", before);
  out.member("error_count", 0).end_object();
  return Reply::json(out.take());
}

Result<Reply> get_authenticate(Call& call, Services& services) {
  if (auto on = security_is_on(services); !on) return std::unexpected(std::move(on.error()));
  const bool by_key = !call.api_key_id.empty();
  const std::string_view realm = by_key ? "_es_api_key" : "file";
  JsonWriter out;
  out.begin_object().member("username", call.user).key("roles").begin_array();
  if (!by_key) out.string("superuser");
  out.end_array().key("full_name").null().key("email").null().key("metadata").begin_object().end_object();
  out.member("enabled", true);
  for (const std::string_view key : {"authentication_realm", "lookup_realm"}) {
    out.key(key).begin_object().member("name", realm).member("type", realm).end_object();
  }
  out.member("authentication_type", by_key ? "api_key" : "realm");
  if (by_key) out.key("api_key").begin_object().member("id", call.api_key_id).end_object();
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
