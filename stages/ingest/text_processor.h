#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

/// What processors that work on one text, or on each of a list, have in common: `field`, `target_field`,
/// `ignore_missing`. Source: reference/ingest.md 8, S-family.
class TextProcessor : public Processor {
 public:
  /// Takes the options that all of them have.
  Status configure(Config& config);
  Status run(Execution& run) const final;

 protected:
  /// What becomes of one text. Errors: the document fails.
  virtual Result<painless::Value> change(IngestDocument& document, painless::String& text) const = 0;

 private:
  Result<painless::Value> changed(IngestDocument& document, const painless::Value& value) const;

  FieldPath field_;
  FieldPath target_;
  bool ignore_missing_ = false;
};

inline constexpr OptionRow kFieldOption = {"field", "string", "", "A text, or a list of texts."};
inline constexpr OptionRow kTargetOption = {"target_field", "string", "field", "Where the result goes."};
inline constexpr OptionRow kTextOptions[] = {kFieldOption, kTargetOption, kIgnoreMissingOption};

/// A processor without options of its own.
template <typename T>
Result<ProcessorPtr> make_text_processor(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<T>();
  if (Status done = made->configure(config); !done) return std::unexpected(std::move(done.error()));
  return made;
}

}  // namespace sluice::ingest
