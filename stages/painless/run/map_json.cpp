#include <algorithm>
#include <cstring>
#include <string>

#include "pipeline/base/json_text.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/lanes.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map.h"
#include "stages/painless/run/map_keys.h"
#include "stages/painless/run/member_scan.h"

namespace sluice::painless {

namespace {

/// What separates it from the member in front of it, a key, and its colon.
bool write_key(Machine& machine, std::string& out, char separator, const Value& key) {
  if (key.is_raw()) {
    append_written(out, key.length + 2, [&](char* to) {
      to[0] = separator;
      copy_text(to + 1, key.raw_text());
      to[key.length + 1] = ':';
    });
    return true;
  }
  out += separator;
  if (key.is_null()) {
    machine.raise(known().illegal_argument, "Field name cannot be null");
    return false;
  }
  const String* text = machine.as_string(key);
  if (text == nullptr) {
    machine.raise(known().class_cast, class_cast_text(*machine.class_of(key), "java.lang.String"));
    return false;
  }
  append_json_text(out, text->text());
  out += ':';
  return true;
}

/// A member whose key is raw and whose value is text: what scripts put most. False: it has to be escaped.
bool write_text_member(std::string& out, char separator, std::string_view key, std::string_view text) {
  if (!is_plain_json_text(text)) return false;
  append_written(out, key.size() + text.size() + 4, [&](char* to) {
    *to++ = separator;
    copy_text(to, key);
    to += key.size();
    *to++ = ':';
    *to++ = '"';
    copy_text(to, text);
    to[text.size()] = '"';
  });
  return true;
}

}  // namespace

bool object_as_it_came(Object& object) {
  if (object.type == known().array_list) return static_cast<List&>(object).as_it_came();
  if (object.type == known().linked_hash_map) return static_cast<Map&>(object).as_it_came();
  return false;
}

/// All entries at once.
void Map::read_json(Machine& machine) {
  pending = false;
  distinct = false;
  reserve(machine.heap(), static_cast<std::uint32_t>((json.end - json.begin) / 4 + 2));
  JsonWalk walk(json);
  std::uint32_t read = 0;
  while (!walk.done()) {
    const std::uint32_t begin = walk.position();
    const std::string_view key = walk.key();
    if (walk.malformed()) break;
    const Value value = walk.value(machine);
    if (read == capacity) {
      used = read;
      reserve(machine.heap(), read * 2);
    }
    Entry& entry = entries[read++];
    entry.key = Value::of_raw(key);
    entry.value = value;
    entry.begin = begin;
    entry.end = walk.value_end();
    entry.live = true;
    entry.original = true;
    entry.hashed = false;
    const std::string_view name = key.substr(1, key.size() - 2);
    entry.plain = !has_escape(name);
    signatures[read - 1] = entry.plain ? signature_of(name) : 0;
    keys_seen |= seen_bit(signatures[read - 1]);
    odd += entry.plain ? 0 : 1;
  }
  used = count = read;
  if (walk.malformed()) raise_malformed(machine, json);
}

/// Keys with escapes, and what is malformed, are left to read_json().
void Map::scan_json(Machine& machine) {
  constexpr std::uint32_t kMore = 10;  // that a script may put
  const auto room = static_cast<std::uint32_t>((json.end - json.begin) / 4) + kMore;
  reserve(machine.heap(), room);
  members = machine.heap().array<std::uint32_t>(room);
  std::uint32_t found = 0;
  const bool plain = scan_members(json, [&](const std::uint32_t* member, std::string_view name) {
    members[found] = static_cast<std::uint32_t>(member - json.begin);
    const std::uint32_t signature = signature_of(name);
    keys_seen |= seen_bit(signature);
    signatures[found++] = signature;
    return true;
  });
  if (!plain) return read_json(machine);
  static_assert(kSmall <= 64, "`made` has a bit for each member");
  if (found > kSmall) return read_json(machine);
  pending = false;
  scanned = used = count = found;
  distinct = machine.distinct_signatures(signatures, found);
}

void Map::make_entry(Machine& machine, std::uint32_t member) {
  JsonWalk walk(json, members[member]);
  Entry& entry = entries[member];
  entry.begin = walk.position();
  entry.key = Value::of_raw(walk.key());
  entry.value = walk.value(machine);
  entry.end = walk.value_end();
  entry.live = true;
  entry.original = true;
  entry.hashed = false;
  entry.plain = true;
  made |= std::uint64_t{1} << member;
}

void Map::read_all(Machine& machine) {
  scan(machine);
  for (std::uint32_t i = 0; i < scanned; ++i) entry_at(machine, i);
  scanned = 0;
}

bool Map::as_it_came() {
  if (json.empty() || changed) return false;
  if (pending) return true;
  for (std::uint32_t i = first_made(0, used); i < used; i = first_made(i + 1, used)) {
    if (!value_as_it_came(entries[i].value)) return false;
  }
  return true;
}

/// The first position from `from` on that may not be as it came; `total`: none.
std::uint32_t Map::first_touched(std::uint32_t from, std::uint32_t total) const {
  for (from = first_made(from, total); from < total; from = first_made(from + 1, total)) {
    const Entry& entry = entries[from];
    if (!entry.live || !entry.original || !value_as_it_came(entry.value)) break;
  }
  return std::min(from, total);
}

/// The text of members that are as they came and stand side by side, with what stands between them.
std::string_view Map::text_of_run(std::uint32_t first, std::uint32_t last) const {
  const char* begin = json.text + (is_made(first) ? entries[first].begin : json.begin[members[first]]);
  if (is_made(last)) return {begin, json.text + entries[last].end};
  // Up to the comma in front of the next member, or to the closing bracket.
  const char* end = json.text + (last + 1 < scanned ? json.begin[members[last + 1] - 1] : json.end[-1]);
  while (JsonWalk::is_blank(end[-1])) --end;
  return {begin, end};
}

bool Map::write_json(Machine& machine, std::string& out, int depth) {
  if (as_it_came()) {
    out += json.view();
    return true;
  }
  scan(machine);
  const std::uint32_t* places = order == Order::kHash ? in_order(machine) : nullptr;
  const std::uint32_t total = places != nullptr ? count : used;
  char before = '{';
  for (std::uint32_t i = 0; i < total; ++i) {
    if (const std::uint32_t run = keeps_originals(i) && places == nullptr ? first_touched(i, total) : i; run > i) {
      out += before;
      before = ',';
      out += text_of_run(i, run - 1);
      i = run - 1;
      continue;
    }
    Entry& entry = entries[places != nullptr ? places[i] : i];
    if (!entry.live) continue;
    const String* text = machine.as_string(entry.value);
    if (text == nullptr || !entry.key.is_raw() || !write_text_member(out, before, entry.key.raw_text(), text->text())) {
      if (!write_key(machine, out, before, entry.key)) return false;
      if (!append_json_value(machine, out, entry.value, depth + 1)) return false;
    }
    before = ',';
  }
  if (before == '{') out += '{';
  out += '}';
  return true;
}

}  // namespace sluice::painless
