#include "benchmarks/data/corpus.h"
#include "benchmarks/data/random.h"
#include "benchmarks/data/text_cursor.h"
#include "benchmarks/data/vocabulary.h"

namespace sluice::corpora {
namespace {

constexpr Sizes kBody({60, 560, 1600, 4500, 12'000, 30'000});
constexpr std::string_view kMarks[] = {R"(<p>)",
                                       R"(</p>\n\n)",
                                       R"(<code>)",
                                       R"(</code>)",
                                       R"( = \"id\";\n)",
                                       R"(\n    )",
                                       R"(<a href=\"http://example.org/\">)",
                                       R"(\t)",
                                       R"( C:\\temp\\)",
                                       R"(<br>\n)"};

class StackOverflow final : public Corpus {
 public:
  explicit StackOverflow(std::uint64_t seed) : Corpus("so", seed), words_(8192, 31), tags_(2000, 37) {}

  void append_document(std::uint64_t number, Buffer& out) const override {
    Random random(seed(), number);
    const std::uint32_t body = kBody(random);
    TextCursor text(out, body + 1024);
    const bool question = random.percent(40);
    text.put(R"({"user": ")");
    text.integer(random.below(1'500'000));
    text.put(R"(", "questionId": ")");
    text.integer(number);
    text.put(R"(", "creationDate": ")");
    text.date_time(number * 7 % 200'000'000, 'T');
    text.put(R"(.000", "type": ")");
    text.put(question ? "question" : "answer");
    text.put('"');
    if (question) append_question(random, text);
    text.put(R"(, "body": ")");
    append_body(random, body, text);
    text.put(R"("})");
  }

 private:
  void append_question(Random& random, TextCursor& text) const {
    text.put(R"(, "title": ")");
    for (std::uint32_t i = 0, count = 4 + random.below(8); i < count; ++i) {
      if (i != 0) text.put(' ');
      text.put(words_.word(random));
    }
    text.put(R"(?", "tag": [)");
    for (std::uint32_t i = 0, count = 1 + random.below(5); i < count; ++i) {
      if (i != 0) text.put(", ");
      text.put('"');
      text.put(tags_.word(random));
      text.put('"');
    }
    text.put(']');
    if (random.percent(60)) {
      text.put(R"(, "acceptedAnswerId": ")");
      text.integer(random.below(40'000'000));
      text.put('"');
    }
  }

  /// About one escape in 40 bytes.
  void append_body(Random& random, std::uint32_t size, TextCursor& text) const {
    const std::size_t end = text.size() + size;
    while (text.size() < end) {
      const std::uint64_t bits = random.next();
      if ((bits & 7) == 0) text.put(kMarks[(bits >> 8) % std::size(kMarks)]);
      text.put(words_.word(random));
      text.put(' ');
    }
  }

  Vocabulary words_;
  Vocabulary tags_;
};

}  // namespace

std::unique_ptr<Corpus> make_so(std::uint64_t seed) { return std::make_unique<StackOverflow>(seed); }

}  // namespace sluice::corpora
