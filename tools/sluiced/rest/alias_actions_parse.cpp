#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/alias_actions.h"
#include "tools/sluiced/rest/body_position.h"

namespace sluice::rest {

namespace {

using Kind = AliasAction::Kind;

Error cant_be_empty(std::string_view field, bool list) {
  return illegal_argument("[" + std::string(field) + "] can't be empty" + (list ? "" : " string"));
}

Result<std::vector<std::string>> read_names(const stages::JsonMember& member, std::string_view field) {
  const bool list = field == "indices" || field == "aliases";
  // A text is one name of an alias, whatever is in it.
  const bool one = field.starts_with("alias") && member.value.starts_with('"');
  auto names = one ? Result<std::vector<std::string>>(
                         std::vector<std::string>{stages::json_text_value(member.value).value_or("")})
                   : stages::json_text_list(member.value, field);
  if (!names) return std::unexpected(names.error());
  if (names->empty()) return std::unexpected(cant_be_empty(field, list));
  for (const std::string& name : *names) {
    if (name.empty()) return std::unexpected(cant_be_empty(field, list));
  }
  return names;
}

/// Where a parser stands once it has read a value: at the beginning of a text, at the end of a list.
const char* stopped_at(std::string_view value) {
  return value.starts_with('[') ? value.data() + value.size() - 1 : value.data();
}

/// Reads what is inside `{"add":{..}}`.
class ActionReader {
 public:
  ActionReader(std::string_view body, std::string_view kind) : body_(body), kind_(kind) {
    action_.kind = kind == "add" ? Kind::kAdd : kind == "remove" ? Kind::kRemove : Kind::kRemoveIndex;
  }

  Result<AliasAction> read(std::string_view object) {
    auto members = stages::json_members(object, kind_);
    if (!members) return std::unexpected(members.error());
    for (const stages::JsonMember& member : *members) {
      if (auto taken = field(member); !taken) {
        Error cause = std::move(taken.error());
        return std::unexpected(
            failed_field_error(body_, stopped_at(member.value), "alias_action", kind_, std::move(cause)));
      }
    }
    return std::move(action_);
  }

 private:
  Status field(const stages::JsonMember& member) {
    const std::string name = member.name();
    if (member.value == "null" && (name == "index" || name == "alias")) {
      return std::unexpected(x_content_parse_error(body_position(body_, member.value.data()) + " [" + kind_ + "] " +
                                                   name + " doesn't support values of type: VALUE_NULL"));
    }
    const Status taken = take(name, member);
    if (taken) return {};
    if (taken.error().type == "x_content_parse_exception") return taken;
    return std::unexpected(failed_field_error(body_, stopped_at(member.value), kind_, name, taken.error()));
  }

  Status take(const std::string& name, const stages::JsonMember& member) {
    if (name == "index" || name == "indices") return take_names(action_.indices, name, member);
    if (name == "alias" || name == "aliases") {
      if (action_.kind == Kind::kRemoveIndex) return unsupported_field(name);
      return take_names(action_.aliases, name, member);
    }
    if (name == "must_exist") {
      if (action_.kind == Kind::kAdd) return unsupported_field(name);
      return take_flag(action_.must_exist, member);
    }
    return take_alias(name, member);
  }

  Status take_names(std::vector<std::string>& names, const std::string& name, const stages::JsonMember& member) {
    auto read = read_names(member, name);
    if (!read) return std::unexpected(read.error());
    if (!names.empty()) {
      return std::unexpected(illegal_argument(&names == &action_.indices
                                                  ? "Only one of [index] and [indices] is supported"
                                                  : "Only one of [alias] and [aliases] is supported"));
    }
    names = std::move(*read);
    return {};
  }

  static Status take_flag(std::optional<bool>& flag, const stages::JsonMember& member) {
    auto value = stages::json_flag_value(member.value);
    if (!value) return std::unexpected(value.error());
    flag = *value;
    return {};
  }

  Status take_alias(const std::string& name, const stages::JsonMember& member) {
    const bool known = name == "filter" || name == "routing" || name == "index_routing" || name == "search_routing" ||
                       name == "is_write_index" || name == "is_hidden";
    if (!known) return std::unexpected(unknown_field_error(body_, member.key.data(), kind_, name));
    if (action_.kind != Kind::kAdd) return unsupported_field(name);
    store::AliasMeta& alias = action_.alias;
    if (name == "filter") {
      alias.filter = member.value == "null" || member.value == "{}" ? "" : std::string(member.value);
      return {};
    }
    if (name == "is_write_index") return take_flag(alias.write_index, member);
    if (name == "is_hidden") return take_flag(alias.hidden, member);
    const std::string text = stages::json_text_value(member.value).value_or("");
    // `routing` is for what is not said by itself, whatever comes first.
    const bool both = name == "routing";
    if (name == "index_routing" || (both && alias.index_routing.empty())) alias.index_routing = text;
    if (name == "search_routing" || (both && alias.search_routing.empty())) alias.search_routing = text;
    return {};
  }

  Status unsupported_field(const std::string& name) {
    const std::string_view kind = action_.kind == Kind::kAdd      ? "ADD"
                                  : action_.kind == Kind::kRemove ? "REMOVE"
                                                                  : "REMOVE_INDEX";
    return std::unexpected(illegal_argument("[" + name + "] is unsupported for [" + std::string(kind) + "]"));
  }

  std::string_view body_;
  std::string kind_;
  AliasAction action_;
};

/// An action that says too little.
Status check_complete(const AliasAction& action) {
  if (action.indices.empty()) return std::unexpected(illegal_argument("One of [index] or [indices] is required"));
  if (action.aliases.empty() && action.kind != Kind::kRemoveIndex) {
    return std::unexpected(illegal_argument("One of [alias] or [aliases] is required"));
  }
  return {};
}

Result<AliasAction> parse_action(std::string_view body, std::string_view element) {
  const char* const after = element.data() + element.size();
  if (!element.starts_with('{')) {
    return std::unexpected(x_content_parse_error(body_position(body, element.data()) +
                                                 " [alias_action] Expected START_OBJECT but was: VALUE_STRING"));
  }
  auto members = stages::json_members(element, "an alias action");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) {
    return std::unexpected(failed_field_error(
        body, after, "aliases", "actions",
        illegal_argument("an action is one of [add], [remove] and [remove_index]; this one is empty")));
  }
  const stages::JsonMember& member = members->front();
  const std::string kind = member.name();
  if (kind != "add" && kind != "remove" && kind != "remove_index") {
    return std::unexpected(failed_field_error(body, member.value.data(), "aliases", "actions",
                                              unknown_field_error(body, member.key.data(), "alias_action", kind)));
  }
  auto action = ActionReader(body, kind).read(member.value);
  if (!action) {
    // The position of the outer error is where the inner one stopped.
    Error cause = std::move(action.error());
    const std::size_t end = cause.reason.find(']');
    Error error = failed_field_error(body, member.value.data(), "aliases", "actions", cause);
    error.reason.replace(0, error.reason.find(']'), cause.reason.substr(0, end));
    return std::unexpected(std::move(error));
  }
  if (auto complete = check_complete(*action); !complete) {
    return std::unexpected(failed_field_error(body, after, "aliases", "actions", complete.error()));
  }
  return action;
}

}  // namespace

Result<std::vector<AliasAction>> parse_alias_actions(std::string_view body) {
  auto members = stages::json_members(body, "the request body");
  if (!members) return std::unexpected(members.error());
  std::vector<AliasAction> actions;
  for (const stages::JsonMember& member : *members) {
    if (member.name() != "actions") {
      return std::unexpected(unknown_field_error(body, member.key.data(), "aliases", member.name()));
    }
    auto elements = stages::json_elements(member.value, "[actions]");
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view element : *elements) {
      auto action = parse_action(body, element);
      if (!action) return std::unexpected(action.error());
      actions.push_back(std::move(*action));
    }
  }
  if (actions.empty()) return std::unexpected(illegal_argument("No action specified"));
  return actions;
}

}  // namespace sluice::rest
