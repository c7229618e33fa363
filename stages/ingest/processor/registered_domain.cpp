#include <memory>
#include <utility>

#include <libpsl.h>

#include "pipeline/base/ascii_case.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "The name of a host."},
    {"target_field", "string", "none", "The object that the parts go into, instead of the document itself."},
    {"ignore_missing", "boolean", "true", "Whether a field without a registered domain is no failure."},
};

/// Rules of the public suffix list, as Apache's PublicSuffixMatcher asks for them: a rule `*.x` says nothing of `x`,
/// which libpsl takes for a suffix too.
class Suffixes {
 public:
  /// The registered domain, in ASCII's lower case; nothing: the name is a suffix.
  static std::optional<std::string> root_of(std::string_view name) {
    if (name.starts_with('.')) return std::nullopt;
    const std::string lower = ascii_lower_case(name);
    std::optional<std::string> root;
    for (std::string segment(last_labels(lower));;) {
      const std::size_t dot = segment.find('.');
      const std::string next = dot == std::string::npos ? std::string() : segment.substr(dot + 1);
      if (is_exception(segment, next)) return segment;
      if (is_rule(segment, kOfRegistries) || has_wildcard(next, kOfRegistries)) return root;
      if (is_rule(segment, kPrivate) || has_wildcard(next, kPrivate)) return segment;
      root = segment;
      if (dot == std::string::npos) return root;
      segment = next;
    }
  }

 private:
  static constexpr int kOfRegistries = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
  static constexpr int kPrivate = PSL_TYPE_PRIVATE | PSL_TYPE_NO_STAR_RULE;

  /// No rule has so many labels as what this leaves out: nothing would be found with them.
  static std::string_view last_labels(std::string_view name) {
    constexpr int kMostLabels = 32;
    std::size_t begin = name.size();
    for (int label = 0; label < kMostLabels; ++label) {
      const std::size_t dot = begin == 0 ? std::string_view::npos : name.rfind('.', begin - 1);
      if (dot == std::string_view::npos) return name;
      begin = dot;
    }
    return name.substr(begin + 1);
  }

  static bool is_suffix(const std::string& name, int type) {
    // libpsl reads over a dot at either end.
    return !name.empty() && name.front() != '.' && name.back() != '.' &&
           psl_is_public_suffix2(psl_builtin(), name.c_str(), type) == 1;
  }
  /// Whether there is a rule `*.name`: then anything below it is a suffix, what no list has too.
  static bool has_wildcard(const std::string& name, int type) {
    return is_suffix(name, type) && is_suffix("no-such-label-0." + name, type);
  }
  static bool is_rule(const std::string& name, int type) { return is_suffix(name, type) && !has_wildcard(name, type); }
  static bool is_exception(const std::string& name, const std::string& next) {
    return has_wildcard(next, kOfRegistries) && !is_suffix(name, kOfRegistries);
  }
};

struct Domain {
  std::string suffix;
  std::string registered;
  std::string below;
};

/// Nothing: the name is of no registry.
std::optional<Domain> domain_of(std::string_view name) {
  if (name.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos) return std::nullopt;
  auto registered = Suffixes::root_of(name);
  if (!registered) {
    // A name that begins with a dot is looked at without it.
    if (Suffixes::root_of(name.starts_with('.') ? name.substr(1) : name)) return std::nullopt;
    return Domain{std::string(name), {}, {}};
  }
  const std::size_t dot = registered->find('.');
  if (dot == std::string::npos || dot + 1 == registered->size()) return std::nullopt;
  Domain domain{registered->substr(dot + 1), *registered, {}};
  const std::size_t below = name.rfind("." + *registered);
  if (below != std::string_view::npos && below > 0) domain.below = name.substr(0, below);
  return domain;
}

class RegisteredDomain final : public Processor {
 public:
  FieldPath field;
  FieldPath domain;
  FieldPath registered;
  FieldPath suffix;
  FieldPath below;
  bool ignore_missing = true;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = read_text(document, field, ignore_missing);
    if (!text) return std::unexpected(text.error());
    const auto found = *text == nullptr ? std::nullopt : domain_of((*text)->text());
    if (!found) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("unable to set domain information for document"));
    }
    const std::string whole((*text)->text());
    for (const auto& [path, part] : {std::pair(&domain, &whole),
                                     {&registered, &found->registered},
                                     {&suffix, &found->suffix},
                                     {&below, &found->below}}) {
      if (part->empty()) continue;
      if (Status done = document.set(*path, document.machine().string_value(*part)); !done) return done;
    }
    return {};
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<RegisteredDomain>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  const auto target = config.text_or("target_field", "");
  if (!target) return std::unexpected(target.error());
  const auto ignore_missing = config.flag("ignore_missing", true);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const std::string front = target->empty() ? "" : *target + ".";
  made->field = std::move(*field);
  made->domain = FieldPath::lasting(front + "domain");
  made->registered = FieldPath::lasting(front + "registered_domain");
  made->suffix = FieldPath::lasting(front + "top_level_domain");
  made->below = FieldPath::lasting(front + "subdomain");
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& registered_domain_processor() {
  static const ProcessorRow row{
      "registered_domain",
      "Finds the registered domain, the public suffix and what is below in the name of a host.",
      kOptions,
      R"({"field":"d","target_field":"t"})",
      R"({"d":"www.example.co.uk"})",
      R"({"d":"www.example.co.uk","t":{"domain":"www.example.co.uk","registered_domain":"example.co.uk",)"
      R"("top_level_domain":"co.uk","subdomain":"www"}})",
      make};
  return row;
}

}  // namespace sluice::ingest
