#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/base/json_writer.h"
#include "reindex/parse_parts.h"
#include "reindex/request.h"

namespace sluice {

Result<std::optional<std::string>> query_parameter(const UrlParameters& parameters) {
  const auto text = url_parameter(parameters, "q");
  if (!text) return std::nullopt;
  constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
      {"df", "default_field"}, {"analyzer", "analyzer"}, {"default_operator", "default_operator"}};
  JsonWriter out;
  out.begin_object().key("query_string").begin_object().member("query", *text);
  for (const auto& [name, option] : kTexts) {
    if (const auto value = url_parameter(parameters, name)) out.member(option, *value);
  }
  for (const std::string_view name : {"analyze_wildcard", "lenient"}) {
    if (!url_parameter(parameters, name)) continue;
    bool flag = false;
    if (Status read = read_url_flag(parameters, name, flag); !read) return std::unexpected(std::move(read.error()));
    out.member(name, flag);
  }
  out.end_object().end_object();
  return out.take();
}

}  // namespace sluice
