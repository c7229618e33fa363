#include "reindex/json_tree.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"

namespace sluice {

std::string JsonNode::text() const { return json_unquoted(raw); }

const JsonNode* JsonNode::member(std::string_view member_name) const {
  for (const JsonNode& child : children) {
    if (child.name == member_name) return &child;
  }
  return nullptr;
}

Result<JsonNode> read_tree(JsonReader& reader) {
  JsonNode node;
  node.kind = reader.token();
  node.offset = reader.offset();
  if (node.kind == JsonToken::kString) {
    if (const auto text = reader.value(); !text) return std::unexpected(text.error());
  }
  if (node.is_object() || node.is_array()) {
    const JsonToken last = node.is_object() ? JsonToken::kEndObject : JsonToken::kEndArray;
    for (;;) {
      auto token = reader.next();
      if (!token) return std::unexpected(token.error());
      if (*token == last) break;
      std::string name;
      if (*token == JsonToken::kFieldName) {
        name = json_unquoted(reader.raw());
        if (token = reader.next(); !token) return std::unexpected(token.error());
      }
      auto child = read_tree(reader);
      if (!child) return child;
      child->name = std::move(name);
      node.children.push_back(std::move(*child));
    }
  }
  node.raw = reader.text().substr(node.offset, reader.end_offset() - node.offset);
  return node;
}

std::vector<const JsonNode*> in_java_order(const JsonNode& object) {
  std::size_t buckets = 16;
  while (object.children.size() > buckets * 3 / 4) buckets *= 2;
  std::vector<std::pair<std::size_t, const JsonNode*>> placed;
  placed.reserve(object.children.size());
  for (const JsonNode& child : object.children) {
    std::uint32_t hash = 0;
    for (const char c : child.name) hash = hash * 31 + static_cast<unsigned char>(c);
    hash ^= hash >> 16;
    placed.emplace_back(hash & (buckets - 1), &child);
  }
  std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const JsonNode*> ordered;
  ordered.reserve(placed.size());
  for (const auto& [bucket, child] : placed) ordered.push_back(child);
  return ordered;
}

namespace {

std::string number_text(std::string_view raw) {
  if (raw.find_first_of(".eE") == std::string_view::npos) return std::string(raw);
  return java_double_text(std::strtod(std::string(raw).c_str(), nullptr));
}

/// Writes a container: `between` separates entries, `write` appends one.
template <typename Entries, typename Write>
std::string joined(char open, char close, const Entries& entries, std::string_view between, Write write) {
  std::string text(1, open);
  bool first = true;
  for (const JsonNode* entry : entries) {
    if (!first) text += between;
    first = false;
    write(text, *entry);
  }
  return text += close;
}

std::vector<const JsonNode*> in_order(const JsonNode& array) {
  std::vector<const JsonNode*> entries;
  entries.reserve(array.children.size());
  for (const JsonNode& child : array.children) entries.push_back(&child);
  return entries;
}

}  // namespace

std::string java_text(const JsonNode& node) {
  if (node.kind == JsonToken::kNumber) return number_text(node.raw);
  if (node.is_array()) {
    return joined('[', ']', in_order(node), ", ", [](std::string& out, const JsonNode& e) { out += java_text(e); });
  }
  if (node.is_object()) {
    return joined('{', '}', in_java_order(node), ", ",
                  [](std::string& out, const JsonNode& e) { out.append(e.name).append("=").append(java_text(e)); });
  }
  return node.text();
}

std::string java_json(const JsonNode& node, const std::vector<std::string_view>& dropped) {
  if (node.kind == JsonToken::kNumber) return number_text(node.raw);
  if (node.is_string()) return json_string(node.text());
  if (node.is_array()) {
    return joined('[', ']', in_order(node), ",", [](std::string& out, const JsonNode& e) { out += java_json(e); });
  }
  if (!node.is_object()) return std::string(node.raw);
  std::vector<const JsonNode*> members = in_java_order(node);
  std::erase_if(members, [&](const JsonNode* member) {
    return std::find(dropped.begin(), dropped.end(), member->name) != dropped.end();
  });
  return joined('{', '}', members, ",", [](std::string& out, const JsonNode& e) {
    append_json_string(out, e.name);
    out.append(":").append(java_json(e));
  });
}

}  // namespace sluice
