#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// An API key as it is kept: its secret only as a hash.
struct ApiKey {
  std::string id;
  std::string name;
  std::string user;
  std::string hash;
  std::string metadata = "{}";             ///< raw JSON
  std::int64_t creation = 0;               ///< milliseconds since 1970
  std::optional<std::int64_t> expiration;  ///< the same
  std::optional<std::int64_t> invalidation;
};

/// Users of the settings and API keys of the store. Whoever is admitted may do everything: there are no roles. Any
/// thread.
class Security {
 public:
  /// Reads `sluice.users.*`. Errors: there is no user, so that nobody could come in.
  static Result<std::unique_ptr<Security>> open(store::Documents& documents, const store::Settings& settings);

  /// Finds out who asks, by `Authorization: Basic` or `ApiKey`, and notes it in the call. Errors: security_exception,
  /// 401.
  Status admit(Call& call);

  Status put(const ApiKey& key);
  Result<std::vector<ApiKey>> keys() const;

 private:
  Security(store::Documents& documents, std::map<std::string, std::string, std::less<>> users)
      : documents_(documents), users_(std::move(users)) {}
  Status admit_basic(Call& call, std::string_view encoded);
  Status admit_key(Call& call, std::string_view encoded);
  /// Whether this very credential has matched this very hash before; hashing is slow by intent.
  bool matches(std::string_view secret, const std::string& hash);

  store::Documents& documents_;
  const std::map<std::string, std::string, std::less<>> users_;  ///< name -> hash
  std::mutex mutex_;
  std::map<std::string, bool, std::less<>> matched_;
};

}  // namespace sluice::rest
