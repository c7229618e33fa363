#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/styles.h"
#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {

/// What a parse has read so far: fields and their values, in the order they came, and the rest. Copied where a part of
/// the text is optional; no allocation.
class ParsedFields {
 public:
  struct Entry {
    Field field = FieldId::kYear;
    Long value = 0;
  };
  static constexpr std::size_t kMost = 48;

  ParsedFields() {}  // NOLINT(modernize-use-equals-default): leaves the slots as they are, which saves most of a parse
  ParsedFields(const ParsedFields& other) { *this = other; }
  ParsedFields& operator=(const ParsedFields& other);

  [[nodiscard]] const Long* find(Field field) const {
    return (present_ >> static_cast<unsigned>(field.id()) & 1) == 0 ? nullptr : search(field);
  }
  /// The old value, if there was one.
  std::optional<Long> put(Field field, Long value);
  std::optional<Long> remove(Field field);
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] Entry operator[](std::size_t at) const {
    return {std::bit_cast<Field>(slots_[at].field), slots_[at].value};
  }
  void keep_only(const std::vector<Field>& fields);

  std::optional<ZoneId> zone;
  std::string_view day_period_name;  ///< empty: none was read
  Int day_period_begin = 0;
  Int day_period_end = 0;
  bool leap_second = false;
  std::int8_t zone_name = -1;  ///< the ZoneNameKind that was read

 private:
  struct Slot {
    std::array<std::uint8_t, sizeof(Field)> field;
    Long value;
  };
  [[nodiscard]] const Long* search(Field field) const;

  std::array<Slot, kMost> slots_;
  std::size_t count_ = 0;
  std::uint64_t present_ = 0;  ///< a bit for each FieldId
};

/// The outcome of DateTimeFormatter.parse: a TemporalAccessor of fields, and of the date and time they make.
class Parsed final : public Accessor {
 public:
  explicit Parsed(const ParsedFields& fields) : fields_(fields) {}

  /// Makes a date and a time of the fields. Errors: DateTimeException `Conflict found: ..`, `Invalid value for ..`.
  void resolve(ResolverStyle style, const std::vector<Field>* only);
  /// The zone of the formatter where the text had none.
  void default_zone(const std::optional<ZoneId>& zone) {
    if (!fields_.zone) fields_.zone = zone;
  }

  [[nodiscard]] bool is_supported(Field field) const override;
  [[nodiscard]] Long get_long(Field field) const override;
  [[nodiscard]] std::optional<LocalDate> local_date() const override { return date_; }
  [[nodiscard]] std::optional<LocalTime> local_time() const override { return time_; }
  [[nodiscard]] std::optional<ZoneOffset> offset() const override;
  [[nodiscard]] std::optional<ZoneId> zone_id() const override { return fields_.zone; }
  [[nodiscard]] bool has_chronology() const override { return true; }
  [[nodiscard]] std::string to_string() const override;
  [[nodiscard]] std::string_view type_name() const override { return "java.time.format.Parsed"; }
  /// DateTimeFormatter.parsedExcessDays() and parsedLeapSecond().
  [[nodiscard]] Period excess_days() const { return excess_; }
  [[nodiscard]] bool leap_second() const { return fields_.leap_second; }

 private:
  friend class Resolver;

  ParsedFields fields_;
  std::optional<LocalDate> date_;
  std::optional<LocalTime> time_;
  Period excess_;
};

}  // namespace sluice::painless::time
