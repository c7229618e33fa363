#include "tools/sluiced/rest/merge_document.h"

#include <algorithm>
#include <vector>

#include "stages/parse/json_object.h"

namespace sluice::rest {

namespace {

/// Without the white space between tokens.
std::string compact(std::string_view json) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      out += c;
      if (c == '\\' && i + 1 < json.size()) out += json[++i];
      if (c == '"') in_string = false;
    } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
      out += c;
      in_string = c == '"';
    }
  }
  return out;
}

bool same_object(std::string_view a, std::string_view b) {
  auto left = stages::json_members(a, "a value");
  auto right = stages::json_members(b, "a value");
  if (!left || !right || left->size() != right->size()) return false;
  return std::ranges::all_of(*left, [&](const stages::JsonMember& member) {
    const auto other = std::ranges::find(*right, member.key, &stages::JsonMember::key);
    return other != right->end() && same_json(member.value, other->value);
  });
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  if (out.size() > 1) out += ',';
  out += key;
  out += ':';
  out += value;
}

}  // namespace

bool same_json(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.starts_with('{') && b.starts_with('{')) return same_object(a, b);
  if (a.starts_with('[') && b.starts_with('[')) {
    auto left = stages::json_elements(a, "a value");
    auto right = stages::json_elements(b, "a value");
    return left && right && std::ranges::equal(*left, *right, same_json);
  }
  return compact(a) == compact(b);
}

Result<MergedDocument> merge_document(std::string_view document, std::string_view change) {
  auto old = stages::json_members(document, "the document");
  if (!old) return std::unexpected(old.error());
  auto changes = stages::json_members(change, "the partial document");
  if (!changes) return std::unexpected(changes.error());
  MergedDocument merged;
  merged.json = "{";
  std::vector<bool> used(changes->size());
  for (const stages::JsonMember& member : *old) {
    std::string_view value = member.value;
    std::string inner;
    const std::string name = member.name();
    for (std::size_t i = 0; i < changes->size(); ++i) {
      const stages::JsonMember& each = (*changes)[i];
      if (each.key != member.key && each.name() != name) continue;
      used[i] = true;
      if (value.starts_with('{') && each.value.starts_with('{')) {
        auto below = merge_document(value, each.value);
        if (!below) return below;
        merged.changed = merged.changed || below->changed;
        inner = std::move(below->json);
        value = inner;
      } else {
        merged.changed = merged.changed || !same_json(value, each.value);
        value = each.value;
      }
    }
    append_member(merged.json, member.key, value);
  }
  for (std::size_t i = 0; i < changes->size(); ++i) {
    if (used[i]) continue;
    append_member(merged.json, (*changes)[i].key, (*changes)[i].value);
    merged.changed = true;
  }
  merged.json += '}';
  return merged;
}

}  // namespace sluice::rest
