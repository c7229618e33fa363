#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/painless/time/zone_rules.h"

namespace sluice::painless::time {

/// The regions of the system's tzdata (`/usr/share/zoneinfo`, or the folder that TZDIR names), numbered in the order of
/// their names. The names are listed once, a file is read when its region is first used. Any thread; no locks.
class ZoneRegions {
 public:
  static const ZoneRegions& get();

  explicit ZoneRegions(std::string folder);
  ~ZoneRegions();
  ZoneRegions(const ZoneRegions&) = delete;
  ZoneRegions& operator=(const ZoneRegions&) = delete;

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  /// Errors: ZoneRulesException for a file that can't be read.
  [[nodiscard]] const ZoneRules& rules(std::size_t number) const;

 private:
  std::string folder_;
  std::vector<std::string> names_;
  std::unordered_map<std::string_view, std::size_t> numbers_;
  std::unique_ptr<std::atomic<const ZoneRules*>[]> rules_;
};

}  // namespace sluice::painless::time
