#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stages/painless/time/week.h"

namespace sluice::painless::time {

/// The parts of a java.util.Locale that dates ask for. A value type. The texts of this folder are those of English and
/// of Locale.ROOT; other languages have English texts, and their region's weeks.
class Locale {
 public:
  Locale() = default;  ///< Locale.ROOT
  explicit Locale(std::string_view language, std::string_view country = {}, std::string_view variant = {});
  static Locale root() { return {}; }
  static Locale english() { return Locale("en"); }
  static Locale us() { return Locale("en", "US"); }
  static Locale uk() { return Locale("en", "GB"); }
  /// What a node started without a language of its own has: English.
  static Locale node_default() { return english(); }
  /// `en-US`, `de`; what isn't well-formed is Locale.ROOT, as in Java.
  static Locale for_language_tag(std::string_view tag);

  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] const std::string& country() const { return country_; }
  [[nodiscard]] const std::string& script() const { return script_; }
  [[nodiscard]] const std::string& variant() const { return variant_; }
  [[nodiscard]] bool is_root() const { return language_.empty(); }
  /// British English where English differs.
  [[nodiscard]] bool has_british_texts() const { return country_ == "GB"; }
  /// `en_US`.
  [[nodiscard]] std::string to_string() const;
  /// `en-US`; `und` of Locale.ROOT.
  [[nodiscard]] std::string to_language_tag() const;
  /// The first day and the first week of the country, as CLDR has them; of the world's where there is none.
  [[nodiscard]] Week week() const;
  /// Java's hashCode.
  [[nodiscard]] std::int32_t hash() const;
  friend bool operator==(const Locale&, const Locale&) = default;

 private:
  std::string language_;
  std::string country_;
  std::string script_;
  std::string variant_;
};

}  // namespace sluice::painless::time
