#!/usr/bin/env python3
"""generate_cases.py SEED COUNT > FILE.case: seeded expressions over java.time for java_oracle.py to record."""
import random
import sys

ZONES = ["UTC", "Z", "+05:30", "-03:00", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata",
         "America/Sao_Paulo", "Pacific/Auckland", "Africa/Cairo", "Asia/Tehran", "America/Los_Angeles", "Europe/London",
         "Asia/Tokyo", "Pacific/Apia", "Europe/Dublin", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu"]
UNITS = ["NANOS", "MICROS", "MILLIS", "SECONDS", "MINUTES", "HOURS", "HALF_DAYS", "DAYS", "WEEKS", "MONTHS", "YEARS",
         "DECADES", "CENTURIES", "MILLENNIA", "ERAS"]
FIELDS = ["NANO_OF_SECOND", "NANO_OF_DAY", "MICRO_OF_SECOND", "MICRO_OF_DAY", "MILLI_OF_SECOND", "MILLI_OF_DAY",
          "SECOND_OF_MINUTE", "SECOND_OF_DAY", "MINUTE_OF_HOUR", "MINUTE_OF_DAY", "HOUR_OF_AMPM", "CLOCK_HOUR_OF_AMPM",
          "HOUR_OF_DAY", "CLOCK_HOUR_OF_DAY", "AMPM_OF_DAY", "DAY_OF_WEEK", "ALIGNED_DAY_OF_WEEK_IN_MONTH",
          "ALIGNED_DAY_OF_WEEK_IN_YEAR", "DAY_OF_MONTH", "DAY_OF_YEAR", "EPOCH_DAY", "ALIGNED_WEEK_OF_MONTH",
          "ALIGNED_WEEK_OF_YEAR", "MONTH_OF_YEAR", "PROLEPTIC_MONTH", "YEAR_OF_ERA", "YEAR", "ERA", "INSTANT_SECONDS",
          "OFFSET_SECONDS"]
PATTERNS = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "dd.MM.yyyy HH:mm", "EEE, d MMM yyyy HH:mm:ss Z", "yyyyMMddHHmmss",
            "YYYY-'W'ww-e", "uuuu-DDD", "h:mm a", "G y MMMM d", "yyyy/MM/dd HH:mm:ss,SSS", "Q yyyy", "HH:mm[:ss[.SSS]]", "W F"]
WEEKS = ["WeekFields.ISO", "WeekFields.SUNDAY_START", "WeekFields.of(DayOfWeek.SATURDAY,3)"]
WEEK_FIELDS = ["dayOfWeek", "weekOfMonth", "weekOfYear", "weekOfWeekBasedYear", "weekBasedYear"]


class Generator:
    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def pick(self, values):
        return self.random.choice(values)

    def number(self):
        return self.pick([self.random.randint(-3, 40), self.random.randint(-2000, 2000), self.random.randint(-10**9, 10**9),
                          0, 1, -1])

    def date(self):
        year = self.pick([self.random.randint(1970, 2040), self.random.randint(1900, 2100), self.random.randint(-3000, 12000)])
        return f"LocalDate.of({year},{self.random.randint(1, 12)},{self.random.randint(1, 28)})"

    def time(self):
        nano = self.pick([0, 123000000, 123456000, self.random.randint(0, 999999999)])
        return f"LocalTime.of({self.random.randint(0, 23)},{self.random.randint(0, 59)},{self.pick([0, 30, 59])},{nano})"

    def local(self):
        return f"LocalDateTime.of({self.date()},{self.time()})"

    def zone(self):
        return f'ZoneId.of("{self.pick(ZONES)}")'

    def zoned(self):
        return f"ZonedDateTime.of({self.local()},{self.zone()})"

    def instant(self):
        return f"Instant.ofEpochMilli({self.random.randint(-2 * 10**12, 5 * 10**12)}L)"

    def offset(self):
        return f"OffsetDateTime.ofInstant({self.instant()},{self.zone()})"

    def small(self):
        return self.pick([f"Year.of({self.random.randint(-10, 3000)})",
                          f"YearMonth.of({self.random.randint(-10, 3000)},{self.random.randint(1, 12)})",
                          f"OffsetTime.of({self.time()},ZoneOffset.ofHours({self.random.randint(-12, 12)}))"])

    def temporal(self):
        return self.pick([self.date, self.time, self.local, self.zoned, self.zoned, self.instant, self.offset, self.small])()

    def field(self):
        if self.random.random() < 0.15:
            return f"{self.pick(WEEKS)}.{self.pick(WEEK_FIELDS)}()"
        if self.random.random() < 0.1:
            return "IsoFields." + self.pick(["DAY_OF_QUARTER", "QUARTER_OF_YEAR", "WEEK_OF_WEEK_BASED_YEAR", "WEEK_BASED_YEAR"])
        return "ChronoField." + self.pick(FIELDS)

    def unit(self):
        return "ChronoUnit." + self.pick(UNITS)

    def expression(self):
        one = self.temporal()
        kind = self.random.randint(0, 11)
        if kind == 0:
            return f"{one}.plus({self.number()}L,{self.unit()})"
        if kind == 1:
            return f"{one}.minus({self.number()}L,{self.unit()})"
        if kind == 2:
            return f"{one}.with({self.field()},{self.number()}L)"
        if kind == 3:
            return f"{one}.getLong({self.field()})"
        if kind == 4:
            return f"{one}.get({self.field()})"
        if kind == 5:
            return f"{self.unit()}.between({one},{self.temporal()})"
        if kind == 6:
            return f"{self.zoned()}.withZoneSameInstant({self.zone()})"
        if kind == 7:
            return f'DateTimeFormatter.ofPattern("{self.pick(PATTERNS)}").format({one})'
        if kind == 8:
            return f"{one}.range({self.field()})"
        if kind == 9:
            return f"{one}.hashCode()"
        if kind == 10:
            return f"Duration.between({self.pick([self.local, self.zoned, self.instant])()},{self.pick([self.local, self.zoned, self.instant])()})"
        return self.pick([f"{self.zoned()}.truncatedTo({self.unit()})", f"Period.between({self.date()},{self.date()})",
                          f"{self.instant()}.atZone({self.zone()})", f"{self.date()}.atStartOfDay({self.zone()})",
                          f"{self.zoned()}.plus(Period.of({self.random.randint(-3, 3)},{self.random.randint(-13, 13)},{self.random.randint(-40, 40)}))"])


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    generator = Generator(int(sys.argv[1]))
    print(f"# generate_cases.py {sys.argv[1]} {sys.argv[2]}")
    for _ in range(int(sys.argv[2])):
        print(generator.expression())
    return 0


if __name__ == "__main__":
    sys.exit(main())
