#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/zone_offset.h"

namespace sluice::painless::time {

class Accessor;
class LocalDateTime;
class ZoneRules;

/// Which offsets a local date and time has in a zone.
struct LocalOffsets {
  enum Kind : std::uint8_t { kUnique, kGap, kOverlap };
  Kind kind = kUnique;
  ZoneOffset before;    ///< the only one; or the one before the transition
  ZoneOffset after;     ///< the one after the transition
  Long transition = 0;  ///< of a gap and an overlap: its moment, in seconds since 1970
};

/// Java's ZoneId: a region of tzdata, an offset, or an offset with a prefix (`UTC+01:00`). Four bytes, trivially
/// copyable; regions are numbered once for the process. Any thread.
class ZoneId {
 public:
  constexpr ZoneId() = default;  ///< the offset `Z`
  constexpr ZoneId(ZoneOffset offset)
      : bits_(pack(kOffset, offset.total_seconds())) {
  }  // NOLINT(google-explicit-constructor): a ZoneOffset is a ZoneId
  /// Errors: DateTimeException `Invalid ID for region-based ZoneId, invalid format: ..`, ZoneRulesException
  /// `Unknown time-zone ID: ..`, and those of ZoneOffset::of.
  static ZoneId of(std::string_view id);
  /// With other names tried first.
  static ZoneId of(std::string_view id, const std::map<std::string, std::string, std::less<>>& aliases);
  /// The prefixes are ``, `UTC`, `GMT` and `UT`.
  static ZoneId of_offset(std::string_view prefix, ZoneOffset offset);
  static ZoneId from(const Accessor& from);
  /// `Etc/UTC`, what servers run in.
  static ZoneId system_default();
  /// Java's ZoneId.SHORT_IDS.
  static const std::map<std::string, std::string, std::less<>>& short_ids();
  /// All region names there are, in order.
  static const std::vector<std::string>& available();

  [[nodiscard]] std::string id() const;
  [[nodiscard]] std::string to_string() const { return id(); }
  [[nodiscard]] Int hash() const;
  /// The offset where the zone never has another one, else itself.
  [[nodiscard]] ZoneId normalized() const;
  /// It is a ZoneOffset to Java.
  [[nodiscard]] bool is_offset() const { return kind() == kOffset; }
  /// It never has another offset.
  [[nodiscard]] bool is_fixed() const;
  [[nodiscard]] ZoneOffset offset_at(Long epoch_second) const;
  [[nodiscard]] LocalOffsets offsets_at(const LocalDateTime& local) const;
  [[nodiscard]] bool is_valid_offset(const LocalDateTime& local, ZoneOffset offset) const;
  [[nodiscard]] bool is_daylight_savings(Long epoch_second) const;
  /// The full name of its Java class.
  [[nodiscard]] std::string_view type_name() const;
  /// The rules of a region; null of the others.
  [[nodiscard]] const ZoneRules* rules() const;
  friend constexpr bool operator==(const ZoneId&, const ZoneId&) = default;

 private:
  enum Kind : std::uint8_t { kOffset, kUtc, kGmt, kUt, kRegion };
  static constexpr std::uint32_t pack(Kind kind, Int value) {
    return static_cast<std::uint32_t>(kind) << 28 | static_cast<std::uint32_t>(value + (1 << 20));
  }
  constexpr explicit ZoneId(std::uint32_t bits) : bits_(bits) {}
  static ZoneId of_region(std::string_view id);
  static ZoneId with_prefix(std::string_view id, std::size_t prefix);
  [[nodiscard]] Kind kind() const { return static_cast<Kind>(bits_ >> 28); }
  [[nodiscard]] Int value() const { return static_cast<Int>(bits_ & 0x0FFFFFFFU) - (1 << 20); }

  std::uint32_t bits_ = pack(kOffset, 0);
};

}  // namespace sluice::painless::time
