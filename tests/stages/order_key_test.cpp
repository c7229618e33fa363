// The bytes of sort keys are in the order of the values.
#include "stages/sort/order_key.h"

#include <limits>

#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"

namespace sluice::stages {
namespace {

SortValue whole(std::int64_t number) {
  SortValue value;
  value.kind = SortValue::Kind::kWhole;
  value.whole = number;
  return value;
}

SortValue floating(double number) {
  SortValue value;
  value.kind = SortValue::Kind::kFloating;
  value.floating = number;
  return value;
}

SortValue text(std::string text) {
  SortValue value;
  value.kind = SortValue::Kind::kText;
  value.text = std::move(text);
  return value;
}

SortValue unsigned_long() {
  SortValue value = whole(0);
  value.whole = std::numeric_limits<std::uint64_t>::max();
  return value;
}

const std::vector<std::vector<SortValue>> kKinds{{{},
                                                  whole(0),
                                                  whole(-1),
                                                  whole(1),
                                                  whole(255),
                                                  whole(256),
                                                  whole(std::numeric_limits<std::int64_t>::min()),
                                                  whole(std::numeric_limits<std::int64_t>::max()),
                                                  unsigned_long()},
                                                 {{},
                                                  floating(0),
                                                  floating(-0.0),
                                                  floating(1.5),
                                                  floating(-1.5),
                                                  floating(1e-310),
                                                  floating(-1e300),
                                                  floating(std::numeric_limits<double>::infinity()),
                                                  floating(-std::numeric_limits<double>::infinity()),
                                                  floating(std::numeric_limits<double>::quiet_NaN()),
                                                  floating(-std::numeric_limits<double>::quiet_NaN())},
                                                 {{},
                                                  text(""),
                                                  text("a"),
                                                  text("ab"),
                                                  text("b"),
                                                  text(std::string("a\0", 2)),
                                                  text(std::string("a\0b", 3)),
                                                  text("a\x01"),
                                                  text("\xFF"),
                                                  text("\xC3\xA4")}};

TEST(OrderKey, ComparesAsTheSorterDoes) {
  for (const bool descending : {false, true}) {
    for (const char* const missing : {"", "_last", "_first"}) {
      const SortKey key{.field = "x", .descending = descending, .missing = missing, .unmapped_type = "long"};
      const auto sorter = Sorter::make(key, {.schema = *store::Mapping::empty()});
      ASSERT_TRUE(sorter);
      for (const auto& values : kKinds) {
        for (std::size_t a = 0; a < values.size(); ++a) {
          for (std::size_t b = 0; b < values.size(); ++b) {
            // What follows must not matter: the rest of the keys.
            std::string left;
            std::string right;
            append_order_key(left, key, values[a]);
            append_order_key(right, key, values[b]);
            const bool same = left == right;
            left += "\xFF";
            right += '\0';
            const auto expected = sorter->compare(values[a], values[b]);
            EXPECT_EQ(same, expected == std::weak_ordering::equivalent) << a << " " << b;
            if (same) continue;
            EXPECT_EQ(left < right, expected == std::weak_ordering::less) << a << " " << b << descending;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace sluice::stages
