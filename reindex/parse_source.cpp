#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"

namespace sluice {

/// Java's String.split(","): empty texts at the end do not count.
std::vector<std::string> split_by_comma(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t comma = text.find(',', begin);
    parts.push_back(text.substr(begin, comma - begin));
    if (comma == std::string::npos) break;
    begin = comma + 1;
  }
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  return parts;
}

namespace {

Result<std::vector<std::string>> parse_indices(const JsonNode* index) {
  if (index == nullptr || index->is_null()) return std::vector<std::string>();
  if (index->is_string()) return split_by_comma(index->text());
  if (!index->is_array()) {
    return std::unexpected(
        illegal_argument(fmt::format("Expected [index] to be a list or a string but was [{}]", java_text(*index))));
  }
  std::vector<std::string> indices;
  bool has_null = false;
  for (const JsonNode& entry : index->children) {
    has_null |= entry.is_null();
    if (!entry.is_string() && !entry.is_null()) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "array_store_exception",
                                   "arraycopy: element type mismatch: can not cast one of the elements of "
                                   "java.lang.Object[] to the type of the destination array, java.lang.String"));
    }
    indices.push_back(entry.text());
  }
  if (has_null) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "null_pointer_exception", "index must not be null"));
  }
  return indices;
}

}  // namespace

Status parse_source(JsonReader& reader, const RequestRules& rules, Request& request) {
  const auto source = read_tree(reader);
  if (!source) return std::unexpected(source.error());
  auto indices = parse_indices(source->member("index"));
  if (!indices) return std::unexpected(std::move(indices.error()));
  request.source.indices = std::move(*indices);

  std::vector<std::string_view> taken = {"index", "remote"};
  const JsonNode* query = source->member("query");
  const JsonNode* remote = source->member("remote");
  if (remote != nullptr && !remote->is_null()) {
    auto parsed = parse_remote(*remote, query);
    if (!parsed) return std::unexpected(std::move(parsed.error()));
    request.source.remote = std::move(*parsed);
    if (query != nullptr && !query->is_null()) request.source.query = query->raw;
    taken.emplace_back("query");
  }
  return parse_search(java_json(*source, taken), *source, rules, request);
}

}  // namespace sluice
