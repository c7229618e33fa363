#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pipeline/base/units.h"
#include "stages/painless/script.h"

namespace sluice::rest {

/// `150/5m`: how many scripts may be compiled in which time.
struct CompilationRate {
  std::string text;
  double count = 0;
  Nanoseconds time{};
};

/// Errors: Elasticsearch's, for what is no rate; `setting` is the one it was given for.
Result<CompilationRate> parse_compilation_rate(std::string_view text, std::string_view setting);

/// What settings want of a cache.
struct ScriptLimits {
  CompilationRate rate;         ///< `script.max_compilations_rate`
  bool limited = true;          ///< not `script.disable_max_compilations_rate`
  std::size_t max_size = 3000;  ///< `script.cache.max_size`
  Nanoseconds expire{};         ///< `script.cache.expire`: after the last use; 0: never
};

/// general_script_exception `Failed to compile inline script [..]`, caused by `cause`. `id` empty: inline.
Error general_script_error(std::string_view id, std::string_view source, Error cause);

/// The compiled scripts of a server, and the rate at which new ones are compiled: a bucket of tokens that fills with
/// time, of which each compilation takes one, as in Elasticsearch. A script is known by its context and its source: the
/// same one, stored or not, is compiled once. Any thread.
class ScriptCache {
 public:
  struct Statistics {
    std::uint64_t compilations = 0;
    std::uint64_t evictions = 0;
    std::uint64_t refused = 0;  ///< by the rate
  };
  /// A script to be had.
  struct Wanted {
    std::string_view source;
    std::string_view id;            ///< of a stored one; empty: inline
    std::string_view context_name;  ///< `update`, `reindex`, ...
    const painless::ScriptContext* context = nullptr;
  };
  using Script = std::shared_ptr<const painless::Script>;

  /// Another rate than that of the last call empties the cache and fills the bucket. Errors: script_exception `compile
  /// error`; general_script_exception with circuit_breaking_exception when too many have been compiled.
  Result<Script> get(const Wanted& wanted, const ScriptLimits& limits);

  /// Since the rate was changed last.
  [[nodiscard]] Statistics statistics() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    std::string key;
    Script script;
    Clock::time_point used;
  };
  using Entries = std::list<Entry>;

  Script find(const std::string& key, Nanoseconds expire, Clock::time_point now);
  bool take_token(const CompilationRate& rate, Clock::time_point now);
  void keep(std::string key, const Script& script, std::size_t max_size, Clock::time_point now);
  void evict_last();

  mutable std::mutex mutex_;
  std::string rate_;  ///< that of the last call
  double tokens_ = 0;
  Clock::time_point filled_;
  Entries entries_;  ///< the last used first
  std::unordered_map<std::string_view, Entries::iterator> by_key_;
  Statistics statistics_;
};

}  // namespace sluice::rest
