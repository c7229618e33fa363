#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/java_uri.h"
#include "stages/ingest/processor_functions.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/api/natives.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A URI."},
    {"target_field", "string", "url", "The object that its parts go into."},
    {"keep_original", "boolean", "true", "Whether the URI itself is one of them, `original`."},
    {"remove_if_successful", "boolean", "false", "Whether the field is taken out then."},
    kIgnoreMissingOption,
};

Value object_of(painless::Machine& machine, const UriParts& parts, painless::String* original) {
  auto* made = painless::api::new_linked_map(machine);
  const auto put = [&](std::string_view name, const Value& value) {
    made->put(machine, Value::of(machine.text(name)), value);
  };
  const auto put_text = [&](std::string_view name, const std::optional<std::string>& text) {
    if (text) put(name, machine.string_value(*text));
  };
  put_text("domain", parts.host);
  put_text("fragment", parts.fragment);
  put_text("path", parts.path);
  if (parts.path) {
    const std::size_t slash = parts.path->rfind('/');
    const std::size_t dot = parts.path->rfind('.');
    if (slash != std::string::npos && dot != std::string::npos && dot > slash)
      put("extension", machine.string_value(std::string_view(*parts.path).substr(dot + 1)));
  }
  if (parts.port != -1) put("port", Value::of_int(parts.port));
  put_text("query", parts.query);
  put_text("scheme", parts.scheme);
  put_text("user_info", parts.user_info);
  if (const std::size_t colon = parts.user_info ? parts.user_info->find(':') : std::string::npos;
      colon != std::string::npos) {
    put("username", machine.string_value(std::string_view(*parts.user_info).substr(0, colon)));
    put("password", machine.string_value(std::string_view(*parts.user_info).substr(colon + 1)));
  }
  if (original != nullptr) put("original", Value::of(original));
  return Value::of(made);
}

}  // namespace

Value uri_parts(painless::Machine& machine, painless::String& uri, bool keeps_original) {
  auto parts = parse_java_uri(uri.text());
  if (!parts) parts = parse_java_url(uri.text());
  if (!parts) {
    return machine.raise(painless::known().illegal_argument, "unable to parse URI [" + std::string(uri.text()) + "]");
  }
  return object_of(machine, *parts, keeps_original ? &uri : nullptr);
}

namespace {

class UriPartsProcessor final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  bool keeps_original = true;
  bool removes = false;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = read_text(document, field, ignore_missing);
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) {
      if (ignore_missing) return {};
      return std::unexpected(null_pointer("Cannot invoke \"String.length()\" because \"this.input\" is null"));
    }
    const Value made = uri_parts(document.machine(), **text, keeps_original);
    if (made.is_error()) return std::unexpected(document.take_error());
    if (removes && target.text() != field.text()) {
      if (Status done = document.remove(field); !done) return done;
    }
    return document.set(target, made);
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<UriPartsProcessor>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.path_or("target_field", "url");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto removes = config.flag("remove_if_successful", false);
  if (!removes) return std::unexpected(removes.error());
  const auto keeps = config.flag("keep_original", true);
  if (!keeps) return std::unexpected(keeps.error());
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->removes = *removes;
  made->keeps_original = *keeps;
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& uri_parts_processor() {
  static const ProcessorRow row{"uri_parts",
                                "Takes a URI apart.",
                                kOptions,
                                R"({"field":"u","keep_original":false,"remove_if_successful":true})",
                                R"({"u":"http://a.com:8080/x/y.gz?q=1#f"})",
                                R"({"url":{"domain":"a.com","fragment":"f","path":"/x/y.gz","extension":"gz",)"
                                R"("port":8080,"query":"q=1","scheme":"http"}})",
                                make};
  return row;
}

}  // namespace sluice::ingest
