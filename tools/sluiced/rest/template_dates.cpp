#include "tools/sluiced/rest/template_dates.h"

#include <chrono>

#include "stages/parse/json_object.h"

namespace sluice::rest {

TemplateDates template_dates(const std::string& old) {
  TemplateDates dates;
  dates.modified =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  dates.created = dates.modified;
  if (old.empty()) return dates;
  auto members = stages::json_members_of(old, "a template");
  if (!members) return dates;
  for (const stages::JsonMember& member : *members) {
    if (member.name() == "created_date_millis") {
      dates.created = stages::json_integer_value(member.value).value_or(dates.created);
    }
  }
  return dates;
}

void write_template_dates(JsonWriter& out, const TemplateDates& dates) {
  out.member("created_date_millis", dates.created).member("modified_date_millis", dates.modified);
}

}  // namespace sluice::rest
