#pragma once

#include <string_view>

#include "pipeline/base/json_text.h"
#include "stages/parse/hit_reader.h"
#include "stages/query/query_document.h"

namespace sluice::stages {

namespace field_values {

template <typename Test>
bool any_below(Walker& walker, std::string_view path, Test& test);

/// Takes one value off the walker, whose place in the document is `path` short of the field's.
template <typename Test>
bool any_in_value(Walker& walker, std::string_view path, Test& test) {
  if (walker.peek() == '[') {
    walker.take('[');
    if (walker.take(']')) return false;
    for (;;) {
      if (any_in_value(walker, path, test)) return true;
      if (walker.take(']')) return false;
      if (!walker.take(',')) return false;  // not JSON: it has no value
    }
  }
  if (walker.peek() == '{' && !path.empty()) return any_below(walker, path, test);
  const std::string_view value = walker.take_value();
  return path.empty() && !value.empty() && test(value);
}

/// Whether a key is the first part of a path, and what is left of the path behind it.
inline bool leads_to(std::string_view key, std::string_view path, std::string_view& rest) {
  if (!path.starts_with(key)) return false;
  if (path.size() == key.size()) {
    rest = {};
    return true;
  }
  if (path[key.size()] != '.') return false;
  rest = path.substr(key.size() + 1);
  return true;
}

template <typename Test>
bool any_below(Walker& walker, std::string_view path, Test& test) {
  bool found = false;
  static_cast<void>(walk_object(walker, [&](std::string_view token, Walker& at) {
    const std::string_view raw = token.substr(1, token.size() - 2);
    std::string_view rest;
    bool leads = false;
    if (!has_escape(token)) {
      leads = leads_to(raw, path, rest);
    } else {
      const std::string text = json_unquoted(token);
      leads = leads_to(text, path, rest);
    }
    if (!leads) return !at.take_value().empty();
    Walker inside = at;
    if (any_in_value(inside, rest, test)) {
      found = true;
      return false;
    }
    return !at.take_value().empty();
  }));
  return found;
}

}  // namespace field_values

/// Whether `test(raw token)` is true for one of the values at a dotted path; through arrays, and through keys that have
/// dots themselves. Objects are given to the test where the path ends at one; nulls are given as `null`.
template <typename Test>
bool any_value(const QueryDocument& document, std::string_view path, Test test) {
  Walker walker = document.walker();
  return field_values::any_below(walker, path, test);
}

}  // namespace sluice::stages
