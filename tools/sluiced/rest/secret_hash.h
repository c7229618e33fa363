#pragma once

#include <string>
#include <string_view>

namespace sluice::rest {

/// `pbkdf2$sha256$<iterations>$<salt>$<hash>`, salt and hash in hexadecimal: what is kept instead of a secret.
std::string hash_secret(std::string_view secret);
bool is_secret_hash(std::string_view text);
/// Takes the same time whatever is wrong with the secret.
bool secret_matches(std::string_view secret, std::string_view hash);

/// SHA-256, 32 bytes.
std::string digest(std::string_view text);
std::string base64(std::string_view bytes);
/// Empty: it is not base64.
std::string unbase64(std::string_view text);

}  // namespace sluice::rest
