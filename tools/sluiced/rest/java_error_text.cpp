#include "tools/sluiced/rest/java_error_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "pipeline/base/json_text.h"

namespace sluice::rest {

namespace {

struct Row {
  std::string_view type;
  std::string_view name;
};

constexpr auto kClasses = std::to_array<Row>({
    {"date_time_parse_exception", "java.time.format.DateTimeParseException"},
    {"illegal_argument_exception", "java.lang.IllegalArgumentException"},
    {"illegal_state_exception", "java.lang.IllegalStateException"},
    {"named_object_not_found_exception", "org.elasticsearch.xcontent.NamedObjectNotFoundException"},
    {"number_format_exception", "java.lang.NumberFormatException"},
    {"parse_exception", "org.elasticsearch.ElasticsearchParseException"},
    {"parsing_exception", "org.elasticsearch.common.ParsingException"},
    {"query_shard_exception", "org.elasticsearch.index.query.QueryShardException"},
    {"resource_not_found_exception", "org.elasticsearch.ResourceNotFoundException"},
    {"script_exception", "org.elasticsearch.script.ScriptException"},
    {"too_many_clauses", "org.apache.lucene.search.IndexSearcher$TooManyClauses"},
    {"x_content_e_o_f_exception", "org.elasticsearch.xcontent.XContentEOFException"},
    {"x_content_parse_exception", "org.elasticsearch.xcontent.XContentParseException"},
});

std::string_view class_of(std::string_view type) {
  const auto* const row = std::ranges::find(kClasses, type, &Row::type);
  return row == kClasses.end() ? type : row->name;
}

std::string detail(const Error& error, std::string_view name) {
  const auto found =
      std::ranges::find(error.details, name, [](const auto& each) { return std::string_view(each.first); });
  return found == error.details.end() ? std::string() : json_unquoted(found->second);
}

}  // namespace

std::string java_error_text(const Error& error) {
  std::string text;
  for (const Error* each = &error; each != nullptr; each = each->caused_by.get()) {
    if (!text.empty()) text += "; ";
    if (const std::string index = detail(*each, "index"); !index.empty()) {
      text += "[" + index + "/" + detail(*each, "index_uuid") + "] ";
    }
    const std::string_view name = class_of(each->type);
    text += std::string(name) + ": " + each->reason;
    // Only exceptions of Elasticsearch's own tell their causes.
    if (name.starts_with("java.") || name.starts_with("org.elasticsearch.xcontent.")) break;
  }
  return text;
}

}  // namespace sluice::rest
