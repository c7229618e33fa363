#include "tools/sluiced/tasks/description.h"

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/json_tokens.h"

namespace sluice::rest {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Indices of a request; nobody said which: all.
std::string indices_text(const std::vector<std::string>& indices) {
  return indices.empty() ? "[all indices]" : "[" + joined(indices) + "]";
}

std::string remote_text(const RemoteSource& remote) {
  std::string text = "[";
  if (remote.scheme != "http") text += fmt::format("scheme={} ", remote.scheme);
  text += fmt::format("host={} port={}", remote.host, remote.port);
  if (!remote.path_prefix.empty()) text += fmt::format(" pathPrefix={}", remote.path_prefix);
  return text + "]";
}

std::string script_text(const RequestScript& script) {
  const std::string params = script.params.empty() ? "{}" : java_text_of_json(script.params);
  if (!script.id.empty()) {
    return fmt::format("Script{{type=stored, lang='null', idOrCode='{}', options=null, params={}}}", script.id, params);
  }
  return fmt::format("Script{{type=inline, lang='{}', idOrCode='{}', options={{}}, params={}}}", script.lang,
                     script.source, params);
}

}  // namespace

std::string java_text_of_json(std::string_view json) {
  JsonTokens tokens(json);
  std::string text;
  bool follows = false;  // a value stands before this one
  for (JsonTokens::Token token = tokens.next();; token = tokens.next()) {
    switch (token.kind) {
      case JsonTokens::Kind::kEnd:
      case JsonTokens::Kind::kBroken:
        return text;
      case JsonTokens::Kind::kEndObject:
      case JsonTokens::Kind::kEndArray:
        text += token.kind == JsonTokens::Kind::kEndObject ? '}' : ']';
        follows = true;
        continue;
      default:
        break;
    }
    if (follows) text += ", ";
    follows = false;
    if (token.kind == JsonTokens::Kind::kBeginObject) {
      text += '{';
    } else if (token.kind == JsonTokens::Kind::kBeginArray) {
      text += '[';
    } else if (token.kind == JsonTokens::Kind::kKey) {
      text += json_unquoted(token.text) + "=";
    } else {
      text += token.text.starts_with('"') ? json_unquoted(token.text) : std::string(token.text);
      follows = true;
    }
  }
}

std::string task_description(const Request& request) {
  const RequestSource& source = request.source;
  const std::string script = request.script ? " updated with " + script_text(*request.script) : "";
  switch (request.kind) {
    case RequestKind::kUpdateByQuery:
      return fmt::format("update-by-query {}{}", indices_text(source.indices), script);
    case RequestKind::kDeleteByQuery:
      return fmt::format("delete-by-query {}", indices_text(source.indices));
    case RequestKind::kReindex:
      break;
  }
  const std::string from = source.remote ? remote_text(*source.remote) : "";
  const std::string to = request.dest.remote ? remote_text(*request.dest.remote) : "";
  return fmt::format("reindex from {}{}{} to {}[{}]", from, indices_text(source.indices), script, to,
                     request.dest.index);
}

}  // namespace sluice::rest
