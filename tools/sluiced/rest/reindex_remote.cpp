#include "tools/sluiced/rest/reindex_remote.h"

#include <algorithm>
#include <string>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kWhitelist = "reindex.remote.whitelist";
constexpr std::string_view kAllowlist = "reindex.remote.allowlist";
constexpr std::string_view kTls = "reindex.ssl.";

/// The words of the product whose setting is used.
struct Words {
  std::string_view setting;
  std::string_view list;
};

Words words_of(const store::Settings& settings) {
  if (settings.contains(kAllowlist)) return {kAllowlist, "allowlist"};
  return {kWhitelist, "whitelist"};
}

std::vector<std::string> patterns_of(const store::Settings& settings, std::string_view name) {
  const auto set = settings.find(name);
  return set == settings.end() ? std::vector<std::string>() : setting_list(set->second);
}

Result<Verification> verification_of(const std::string& mode) {
  if (mode == "full") return Verification::kFull;
  if (mode == "certificate") return Verification::kCertificate;
  if (mode == "none") return Verification::kNone;
  return std::unexpected(illegal_argument("could not resolve verification mode [" + mode +
                                          "] of [reindex.ssl.verification_mode]: use full, certificate or none"));
}

}  // namespace

Status check_remote_host(const RemoteSource& remote, const store::Settings& node_settings) {
  const Words words = words_of(node_settings);
  const std::string address = remote.host + ":" + std::to_string(remote.port);
  const auto patterns = patterns_of(node_settings, words.setting);
  const auto fits = [&](const std::string& pattern) { return wildcard_match(pattern, address); };
  if (std::ranges::any_of(patterns, fits)) return {};
  return std::unexpected(
      illegal_argument("[" + address + "] not " + std::string(words.list) + "ed in " + std::string(words.setting)));
}

Status check_remote_list(const store::Settings& node_settings) {
  const Words words = words_of(node_settings);
  for (const std::string& pattern : patterns_of(node_settings, words.setting)) {
    if (pattern.empty() || pattern.find_first_not_of('*') != std::string::npos) continue;
    return std::unexpected(illegal_argument(
        "Refusing to start because " + std::string(words.list) + " [" + pattern +
        "] accepts all addresses. This would allow users to reindex-from-remote any URL they like effectively having "
        "sluiced make HTTP GETs for them."));
  }
  return {};
}

Error remote_error(Error error, const RemoteSource& remote) {
  static constexpr std::string_view kRefused = "Connection refused";
  if (error.type == "connect_exception" && error.reason.find(kRefused) != std::string::npos) {
    error.reason = kRefused;
    error.root_causes.clear();
    return error;
  }
  const bool answered = error.kind == ErrorKind::kNotFound || error.kind == ErrorKind::kBadRequest ||
                        error.kind == ErrorKind::kUnauthorized;
  if (!answered) return error;
  const std::string body = error.envelope();
  Error response(error.kind, error.status, "response_exception",
                 "host [" + remote.url() + "] answered with status [" + std::to_string(error.status) + "]: " + body);
  return Error(error.kind, error.status, "status_exception", "body=" + body).wrapping(std::move(response));
}

Result<Access> remote_access(const store::Settings& node_settings) {
  Access access;
  for (const auto& [name, raw] : node_settings) {
    if (!name.starts_with(kTls)) continue;
    const std::string_view option = std::string_view(name).substr(kTls.size());
    if (option == "certificate_authorities") {
      const auto files = setting_list(raw);
      if (files.size() > 1) {
        return std::unexpected(illegal_argument("[" + name + "] takes one file: put the certificates into one"));
      }
      if (!files.empty()) access.authority_file = files.front();
    } else if (option == "certificate") {
      access.certificate_file = json_unquoted(raw);
    } else if (option == "key") {
      access.key_file = json_unquoted(raw);
    } else if (option == "key_passphrase" || option == "secure_key_passphrase") {
      access.key_passphrase = json_unquoted(raw);
    } else if (option == "verification_mode") {
      auto verification = verification_of(json_unquoted(raw));
      if (!verification) return std::unexpected(std::move(verification.error()));
      access.verification = *verification;
    } else {
      return std::unexpected(
          illegal_argument("[" + name +
                           "] is not supported; of reindex.ssl.* these are: certificate_authorities, certificate, key, "
                           "key_passphrase, verification_mode"));
    }
  }
  return access;
}

}  // namespace sluice::rest
