// What a script from outside may not do to the process.
#include <gtest/gtest.h>

#include "stages/painless/time/formatter_builder.h"
#include "stages/painless/time/simple_date_format.h"

namespace sluice::painless::time {
namespace {

TEST(FormatterLimits, DeepOptionalPartsAreRefused) {
  const std::string deep = std::string(5'000, '[') + "yyyy" + std::string(5'000, ']');
  EXPECT_THROW(DateTimeFormatter::of_pattern(deep), DateTimeError);
}

TEST(FormatterLimits, AFormatterThatDoublesEndsWithAnError) {
  DateTimeFormatter formatter = DateTimeFormatter::of_pattern("yyyy");
  const auto grow = [&] {
    for (int each = 0; each < 64; ++each) {
      formatter = DateTimeFormatterBuilder().append(formatter).append(formatter).to_formatter();
    }
  };
  EXPECT_THROW(grow(), DateTimeError);
}

TEST(FormatterLimits, APadHasAWidth) {
  EXPECT_THROW(DateTimeFormatterBuilder().pad_next(2'000'000'000), DateTimeError);
}

TEST(CalendarLimits, TheEndsOfTimeDoNotOverflow) {
  for (const Long end : {kMinLong, kMaxLong}) {
    Calendar calendar(end, TimeZone::get("Asia/Tokyo"));
    for (int field = 0; field < Calendar::kFields; ++field) EXPECT_NO_THROW(static_cast<void>(calendar.get(field)));
    calendar.add(Calendar::kDayOfMonth, 2'147'483'647);
    calendar.set(Calendar::kYear, 2'147'483'647);
    EXPECT_NO_THROW(static_cast<void>(calendar.time_in_millis()));
    EXPECT_FALSE(Date(end).to_string().empty());
  }
}

}  // namespace
}  // namespace sluice::painless::time
