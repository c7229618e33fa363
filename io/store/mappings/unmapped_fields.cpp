// Names that a mapping has not: refused, passed over, or given a type.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/document_walker.h"
#include "io/store/mappings/merge.h"
#include "io/store/mappings/runtime_fields.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

constexpr std::array<std::string_view, 10> kMetadata = {
    "_id", "_index", "_source", "_routing", "_version", "_seq_no", "_ignored", "_field_names", "_nested_path", "_tier"};

constexpr std::string_view kTextWithKeyword =
    R"({"type":"text","fields":{"keyword":{"type":"keyword","ignore_above":256}}})";

/// What a new scalar is taken for: the words of match_mapping_type.
struct Guess {
  std::string_view json_type;
  std::string_view type;
  std::string definition;
};

bool looks_long(std::string_view text) {
  const std::string_view body = text.starts_with('-') ? text.substr(1) : text;
  return !body.empty() && body.size() < 20 && body.find_first_not_of("0123456789") == std::string_view::npos;
}

Guess plain_guess(std::string_view json_type, std::string_view type) {
  return {json_type, type, R"({"type":")" + std::string(type) + R"("})"};
}

Guess guess_string(const Root& root, std::string_view text) {
  if (root.date_detection.value_or(true) && !text.empty() && !is_number(text)) {
    for (const auto& format : root.date_formats) {
      if (!format->parse(text)) continue;
      Guess guess = plain_guess("date", "date");
      if (format->text() != "strict_date_optional_time") {
        const char* locale = root.dynamic_date_formats ? "}" : R"(,"locale":""})";
        guess.definition = R"({"type":"date","format":)" + json_string(format->text()) + locale;
      }
      return guess;
    }
  }
  if (root.numeric_detection.value_or(false)) {
    if (looks_long(text)) return plain_guess("long", "long");
    if (is_number(text)) return plain_guess("double", "float");
  }
  return {"string", "text", std::string(kTextWithKeyword)};
}

Guess guess(const Root& root, std::string_view token) {
  if (token.front() == '"') return guess_string(root, json_unquoted(token));
  if (token == "true" || token == "false") return plain_guess("boolean", "boolean");
  if (token.find_first_of(".eE") != std::string_view::npos) return plain_guess("double", "float");
  return plain_guess("long", "long");
}

}  // namespace

bool DocumentWalker::check_name(std::string_view key) {
  const auto bad = [this](std::string reason) {
    fail(key_at_, "document_parsing_exception", "failed to parse: " + reason);
    error_ = std::move(*error_).wrapping(illegal_argument(std::move(reason)));
    return false;
  };
  if (key.empty()) return bad("field name cannot be an empty string");
  if (key.find_first_not_of('.') == std::string_view::npos) {
    return bad("field name cannot contain only dots");
  }
  if (key.find_first_not_of(" \t\n") == std::string_view::npos) {
    return fail(key_at_, "document_parsing_exception",
                "Field name cannot contain only whitespace: [" + std::string(key) + "]");
  }
  if (key.front() == '.' || key.find("..") != std::string_view::npos) {
    return bad("field name cannot contain only whitespace: ['" + std::string(key) + "']");
  }
  return true;
}

bool DocumentWalker::metadata(std::string_view key) {
  const std::string reason = "Field [" + std::string(key) +
                             "] is a metadata field and cannot be added inside a document. Use the index API request "
                             "parameters.";
  const std::size_t at = token_at_;
  if (!cursor_.skip()) return fail_syntax();
  std::string_view raw = cursor_.text().substr(at, cursor_.offset() - at);
  raw = raw.substr(
      0, raw.find_last_not_of(", \n\r\t", raw.size() - (raw.ends_with('}') && cursor_.peek() == '\0' ? 2 : 1)) + 1);
  fail(at, "document_parsing_exception",
       "failed to parse field [" + std::string(key) + "] of type [" + std::string(key) + "] in document with id '" +
           std::string(id_) + "'. Preview of field's value: '" + preview(raw) + "'");
  Error cause(ErrorKind::kDocument, 400, "document_parsing_exception", position(at) + reason);
  error_->root_causes = {cause};
  error_ = std::move(*error_).wrapping(std::move(cause));
  return false;
}

bool DocumentWalker::unmapped(const Scope& scope, std::string_view key) {
  token_at_ = cursor_.offset();
  if (scope.around == nullptr && std::ranges::find(kMetadata, key) != kMetadata.end()) {
    return metadata(key);
  }
  if (!check_name(key)) return false;
  if (scope.subobjects && key.find('.') != std::string_view::npos) return dotted(scope, key);
  return new_value(scope, key);
}

bool DocumentWalker::dotted(const Scope& scope, std::string_view key) {
  if (key.ends_with('.')) key.remove_suffix(1);  // `a.` is `a`, as Java splits it
  const std::size_t dot = key.find('.');
  if (dot == std::string_view::npos) {
    const Field* same = scope.object->children.find(key);
    return same != nullptr ? value(scope, *same) : new_value(scope, key);
  }
  const std::string_view first = key.substr(0, dot);
  const std::string_view rest = key.substr(dot + 1);
  const std::string path = joined_path(scope.object->path, first);
  const Field* field = scope.object->children.find(first);
  if (field == nullptr) field = added_.find(path);
  if (field == nullptr) {
    if (scope.dynamic == Dynamic::kStrict) return strict(scope, first);
    if (scope.dynamic == Dynamic::kFalse) return cursor_.skip() || fail_syntax();
    field = add_definition(scope, first, R"({"type":"object"})");
    if (field == nullptr) return false;
  }
  if (!field->is_object()) {
    if (field->check == ValueCheck::kFlattened) return cursor_.skip() || fail_syntax();
    return fail(token_at_, "document_parsing_exception",
                "Could not dynamically add mapping for field [" + joined_path(scope.object->path, key) +
                    "]. Existing mapping for [" + path + "] must be of type object but found [" +
                    std::string(type_info(field->type).name) + "].");
  }
  if (!field->enabled) return cursor_.skip() || fail_syntax();
  const Scope inner = inside(scope, *field);
  const Field* last = field->children.find(rest);
  return last != nullptr ? value(inner, *last) : unmapped(inner, rest);
}

bool DocumentWalker::strict(const Scope& scope, std::string_view key) {
  const std::string where = scope.object->path.empty() ? "_doc" : scope.object->path;
  return fail(token_at_, "strict_dynamic_mapping_exception",
              "mapping set to strict, dynamic introduction of [" + std::string(key) + "] within [" + where +
                  "] is not allowed");
}

bool DocumentWalker::new_value(const Scope& scope, std::string_view key) {
  const Field* added = added_.empty() ? nullptr : added_.find(joined_path(scope.object->path, key));
  if (added != nullptr) return value(scope, *added);
  const char first = cursor_.peek();
  if (scope.dynamic == Dynamic::kFalse) return cursor_.skip() || fail_syntax();
  if (first == '{') return new_object(scope, key);
  if (first == '[') {
    cursor_.pass('[');
    if (++depth_ > kDeepest) return fail_syntax();
    if (!cursor_.pass(']')) {
      do {
        token_at_ = cursor_.offset();
        if (!new_value(scope, key)) return false;
      } while (cursor_.pass(','));
      if (!cursor_.pass(']')) return fail_syntax();
    }
    --depth_;
    return true;
  }
  if (first == '\0') return fail_syntax();
  const std::string_view token = cursor_.take();
  if (!is_scalar(token)) return fail_syntax();
  return token == "null" || new_scalar(scope, key, token);
}

bool DocumentWalker::new_object(const Scope& scope, std::string_view key) {
  if (scope.dynamic == Dynamic::kStrict) return strict(scope, key);
  const DynamicTemplate* matched = matching_template(scope, key, "object");
  if (matched == nullptr && scope.dynamic == Dynamic::kRuntime) {
    // It is no field of the mapping: those in it go by their whole names.
    Field& passed = passed_.emplace_back();
    passed.name = key;
    passed.path = joined_path(scope.object->path, key);
    return value(scope, passed);
  }
  const Field* field = matched != nullptr ? from_template(scope, key, *matched, "object")
                                          : add_definition(scope, key, R"({"type":"object"})");
  return field != nullptr && value(scope, *field);
}

bool DocumentWalker::new_scalar(const Scope& scope, std::string_view key, std::string_view token) {
  if (scope.dynamic == Dynamic::kStrict) return strict(scope, key);
  if (scope.dynamic == Dynamic::kFalse) return true;
  if (mapping_.is_runtime(joined_path(scope.object->path, key))) return true;
  const Guess guessed = guess(mapping_.root(), token);
  const DynamicTemplate* matched = matching_template(scope, key, guessed.json_type);
  const std::string runtime_type(guessed.json_type == "string" ? std::string_view("keyword") : guessed.json_type);
  if (matched == nullptr && scope.dynamic == Dynamic::kRuntime) {
    added_.add_runtime(joined_path(scope.object->path, key), R"({"type":")" + runtime_type + "\"}");
    return true;
  }
  if (matched != nullptr && matched->runtime) return runtime_from_template(scope, key, *matched, runtime_type);
  const Field* field = matched != nullptr ? from_template(scope, key, *matched, guessed.type)
                                          : add_definition(scope, key, guessed.definition);
  return field != nullptr && scalar(scope, *field, token);
}

bool DocumentWalker::runtime_from_template(const Scope& scope, std::string_view key, const DynamicTemplate& matched,
                                           const std::string& type) {
  const std::string path = joined_path(scope.object->path, key);
  boost::system::error_code problem;
  boost::json::value definition = boost::json::parse(matched.mapping_for(key, type), problem);
  if (!problem && definition.is_object() && !definition.get_object().contains("type")) {
    definition.get_object()["type"] = type;
  }
  auto read = problem ? Result<std::string>(std::unexpected(mapper_parsing("it is no object")))
                      : read_runtime_fields(boost::json::object{{path, definition}}, /*removes=*/false);
  if (!read) {
    error_ = std::move(read.error());
    return false;
  }
  // The definition as it is shown: what stands behind the name.
  added_.add_runtime(path, plain_json(boost::json::parse(*read).get_object().at(path)));
  return true;
}

const DynamicTemplate* DocumentWalker::matching_template(const Scope& scope, std::string_view key,
                                                         std::string_view json_type) const {
  const std::vector<DynamicTemplate>& templates = mapping_.root().templates;
  if (templates.empty()) return nullptr;
  const std::string path = joined_path(scope.object->path, key);
  const auto found =
      std::ranges::find_if(templates, [&](const DynamicTemplate& each) { return each.fits(key, path, json_type); });
  return found == templates.end() ? nullptr : &*found;
}

const Field* DocumentWalker::from_template(const Scope& scope, std::string_view key, const DynamicTemplate& matched,
                                           std::string_view type) {
  boost::system::error_code problem;
  boost::json::value definition = boost::json::parse(matched.mapping_for(key, type), problem);
  if (problem || !definition.is_object()) {
    fail(token_at_, "document_parsing_exception",
         "the mapping of dynamic template [" + matched.name + "] is no object");
    return nullptr;
  }
  if (!definition.get_object().contains("type")) definition.get_object()["type"] = std::string(type);
  return add_definition(scope, key, boost::json::serialize(definition));
}

bool DocumentWalker::within_limits(const Field& added) {
  if (!mapped_) mapped_ = field_count(mapping_.root());
  if (*mapped_ + added_.count() > limits_.total_fields) {
    return fail_limit("Limit of total fields [" + std::to_string(limits_.total_fields) +
                      "] has been exceeded while adding new fields [" + std::to_string(added_.count()) + "]");
  }
  const auto depth = 2 + std::ranges::count(added.path, '.');
  if (added.is_object() && depth > static_cast<std::ptrdiff_t>(limits_.depth)) {
    return fail_limit("Limit of mapping depth [" + std::to_string(limits_.depth) +
                      "] has been exceeded due to object field [" + added.path + "]");
  }
  return true;
}

const Field* DocumentWalker::add_definition(const Scope& scope, std::string_view key, std::string_view definition) {
  boost::system::error_code problem;
  const boost::json::value parsed = boost::json::parse({definition.data(), definition.size()}, problem);
  const Place place{scope.object->path, scope.nested_path, false};
  auto field = parse_field(key, parsed.get_object(), place);
  if (field) {
    const Field* added = added_.add(scope, std::move(*field));
    return within_limits(*added) ? added : nullptr;
  }
  error_ = std::move(field.error());
  return nullptr;
}

}  // namespace sluice::store
