#include "stages/ingest/field_path.h"

#include <algorithm>

#include "stages/ingest/ingest_map.h"
#include "stages/ingest/java_number.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/map_keys.h"

namespace sluice::ingest {

namespace {

FieldPath::Segment segment_of(std::string_view name) {
  FieldPath::Segment segment;
  segment.name = name;
  segment.hash = painless::java_hash(name);
  segment.site.name = name;
  segment.site.hash = segment.hash;
  segment.site.signature = painless::signature_of(name);
  if (painless::is_plain_json_text(name)) segment.site.token = "\"" + segment.name + "\"";
  // Most names end as no number does: no error is made of them.
  const char last = name.empty() ? ' ' : name.back();
  if (static_cast<unsigned char>(last) < 0x80 && (last < '0' || last > '9')) return segment;
  if (const auto index = read_int(name)) {
    segment.index = *index;
    segment.is_number = true;
  }
  return segment;
}

}  // namespace

FieldPath::FieldPath(std::string_view text) : text_(text) {
  if (text.empty()) {
    problem_ = "path cannot be null nor empty";
    return;
  }
  std::string_view rest = text;
  if (rest.starts_with("_ingest.")) {
    of_ingest_ = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("_source.")) {
    rest.remove_prefix(8);
  }
  const std::size_t front = text.size() - rest.size();
  // Java's split(): what is empty at the end is dropped; nothing but dots has no segments.
  const bool was_empty = rest.empty();
  while (rest.ends_with('.')) rest.remove_suffix(1);
  if (rest.empty() && !was_empty) return;
  if (was_empty || rest.starts_with('.') || rest.find("..") != std::string_view::npos) {
    problem_ = "path [" + text_ + "] is not valid";
    return;
  }
  const auto names = static_cast<std::size_t>(std::ranges::count(rest, '.')) + 1;
  if (names > kMostSegments) {
    problem_ = "path has [" + std::to_string(names) + "] names, no document is deeper than [" +
               std::to_string(kMostSegments) + "]";
    return;
  }
  for (std::size_t at = 0; at <= rest.size();) {
    const std::size_t dot = std::min(rest.find('.', at), rest.size());
    segments_.push_back(segment_of(rest.substr(at, dot - at)));
    segments_.back().offset = front + at;
    at = dot + 1;
  }
  has_brackets_ = rest.find_first_of("[]") != std::string_view::npos;
  top_field_ = !of_ingest_ && !has_brackets_ && segments_.size() == 1 && !metadata_named(segments_.front().name);
}

}  // namespace sluice::ingest
