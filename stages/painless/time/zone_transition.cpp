#include "stages/painless/time/zone_transition.h"

#include <bit>

#include "stages/painless/time/zone_rules.h"

namespace sluice::painless::time {

namespace {

ZoneTransition transition_of(const ZoneRules::Change& change) {
  return {change.second, ZoneOffset::unchecked(change.before), ZoneOffset::unchecked(change.after)};
}

/// Later than any rule changes.
constexpr Long kFarFuture = 32'503'680'000;

}  // namespace

ZoneTransition ZoneTransition::of(const LocalDateTime& local, ZoneOffset before, ZoneOffset after) {
  if (before == after) fail(DateTimeError::kIllegalArgument, "Offsets must not be equal");
  if (local.nano() != 0) fail(DateTimeError::kIllegalArgument, "Nano-of-second must be zero");
  return {local.local_second() - before.total_seconds(), before, after};
}

Int ZoneTransition::hash() const {
  const auto after = static_cast<std::uint32_t>(after_.hash());
  return date_time_before().hash() ^ before_.hash() ^ static_cast<Int>(std::rotl(after, 16));
}

std::string ZoneTransition::to_string() const {
  return std::string("Transition[") + (is_gap() ? "Gap" : "Overlap") + " at " + date_time_before().to_string() +
         before_.to_string() + " to " + after_.to_string() + "]";
}

ZoneOffset RulesOfZone::standard_offset(const Instant& at) const {
  const ZoneRules* rules = zone_.rules();
  return rules == nullptr ? offset(at) : ZoneOffset::unchecked(rules->standard_offset_at(at.epoch_second()));
}

Duration RulesOfZone::daylight_savings(const Instant& at) const {
  return Duration::of_seconds(offset(at).total_seconds() - standard_offset(at).total_seconds());
}

std::vector<ZoneOffset> RulesOfZone::valid_offsets(const LocalDateTime& local) const {
  const LocalOffsets all = zone_.offsets_at(local);
  if (all.kind == LocalOffsets::kGap) return {};
  if (all.kind == LocalOffsets::kOverlap) return {all.before, all.after};
  return {all.before};
}

std::optional<ZoneTransition> RulesOfZone::transition(const LocalDateTime& local) const {
  const LocalOffsets all = zone_.offsets_at(local);
  if (all.kind == LocalOffsets::kUnique) return std::nullopt;
  return ZoneTransition(all.transition, all.before, all.after);
}

std::optional<ZoneTransition> RulesOfZone::next_transition(const Instant& after) const {
  const ZoneRules* rules = zone_.rules();
  const auto change = rules == nullptr ? std::nullopt : rules->next_change(after.epoch_second());
  return change ? std::optional(transition_of(*change)) : std::nullopt;
}

std::optional<ZoneTransition> RulesOfZone::previous_transition(const Instant& before) const {
  const ZoneRules* rules = zone_.rules();
  const Long second = before.epoch_second() + (before.nano() > 0 ? 1 : 0);
  const auto change = rules == nullptr ? std::nullopt : rules->previous_change(second);
  return change ? std::optional(transition_of(*change)) : std::nullopt;
}

std::string RulesOfZone::to_string() const {
  const ZoneOffset last = standard_offset(Instant::of_epoch_second(kFarFuture));
  return "ZoneRules[currentStandardOffset=" + last.to_string() + "]";
}

}  // namespace sluice::painless::time
