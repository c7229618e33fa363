// page_reader HOST PORT INDEX SIZE READERS [count]: reads an index through a point in time, SIZE documents a page, with
// READERS slices at a time over a connection each, and prints {"documents":..,"hit_bytes":..,"seconds":..}. Of a page
// it looks at the head and the last hit only, as what is measured is the server; `documents` is -1 unless `count` is
// given, so a driver compares `hit_bytes` with those of a run that counted.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr std::size_t kRoom = std::size_t{256} << 10;  // stays in a core's cache
constexpr std::size_t kKeptTail = std::size_t{4} << 10;
constexpr std::string_view kHit = R"({"_index":)";

struct Total {
  long long documents = 0;
  long long hit_bytes = 0;
};

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error("page_reader: " + what); }

/// What is kept of a body: its beginning and its end.
class Body {
 public:
  explicit Body(bool counts) : counts_(counts) {}

  void add(std::string_view bytes) {
    if (head_.size() < kKeptTail) head_.append(bytes.substr(0, kKeptTail - head_.size()));
    if (counts_) count(bytes);
    size_ += static_cast<long long>(bytes.size());
    if (bytes.size() >= kKeptTail) {
      tail_.assign(bytes.substr(bytes.size() - kKeptTail));
      return;
    }
    tail_.append(bytes);
    if (tail_.size() > 2 * kKeptTail) tail_.erase(0, tail_.size() - kKeptTail);
  }
  [[nodiscard]] const std::string& head() const { return head_; }
  [[nodiscard]] const std::string& tail() const { return tail_; }
  [[nodiscard]] long long size() const { return size_; }
  [[nodiscard]] long long documents() const { return documents_; }

 private:
  /// A hit may begin in one piece and go on in the next.
  void count(std::string_view bytes) {
    open_.append(bytes);
    std::size_t at = 0;
    for (std::size_t found = 0; (found = open_.find(kHit, at)) != std::string::npos; at = found + kHit.size()) {
      ++documents_;
    }
    open_.erase(0, std::max(at, open_.size() - std::min(open_.size(), kHit.size() - 1)));
  }

  bool counts_;
  std::string head_;
  std::string tail_;
  std::string open_;
  long long size_ = 0;
  long long documents_ = 0;
};

/// One connection that asks and waits for the answer.
class Client {
 public:
  Client(const std::string& host, const std::string& port) : host_(host), room_(kRoom, '\0') {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) fail("no address for " + host);
    socket_ = socket(found->ai_family, found->ai_socktype, 0);
    const int connected = connect(socket_, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    if (connected != 0) fail("can't connect to " + host + ":" + port);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Body ask(const std::string& method, const std::string& target, const std::string& body, bool counts = false) {
    const std::string request = method + " " + target + " HTTP/1.1\r\nHost: " + host_ +
                                "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                                "\r\n\r\n" + body;
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
      fail("can't send");
    }
    const std::string head = read_head();
    Body answer(counts);
    if (head.find("transfer-encoding: chunked") != std::string::npos) {
      while (const std::size_t size = chunk_size()) {
        take(size, &answer);
        take(2, nullptr);
      }
      take(2, nullptr);
    } else {
      const std::size_t at = head.find("content-length: ");
      if (at == std::string::npos) fail("an answer without a length");
      take(std::strtoull(head.c_str() + at + 16, nullptr, 10), &answer);
    }
    if (!head.starts_with("http/1.1 200")) fail("refused: " + answer.head());
    return answer;
  }

 private:
  void more() {
    const ssize_t got = recv(socket_, room_.data(), room_.size(), 0);
    if (got <= 0) fail("the server has closed the connection");
    ready_ = std::string_view(room_.data(), static_cast<std::size_t>(got));
  }
  char next() {
    if (ready_.empty()) more();
    const char byte = ready_.front();
    ready_.remove_prefix(1);
    return byte;
  }
  /// In small letters.
  std::string read_head() {
    std::string head;
    while (!head.ends_with("\r\n\r\n")) {
      const char byte = next();
      head += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
    }
    return head;
  }
  std::size_t chunk_size() {
    std::string line;
    while (!line.ends_with("\r\n")) line += next();
    std::size_t size = 0;
    std::from_chars(line.data(), line.data() + line.size(), size, 16);
    return size;
  }
  void take(std::size_t size, Body* into) {
    while (size > 0) {
      if (ready_.empty()) more();
      const std::size_t part = std::min(size, ready_.size());
      if (into != nullptr) into->add(ready_.substr(0, part));
      ready_.remove_prefix(part);
      size -= part;
    }
  }

  std::string host_;
  int socket_ = -1;
  std::string room_;
  std::string_view ready_;
};

std::string between(const std::string& text, std::size_t from, std::string_view before, char end) {
  const std::size_t at = text.find(before, from);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + before.size();
  return text.substr(begin, text.find(end, begin) - begin);
}

struct Job {
  std::string host, port, index;
  int size = 0;
  int readers = 1;
  bool counts = false;
};

/// OpenSearch skips the documents of earlier pages quickly only where `_doc` leads, so both servers are asked that way.
Total read_slice(const Job& job, std::string pit, int slice) {
  Client client(job.host, job.port);
  Total total;
  std::string after;
  for (;;) {
    std::string body = R"({"pit":{"id":")" + pit + R"(","keep_alive":"5m"},"size":)" + std::to_string(job.size) +
                       R"(,"sort":["_doc","_shard_doc"],"track_total_hits":false)";
    if (job.readers > 1) {
      body += R"(,"slice":{"id":)" + std::to_string(slice) + R"(,"max":)" + std::to_string(job.readers) + "}";
    }
    if (!after.empty()) body += R"(,"search_after":[)" + after + "]";
    const Body page = client.ask("POST", "/_search", body + "}", job.counts);
    const std::size_t hits = page.head().find(R"("hits":[)");
    if (hits == std::string::npos) fail("a page without hits: " + page.head());
    total.documents += page.documents();
    total.hit_bytes += page.size() - static_cast<long long>(hits);
    const std::size_t last = page.tail().rfind(R"("sort":[)");
    if (last == std::string::npos) return total;
    after = between(page.tail(), last, R"("sort":[)", ']');
    if (std::string id = between(page.head(), 0, R"("pit_id":")", '"'); !id.empty()) pit = std::move(id);
  }
}

Total read_all(const Job& job) {
  Client client(job.host, job.port);
  const Body opened = client.ask("POST", "/" + job.index + "/_search/point_in_time?keep_alive=5m", "");
  const std::string pit = between(opened.head(), 0, R"("pit_id":")", '"');
  std::vector<Total> totals(static_cast<std::size_t>(job.readers));
  std::vector<std::string> failures(totals.size());
  {
    std::vector<std::jthread> readers;
    for (std::size_t slice = 0; slice < totals.size(); ++slice) {
      readers.emplace_back([&, slice] {
        try {
          totals[slice] = read_slice(job, pit, static_cast<int>(slice));
        } catch (const std::exception& error) {
          failures[slice] = error.what();
        }
      });
    }
  }
  for (const std::string& failure : failures) {
    if (!failure.empty()) throw std::runtime_error(failure);
  }
  client.ask("DELETE", "/_search/point_in_time", R"({"pit_id":[")" + pit + R"("]})");
  Total sum;
  for (const Total& each : totals) {
    sum.documents += each.documents;
    sum.hit_bytes += each.hit_bytes;
  }
  return sum;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 6) {
    std::fprintf(stderr, "usage: page_reader HOST PORT INDEX SIZE READERS [count]\n");
    return 2;
  }
  const Job job{arguments[1],
                arguments[2],
                arguments[3],
                std::atoi(arguments[4]),
                std::atoi(arguments[5]),
                count > 6 && std::string_view(arguments[6]) == "count"};
  try {
    const auto began = std::chrono::steady_clock::now();
    const Total total = read_all(job);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("{\"documents\":%lld,\"hit_bytes\":%lld,\"seconds\":%.6f}\n", job.counts ? total.documents : -1,
                total.hit_bytes, took.count());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
