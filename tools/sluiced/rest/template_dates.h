#pragma once

#include <cstdint>
#include <string>

#include "pipeline/base/json_writer.h"

namespace sluice::rest {

/// When a template was made and changed, milliseconds since 1970.
struct TemplateDates {
  std::int64_t created = 0;
  std::int64_t modified = 0;
};

/// Those of a template that is written now over `old`, the JSON of the one that is there; empty: there is none.
TemplateDates template_dates(const std::string& old);
/// `created_date_millis` and `modified_date_millis`.
void write_template_dates(JsonWriter& out, const TemplateDates& dates);

}  // namespace sluice::rest
