#include "stages/painless/time/json_text.h"

#include <gtest/gtest.h>

namespace sluice::painless::time {
namespace {

TEST(JsonText, MomentsHaveThreeToNineDigitsAndTheirOffset) {
  EXPECT_EQ(json_text(ZonedDateTime::parse("2020-05-03T15:04:05+02:00[Europe/Berlin]")),
            "2020-05-03T15:04:05.000+02:00");
  EXPECT_EQ(json_text(ZonedDateTime::parse("2020-05-03T15:04:05.1234Z")), "2020-05-03T15:04:05.1234Z");
  EXPECT_EQ(json_text(ZonedDateTime::parse("2020-05-03T15:04:05.123456789+05:30")),
            "2020-05-03T15:04:05.123456789+05:30");
  EXPECT_EQ(json_text(OffsetDateTime::parse("2020-05-03T15:04:05-00:30:15")), "2020-05-03T15:04:05.000-00:30");
  EXPECT_EQ(json_text(Instant::of_epoch_second(1, 5)), "1970-01-01T00:00:01.000000005Z");
  EXPECT_EQ(json_text(Date(0)), "1970-01-01T00:00:00.000Z");
}

TEST(JsonText, LocalTimesAreTakenAsUtc) {
  EXPECT_EQ(json_text(LocalDateTime::of(2020, 1, 2, 3, 4)), "2020-01-02T03:04:00.000Z");
  EXPECT_EQ(json_text(LocalDateTime::of(2020, 1, 2, 3, 4, 5, 600'000)), "2020-01-02T03:04:05.0006Z");
  EXPECT_EQ(json_text(LocalDateTime::of(-5, 1, 2, 3, 4)), "-0005-01-02T03:04:00.000Z");
}

TEST(JsonText, TheRestIsWhatToStringSays) {
  EXPECT_EQ(json_text(LocalDate::of(2020, 1, 2)), "2020-01-02");
  EXPECT_EQ(json_text(LocalTime::of(3, 4)), "03:04:00.000");
  EXPECT_EQ(json_text(OffsetTime::of(LocalTime::of(3, 4), ZoneOffset::utc())), "03:04:00.000Z");
  EXPECT_EQ(json_text(Year::of(2020)), "2020");
  EXPECT_EQ(json_text(MonthDay::of(1, 2)), "--01-02");
  EXPECT_EQ(json_text(DayOfWeek::kMonday), "MONDAY");
}

TEST(JsonText, SomeCannotBeWritten) {
  EXPECT_EQ(json_text(YearMonth::of(2020, 1)), std::nullopt);
  EXPECT_EQ(json_text(ZoneOffset::utc()), std::nullopt);
}

}  // namespace
}  // namespace sluice::painless::time
