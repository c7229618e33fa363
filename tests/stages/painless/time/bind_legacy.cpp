// java.util.Date, Calendar and TimeZone, java.text.SimpleDateFormat: what cases may call on them. Calls that change an
// object return it here and in the cases' helper.
#include "stages/painless/time/simple_date_format.h"
#include "tests/stages/painless/time/binding.h"

namespace sluice::painless::time::testing {
namespace {

template <typename T>
class Boxed final : public Any {
 public:
  Boxed(std::string type_name, T content, std::string (*text)(const T&))
      : Any(std::move(type_name)), value(std::move(content)), text_(text) {}
  [[nodiscard]] std::string to_string() const override { return text_(value); }
  T value;

 private:
  std::string (*text_)(const T&);
};

using Box = std::shared_ptr<Any>;

Value date_value(Date date) {
  return Box(std::make_shared<Boxed<Date>>("Date", date, [](const Date& each) { return each.to_string(); }));
}
Value zone_value(const TimeZone& zone) {
  return Box(std::make_shared<Boxed<TimeZone>>("TimeZone", zone, [](const TimeZone& each) { return each.id(); }));
}
Value calendar_value(const Calendar& calendar) {
  return Box(std::make_shared<Boxed<Calendar>>("Steps", calendar, [](const Calendar& each) {
    Calendar copy = each;
    std::string text = std::to_string(copy.time_in_millis());
    for (int field = 0; field < Calendar::kFields; ++field) text.append(" ").append(std::to_string(copy.get(field)));
    return text;
  }));
}
Value format_value(const SimpleDateFormat& format) {
  return Box(std::make_shared<Boxed<SimpleDateFormat>>("Format", format,
                                                       [](const SimpleDateFormat& each) { return each.to_pattern(); }));
}

template <typename T>
T& unboxed(const Box& box) {
  return dynamic_cast<Boxed<T>&>(*box).value;
}

void bind_date() {
  bind_static<Long>("Date", "new", [](Long millis) { return date_value(Date(millis)); });
  bind_static<Temporal>("Date", "from",
                        [](const Temporal& at) { return date_value(Date::from(*at.get_if<Instant>())); });
  bind_method<Box>("Date", "getTime", [](const Box& self) { return unboxed<Date>(self).time(); });
  bind_method<Box>("Date", "hashCode", [](const Box& self) { return unboxed<Date>(self).hash(); });
  bind_method<Box>("Date", "toInstant", [](const Box& self) { return unboxed<Date>(self).to_instant(); });
  bind_method<Box, Box>("Date", "compareTo", [](const Box& self, const Box& other) {
    return unboxed<Date>(self).compare_to(unboxed<Date>(other));
  });
  bind_method<Box, Box>("Date", "after", [](const Box& self, const Box& other) {
    return unboxed<Date>(self).after(unboxed<Date>(other));
  });
}

void bind_zone() {
  bind_static<std::string>("TimeZone", "getTimeZone",
                           [](const std::string& id) { return zone_value(TimeZone::get(id)); });
  bind_method<Box>("TimeZone", "getID", [](const Box& self) { return unboxed<TimeZone>(self).id(); });
  bind_method<Box>("TimeZone", "getRawOffset", [](const Box& self) { return unboxed<TimeZone>(self).raw_offset(); });
  bind_method<Box>("TimeZone", "getDSTSavings", [](const Box& self) { return unboxed<TimeZone>(self).dst_savings(); });
  bind_method<Box>("TimeZone", "useDaylightTime",
                   [](const Box& self) { return unboxed<TimeZone>(self).uses_daylight_time(); });
  bind_method<Box>("TimeZone", "toZoneId", [](const Box& self) { return unboxed<TimeZone>(self).to_zone_id(); });
  bind_method<Box>("TimeZone", "getDisplayName",
                   [](const Box& self) { return unboxed<TimeZone>(self).display_name(); });
  bind_method<Box, Long>("TimeZone", "getOffset",
                         [](const Box& self, Long at) { return unboxed<TimeZone>(self).offset_at(at); });
  bind_method<Box, Box>("TimeZone", "inDaylightTime", [](const Box& self, const Box& date) {
    return unboxed<TimeZone>(self).in_daylight_time(unboxed<Date>(date));
  });
}

void bind_calendar() {
  bind_static<Long, std::string>("Steps", "at", [](Long millis, const std::string& zone) {
    return calendar_value(Calendar(millis, TimeZone::get(zone)));
  });
  const auto step = []<typename... A>(const std::string& name, auto call) {
    bind_method<Box, A...>("Steps", name, [call](const Box& self, const A&... arguments) {
      call(unboxed<Calendar>(self), arguments...);
      return self;
    });
  };
  step.template operator()<Int, Int>("set", [](Calendar& self, Int field, Int value) { self.set(field, value); });
  step.template operator()<Int, Int, Int>(
      "set", [](Calendar& self, Int year, Int month, Int day) { self.set_date(year, month, day); });
  step.template operator()<Int, Int>("add", [](Calendar& self, Int field, Int amount) { self.add(field, amount); });
  step.template operator()<Int, Int>("roll", [](Calendar& self, Int field, Int amount) { self.roll(field, amount); });
  step.template operator()<>("clear", [](Calendar& self) { self.clear(); });
  step.template operator()<Int>("clear", [](Calendar& self, Int field) { self.clear(field); });
  step.template operator()<bool>("lenient", [](Calendar& self, bool lenient) { self.set_lenient(lenient); });
  step.template operator()<Int, Int>("weeks", [](Calendar& self, Int first, Int days) {
    self.set_first_day_of_week(first);
    self.set_minimal_days_in_first_week(days);
  });
  step.template operator()<std::string>(
      "zone", [](Calendar& self, const std::string& id) { self.set_time_zone(TimeZone::get(id)); });
  bind_method<Box>("Steps", "maximums", [](const Box& self) {
    std::string text;
    for (int field = 0; field < Calendar::kFields; ++field) {
      text.append(" ").append(std::to_string(unboxed<Calendar>(self).actual_maximum(field)));
    }
    return text;
  });
  bind_method<Box>("Steps", "weekYear", [](const Box& self) { return unboxed<Calendar>(self).week_year(); });
}

void bind_format() {
  bind_static<std::string>("Format", "of",
                           [](const std::string& pattern) { return format_value(SimpleDateFormat(pattern)); });
  bind_static<std::string, Locale>("Format", "of", [](const std::string& pattern, const Locale& locale) {
    return format_value(SimpleDateFormat(pattern, locale));
  });
  bind_method<Box, std::string>("Format", "zone", [](const Box& self, const std::string& id) {
    unboxed<SimpleDateFormat>(self).set_time_zone(TimeZone::get(id));
    return self;
  });
  bind_method<Box, bool>("Format", "lenient", [](const Box& self, bool lenient) {
    unboxed<SimpleDateFormat>(self).set_lenient(lenient);
    return self;
  });
  bind_method<Box, Long>("Format", "format", [](const Box& self, Long millis) {
    return unboxed<SimpleDateFormat>(self).format(Date(millis));
  });
  bind_method<Box, std::string>("Format", "parse", [](const Box& self, const std::string& text) {
    return unboxed<SimpleDateFormat>(self).parse(text).time();
  });
}

}  // namespace

void bind_legacy() {
  bind_date();
  bind_zone();
  bind_calendar();
  bind_format();
}

}  // namespace sluice::painless::time::testing
