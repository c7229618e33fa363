#include <cstring>
#include <system_error>

#include <curl/curl.h>

#include "io/http/transfer.h"

namespace sluice::io {
namespace {

std::string sentence(std::string_view what, std::string_view detail, std::string_view advice) {
  std::string text(what);
  if (!detail.empty()) text.append(": ").append(detail);
  return text.append("; ").append(advice);
}

Error network(std::string type, std::string reason) {
  return {ErrorKind::kNetwork, 500, std::move(type), std::move(reason)};
}

}  // namespace

Error Transfer::connect_error(int curl_code) const {
  if (curl_code == CURLE_COULDNT_RESOLVE_HOST || curl_code == CURLE_COULDNT_RESOLVE_PROXY) {
    return network("unknown_host_exception", sentence("can't find the host of " + origin_, error_text_,
                                                      "is its name right, and does it resolve on this machine?"));
  }
  if (curl_code == CURLE_OPERATION_TIMEDOUT) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(connect_timeout_).count();
    return {ErrorKind::kTimeout, 500, "connect_timeout_exception",
            "can't connect to " + origin_ + " within " + std::to_string(ms) +
                " ms; is a firewall between, or the connect timeout too short?"};
  }
  long os_error = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &os_error);
  const std::string detail = os_error != 0 ? std::generic_category().message(static_cast<int>(os_error)) : error_text_;
  return network("connect_exception", sentence("can't connect to " + origin_, detail,
                                               "is the server running, and is the port its HTTP port?"));
}

Error Transfer::transport_error(int curl_code) const {
  switch (curl_code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:  // only connecting has a time limit of curl's
      return connect_error(curl_code);
    case CURLE_PEER_FAILED_VERIFICATION:
      return network("ssl_exception", sentence("the certificate of " + origin_ + " is not trusted", error_text_,
                                               "name the file of its certificate authority, or use the host name that "
                                               "the certificate is for"));
    case CURLE_SSL_CONNECT_ERROR:
      return network("ssl_exception", sentence("no TLS connection to " + origin_, error_text_,
                                               "is the port an HTTPS port? Use http:// where it is not"));
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
      return illegal_argument(sentence("the TLS settings for " + origin_ + " can't be used", error_text_,
                                       "check the files and the passphrase"));
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return network("connection_closed_exception",
                     sentence("what answers at " + origin_ + " does not speak HTTP", error_text_,
                              "is the port an HTTP port, and not the transport port or an HTTPS port?"));
    case CURLE_OUT_OF_MEMORY:
      return internal_error("out of memory while talking to " + origin_);
    default:
      break;
  }
  if (too_large_) {
    return Error(ErrorKind::kTooLarge, 400, "content_too_long_exception",
                 "the response of " + origin_ + " to " + request_.method + " " + request_.target + " is larger than " +
                     std::to_string(request_.max_response_bytes) + " bytes");
  }
  // TLS 1.3 tells so only after the handshake.
  if (std::strstr(error_text_, "alert certificate required") != nullptr) {
    return network("ssl_exception", sentence(origin_ + " wants a client certificate", error_text_,
                                             "name the files of a certificate and its key"));
  }
  const char* detail = error_text_[0] != '\0' ? error_text_ : curl_easy_strerror(static_cast<CURLcode>(curl_code));
  return network("connection_closed_exception",
                 sentence("the connection to " + origin_ + " broke", detail,
                          "the server may have been stopped, or something between here and there closed it"));
}

bool never_sent(const Error& error) {
  return error.type == "connect_exception" || error.type == "unknown_host_exception" || error.type == "ssl_exception" ||
         error.type == "connect_timeout_exception";
}

}  // namespace sluice::io
