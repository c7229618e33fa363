// HTTPS with a certificate that the test makes itself.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include "tests/io/serve/raw_client.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

class ServeTls : public testing::Test {
 protected:
  ServeTls() : folder_(std::filesystem::temp_directory_path() / ("serve_tls_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* const name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    write(certificate_file(), [&](FILE* file) { PEM_write_X509(file, certificate); });
    write(key_file(), [&](FILE* file) {
      PEM_write_PrivateKey(file, key, EVP_aes_128_cbc(), reinterpret_cast<const unsigned char*>("secret"), 6, nullptr,
                           nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~ServeTls() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string certificate_file() const { return folder_ / "certificate.pem"; }
  [[nodiscard]] std::string key_file() const { return folder_ / "key.pem"; }
  [[nodiscard]] serve::ServerOptions options(std::string passphrase) const {
    serve::ServerOptions options;
    options.port = 0;
    options.certificate_file = certificate_file();
    options.key_file = key_file();
    options.key_passphrase = std::move(passphrase);
    return options;
  }

 private:
  template <typename Write>
  static void write(const std::string& name, Write content) {
    FILE* const file = std::fopen(name.c_str(), "w");
    content(file);
    std::fclose(file);
  }
  std::filesystem::path folder_;
};

TEST_F(ServeTls, AnswersOverTls) {
  const auto server = start_server(echo, options("secret"));
  RawClient client(server->address());
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  SSL* const tls = SSL_new(context);
  SSL_set_fd(tls, client.descriptor());
  ASSERT_EQ(SSL_connect(tls), 1);
  const std::string request = post("/x", std::string(100000, 'y'), "Connection: close\r\n");
  ASSERT_EQ(SSL_write(tls, request.data(), static_cast<int>(request.size())), static_cast<int>(request.size()));
  std::string answer;
  std::array<char, 4096> part;
  for (int size = 0; (size = SSL_read(tls, part.data(), part.size())) > 0;) {
    answer.append(part.data(), static_cast<std::size_t>(size));
  }
  EXPECT_EQ(body_of(answer), "POST /x " + std::string(100000, 'y'));
  EXPECT_EQ(SSL_get_shutdown(tls) & SSL_RECEIVED_SHUTDOWN, SSL_RECEIVED_SHUTDOWN) << "cut off instead of closed";
  SSL_free(tls);
  SSL_CTX_free(context);
}

TEST_F(ServeTls, PlainHttpIsNotAnswered) {
  const auto server = start_server(echo, options("secret"));
  RawClient client(server->address());
  client.send(get("/"));
  EXPECT_EQ(status_of(client.read_all()), 0);
}

TEST_F(ServeTls, AWrongPassphraseAndMissingFilesSayWhichFile) {
  const auto wrong = serve::HttpServer::start(options("nonsense"), echo);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_THAT(wrong.error().reason, HasSubstr(key_file()));
  auto missing = options("secret");
  missing.certificate_file += ".not";
  const auto none = serve::HttpServer::start(missing, echo);
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().reason, HasSubstr("certificate.pem.not"));
}

}  // namespace
}  // namespace sluice::tests
