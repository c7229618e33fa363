#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/template_layers.h"
#include "pipeline/base/json_writer.h"

namespace sluice::rest {

/// What a template gives an index: the object under `template`, or, in a legacy template, beside its patterns.
struct TemplateParts {
  std::optional<store::Settings> settings;
  std::string mappings;  ///< raw JSON object; empty: none
  std::optional<std::map<std::string, store::AliasMeta, std::less<>>> aliases;
};

/// Takes one member: false where `key` is none of settings, mappings and aliases. Errors: what the parts say.
Result<bool> take_template_part(TemplateParts& parts, std::string_view key, std::string_view value);

/// Reads the object under `template`. `body` is the request's, for positions. Errors: x_content_parse_exception for
/// unknown fields, kUnsupported for `lifecycle` and `data_stream_options`.
Result<TemplateParts> parse_template_parts(std::string_view body, std::string_view object);

/// The members `settings`, `mappings` and `aliases` as Elasticsearch shows them: settings nested under `index` and as
/// texts.
void write_template_parts(JsonWriter& out, const TemplateParts& parts);

/// The JSON of a template with its settings as full names with dots. `json` is what write_template_parts() wrote.
Result<std::string> with_flat_settings(const std::string& json);

/// Refuses settings that are none, names of aliases that are wrong, and filters that are no query.
Status check_template_settings(const TemplateParts& parts);
Status check_template_aliases(const TemplateParts& parts);

/// The mappings of all layers, one laid over the other. Errors: mapper_parsing_exception, illegal_argument_exception.
Result<store::MappingPtr> composed_mapping(const std::vector<std::string>& layers);

/// `Failed to parse mapping: ..` around what Mapping::parse() says.
Error failed_mapping(Error cause);

/// What is wrong with the name and the patterns of a template, in Elasticsearch's words. Source:
/// MetadataIndexTemplateService.validate.
std::vector<std::string> template_name_problems(std::string_view name, const std::vector<std::string>& patterns);
/// invalid_index_template_exception, 400: `index_template [x] invalid, cause [..]`.
Error invalid_template(std::string_view name, std::string_view cause);
/// `Validation Failed: 1: a;2: b;`
std::string validation_text(const std::vector<std::string>& problems);

/// Whether there is a name that fits both patterns.
bool patterns_overlap(std::string_view a, std::string_view b);

/// `index_template_missing_exception`, 404.
Error template_missing(std::string_view name);

}  // namespace sluice::rest
