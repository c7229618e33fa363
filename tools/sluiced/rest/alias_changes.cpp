#include "io/store/catalog/create_index.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/alias_actions.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

void write_names(JsonWriter& out, std::string_view key, const std::vector<std::string>& names) {
  out.key(key).begin_array();
  for (const std::string& name : names) out.string(name);
  out.end_array();
}

void write_result(JsonWriter& out, const AliasAction& action, bool done) {
  out.begin_object().key("action").begin_object();
  out.member("type", action.kind == AliasAction::Kind::kAdd      ? "add"
                     : action.kind == AliasAction::Kind::kRemove ? "remove"
                                                                 : "remove_index");
  write_names(out, "indices", action.indices);
  write_names(out, "aliases", action.aliases);
  out.end_object().member("status", done ? 200 : 404);
  if (!done) {
    std::string names;
    for (const std::string& name : action.aliases) names += (names.empty() ? "" : ", ") + name;
    out.key("error").begin_object().member("type", "aliases_not_found_exception");
    out.member("reason", "aliases [" + names + "] missing").member("resource.type", "aliases");
    if (action.aliases.size() == 1) {
      out.member("resource.id", action.aliases.front());
    } else {
      write_names(out, "resource.id", action.aliases);
    }
    out.end_object();
  }
  out.end_object();
}

Result<Reply> run_actions(const std::vector<AliasAction>& actions, Services& services, bool results) {
  AliasOutcome outcome;
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    auto applied = apply_alias_actions(state, actions);
    if (!applied) return std::unexpected(applied.error());
    outcome = std::move(*applied);
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  bool errors = false;
  for (const bool done : outcome.done) errors = errors || !done;
  JsonWriter out;
  out.begin_object().member("acknowledged", true).member("errors", errors && results);
  if (errors && results) {
    out.key("action_results").begin_array();
    for (std::size_t i = 0; i < actions.size(); ++i) write_result(out, actions[i], outcome.done[i]);
    out.end_array();
  }
  out.end_object();
  return Reply::json(out.take());
}

/// The body of `PUT /index/_alias/name`. `index` and `alias` may stand in it too.
Status read_alias_body(std::string_view body, AliasAction& action) {
  auto members = stages::json_members(body, "the alias");
  if (!members) return std::unexpected(members.error());
  std::string rest;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "index") {
      action.indices = {stages::json_text_value(member.value).value_or("")};
    } else if (name == "alias") {
      action.aliases = {stages::json_text_value(member.value).value_or("")};
    } else {
      if (name == "filter" && !member.value.starts_with('{') && member.value != "null") {
        return std::unexpected(illegal_argument("Unsupported field [filter]"));
      }
      rest += (rest.empty() ? "" : ",") + std::string(member.key) + ":" + std::string(member.value);
    }
  }
  auto alias = store::parse_alias("", "{" + rest + "}");
  if (!alias) {
    Error error = std::move(alias.error());
    constexpr std::string_view kUnknown = "Unknown field [";
    if (error.reason.starts_with(kUnknown)) {
      error.reason =
          "Unsupported field [" + error.reason.substr(kUnknown.size(), error.reason.find(']') - kUnknown.size()) + "]";
    }
    return std::unexpected(std::move(error));
  }
  action.alias = std::move(*alias);
  return {};
}

}  // namespace

Result<Reply> put_alias(Call& call, Services& services) {
  AliasAction action;
  action.indices = call.list("index");
  if (const auto name = call.text("name")) action.aliases = {std::string(*name)};
  if (call.has_body()) {
    if (auto read = read_alias_body(call.body(), action); !read) return std::unexpected(read.error());
  }
  if (action.indices.empty()) return std::unexpected(illegal_argument("[indices] can't be empty"));
  if (action.aliases.empty() || action.aliases.front().empty()) {
    return std::unexpected(illegal_argument("[alias] can't be empty string"));
  }
  return run_actions({action}, services, false);
}

Result<Reply> delete_alias(Call& call, Services& services) {
  AliasAction action;
  action.kind = AliasAction::Kind::kRemove;
  action.indices = call.list("index");
  action.aliases = call.list("name");
  return run_actions({action}, services, false);
}

Result<Reply> post_aliases(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  auto actions = parse_alias_actions(call.body());
  if (!actions) return std::unexpected(actions.error());
  return run_actions(*actions, services, true);
}

}  // namespace sluice::rest
