#include "benchmarks/data/corpus.h"
#include "benchmarks/data/random.h"
#include "benchmarks/data/text_cursor.h"

namespace sluice::corpora {
namespace {

constexpr std::int64_t kDegree = 100'000'000'000'000;  // 14 digits behind the point

void append_point(Random& random, TextCursor& text) {
  text.put('[');
  text.decimal(-74 * kDegree + random.between(0, kDegree / 4), 14);
  text.put(", ");
  text.decimal(40 * kDegree + kDegree / 2 + random.between(0, kDegree / 2), 14);
  text.put(']');
}

void append_money(std::string_view key, std::int64_t cents, TextCursor& text) {
  text.put(", \"");
  text.put(key);
  text.put("\": ");
  text.decimal(cents, 2);
}

void append_digit(std::string_view key, std::uint32_t value, TextCursor& text) {
  text.put(", \"");
  text.put(key);
  text.put("\": \"");
  text.integer(value);
  text.put('"');
}

class NycTaxis final : public Corpus {
 public:
  explicit NycTaxis(std::uint64_t seed) : Corpus("nyc_taxis", seed) {}

  void append_document(std::uint64_t number, Buffer& out) const override {
    Random random(seed(), number);
    TextCursor text(out, 1024);
    const std::int64_t fare = 250 + 50 * random.between(0, 60);
    const std::int64_t tip = random.percent(45) ? fare * random.between(10, 30) / 100 : 0;
    const std::uint64_t pickup = number / 5 % 28'000'000;
    text.put(R"({"total_amount": )");
    text.decimal(fare + tip + 80, 2);
    text.put(R"(, "improvement_surcharge": 0.3, "pickup_location": )");
    append_point(random, text);
    text.put(R"(, "pickup_datetime": ")");
    text.date_time(pickup, ' ');
    text.put('"');
    append_digit("trip_type", random.percent(98) ? 1 : 2, text);
    text.put(R"(, "dropoff_datetime": ")");
    text.date_time(pickup + 60 + random.below(3600), ' ');
    text.put('"');
    append_digit("rate_code_id", random.percent(95) ? 1 : 2 + random.below(4), text);
    append_money("tolls_amount", random.percent(96) ? 0 : 554, text);
    text.put(R"(, "dropoff_location": )");
    append_point(random, text);
    text.put(R"(, "passenger_count": )");
    text.integer(random.percent(70) ? 1 : 2 + random.below(5));
    append_money("fare_amount", fare, text);
    append_money("extra", 50 * random.between(0, 2), text);
    append_money("trip_distance", random.between(10, 2500), text);
    append_money("tip_amount", tip, text);
    text.put(random.percent(99) ? R"(, "store_and_fwd_flag": "N")" : R"(, "store_and_fwd_flag": "Y")");
    append_digit("payment_type", 1 + random.below(2), text);
    append_money("mta_tax", 50, text);
    append_digit("vendor_id", 1 + random.below(2), text);
    text.put('}');
  }
};

}  // namespace

std::unique_ptr<Corpus> make_nyc_taxis(std::uint64_t seed) { return std::make_unique<NycTaxis>(seed); }

}  // namespace sluice::corpora
