#include <string>
#include <vector>

#include "benchmarks/data/corpus.h"
#include "benchmarks/data/random.h"
#include "benchmarks/data/text_cursor.h"

namespace sluice::corpora {
namespace {

constexpr std::size_t kIdLimit = 512;  // Elasticsearch's limit for an _id, in bytes
constexpr int kNesting = 100;

std::string nested(std::string_view open, std::string_view close) {
  std::string text = R"({"deep":)";
  for (int i = 0; i < kNesting; ++i) text.append(open);
  text.append("1");
  for (int i = 0; i < kNesting; ++i) text.append(close);
  return text.append("}");
}

/// Bodies that are valid JSON and that a copy has to hand on byte for byte.
std::vector<std::string> make_bodies() {
  return {
      R"({"long":9223372036854775807,"over":9223372036854775808,"under":-9223372036854775809,"ulong":18446744073709551615})",
      R"({"huge":1e400,"tiny":1e-400,"zero":-0.0,"exact":0.1000000000000000055511151231257827,"one":1.0,"exp":1E+2})",
      R"({"twice":1,"twice":2,"nested":{"a":1,"a":{"b":2}},"twice":3})",
      R"({"lone_high":"\ud800","lone_low":"x\udc00y","swapped":"\udc00\ud800","pair":"\ud83d\ude00","raw":"😀"})",
      R"({"nul":"a\u0000b","controls":"\u0001\u001f\b\f\n\r\t","quote":"\"","backslash":"\\","slash":"\/"})",
      nested("{\"d\":", "}"),
      nested("[", "]"),
      R"({"":"empty key","a":{"":{"":1}}})",
      R"({"dotted.key":1,"dotted":{"key":2},"trailing.":3,".leading":4,"a..b":5})",
      R"({ "spaces" : [ 1 ,	2 , { } , [ ] ] , "none":{},"empty":[],"null":null,"t":true,"f":false })",
      R"({"escaped_key":1,"\u0061":2,"a":3,"\"quoted\"":4,"back\\slash":5})",
      R"({"_id":"not metadata","_source":{"_index":"inner"},"hits":{"hits":[{"_id":"1","_source":{}}]}})",
      R"({"line":"\u2028\u2029","bom":"\ufeff","bidi":"\u202e","combining":"e\u0301","max":"\udbff\udfff"})",
      R"({})",
      R"({"digits":123456789012345678901234567890123456789012345678901234567890,"fraction":0.)" +
          std::string(300, '3') + "}",
  };
}

class Adversarial final : public Corpus {
 public:
  explicit Adversarial(std::uint64_t seed) : Corpus("adversarial", seed), bodies_(make_bodies()) {}

  void append_document(std::uint64_t number, Buffer& out) const override {
    const std::string& body = bodies_[(number + seed()) % bodies_.size()];
    out.append(body);
  }

  /// Unique: the number is in each of them.
  void append_id(std::uint64_t number, Buffer& out) const override {
    TextCursor text(out, kIdLimit + 64);
    text.put('"');
    const std::string digits = std::to_string(number);
    switch (Random(seed(), number).below(8)) {
      case 0:
        text.put(std::string(kIdLimit - digits.size(), 'i'));
        break;
      case 1:
        text.put("a/b%2Fc%/");
        break;
      case 2:
        text.put("spaces and + ? # & = ");
        break;
      case 3:
        text.put(R"(\"quoted\" \\ \u00e9 )");
        break;
      case 4:
        text.put("日本語-😀-");
        break;
      case 5:
        text.put("..");
        break;
      default:
        break;
    }
    text.put(digits);
    text.put('"');
  }

 private:
  std::vector<std::string> bodies_;
};

}  // namespace

std::unique_ptr<Corpus> make_adversarial(std::uint64_t seed) { return std::make_unique<Adversarial>(seed); }

}  // namespace sluice::corpora
