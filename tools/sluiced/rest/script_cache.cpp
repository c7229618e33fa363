#include "tools/sluiced/rest/script_cache.h"

#include <algorithm>

#include "pipeline/base/parse_number.h"

namespace sluice::rest {

namespace {

constexpr auto kShortestTime = std::chrono::minutes(1);

Error too_many(const ScriptCache::Wanted& wanted, const CompilationRate& rate) {
  Error cause(ErrorKind::kScript, 400, "circuit_breaking_exception",
              "[script] Too many dynamic script compilations within, max: [" + rate.text +
                  "]; please use indexed, or scripts with parameters instead; this limit can be changed by the "
                  "[script.max_compilations_rate] setting");
  cause = std::move(cause).with_raw("bytes_wanted", "0").with_raw("bytes_limit", "0").with("durability", "TRANSIENT");
  Error error = general_script_error(wanted.id, wanted.source, std::move(cause));
  error.root_causes = {*error.caused_by};
  return error;
}

}  // namespace

Error general_script_error(std::string_view id, std::string_view source, Error cause) {
  return Error(ErrorKind::kScript, 400, "general_script_exception",
               std::string("Failed to compile ") + (id.empty() ? "inline" : "stored") + " script [" +
                   std::string(id.empty() ? source : id) + "] using lang [painless]")
      .wrapping(std::move(cause));
}

Result<CompilationRate> parse_compilation_rate(std::string_view text, std::string_view setting) {
  const std::string shown(text);
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.front() == '/' || text.back() == '/') {
    return std::unexpected(illegal_argument(
        "parameter must contain a positive integer and a timevalue, i.e. 10/1m, but was [" + shown + "]"));
  }
  const std::string count(text.substr(0, slash));
  const std::string time(text.substr(slash + 1));
  const auto number = parse_number<int>(count);
  if (!number) {
    return std::unexpected(illegal_argument("could not parse [" + count + "] as integer in value [" + shown + "]")
                               .wrapping(number_format_error(count)));
  }
  if (*number < 0) return std::unexpected(illegal_argument("rate [" + count + "] must be positive"));
  auto duration = parse_time_value(time, setting);
  if (!duration) return std::unexpected(std::move(duration.error()));
  if (duration->duration <= Nanoseconds{}) {
    return std::unexpected(illegal_argument("time value [" + time + "] must be positive"));
  }
  if (duration->duration < kShortestTime) {
    return std::unexpected(illegal_argument("time value [" + time + "] must be at least on a one minute resolution"));
  }
  return CompilationRate{shown, static_cast<double>(*number), duration->duration};
}

Result<ScriptCache::Script> ScriptCache::get(const Wanted& wanted, const ScriptLimits& limits) {
  const CompilationRate& rate = limits.rate;
  std::string key = std::string(wanted.context_name) + '\0' + std::string(wanted.source);
  {
    const std::scoped_lock lock(mutex_);
    const Clock::time_point now = Clock::now();
    if (rate_ != rate.text) {
      by_key_.clear();
      entries_.clear();
      statistics_ = {};
      rate_ = rate.text;
      tokens_ = rate.count;
      filled_ = now;
    }
    if (Script known = find(key, limits.expire, now)) return known;
    if (limits.limited && !take_token(rate, now)) {
      ++statistics_.refused;
      return std::unexpected(too_many(wanted, rate));
    }
  }
  // Outside the lock: whoever wants another script does not wait for this one.
  painless::CompileOptions compiling;
  compiling.max_size = std::string::npos;  // looked at before
  compiling.name = wanted.id;
  auto compiled = painless::compile(wanted.source, *wanted.context, compiling);
  if (!compiled) return compiled;
  const std::scoped_lock lock(mutex_);
  ++statistics_.compilations;
  keep(std::move(key), *compiled, limits.max_size, Clock::now());
  return compiled;
}

ScriptCache::Script ScriptCache::find(const std::string& key, Nanoseconds expire, Clock::time_point now) {
  while (expire > Nanoseconds{} && !entries_.empty() && now - entries_.back().used > expire) {
    evict_last();
  }
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  found->second->used = now;
  return found->second->script;
}

bool ScriptCache::take_token(const CompilationRate& rate, Clock::time_point now) {
  const double share = std::chrono::duration<double>(now - filled_) / std::chrono::duration<double>(rate.time);
  tokens_ = std::min(rate.count, tokens_ + share * rate.count);
  filled_ = now;
  if (tokens_ < 1) return false;
  tokens_ -= 1;
  return true;
}

void ScriptCache::keep(std::string key, const Script& script, std::size_t max_size, Clock::time_point now) {
  if (by_key_.contains(key)) return;  // somebody else compiled it meanwhile
  entries_.push_front({std::move(key), script, now});
  by_key_.emplace(entries_.front().key, entries_.begin());
  while (entries_.size() > max_size) evict_last();
}

void ScriptCache::evict_last() {
  ++statistics_.evictions;
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

ScriptCache::Statistics ScriptCache::statistics() const {
  const std::scoped_lock lock(mutex_);
  return statistics_;
}

}  // namespace sluice::rest
