#include "tools/sluiced/rest/security.h"

#include <array>
#include <chrono>
#include <exception>

#include <boost/json.hpp>

#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/secret_hash.h"

namespace sluice::rest {
namespace {

constexpr std::string_view kUsers = "sluice.users.";
constexpr std::string_view kKeys = "security/api_key/";
constexpr std::size_t kRemembered = 1000;

Error refused(std::string reason) {
  Error error(ErrorKind::kUnauthorized, 401, "security_exception", std::move(reason));
  error.details = {{"header", R"({"WWW-Authenticate":["Basic realm=\"security\", charset=\"UTF-8\"","ApiKey"]})"}};
  return error;
}

std::string path_of(const Call& call) { return call.http.target.substr(0, call.http.target.find('?')); }

std::string key_json(const ApiKey& key) {
  JsonWriter out;
  out.begin_object().member("id", key.id).member("name", key.name).member("user", key.user).member("hash", key.hash);
  out.member("metadata", key.metadata).member("creation", key.creation);
  if (key.expiration) out.member("expiration", *key.expiration);
  if (key.invalidation) out.member("invalidation", *key.invalidation);
  out.end_object();
  return out.take();
}

Result<ApiKey> parse_key(std::string_view json) {
  try {
    const boost::json::value value = boost::json::parse(json);
    const boost::json::object& object = value.as_object();
    const auto text = [&](std::string_view name) { return std::string(object.at(name).as_string()); };
    const auto time = [&](std::string_view name) -> std::optional<std::int64_t> {
      if (!object.contains(name)) return std::nullopt;
      return object.at(name).to_number<std::int64_t>();
    };
    return ApiKey{.id = text("id"),
                  .name = text("name"),
                  .user = text("user"),
                  .hash = text("hash"),
                  .metadata = text("metadata"),
                  .creation = object.at("creation").to_number<std::int64_t>(),
                  .expiration = time("expiration"),
                  .invalidation = time("invalidation")};
  } catch (const std::exception& error) {
    return std::unexpected(internal_error(std::string("an API key in the store cannot be read: ") + error.what()));
  }
}

std::int64_t now_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// The part behind a scheme, whatever its case; nothing where it is another.
std::optional<std::string_view> behind(std::string_view header, std::string_view scheme) {
  if (header.size() < scheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    if ((header[i] | 0x20) != (scheme[i] | 0x20)) return std::nullopt;
  }
  return header.substr(scheme.size());
}

}  // namespace

Result<std::unique_ptr<Security>> Security::open(store::Documents& documents, const store::Settings& settings) {
  std::map<std::string, std::string, std::less<>> users;
  for (auto each = settings.lower_bound(kUsers); each != settings.end() && each->first.starts_with(kUsers); ++each) {
    const std::string secret = json_unquoted(each->second);
    users.emplace(each->first.substr(kUsers.size()), is_secret_hash(secret) ? secret : hash_secret(secret));
  }
  if (users.empty()) {
    return std::unexpected(illegal_argument(
        "security is on, but there is no user: add one as sluice.users.NAME with a password or its hash"));
  }
  return std::unique_ptr<Security>(new Security(documents, std::move(users)));
}

Status Security::admit(Call& call) {
  const std::string_view header = call.http.header("Authorization");
  if (header.empty()) {
    return std::unexpected(refused("missing authentication credentials for REST request [" + path_of(call) + "]"));
  }
  if (const auto basic = behind(header, "Basic ")) return admit_basic(call, *basic);
  if (const auto key = behind(header, "ApiKey ")) return admit_key(call, *key);
  return std::unexpected(
      refused("unsupported authentication scheme for REST request [" + path_of(call) + "]; use Basic or ApiKey"));
}

bool Security::matches(std::string_view secret, const std::string& hash) {
  const std::string known = digest(hash + '\0' + std::string(secret));
  {
    const std::lock_guard lock(mutex_);
    if (matched_.contains(known)) return true;
  }
  if (!secret_matches(secret, hash)) return false;
  const std::lock_guard lock(mutex_);
  if (matched_.size() >= kRemembered) matched_.clear();
  matched_.emplace(known, true);
  return true;
}

Status Security::admit_basic(Call& call, std::string_view encoded) {
  const std::string decoded = unbase64(encoded);
  const std::size_t colon = decoded.find(':');
  if (colon == std::string::npos) {
    return std::unexpected(refused("invalid basic authentication header value"));
  }
  const std::string name = decoded.substr(0, colon);
  const auto user = users_.find(name);
  // A name that is not there costs as much as a wrong password.
  const std::string& hash = user == users_.end() ? users_.begin()->second : user->second;
  if (!matches(decoded.substr(colon + 1), hash) || user == users_.end()) {
    return std::unexpected(
        refused("unable to authenticate user [" + name + "] for REST request [" + path_of(call) + "]"));
  }
  call.user = name;
  return {};
}

Status Security::admit_key(Call& call, std::string_view encoded) {
  const std::string decoded = unbase64(encoded);
  const std::size_t colon = decoded.find(':');
  const auto wrong = [&](std::string_view why) {
    Error error = refused(
        "unable to authenticate with provided credentials and anonymous access is not allowed for "
        "this request");
    error.details.insert(error.details.begin(),
                         {"additional_unsuccessful_credentials", json_string("API key: " + std::string(why))});
    return std::unexpected(std::move(error));
  };
  if (colon == std::string::npos) return wrong("invalid ApiKey value");
  const std::string id = decoded.substr(0, colon);
  const auto record = documents_.record(std::string(kKeys) + id);
  if (!record) return std::unexpected(record.error());
  if (!*record) return wrong("unable to find apikey with id " + id);
  const auto key = parse_key(**record);
  if (!key) return std::unexpected(key.error());
  if (key->invalidation) return wrong("api key [" + id + "] has been invalidated");
  if (key->expiration && *key->expiration <= now_milliseconds()) return wrong("api key is expired");
  if (!matches(decoded.substr(colon + 1), key->hash)) return wrong("invalid credentials for API key [" + id + "]");
  call.user = key->user;
  call.api_key_id = id;
  return {};
}

Status Security::put(const ApiKey& key) {
  const std::array<store::Documents::Record, 1> records{{{std::string(kKeys) + key.id, key_json(key)}}};
  return documents_.put_records(records);
}

Result<std::vector<ApiKey>> Security::keys() const {
  const auto records = documents_.records(kKeys);
  if (!records) return std::unexpected(records.error());
  std::vector<ApiKey> keys;
  for (const store::Documents::Record& record : *records) {
    auto key = parse_key(record.value.value_or(""));
    if (!key) return std::unexpected(std::move(key.error()));
    keys.push_back(std::move(*key));
  }
  return keys;
}

}  // namespace sluice::rest
