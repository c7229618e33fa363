#include "stages/painless/run/json_document.h"

#include "stages/painless/run/json_walk.h"
#include "stages/parse/walker.h"

namespace sluice::painless {

Result<Value> JsonDocument::read(Machine& machine, std::string_view json) {
  text_.clear();
  text_.append(json);
  return view(machine, text_.view());
}

Result<Value> JsonDocument::view(Machine& machine, std::string_view json) {
  const Result<JsonSpan> found = span(json);
  if (!found) return std::unexpected(found.error());
  return json_container(machine, *found);
}

Result<JsonSpan> JsonDocument::span(std::string_view json) {
  const stages::Structurals::Problem problem = structurals_.build(json);
  if (problem != stages::Structurals::Problem::kNone) {
    return std::unexpected(x_content_parse_error("not JSON: " + std::string(stages::problem_text(problem))));
  }
  stages::Walker walker(json.data(), structurals_.begin(), structurals_.end());
  const bool container = walker.peek() == '{' || walker.peek() == '[';
  if (!container || walker.take_value().empty() || !walker.done()) {
    return std::unexpected(
        x_content_parse_error("not JSON: an object or array was expected, with every bracket closed"));
  }
  const bool may_escape = json.find('\\') != std::string_view::npos;  // once for all of its texts
  return JsonSpan{json.data(), structurals_.begin(), structurals_.end(), may_escape};
}

}  // namespace sluice::painless
