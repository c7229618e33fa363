#include <string>
#include <vector>

#include "benchmarks/data/corpus.h"
#include "benchmarks/data/random.h"
#include "benchmarks/data/text_cursor.h"
#include "benchmarks/data/vocabulary.h"

namespace sluice::corpora {
namespace {

constexpr std::uint32_t kPaths = 10'000;
constexpr std::uint32_t kClients = 100'000;

class HttpLogs final : public Corpus {
 public:
  explicit HttpLogs(std::uint64_t seed) : Corpus("http_logs", seed), path_rank_(kPaths) {
    constexpr std::string_view kFolders[] = {"/english/", "/french/", "/images/", "/english/images/",
                                             "/english/history/"};
    constexpr std::string_view kEndings[] = {".gif", ".html", ".jpg", ".htm"};
    const Vocabulary words(2000, 23);
    Random random(29);
    paths_.reserve(kPaths);
    for (std::uint32_t i = 0; i < kPaths; ++i) {
      std::string path(random.pick(kFolders));
      path.append(words.any(random)).append("_").append(words.any(random)).append(random.pick(kEndings));
      paths_.push_back(std::move(path));
    }
  }

  void append_document(std::uint64_t number, Buffer& out) const override {
    Random random(seed(), number);
    TextCursor text(out, 256);
    text.put(R"({"@timestamp": )");
    text.integer(893'964'617 + number / 30);
    text.put(R"(, "clientip":")");
    Random client(random.below(kClients));
    const std::uint64_t address = client.next();
    for (int part = 0; part < 4; ++part) {
      if (part != 0) text.put('.');
      text.integer(address >> (8 * part) & 0xff);
    }
    text.put(R"(", "request": "GET )");
    text.put(paths_[path_rank_(random)]);
    text.put(random.percent(70) ? R"( HTTP/1.0", "status": )" : R"( HTTP/1.1", "status": )");
    const std::uint32_t kind = random.below(100);
    text.integer(kind < 78 ? 200 : kind < 96 ? 304 : kind < 99 ? 404 : 206);
    text.put(R"(, "size": )");
    text.integer(kind >= 78 && kind < 96 ? 0 : random.below(1U << (6 + random.below(12))));
    text.put('}');
  }

 private:
  std::vector<std::string> paths_;
  Zipf path_rank_;
};

}  // namespace

std::unique_ptr<Corpus> make_http_logs(std::uint64_t seed) { return std::make_unique<HttpLogs>(seed); }

}  // namespace sluice::corpora
