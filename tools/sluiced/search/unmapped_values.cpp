#include "tools/sluiced/search/unmapped_values.h"

#include <algorithm>

#include "pipeline/base/wildcard.h"
#include "stages/parse/json_object.h"

namespace sluice::rest {

namespace {

using Values = std::map<std::string, std::vector<std::string>>;

class Collector {
 public:
  Collector(const store::Mapping& mapping, std::string_view scope, const std::vector<std::string>& patterns)
      : mapping_(mapping), scope_(scope.empty() ? "" : std::string(scope) + ".") {
    for (const std::string& each : patterns) (each.contains('*') ? patterns_ : names_).push_back(each);
  }

  Values collect(std::string_view object) {
    for (const std::string& name : names_) {
      if (!name.starts_with(scope_) || has_field(name) || is_deeper(name)) continue;
      const std::string path = name.substr(scope_.size());
      take_named(object, path, path);
    }
    if (!patterns_.empty()) take_object(object, "");
    return std::move(values_);
  }

 private:
  [[nodiscard]] bool has_field(const std::string& full) const {
    const pipeline::FieldSchema* const field = mapping_.find(full);
    return field != nullptr && field->kind != pipeline::FieldKind::kObject;
  }
  /// Whether it stands in nested objects within this one, which have values of their own.
  [[nodiscard]] bool is_deeper(const std::string& full) const {
    for (std::size_t dot = full.find('.', scope_.size()); dot != std::string::npos; dot = full.find('.', dot + 1)) {
      const pipeline::FieldSchema* const around = mapping_.find(full.substr(0, dot));
      if (around != nullptr && around->kind == pipeline::FieldKind::kNested) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_wanted(const std::string& full) const {
    return std::ranges::any_of(patterns_, [&](const std::string& each) { return wildcard_match(each, full); });
  }

  void take_object(std::string_view object, const std::string& before) {
    const auto members = stages::json_members(object, "a document");
    if (!members) return;
    for (const stages::JsonMember& member : *members) {
      const std::string path = before + member.name();
      if (has_field(scope_ + path)) continue;
      if (member.value.starts_with('{')) {
        take_object(member.value, path + ".");
      } else if (member.value.starts_with('[')) {
        take_list(member.value, path);
      } else if (member.value != "null" && is_wanted(scope_ + path)) {
        values_[path].emplace_back(member.value);
      }
    }
  }

  /// Lists in it come before its own values, which may be nulls.
  void take_list(std::string_view list, const std::string& path) {
    const auto elements = stages::json_elements(list, "a document");
    if (!elements) return;
    std::vector<std::string> own;
    for (const std::string_view each : *elements) {
      if (each.starts_with('{')) {
        take_object(each, path + ".");
      } else if (each.starts_with('[')) {
        take_list(each, path);
      } else if (is_wanted(scope_ + path)) {
        own.emplace_back(each);
      }
    }
    if (!own.empty()) std::ranges::move(own, std::back_inserter(values_[path]));
  }

  /// What stands at the end of a path that was named, through lists.
  void take_named(std::string_view json, std::string_view rest, const std::string& path) {
    if (json.starts_with('[')) {
      const auto elements = stages::json_elements(json, "a document");
      if (!elements) return;
      for (const std::string_view each : *elements) take_named(each, rest, path);
    } else if (rest.empty()) {
      if (!json.starts_with('{') && json != "null") values_[path].emplace_back(json);
    } else if (json.starts_with('{')) {
      const auto members = stages::json_members(json, "a document");
      if (!members) return;
      for (const stages::JsonMember& member : *members) {
        const std::string name = member.name();
        if (rest == name) take_named(member.value, {}, path);
        if (rest.size() > name.size() && rest.starts_with(name) && rest[name.size()] == '.') {
          take_named(member.value, rest.substr(name.size() + 1), path);
        }
      }
    }
  }

  const store::Mapping& mapping_;
  std::string scope_;  ///< with its dot
  std::vector<std::string> names_;
  std::vector<std::string> patterns_;
  Values values_;
};

}  // namespace

std::map<std::string, std::vector<std::string>> unmapped_values(const store::Mapping& mapping, std::string_view object,
                                                                std::string_view scope,
                                                                const std::vector<std::string>& patterns) {
  return Collector(mapping, scope, patterns).collect(object);
}

}  // namespace sluice::rest
