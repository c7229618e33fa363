#include "stages/painless/time/zone_regions.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace sluice::painless::time {
namespace {

namespace fs = std::filesystem;

/// Beside the regions, and names of tzdata that Java leaves out.
constexpr std::array<std::string_view, 11> kNoRegions = {"posix", "right", "posixrules", "localtime", "Factory", "EST",
                                                         "HST",   "MST",   "ROC",        "GMT+0",     "GMT-0"};

bool holds_rules(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 4> begin{};
  file.read(begin.data(), begin.size());
  return file && std::string_view(begin.data(), begin.size()) == "TZif";
}

void collect(const fs::path& folder, const std::string& prefix, std::vector<std::string>& names) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = prefix + entry.path().filename().string();
    if (std::find(kNoRegions.begin(), kNoRegions.end(), name) != kNoRegions.end()) continue;
    if (entry.is_directory(error)) {
      collect(entry.path(), name + "/", names);
    } else if (holds_rules(entry.path())) {
      names.push_back(name);
    }
  }
}

std::string tzdata_folder() {
  const char* named = std::getenv("TZDIR");  // NOLINT(concurrency-mt-unsafe): nothing here writes the environment
  return named != nullptr && *named != '\0' ? named : "/usr/share/zoneinfo";
}

}  // namespace

const ZoneRegions& ZoneRegions::get() {
  static const ZoneRegions regions(tzdata_folder());
  return regions;
}

ZoneRegions::ZoneRegions(std::string folder) : folder_(std::move(folder)) {
  collect(folder_, "", names_);
  std::sort(names_.begin(), names_.end());
  for (std::size_t each = 0; each < names_.size(); ++each) numbers_.emplace(names_[each], each);
  rules_ = std::make_unique<std::atomic<const ZoneRules*>[]>(names_.size());
}

ZoneRegions::~ZoneRegions() {
  for (std::size_t each = 0; each < names_.size(); ++each) delete rules_[each].load();
}

std::optional<std::size_t> ZoneRegions::find(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

const ZoneRules& ZoneRegions::rules(std::size_t number) const {
  if (const ZoneRules* known = rules_[number].load(std::memory_order_acquire)) return *known;
  std::ifstream file(folder_ + "/" + names_[number], std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto read = ZoneRules::read(content);
  if (!read) fail(DateTimeError::kZoneRules, "Unable to load time-zone rules: " + names_[number]);
  auto fresh = std::make_unique<const ZoneRules>(std::move(*read));
  const ZoneRules* expected = nullptr;
  // Another thread may have been first; then its rules are the ones.
  if (rules_[number].compare_exchange_strong(expected, fresh.get(), std::memory_order_acq_rel)) return *fresh.release();
  return *expected;
}

}  // namespace sluice::painless::time
