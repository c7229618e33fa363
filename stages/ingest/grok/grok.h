#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/ingest/grok/pattern_bank.h"

namespace sluice::ingest {

/// What a captured text is to become. A text that is none is for the caller to find out.
enum class GrokType : std::uint8_t { kString, kInt, kLong, kFloat, kDouble, kBoolean };

/// A field that an expression captures.
struct GrokField {
  std::string name;      ///< as it is written: `client.ip`, `@timestamp`, `[a][b]`
  bool several = false;  ///< it is captured in more than one place, so it may have more than one value
};

/// One captured text.
struct GrokCapture {
  std::uint32_t field = 0;  ///< into Grok::fields()
  GrokType type = GrokType::kString;
  std::string_view text;  ///< into what was matched
};

/// What a match captured: reused from match to match, it allocates nothing once it is large enough. One thread.
class GrokMatch {
 public:
  /// In the node's order; the values of one field stand together. Where a field has more than one, it becomes a list.
  [[nodiscard]] std::span<const GrokCapture> captures() const { return captures_; }
  /// Which of the patterns matched: `_ingest._grok_match_index`. 0 unless the expression traces matches.
  [[nodiscard]] std::uint32_t pattern() const { return pattern_; }

 private:
  friend class Grok;
  std::vector<GrokCapture> captures_;
  std::uint32_t pattern_ = 0;
};

/// What may be said about expressions besides their text.
struct GrokSettings {
  EcsMode ecs = EcsMode::kDisabled;
  std::vector<PatternDefinition> definitions;  ///< `pattern_definitions`: more patterns, or others of the bank's names
  bool trace = false;  ///< `trace_match`; a group without a name captures nothing then, as on the node
};

/// Grok expressions, `%{IP:client.ip} %{NUMBER:bytes:int}`, compiled once. Immutable; any thread.
class Grok {
 public:
  /// Errors: parse_exception, 400, with `property_name`: no patterns, an unknown one, one that contains itself, no
  /// regular expression; the texts are Elasticsearch's.
  static Result<Grok> compile(std::span<const std::string> patterns, const GrokSettings& settings = {});

  /// Searches `text`, UTF-8, for the first place where one of the patterns matches; at one place the first of them that
  /// does. False: there is none. Takes a second at most. Errors: runtime_exception, 500, it took too long.
  Result<bool> match(std::string_view text, GrokMatch& match) const;

  /// What may be captured.
  [[nodiscard]] const std::vector<GrokField>& fields() const;

 private:
  struct Parts;
  explicit Grok(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

}  // namespace sluice::ingest
