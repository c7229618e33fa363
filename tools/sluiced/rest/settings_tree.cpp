#include "tools/sluiced/rest/settings_tree.h"

#include <algorithm>

#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/json_tokens.h"

namespace sluice::rest {
namespace {

using Kind = JsonTokens::Kind;
using Iterator = store::Settings::const_iterator;

/// Writes [begin, end), whose names all start with `prefix` characters that have been written.
void write_level(JsonWriter& out, Iterator begin, Iterator end, std::size_t prefix) {
  out.begin_object();
  while (begin != end) {
    const std::string_view name = std::string_view(begin->first).substr(prefix);
    const std::size_t dot = name.find('.');
    const std::string_view part = name.substr(0, dot);
    // Names below this part follow each other, but `a-b` sorts between `a` and `a.b`.
    const auto below = [&](const auto& entry) {
      const std::string_view other = std::string_view(entry.first).substr(prefix);
      return other.size() > part.size() && other.starts_with(part) && other[part.size()] == '.';
    };
    out.key(part);
    if (dot == std::string_view::npos) {
      out.raw(begin->second);
      ++begin;
      continue;
    }
    const Iterator after = std::find_if_not(begin, end, below);
    write_level(out, begin, after, prefix + part.size() + 1);
    begin = after;
  }
  out.end_object();
}

Error wrong_settings(std::string reason) {
  return {ErrorKind::kBadRequest, 400, "settings_exception", std::move(reason)};
}

/// One walk over a settings body.
class SettingsReader {
 public:
  explicit SettingsReader(std::string_view json) : tokens_(json) {}

  Result<store::Settings> read() {
    if (tokens_.next().kind != Kind::kBeginObject) {
      return std::unexpected(wrong_settings("settings are an object of names and values"));
    }
    if (auto done = object(""); !done) return std::unexpected(std::move(done.error()));
    return std::move(settings_);
  }

 private:
  static constexpr int kMaxDepth = 50;

  static std::string value_text(std::string_view token) {
    if (token.starts_with('"')) return json_string(json_unquoted(token));
    return token == "null" ? std::string() : json_string(token);
  }

  Status object(const std::string& prefix) {
    if (++depth_ > kMaxDepth) return std::unexpected(wrong_settings("settings are nested too deeply"));
    while (true) {
      const JsonTokens::Token key = tokens_.next();
      if (key.kind == Kind::kEndObject) break;
      if (key.kind != Kind::kKey) return broken();
      const std::string name = prefix + json_unquoted(key.text);
      const JsonTokens::Token value = tokens_.next();
      if (value.kind == Kind::kBeginObject) {
        if (auto done = object(name + "."); !done) return done;
      } else if (value.kind == Kind::kBeginArray) {
        if (auto done = array(name); !done) return done;
      } else if (value.kind == Kind::kScalar) {
        settings_.insert_or_assign(name, value_text(value.text));
      } else {
        return broken();
      }
    }
    --depth_;
    return {};
  }

  Status array(const std::string& name) {
    std::string raw = "[";
    while (true) {
      const JsonTokens::Token item = tokens_.next();
      if (item.kind == Kind::kEndArray) break;
      if (item.kind != Kind::kScalar) return std::unexpected(wrong_settings("[" + name + "]: a list has texts only"));
      raw += (raw.size() > 1 ? "," : "") + value_text(item.text);
    }
    settings_.insert_or_assign(name, raw + "]");
    return {};
  }

  static Status broken() { return std::unexpected(x_content_parse_error("the settings are not valid JSON")); }

  JsonTokens tokens_;
  store::Settings settings_;
  int depth_ = 0;
};

}  // namespace

void write_settings(JsonWriter& out, const store::Settings& settings, bool flat) {
  if (!flat) return write_level(out, settings.begin(), settings.end(), 0);
  out.begin_object();
  for (const auto& [name, raw] : settings) out.key(name).raw(raw);
  out.end_object();
}

Result<store::Settings> read_settings(std::string_view json) { return SettingsReader(json).read(); }

}  // namespace sluice::rest
