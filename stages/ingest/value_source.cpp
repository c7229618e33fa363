#include "stages/ingest/value_source.h"

#include <utility>

#include "stages/ingest/document.h"

namespace sluice::ingest {

using painless::Value;

Result<ValueSource> ValueSource::read(Config& config) {
  ValueSource made;
  auto copy_from = config.optional_text("copy_from");
  if (!copy_from) return std::unexpected(std::move(copy_from.error()));
  auto media_type = config.text_or("media_type", "application/json");
  if (!media_type) return std::unexpected(std::move(media_type.error()));
  const auto escape = text_escape_of(*media_type);
  if (!escape) return std::unexpected(config.problem("media_type", escape.error().reason));
  if (*copy_from) {
    if (config.take("value")) {
      return std::unexpected(
          config.problem("copy_from", "cannot set both `copy_from` and `value` in the same processor"));
    }
    made.copy_from_ = FieldPath(**copy_from);
    return made;
  }
  const auto value = config.take_required("value");
  if (!value) return std::unexpected(value.error());
  auto compiled = ValueTemplate::compile(*value, *escape);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  made.value_ = std::move(*compiled);
  made.is_template_ = value->starts_with('"') && value->find("{{") != std::string_view::npos;
  return made;
}

Result<Value> ValueSource::make(IngestDocument& document) const {
  if (!copy_from_) return value_.make(document);
  const auto there = document.get(*copy_from_);
  return there ? document.copy_of(*there) : there;
}

bool is_empty_value(painless::Machine& machine, const Value& value) {
  const Value forced = machine.force(value);
  const painless::String* text = machine.as_string(forced);
  return forced.is_null() || (text != nullptr && text->size == 0);
}

}  // namespace sluice::ingest
