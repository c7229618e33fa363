#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stages/painless/time/locale.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

/// Which of a zone's names.
enum class ZoneNameKind : std::uint8_t { kStandard, kDaylight, kGeneric };

/// `CEST`, `Central European Summer Time`, `GMT-03:00`: the name of `zone`, whose offset is `offset` then.
std::string zone_name(ZoneId zone, ZoneNameKind kind, ZoneOffset offset, bool full, const Locale& locale);

/// A name at the beginning of `text`: the zone that it stands for, and how long it is.
struct NamedZone {
  ZoneId zone;
  ZoneNameKind kind = ZoneNameKind::kStandard;
  std::size_t size = 0;
};
std::optional<NamedZone> find_zone_name(std::string_view text, bool case_sensitive, bool full, const Locale& locale);

/// The longest id of a region that `text` begins with; 0: none.
std::size_t zone_id_prefix(std::string_view text, bool case_sensitive, std::string& id);

}  // namespace sluice::painless::time
