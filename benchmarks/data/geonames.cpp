#include <string>

#include "benchmarks/data/corpus.h"
#include "benchmarks/data/random.h"
#include "benchmarks/data/text_cursor.h"
#include "benchmarks/data/vocabulary.h"

namespace sluice::corpora {
namespace {

constexpr std::string_view kCountries[] = {"US", "CN", "IN", "NO", "MX", "ID", "FR", "RU",
                                           "DE", "IR", "TH", "BR", "JP", "PK", "PE"};
constexpr std::string_view kZones[] = {"America/New_York",    "Asia/Shanghai", "Asia/Kolkata", "Europe/Oslo",
                                       "America/Mexico_City", "Asia/Jakarta",  "Europe/Paris", "Europe/Moscow",
                                       "Europe/Berlin",       "Asia/Tehran",   "Asia/Bangkok", "America/Manaus",
                                       "Asia/Tokyo",          "Asia/Karachi",  "America/Lima"};
constexpr std::string_view kClasses[] = {"P", "H", "T", "S", "L", "A", "R", "V"};
constexpr std::string_view kCodes[] = {"PPL", "STM", "MT", "HLL", "FRM", "SCH", "CH", "LK", "PPLX", "ADM4", "AREA"};
constexpr std::string_view kPlaces[] = {"Saint ", "Monte ", "Rio ", "Lake ", "Bukit ", "Cerro ", "", "", "", "", ""};
constexpr std::string_view kAccented[] = {"Öster", "Château", "São ", "Niño", "Łódź", "Đà ", "İstan", "Åsa"};
constexpr std::string_view kScripts[] = {"Москва", "Горная", "北京市", "東京都",  "القاهرة",
                                         "กรุงเทพ", "서울",   "Αθήνα",  "ירושלים", "दिल्ली"};

class Geonames final : public Corpus {
 public:
  explicit Geonames(std::uint64_t seed) : Corpus("geonames", seed), words_(4096, 11) {}

  void append_document(std::uint64_t number, Buffer& out) const override {
    Random random(seed(), number);
    TextCursor text(out, 2048);
    text.put(R"({"geonameid": )");
    text.integer(2'986'043 + number);
    append_names(random, text);
    const std::uint32_t country = random.below(std::size(kCountries));
    text.put(R"(, "feature_class": ")");
    text.put(random.pick(kClasses));
    text.put(R"(", "feature_code": ")");
    text.put(random.pick(kCodes));
    text.put(R"(", "country_code": ")");
    text.put(kCountries[country]);
    text.put(R"(", "admin1_code": ")");
    text.digits(random.below(100), 2);
    text.put(R"(", "population": )");
    text.integer(random.percent(80) ? 0 : random.below(1U << (4 + random.below(18))));
    text.put(R"(, "dem": ")");
    text.signed_integer(random.between(-40, 4000));
    text.put(R"(", "timezone": ")");
    text.put(kZones[country]);
    text.put(R"(", "location": [)");
    text.decimal(random.between(-17'999'999, 17'999'999), 5);
    text.put(", ");
    text.decimal(random.between(-8'999'999, 8'999'999), 5);
    text.put("]}");
  }

 private:
  void append_name(Random& random, TextCursor& text) const {
    text.put(random.pick(kPlaces));
    std::string_view first = words_.any(random);
    text.put(static_cast<char>(first.front() - 'a' + 'A'));
    text.put(first.substr(1));
    if (random.percent(55)) {
      text.put(' ');
      text.put(words_.any(random));
    }
  }

  /// `name`, `asciiname`, and for three in five up to seven `alternatenames` in other scripts.
  void append_names(Random& random, TextCursor& text) const {
    Random same = random;
    text.put(R"(, "name": ")");
    if (random.percent(20)) text.put(random.pick(kAccented));
    append_name(random, text);
    text.put(R"(", "asciiname": ")");
    append_name(same, text);
    text.put(R"(", "alternatenames": ")");
    const std::uint32_t alternatives = random.percent(40) ? 0 : 1 + random.below(7);
    for (std::uint32_t i = 0; i < alternatives; ++i) {
      if (i != 0) text.put(',');
      if (random.percent(25)) {
        text.put(random.pick(kScripts));
      } else {
        append_name(random, text);
      }
    }
    text.put('"');
  }

  Vocabulary words_;
};

}  // namespace

std::unique_ptr<Corpus> make_geonames(std::uint64_t seed) { return std::make_unique<Geonames>(seed); }

}  // namespace sluice::corpora
