#include <algorithm>

#include "pipeline/base/parse_number.h"
#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

std::optional<std::string_view> Call::text(std::string_view name) const {
  if (const auto part = parts.find(name); part != parts.end()) return part->second;
  if (const auto parameter = query.find(name); parameter != query.end()) return parameter->second;
  return std::nullopt;
}

std::string_view Call::text_or(std::string_view name, std::string_view fallback) const {
  return text(name).value_or(fallback);
}

Result<bool> Call::flag(std::string_view name, bool fallback) const {
  const auto value = text(name);
  if (!value) return fallback;
  if (value->empty() || *value == "true") return true;
  if (*value == "false") return false;
  return std::unexpected(
      illegal_argument("Failed to parse value [" + std::string(*value) + "] as only [true] or [false] are allowed."));
}

Result<std::int64_t> Call::integer(std::string_view name, std::int64_t fallback) const {
  const auto value = text(name);
  if (!value) return fallback;
  if (const auto number = parse_java_number<std::int64_t>(*value)) return *number;
  return std::unexpected(illegal_argument("Failed to parse int parameter [" + std::string(name) + "] with value [" +
                                          std::string(*value) + "]")
                             .wrapping(number_format_error(*value)));
}

Result<TimeValue> Call::time(std::string_view name, std::string_view fallback) const {
  return parse_time_value(text_or(name, fallback), name);
}

std::vector<std::string> Call::list(std::string_view name) const {
  std::vector<std::string> values;
  std::string_view rest = text_or(name, "");
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (comma != 0) values.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return values;
}

Reply Reply::json(std::string text, int status) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(text);
  return reply;
}

Reply Reply::text(std::string text, int status) {
  Reply reply = json(std::move(text), status);
  reply.content_type = "text/plain; charset=UTF-8";
  return reply;
}

}  // namespace sluice::rest
