#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "io/http/http_client.h"

/// One HTTP exchange. Private to io/http.
namespace sluice::io {

struct CurlSlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHeaders = std::unique_ptr<curl_slist, CurlSlistFree>;

struct CurlEasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyFree>;

/// Called when a transfer has ended, on the loop thread.
class TransferListener {
 public:
  virtual ~TransferListener() = default;
  virtual void transfer_ended(HttpClient::Id id) = 0;
};

/// One request on its way: an easy handle, its response, and the clock that watches its progress. Loop thread only.
class Transfer final : public TransferOwner {
 public:
  Transfer(EventLoop& loop, TransferListener& listener, HttpClient::Id id, HttpRequest request,
           HttpClient::Callback done);
  ~Transfer() override;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Puts the exchange on the loop. `easy` may have been used before.
  void start(CurlEasy easy, const HttpEndpoint& endpoint, const HttpOptions& options);
  /// Ends it with `error` in place of a response. The listener is told.
  void fail(Error error);
  void ended(int curl_code) override;

  /// What to call and with what, once the transfer has ended.
  HttpClient::Callback take_callback() { return std::move(done_); }
  Result<HttpResponse> take_result() { return std::move(result_); }
  CurlEasy take_easy() { return std::move(easy_); }

 private:
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
  void set_request(const HttpEndpoint& endpoint, const HttpOptions& options);
  void set_security(const HttpEndpoint& endpoint, const HttpOptions& options);
  void set_headers(const HttpOptions& options);
  void read_header(std::string_view line);
  bool take_body(std::string_view bytes);
  void watch_progress();
  [[nodiscard]] Error transport_error(int curl_code) const;
  [[nodiscard]] Error connect_error(int curl_code) const;

  EventLoop& loop_;
  TransferListener& listener_;
  HttpClient::Id id_;
  HttpRequest request_;
  HttpClient::Callback done_;
  CurlEasy easy_;
  CurlHeaders headers_;
  HttpResponse response_;
  Result<HttpResponse> result_;
  std::string origin_;
  bool attached_ = false;
  bool too_large_ = false;
  Nanoseconds connect_timeout_{};
  Nanoseconds socket_timeout_{};
  std::optional<Timers::Id> watch_;
  std::int64_t bytes_seen_ = -1;
  TimePoint progress_at_{};
  char error_text_[CURL_ERROR_SIZE] = {};
};

}  // namespace sluice::io
