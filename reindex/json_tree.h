#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "reindex/json_reader.h"

namespace sluice {

/// A JSON value as a tree over the text it was read from, which must outlive it.
struct JsonNode {
  JsonToken kind = JsonToken::kNull;  ///< kStartObject, kStartArray or a scalar
  std::string name;                   ///< of a member
  std::string_view raw;               ///< as it is written
  std::size_t offset = 0;             ///< of the value in its text
  std::vector<JsonNode> children;

  [[nodiscard]] bool is_object() const { return kind == JsonToken::kStartObject; }
  [[nodiscard]] bool is_array() const { return kind == JsonToken::kStartArray; }
  [[nodiscard]] bool is_string() const { return kind == JsonToken::kString; }
  [[nodiscard]] bool is_null() const { return kind == JsonToken::kNull; }
  /// The text of a string; other values as they are written.
  [[nodiscard]] std::string text() const;
  /// A member of an object, or nullptr.
  [[nodiscard]] const JsonNode* member(std::string_view member_name) const;
};

/// Reads the value that begins with the reader's current token. The reader is then at its last token.
Result<JsonNode> read_tree(JsonReader& reader);

/// The members of an object in the order in which a java.util.HashMap of theirs has them, which shows in messages.
/// Exact for names of ASCII and objects without very unlucky hashes.
std::vector<const JsonNode*> in_java_order(const JsonNode& object);

/// The value as Java prints it: `{a=b, c=[1, 2]}`.
std::string java_text(const JsonNode& node);

/// The value as Elasticsearch writes it again after having read it into a map, without members named in `dropped`.
std::string java_json(const JsonNode& node, const std::vector<std::string_view>& dropped = {});

}  // namespace sluice
