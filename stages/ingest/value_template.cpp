#include "stages/ingest/value_template.h"

#include "pipeline/base/json_text.h"
#include "stages/painless/api/natives.h"
#include "stages/parse/json_object.h"

namespace sluice::ingest {

using painless::Value;

Result<ValueTemplate> ValueTemplate::compile(std::string_view json, TextEscape escape) {
  ValueTemplate made;
  if (json.starts_with('{')) {
    made.kind_ = Kind::kObject;
    auto members = stages::json_members(json, "value");
    if (!members) return std::unexpected(std::move(members.error()));
    for (const stages::JsonMember& member : *members) {
      auto key = Template::compile(member.name(), escape);
      if (!key) return std::unexpected(std::move(key.error()));
      auto value = compile(member.value, escape);
      if (!value) return value;
      made.keys_.push_back(std::move(*key));
      made.items_.push_back(std::move(*value));
    }
    return made;
  }
  if (json.starts_with('[')) {
    made.kind_ = Kind::kList;
    auto elements = stages::json_elements(json, "value");
    if (!elements) return std::unexpected(std::move(elements.error()));
    for (const std::string_view element : *elements) {
      auto value = compile(element, escape);
      if (!value) return value;
      made.items_.push_back(std::move(*value));
    }
    return made;
  }
  if (json.starts_with('"') && json.find("{{") != std::string_view::npos) {
    made.kind_ = Kind::kText;
    auto text = Template::compile(json_unquoted(json), escape);
    if (!text) return std::unexpected(std::move(text.error()));
    made.text_ = std::move(*text);
    return made;
  }
  made.scalar_ = std::make_shared<const std::string>(json);
  return made;
}

std::optional<Value> ValueTemplate::scalar() const {
  if (kind_ != Kind::kScalar) return std::nullopt;
  return *scalar_ == "null" ? Value::null() : Value::of_raw(*scalar_);
}

Result<Value> ValueTemplate::make(IngestDocument& document) const {
  painless::Machine& machine = document.machine();
  if (const auto value = scalar()) return *value;
  if (kind_ == Kind::kText) {
    auto text = text_.render(document);
    if (!text) return std::unexpected(std::move(text.error()));
    return machine.string_value(*text);
  }
  if (kind_ == Kind::kList) {
    auto* list = painless::api::new_list(machine);
    for (const ValueTemplate& item : items_) {
      auto value = item.make(document);
      if (!value) return value;
      list->push(machine.heap(), *value);
    }
    return Value::of(list);
  }
  auto* map = painless::api::new_linked_map(machine);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto key = keys_[i].render(document);
    if (!key) return std::unexpected(std::move(key.error()));
    auto value = items_[i].make(document);
    if (!value) return value;
    map->put(machine, machine.string_value(*key), *value);
  }
  return Value::of(map);
}

PathTemplate::PathTemplate(Template text) : text_(std::move(text)) {
  if (!text_.is_fixed()) return;
  fixed_ = FieldPath::lasting(text_.source());
}

Result<const FieldPath*> PathTemplate::resolve(IngestDocument& document, std::optional<FieldPath>& made) const {
  const FieldPath* path = &fixed_;
  if (!text_.is_fixed()) {
    auto text = text_.render(document);
    if (!text) return std::unexpected(std::move(text.error()));
    path = &made.emplace(*text);
  }
  if (Status fine = document.check(*path); !fine) return std::unexpected(std::move(fine.error()));
  return path;
}

}  // namespace sluice::ingest
