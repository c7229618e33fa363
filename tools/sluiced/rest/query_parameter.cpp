#include "tools/sluiced/rest/query_parameter.h"

#include "pipeline/base/json_writer.h"

namespace sluice::rest {

Result<std::optional<QueryText>> query_parameter(const Call& call) {
  if (!call.text("q")) return std::optional<QueryText>();
  JsonWriter out;
  out.begin_object().key("query_string").begin_object().member("query", call.text_or("q", ""));
  if (const auto field = call.text("df")) out.member("default_field", *field);
  if (const auto analyzer = call.text("analyzer")) out.member("analyzer", *analyzer);
  if (const auto all = call.text("default_operator")) out.member("default_operator", *all);
  for (const char* const name : {"analyze_wildcard", "lenient"}) {
    if (!call.text(name)) continue;
    auto flag = call.flag(name, false);
    if (!flag) return std::unexpected(flag.error());
    out.member(name, *flag);
  }
  out.end_object().end_object();
  return QueryText{out.take(), {}};
}

}  // namespace sluice::rest
