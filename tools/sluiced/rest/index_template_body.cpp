#include "tools/sluiced/rest/index_template_body.h"

#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/body_position.h"

namespace sluice::rest {

namespace {

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

/// Reads the members one by one.
class TemplateReader {
 public:
  explicit TemplateReader(std::string_view body) : body_(body) {}

  Result<IndexTemplateBody> read() {
    auto members = stages::json_members(body_, "the request body");
    if (!members) return std::unexpected(members.error());
    bool has_patterns = false;
    for (const stages::JsonMember& member : *members) {
      if (auto taken = take(member); !taken) return std::unexpected(taken.error());
      has_patterns = has_patterns || member.name() == "index_patterns";
    }
    if (!has_patterns) return std::unexpected(illegal_argument("Required [index_patterns]"));
    if (made_.patterns.empty()) {
      return std::unexpected(illegal_argument("There must be at least one pattern, zero given"));
    }
    if (made_.priority.value_or(0) < 0) {
      return std::unexpected(validation_error({"index template priority must be >= 0"}));
    }
    return std::move(made_);
  }

 private:
  Status take(const stages::JsonMember& member) {
    const std::string name = member.name();
    if (name == "index_patterns") return take_list(made_.patterns, member);
    if (name == "composed_of") return take_list(made_.composed_of, member);
    if (name == "ignore_missing_component_templates") return take_list(made_.may_be_missing, member);
    if (name == "template") return take_parts(member);
    if (name == "data_stream") return take_data_stream(member);
    if (name == "priority" || name == "version") return take_number(name, member);
    if (name == "_meta" || name == "deprecated") {
      (name == "_meta" ? made_.meta : made_.deprecated) = member.value;
      return {};
    }
    if (name == "allow_auto_create") {
      auto flag = stages::json_flag_value(member.value);
      if (!flag) return failed(member, name, flag.error());
      made_.allow_auto_create = *flag;
      return {};
    }
    return std::unexpected(unknown_field_error(body_, member.key.data(), "index_template", name));
  }

  Status failed(const stages::JsonMember& member, std::string_view name, Error cause) {
    return std::unexpected(failed_field_error(body_, member.value.data(), "index_template", name, std::move(cause)));
  }

  Status take_list(std::vector<std::string>& list, const stages::JsonMember& member) {
    auto texts = stages::json_text_list(member.value, member.name());
    if (!texts) return failed(member, member.name(), texts.error());
    list = std::move(*texts);
    return {};
  }

  Status take_number(const std::string& name, const stages::JsonMember& member) {
    auto number = stages::json_integer_value(member.value);
    if (!number) return failed(member, name, number.error());
    if (name == "priority") {
      made_.priority = *number;
    } else {
      made_.version = std::to_string(*number);
    }
    return {};
  }

  Status take_parts(const stages::JsonMember& member) {
    if (member.value == "null") return {};
    auto parts = parse_template_parts(body_, member.value);
    if (!parts && parts.error().type == "x_content_parse_exception") {
      const char* const at = member.value.data() + member.value.size() - 2;
      return std::unexpected(failed_field_error(body_, at, "index_template", "template", parts.error()));
    }
    if (!parts) return std::unexpected(parts.error());
    made_.parts = std::move(*parts);
    return {};
  }

  Status take_data_stream(const stages::JsonMember& member) {
    auto members = stages::json_members(member.value, "[data_stream]");
    if (!members) return failed(member, "data_stream", members.error());
    made_.data_stream = true;
    for (const stages::JsonMember& each : *members) {
      const std::string name = each.name();
      auto flag = stages::json_flag_value(each.value);
      if (name == "hidden" && flag) {
        made_.hidden = *flag;
      } else if (name == "allow_custom_routing" && flag) {
        if (*flag) return std::unexpected(unsupported("[allow_custom_routing] of data streams is not supported yet"));
      } else {
        return failed(member, "data_stream", unknown_field_error(body_, each.key.data(), "data_stream_template", name));
      }
    }
    return {};
  }

  std::string_view body_;
  IndexTemplateBody made_;
};

}  // namespace

Result<IndexTemplateBody> parse_index_template(std::string_view body) { return TemplateReader(body).read(); }

std::string index_template_json(const IndexTemplateBody& body, const TemplateDates& dates) {
  JsonWriter out;
  out.begin_object();
  write_texts(out, "index_patterns", body.patterns);
  if (body.parts) {
    out.key("template").begin_object();
    write_template_parts(out, *body.parts);
    out.end_object();
  }
  write_texts(out, "composed_of", body.composed_of);
  if (body.priority) out.member("priority", *body.priority);
  if (!body.version.empty()) out.key("version").raw(body.version);
  if (!body.meta.empty()) out.key("_meta").raw(body.meta);
  if (body.data_stream) {
    out.key("data_stream").begin_object().member("hidden", body.hidden).member("allow_custom_routing", false);
    out.end_object();
  }
  if (body.allow_auto_create) out.member("allow_auto_create", *body.allow_auto_create);
  if (!body.may_be_missing.empty()) write_texts(out, "ignore_missing_component_templates", body.may_be_missing);
  if (!body.deprecated.empty()) out.key("deprecated").raw(body.deprecated);
  write_template_dates(out, dates);
  out.end_object();
  return out.take();
}

}  // namespace sluice::rest
