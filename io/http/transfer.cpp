#include "io/http/transfer.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/ascii_case.h"

namespace sluice::io {
namespace {

constexpr long kSocketBuffer = 256L << 10;

void add_header(CurlHeaders& list, const std::string& line) {
  curl_slist* head = curl_slist_append(list.get(), line.c_str());
  if (!list) list.reset(head);  // later calls return the head they were given
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

Transfer::Transfer(EventLoop& loop, TransferListener& listener, HttpClient::Id id, HttpRequest request,
                   HttpClient::Callback done)
    : loop_(loop), listener_(listener), id_(id), request_(std::move(request)), done_(std::move(done)) {
  response_.body = std::move(request_.response);
  response_.body.clear();
}

Transfer::~Transfer() {
  if (watch_) loop_.cancel(*watch_);
  if (attached_) loop_.detach(easy_.get());
}

void Transfer::start(CurlEasy easy, const HttpEndpoint& endpoint, const HttpOptions& options) {
  easy_ = std::move(easy);
  origin_ = endpoint.origin();
  connect_timeout_ = options.connect_timeout;
  socket_timeout_ = options.socket_timeout;
  set_request(endpoint, options);
  set_headers(options);
  set_security(endpoint, options);
  attached_ = true;
  loop_.attach(easy_.get(), this);
  progress_at_ = SteadyClock::now();
  watch_progress();
}

void Transfer::set_request(const HttpEndpoint& endpoint, const HttpOptions& options) {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_URL, (origin_ + request_.target).c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kSocketBuffer);
  curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, kSocketBuffer);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_text_);
  const auto connect_ms = std::chrono::ceil<std::chrono::milliseconds>(connect_timeout_).count();
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_ms));
  if (options.compressed) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  // An empty proxy also overrules the environment's.
  if (endpoint.loopback()) curl_easy_setopt(easy, CURLOPT_PROXY, "");
  if (request_.method == "HEAD") curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  if (!request_.body.empty() || request_.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.empty() ? "" : request_.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  }
  if (request_.method != "HEAD") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

void Transfer::set_headers(const HttpOptions& options) {
  add_header(headers_, "Expect:");  // no round trip before a body
  add_header(headers_, "Accept: application/json");
  add_header(headers_, "User-Agent: sluice");
  add_header(headers_, request_.body.empty() ? "Content-Type:" : "Content-Type: " + request_.content_type);
  if (!options.api_key.empty()) add_header(headers_, "Authorization: ApiKey " + options.api_key);
  if (!options.bearer.empty()) add_header(headers_, "Authorization: Bearer " + options.bearer);
  for (const auto& [name, value] : options.headers) {
    std::string line = name;
    line += value.empty() ? ";" : ": ";  // curl's way to say that a header is empty
    add_header(headers_, line.append(value));
  }
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::set_security(const HttpEndpoint& endpoint, const HttpOptions& options) {
  CURL* easy = easy_.get();
  const bool own = !options.user.empty();
  const std::string& user = own ? options.user : endpoint.user;
  if (!user.empty() && options.api_key.empty() && options.bearer.empty()) {
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(easy, CURLOPT_USERNAME, user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, (own ? options.password : endpoint.password).c_str());
  }
  if (!endpoint.tls) return;
  const TlsOptions& tls = options.tls;
  const auto set_text = [&](CURLoption option, const std::string& value) {
    if (!value.empty()) curl_easy_setopt(easy, option, value.c_str());
  };
  set_text(CURLOPT_CAINFO, tls.authority_file);
  set_text(CURLOPT_SSLCERT, tls.certificate_file);
  set_text(CURLOPT_SSLKEY, tls.key_file);
  set_text(CURLOPT_KEYPASSWD, tls.key_passphrase);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, tls.verification == TlsVerification::kNone ? 0L : 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, tls.verification == TlsVerification::kFull ? 2L : 0L);
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    static_cast<Transfer*>(self)->read_header({bytes, size * count});
    return size * count;
  } catch (...) {
    return 0;  // out of memory: curl ends the transfer with a write error
  }
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->take_body({bytes, size * count}) ? size * count : 0;
  } catch (...) {
    return 0;
  }
}

void Transfer::read_header(std::string_view line) {
  if (line.starts_with("HTTP/")) {  // a new block of headers: what an interim response said does not count
    response_.content_type.clear();
    response_.location.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (same_name(name, "content-type")) response_.content_type = value;
  if (same_name(name, "location")) response_.location = value;
  if (same_name(name, "warning")) response_.warning = value;
}

bool Transfer::take_body(std::string_view bytes) {
  Buffer& body = response_.body;
  if (body.empty()) {
    curl_off_t announced = -1;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    const auto length = static_cast<std::size_t>(std::max<curl_off_t>(announced, 0));
    too_large_ = length > request_.max_response_bytes;
    if (!too_large_) body.reserve(length);
  }
  too_large_ = too_large_ || body.size() + bytes.size() > request_.max_response_bytes;
  if (too_large_) return false;
  body.append(bytes);
  return true;
}

// curl's own low-speed limit counts whole seconds and not the wait before the first byte of a slow answer in the same
// way on every version, so the loop looks at the byte counters itself, four times in every socket_timeout.
void Transfer::watch_progress() {
  if (socket_timeout_ <= Nanoseconds::zero()) return;
  curl_off_t up = 0;
  curl_off_t down = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &down);
  const TimePoint now = SteadyClock::now();
  curl_off_t connected = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
  if (up + down != bytes_seen_ || connected == 0) {
    bytes_seen_ = up + down;
    progress_at_ = now;
  } else if (now - progress_at_ >= socket_timeout_) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(socket_timeout_).count();
    watch_.reset();
    return fail({ErrorKind::kTimeout, 500, "socket_timeout_exception",
                 "no byte from " + origin_ + " for " + std::to_string(ms) +
                     " ms; raise the socket timeout, or ask for less at a time"});
  }
  watch_ = loop_.at(now + std::max<Nanoseconds>(socket_timeout_ / 4, std::chrono::milliseconds(1)), [this] {
    watch_.reset();
    watch_progress();
  });
}

void Transfer::fail(Error error) {
  if (attached_) loop_.detach(easy_.get());
  attached_ = false;
  result_ = std::unexpected(std::move(error));
  listener_.transfer_ended(id_);
}

void Transfer::ended(int curl_code) {
  attached_ = false;
  if (curl_code != CURLE_OK) return fail(transport_error(curl_code));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  result_ = std::move(response_);
  listener_.transfer_ended(id_);
}

}  // namespace sluice::io
