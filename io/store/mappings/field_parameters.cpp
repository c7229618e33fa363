#include "io/store/mappings/field_parameters.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/parameter_values.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

std::string_view view_of(const json::string& text) { return {text.data(), text.size()}; }

Status read_copy_to(Field& field, const json::value& value) {
  if (const json::array* list = value.if_array()) {
    for (const json::value& each : *list) field.copy_to.push_back(java_text(each));
  } else {
    field.copy_to.push_back(java_text(value));
  }
  for (const std::string& target : field.copy_to) {
    if (target.find('*') != std::string::npos) {
      return std::unexpected(mapper_parsing("[copy_to] may not contain wildcards: [" + target + "]"));
    }
  }
  return {};
}

/// Sets what the checks of documents use.
Status compile(Field& field) {
  const auto flag = [&field](std::string_view name) -> std::optional<bool> {
    const Parameter* given = field.parameter(name);
    return given == nullptr ? std::nullopt : std::optional(given->json == "true");
  };
  field.coerce = flag("coerce");
  field.ignore_malformed = flag("ignore_malformed");
  if (const Parameter* above = field.parameter("ignore_above")) {
    field.ignore_above = static_cast<std::uint32_t>(std::strtoul(above->json.c_str(), nullptr, 10));
  }
  if (const Parameter* path = field.parameter("path"); path != nullptr && field.type == FieldType::kAlias) {
    field.alias_path = json_unquoted(path->json);
  }
  const bool dates = field.check == ValueCheck::kDate || field.type == FieldType::kDateRange;
  if (!dates) return {};
  const Parameter* format = field.parameter("format");
  if (format == nullptr) {
    field.date_format = pipeline::DateFormat::standard();
    return {};
  }
  const std::string text = json_unquoted(format->json);
  auto compiled = pipeline::DateFormat::compile(text);
  if (!compiled) {
    const std::string reason = compiled.error().reason;
    return std::unexpected(illegal_argument("Error parsing [format] on field [" + field.name + "]: " + reason)
                               .wrapping(std::move(compiled.error())));
  }
  field.date_format = std::move(*compiled);
  return {};
}

Status check_required(const Field& field) {
  const auto missing = [&field](std::string_view name) {
    return std::unexpected(mapper_parsing("Failed to parse mapping: Field [" + std::string(name) +
                                          "] is required for field [" + field.name + "] of type [" +
                                          std::string(type_info(field.type).name) + "]"));
  };
  if (field.type == FieldType::kScaledFloat && field.parameter("scaling_factor") == nullptr) {
    return std::unexpected(mapper_parsing("Field [scaling_factor] is required"));
  }
  if (field.type == FieldType::kAlias && field.alias_path.empty()) {
    return std::unexpected(mapper_parsing("The [path] property must be specified for field [" + field.name + "]."));
  }
  if (field.type == FieldType::kTokenCount && field.parameter("analyzer") == nullptr) {
    return std::unexpected(mapper_parsing("Analyzer must be set for field [" + field.name + "] but wasn't."));
  }
  if (field.type == FieldType::kAggregateMetricDouble && field.parameter("metrics") == nullptr) {
    return missing("metrics");
  }
  return {};
}

/// Parameters that Elasticsearch shows although nobody gave them.
bool is_always_shown(const Field& field, const ParameterRule& rule) {
  if (field.type == FieldType::kJoin) return rule.name != "meta";
  if (field.type != FieldType::kCompletion) return false;
  return rule.name == "analyzer" || rule.name.starts_with("preserve") || rule.name == "max_input_length";
}

Status unknown_parameter(const Field& field, std::string_view key) {
  return std::unexpected(mapper_parsing("unknown parameter [" + std::string(key) + "] on mapper [" + field.name +
                                        "] of type [" + std::string(type_info(field.type).name) + "]"));
}

}  // namespace

Result<Dynamic> dynamic_named(std::string_view text) {
  if (text == "true" || text == "TRUE") return Dynamic::kTrue;
  if (text == "false" || text == "FALSE") return Dynamic::kFalse;
  if (text == "strict") return Dynamic::kStrict;
  if (text == "runtime") return Dynamic::kRuntime;
  Error cause =
      illegal_argument("Failed to parse value [" + std::string(text) + "] as only [true] or [false] are allowed.");
  cause = illegal_argument("Could not convert [dynamic.dynamic] to boolean").wrapping(std::move(cause));
  return std::unexpected(std::move(cause));
}

Status read_parameters(Field& field, const json::object& definition) {
  const std::span<const ParameterRule> rules = parameter_rules(type_info(field.type).name);
  for (const auto& [key, value] : definition) {
    const std::string_view name = view_of(json::string(key));
    const std::string owned(key.data(), key.size());
    if (owned == "type" || owned == "fields" || owned == "synthetic_source_keep") continue;
    if (owned == "copy_to" && field.type != FieldType::kAlias) {
      if (Status read = read_copy_to(field, value); !read) return read;
      continue;
    }
    (void)name;
    const auto rule = std::ranges::find(rules, std::string_view(owned), &ParameterRule::name);
    if (rule == rules.end()) return unknown_parameter(field, owned);
    auto read = parameter_value(field, *rule, value);
    if (!read) return std::unexpected(std::move(read.error()));
    field.parameters.push_back(std::move(*read));
  }
  for (const ParameterRule& rule : rules) {
    if (!is_always_shown(field, rule)) continue;
    const auto given = std::ranges::find(field.parameters, &rule, &Parameter::rule);
    if (given != field.parameters.end()) {
      given->shown = true;
    } else {
      field.parameters.push_back({&rule, std::string(rule.initial), true});
    }
  }
  std::ranges::stable_sort(field.parameters, {}, &Parameter::rule);
  if (Status compiled = compile(field); !compiled) return compiled;
  return check_required(field);
}

Status read_object_parameters(Field& field, const json::object& definition) {
  static constexpr ParameterRule kNested[] = {{"include_in_parent", ParameterKind::kBoolean, "false", false},
                                              {"include_in_root", ParameterKind::kBoolean, "false", false}};
  static constexpr ParameterRule kPassThrough[] = {{"priority", ParameterKind::kInteger, "", true},
                                                   {"time_series_dimension", ParameterKind::kBoolean, "false", false}};
  std::span<const ParameterRule> rules;
  if (field.type == FieldType::kNested) rules = kNested;
  if (field.type == FieldType::kPassThrough) rules = kPassThrough;
  for (const ParameterRule& rule : rules) {
    const json::value* value = definition.if_contains(std::string(rule.name));
    if (value == nullptr) continue;
    auto read = parameter_value(field, rule, *value);
    if (!read) return std::unexpected(std::move(read.error()));
    field.parameters.push_back(std::move(*read));
  }
  return {};
}

Status read_multi_fields(Field& field, const json::value& fields, const Place& place) {
  const json::object* object = fields.if_object();
  if (object == nullptr) {
    if (fields.is_array() && fields.get_array().empty()) return {};
    return std::unexpected(mapper_parsing("expected map for property [fields] on field [" + field.name + "] or [" +
                                          field.name + "] but got a " + java_class(fields)));
  }
  for (const auto& [key, value] : *object) {
    const std::string name(key.data(), key.size());
    if (name.find('.') != std::string::npos) {
      return std::unexpected(mapper_parsing("Field name [" + name + "] which is a multi field of [" + field.name +
                                            "] cannot contain '.'"));
    }
    const json::object* definition = value.if_object();
    if (definition == nullptr) {
      return std::unexpected(
          mapper_parsing("illegal field [" + name + "], only fields can be specified inside fields"));
    }
    if (!definition->contains("type")) {
      return std::unexpected(mapper_parsing("no type specified for property [" + name + "]"));
    }
    auto multi = parse_field(name, *definition, place, &field);
    if (!multi) return std::unexpected(std::move(multi.error()));
    field.multi_fields.push_back(std::move(*multi));
  }
  std::ranges::sort(field.multi_fields, {}, [](const FieldPtr& each) -> const std::string& { return each->name; });
  return {};
}

void complete_schema(Field& field, const Place& place, const Field* parent) {
  pipeline::FieldSchema& schema = field.schema;
  const auto flag = [&field](std::string_view name, bool initial) {
    const Parameter* given = field.parameter(name);
    return given == nullptr ? initial : given->json == "true";
  };
  const auto text = [&field](std::string_view name) {
    const Parameter* given = field.parameter(name);
    return given == nullptr || given->json == "null" ? std::string() : json_unquoted(given->json);
  };
  schema.path = field.path;
  schema.source_path = parent == nullptr ? field.path : parent->path;
  schema.kind = type_info(field.type).kind;
  schema.type = type_info(field.type).name;
  schema.format = text("format");
  schema.orientation = text("orientation");
  schema.analyzer = text("analyzer");
  schema.search_analyzer = text("search_analyzer");
  schema.search_quote_analyzer = text("search_quote_analyzer");
  schema.normalizer = text("normalizer");
  if (const std::string gap = text("position_increment_gap"); !gap.empty()) {
    schema.position_increment_gap = static_cast<std::uint32_t>(std::strtoul(gap.c_str(), nullptr, 10));
  }
  if (const Parameter* null_value = field.parameter("null_value")) schema.null_value = null_value->json;
  schema.ignore_above = field.ignore_above;
  schema.ignores_malformed = field.ignore_malformed;
  if (const Parameter* factor = field.parameter("scaling_factor")) {
    schema.scaling_factor = std::strtod(factor->json.c_str(), nullptr);
  }
  schema.indexed = flag("index", true);
  schema.doc_values = flag("doc_values", schema.kind != pipeline::FieldKind::kText);
  schema.stored = flag("store", false);
  const bool only_matches = schema.type == "match_only_text";
  const std::string kept = text("index_options");
  schema.norms = flag("norms", !only_matches);
  schema.frequencies = !only_matches && kept != "docs";
  schema.positions = kept.empty() || kept == "positions" || kept == "offsets";
  schema.positive_impact = flag("positive_score_impact", true);
  schema.split_on_whitespace = flag("split_queries_on_whitespace", false);
  schema.nested_path = place.nested_path;
}

}  // namespace sluice::store
