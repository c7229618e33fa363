// The mustache language, written.
#include <cstdint>
#include <span>
#include <string>

#include "stages/ingest/template.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"

namespace sluice::ingest {

using painless::List;
using painless::Machine;
using painless::Map;
using painless::String;
using painless::Tag;
using painless::Value;

namespace {

using Node = Template::Node;
using Kind = Node::Kind;

void append_json_escaped(std::string& out, std::string_view text) {
  std::string quoted;
  painless::append_json_text(quoted, text);
  out.append(quoted, 1, quoted.size() - 2);
}

void append_url_escaped(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '*';
    if (plain) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
}

/// Writes one template for one document. Scopes are what sections have led into, the document first.
class Renderer {
 public:
  Renderer(IngestDocument& document, TextEscape escape)
      : document_(document), machine_(document.machine()), escape_(escape) {}

  bool render(std::span<const Node> nodes, std::string& out) {
    for (const Node& node : nodes) {
      if (!machine_.tick() || !render(node, out)) return false;
    }
    return true;
  }

 private:
  bool render(const Node& node, std::string& out) {
    switch (node.kind) {
      case Kind::kText:
        out += node.text;
        return true;
      case Kind::kVariable:
        return write(look_up(node.text), out, node.escaped);
      case Kind::kSection:
        return section(node, out);
      case Kind::kInverted:
        return !falsy(look_up(node.text)) || render(node.inner, out);
      case Kind::kToJson: {
        std::string name;
        return render(node.inner, name) && write_json(look_up(name), out);
      }
      case Kind::kJoin: {
        std::string name;
        return render(node.inner, name) && join(look_up(name), node.delimiter, out);
      }
      case Kind::kUrl: {
        std::string text;
        if (!render(node.inner, text)) return false;
        append_url_escaped(out, text);
        return true;
      }
    }
    return false;
  }

  bool section(const Node& node, std::string& out) {
    const Value value = look_up(node.text);
    if (falsy(value)) return true;
    if (List* list = machine_.as_list(value)) {
      for (std::uint32_t i = 0; i < list->size(machine_); ++i) {
        if (!inside(list->get(machine_, i), node, out)) return false;
      }
      return true;
    }
    return inside(value, node, out);
  }

  bool inside(const Value& scope, const Node& node, std::string& out) {
    scopes_.push_back(scope);
    const bool done = render(node.inner, out);
    scopes_.pop_back();
    return done;
  }

  bool falsy(const Value& raw) {
    const Value value = machine_.force(raw);
    if (value.is_null() || value.is_error()) return true;
    if (value.tag == Tag::kBoolean) return value.i == 0;
    if (const String* text = machine_.as_string(value)) return text->size == 0;
    List* list = machine_.as_list(value);
    return list != nullptr && list->size(machine_) == 0;
  }

  /// What a name stands for: the innermost scope that has it says so. Null: none does.
  Value look_up(const std::string& name) {
    if (name == ".") return scopes_.empty() ? whole_model() : scopes_.back();
    for (std::size_t i = scopes_.size(); i-- > 0;) {
      if (const auto found = within(scopes_[i], name)) return *found;
    }
    if (const auto found = in_document(name)) return *found;
    return Value::null();
  }

  /// The fields with the metadata among them, as a node's templates see `_source`.
  Value source() {
    document_.fields().show_metadata(machine_);
    return Value::of(&document_.fields());
  }

  /// All that a template can name. Source: OpenSearch's answers.
  Value whole_model() {
    const Value fields = source();
    Map* map = machine_.as_map(fields);
    auto* model = painless::api::new_linked_map(machine_);
    const std::uint32_t* places = map->in_order(machine_);
    const std::uint32_t count = map->size(machine_);
    for (std::uint32_t i = 0; i < count; ++i) {
      Map::Entry& entry = map->entries[places[i]];
      model->put(machine_, map->key_of(machine_, entry), map->value_of(machine_, entry));
    }
    model->put(machine_, machine_.string_value("_source"), fields);
    model->put(machine_, machine_.string_value("_ingest"), Value::of(&document_.ingest()));
    return Value::of(model);
  }

  std::optional<Value> in_document(std::string_view name) {
    const std::size_t dot = name.find('.');
    const std::string_view first = name.substr(0, dot);
    const std::string_view rest = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
    // Asked for by itself, as scripts may have made entries of the metadata or not.
    if (const auto key = metadata_named(first)) {
      const Value value = document_.fields().metadata(*key);
      if (dot == std::string_view::npos) return value;
      if (const auto whole = member(Value::of(&document_.fields()), name)) return whole;
      return within(value, rest);
    }
    const bool own = first == "_source" || first == "_ingest";
    if (!own) return within(Value::of(&document_.fields()), name);
    const Value root = first == "_source" ? source() : Value::of(&document_.ingest());
    return dot == std::string_view::npos ? root : within(root, rest);
  }

  std::optional<Value> within(Value scope, std::string_view name) {
    while (true) {
      if (const auto whole = member(scope, name)) return whole;
      const std::size_t dot = name.find('.');
      if (dot == std::string_view::npos) return std::nullopt;
      const auto first = member(scope, name.substr(0, dot));
      if (!first) return std::nullopt;
      scope = *first;
      name.remove_prefix(dot + 1);
    }
  }

  std::optional<Value> member(const Value& scope, std::string_view name) {
    if (Map* map = machine_.as_map(scope)) {
      Map::Entry* entry = map->find_text(machine_, name, painless::java_hash(name));
      if (entry == nullptr) return std::nullopt;
      return map->value_of(machine_, *entry);
    }
    List* list = machine_.as_list(scope);
    if (list == nullptr) return std::nullopt;
    const std::uint32_t size = list->size(machine_);
    if (name == "size") return Value::of_int(static_cast<std::int32_t>(size));
    std::uint32_t index = 0;
    for (const char c : name) {
      if (c < '0' || c > '9' || index > size) return std::nullopt;
      index = index * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (name.empty() || index >= size) return std::nullopt;
    return list->get(machine_, index);
  }

  bool write(const Value& raw, std::string& out, bool escaped) {
    const Value value = machine_.force(raw);
    if (value.is_error()) return false;
    if (value.is_null()) return true;
    std::string text;
    if (List* list = machine_.as_list(value)) {
      text = "{";
      for (std::uint32_t i = 0; i < list->size(machine_); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(i) + "=";
        if (!append_text(list->get(machine_, i), text)) return false;
      }
      text += "}";
    } else if (!append_text(value, text)) {
      return false;
    }
    if (!escaped || escape_ == TextEscape::kNone) {
      out += text;
    } else if (escape_ == TextEscape::kUrl) {
      append_url_escaped(out, text);
    } else {
      append_json_escaped(out, text);
    }
    return true;
  }

  bool append_text(const Value& value, std::string& out) {
    const String* text = machine_.to_text(value);
    if (text == nullptr) return false;
    out += text->text();
    return true;
  }

  bool write_json(const Value& raw, std::string& out) {
    const Value value = machine_.force(raw);
    if (machine_.as_map(value) == nullptr && machine_.as_list(value) == nullptr) return write(value, out, false);
    return painless::append_json_value(machine_, out, value, 0);
  }

  bool join(const Value& value, const std::string& delimiter, std::string& out) {
    List* list = machine_.as_list(value);
    if (list == nullptr) return write(value, out, false);
    for (std::uint32_t i = 0; i < list->size(machine_); ++i) {
      if (i != 0) out += delimiter;
      if (!append_text(list->get(machine_, i), out)) return false;
    }
    return true;
  }

  IngestDocument& document_;
  Machine& machine_;
  TextEscape escape_;
  std::vector<Value> scopes_;
};

}  // namespace

Result<std::string> Template::render(IngestDocument& document) const {
  if (fixed_) return source_;
  std::string out;
  Renderer renderer(document, escape_);
  if (!renderer.render(nodes_, out)) return std::unexpected(document.take_error());
  return out;
}

}  // namespace sluice::ingest
