#include "benchmarks/data/corpus.h"
#include "benchmarks/data/random.h"
#include "benchmarks/data/text_cursor.h"
#include "benchmarks/data/vocabulary.h"

namespace sluice::corpora {
namespace {

constexpr Sizes kBody({4'000, 34'000, 74'000, 150'000, 400'000, 2'000'000});
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

class Articles final : public Corpus {
 public:
  explicit Articles(std::uint64_t seed) : Corpus("pmc", seed), words_(16'384, 41), journals_(3000, 43) {}

  void append_document(std::uint64_t number, Buffer& out) const override {
    Random random(seed(), number);
    const std::uint32_t body = kBody(random);
    TextCursor text(out, body + 1024);
    const std::string_view journal = journals_.any(random);
    const std::string_view month = random.pick(kMonths);
    text.put(R"({"name": ")");
    text.put(journal);
    text.put("_2015_");
    text.put(month);
    text.put('_');
    text.integer(number);
    text.put(R"(", "journal": ")");
    text.put(journal);
    text.put(R"(", "date": "2015 )");
    text.put(month);
    text.put(R"(", "volume": ")");
    text.integer(1 + random.below(60));
    text.put(R"x((6)", "issue": ")x");
    text.integer(1 + random.below(2000));
    text.put(R"(", "accession": "PMC)");
    text.integer(4'000'000 + number);
    text.put(R"(", "timestamp": ")");
    text.date_time(random.below(20'000'000), ' ');
    text.put(R"(", "pmid": ")");
    text.integer(20'000'000 + number);
    text.put(R"(", "body": ")");
    append_body(random, body, text);
    text.put(R"("})");
  }

 private:
  void append_body(Random& random, std::uint32_t size, TextCursor& text) const {
    const std::size_t end = text.size() + size;
    text.put(R"(\n==== Front\n)");
    while (text.size() < end) {
      const std::uint64_t bits = random.next();
      if ((bits & 0x3f) == 0) text.put(R"(.\n)");
      if ((bits & 0xff00) == 0) text.put("α-β ± 5 µm ");
      text.put(words_.word(random));
      text.put((bits & 0x70000) == 0 ? ", " : " ");
    }
  }

  Vocabulary words_;
  Vocabulary journals_;
};

}  // namespace

std::unique_ptr<Corpus> make_pmc(std::uint64_t seed) { return std::make_unique<Articles>(seed); }

}  // namespace sluice::corpora
