#include "stages/ingest/dissect/dissect.h"

#include <algorithm>
#include <optional>

#include "stages/ingest/dissect/error.h"
#include "stages/ingest/dissect/java_map_order.h"
#include "stages/ingest/dissect/key.h"
#include "stages/painless/run/java_hash.h"

namespace sluice::ingest {

namespace {

/// What java.util.HashMap makes of a name.
std::uint32_t java_map_hash(std::string_view name) { return painless::spread(painless::java_hash(name)); }

struct Pair {
  DissectKey key;
  std::string delimiter;  ///< behind the value; empty: the value is the rest
};

Error bad_pattern(std::string_view pattern, std::string_view reason) {
  return dissect_error("PatternParse", "pattern_parse",
                       "Unable to parse pattern: " + std::string(pattern) + " Reason: " + std::string(reason));
}

/// What stands before the first `%{`; nothing at all where that has a line's end, which the node's expression does not
/// pass.
std::string_view leading_delimiter(std::string_view pattern) {
  const std::size_t end = pattern.find("%{");
  if (end == std::string_view::npos) return {};
  const std::string_view lead = pattern.substr(0, end);
  for (const std::string_view line_end : {"\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    if (lead.find(line_end) != std::string_view::npos) return {};
  }
  return lead;
}

/// `%{key}` and what follows, one character at least, up to the next.
Result<std::vector<Pair>> read_pairs(std::string_view text) {
  std::vector<Pair> pairs;
  for (;;) {
    const std::size_t begin = text.find("%{");
    if (begin == std::string_view::npos) break;
    const std::size_t end = text.find('}', begin);
    if (end == std::string_view::npos) break;
    auto key = DissectKey::parse(text.substr(begin + 2, end - begin - 2));
    if (!key) return std::unexpected(std::move(key).error());
    text.remove_prefix(end + 1);
    const std::size_t next = text.empty() ? std::string_view::npos : text.find("%{", 1);
    const std::size_t size = std::min(next, text.size());
    pairs.push_back({*std::move(key), std::string(text.substr(0, size))});
    text.remove_prefix(size);
  }
  return pairs;
}

bool appends(const DissectKey& key) {
  return key.modifier == DissectModifier::kAppend || key.modifier == DissectModifier::kAppendWithOrder;
}

/// Keys that are appended somewhere are appended everywhere.
void append_all(std::vector<Pair>& pairs) {
  for (Pair& pair : pairs) {
    const bool appended = std::ranges::any_of(
        pairs, [&](const Pair& other) { return appends(other.key) && other.key.name == pair.key.name; });
    if (appended && pair.key.modifier == DissectModifier::kNone) pair.key.modifier = DissectModifier::kAppend;
  }
}

bool refers(const DissectKey& key) {
  return key.modifier == DissectModifier::kFieldName || key.modifier == DissectModifier::kFieldValue;
}

/// The keys of a name that are not two, as the node tells of them: of the first such name in a java.util.HashMap;
/// empty: there are none.
std::string bad_references(std::span<const Pair> pairs) {
  constexpr std::size_t kCapacity = 16;
  std::vector<std::pair<std::string, std::size_t>> groups;
  for (const Pair& pair : pairs) {
    if (!refers(pair.key)) continue;
    const auto group = std::ranges::find(groups, pair.key.name, &std::pair<std::string, std::size_t>::first);
    if (group == groups.end()) {
      groups.emplace_back(pair.key.name, 1);
    } else {
      ++group->second;
    }
  }
  const std::size_t mask = java_map_buckets(kCapacity, groups.size()) - 1;
  std::ranges::reverse(groups);  // computeIfAbsent() puts what is new in front
  std::ranges::stable_sort(groups, {}, [&](const auto& group) { return java_map_hash(group.first) & mask; });
  for (const auto& [name, count] : groups) {
    if (count == 2) continue;
    std::string names = name;
    for (std::size_t i = 1; i < count; ++i) names += "," + name;
    return names;
  }
  return {};
}

/// A field of the result.
struct Output {
  std::string_view name;                ///< empty: the value of a key names it
  std::uint32_t hash = 0;               ///< of the name
  std::vector<std::uint32_t> values;    ///< numbers of the keys, joined in this order
  std::optional<std::uint32_t> naming;  ///< the key whose value is the name
};

/// The outputs as an iteration over a java.util.HashMap made for `capacity` has them, which came in this order.
void order_as_java(std::vector<Output>& outputs, std::size_t capacity) {
  const std::size_t mask = java_map_buckets(capacity, outputs.size()) - 1;
  std::ranges::stable_sort(outputs, {}, [&](const Output& output) { return output.hash & mask; });
}

/// One output for each name among the keys that `chosen` takes.
template <typename Chosen, typename Add>
std::vector<Output> outputs_of(std::span<const Pair> pairs, Chosen chosen, Add add) {
  std::vector<Output> outputs;
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const DissectKey& key = pairs[i].key;
    if (key.skip || !chosen(key)) continue;
    auto output = std::ranges::find(outputs, std::string_view(key.name), &Output::name);
    if (output == outputs.end()) {
      outputs.push_back({key.name, java_map_hash(key.name), {}, {}});
      output = outputs.end() - 1;
    }
    add(*output, i);
  }
  return outputs;
}

std::vector<Output> simple_outputs(std::span<const Pair> pairs) {
  return outputs_of(
      pairs, [](const DissectKey& key) { return key.modifier == DissectModifier::kNone; },
      [](Output& output, std::uint32_t i) { output.values = {i}; });
}

std::vector<Output> reference_outputs(std::span<const Pair> pairs) {
  return outputs_of(pairs, refers, [&](Output& output, std::uint32_t i) {
    if (pairs[i].key.modifier == DissectModifier::kFieldName) {
      output.naming = i;
    } else {
      output.values = {i};
    }
  });
}

/// Values without an order come before those with one, as they stand.
std::vector<Output> joined_outputs(std::span<const Pair> pairs) {
  auto outputs = outputs_of(pairs, appends, [](Output& output, std::uint32_t i) { output.values.push_back(i); });
  const auto order = [&](std::uint32_t i) {
    return pairs[i].key.modifier == DissectModifier::kAppend ? -1 : pairs[i].key.order;
  };
  for (Output& output : outputs) std::ranges::stable_sort(output.values, {}, order);
  return outputs;
}

}  // namespace

struct Dissect::Parts {
  std::string pattern;
  std::string separator;
  std::string lead;
  std::vector<Pair> pairs;
  std::size_t results = 0;      ///< names of fields, or of pairs that make one
  std::vector<Output> outputs;  ///< in the result's order unless values name fields, then as they get into it
  bool names_fields = false;    ///< a value names a field

  void make_outputs();
};

/// Source: DissectMatch, whose results go from map to map.
void Dissect::Parts::make_outputs() {
  std::vector<Output> joined = joined_outputs(pairs);
  std::vector<Output> references = reference_outputs(pairs);
  outputs = simple_outputs(pairs);
  names_fields = !references.empty();
  const std::size_t others = 2 * references.size() + joined.size();
  order_as_java(outputs, pairs.size() > others ? pairs.size() - others : 0);
  std::ranges::reverse(references);  // computeIfAbsent() puts what is new in front
  order_as_java(references, 2 * references.size());
  for (Output& output : references) {
    output.name = {};
    outputs.push_back(std::move(output));
  }
  std::ranges::reverse(joined);
  order_as_java(joined, joined.size());
  for (Output& output : joined) outputs.push_back(std::move(output));
  if (!names_fields) order_as_java(outputs, results);
}

Result<Dissect> Dissect::compile(std::string_view pattern, std::string_view append_separator) {
  auto parts = std::make_shared<Parts>();
  parts->pattern = pattern;
  parts->separator = append_separator;
  parts->lead = leading_delimiter(pattern);
  auto pairs = read_pairs(pattern.substr(parts->lead.size()));
  if (!pairs) return std::unexpected(std::move(pairs).error());
  std::vector<std::string> names;
  for (const Pair& pair : *pairs) {
    if (!pair.key.skip) names.push_back(pair.key.name);
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  parts->results = names.size();
  if (names.empty()) return std::unexpected(bad_pattern(pattern, "Unable to find any keys or delimiters."));
  append_all(*pairs);
  if (const std::string bad = bad_references(*pairs); !bad.empty()) {
    return std::unexpected(
        bad_pattern(pattern, "Found invalid key/reference associations: '" + bad +
                                 "' Please ensure each '*<key>' is matched with a matching '&<key>"));
  }
  parts->pairs = *std::move(pairs);
  parts->make_outputs();
  return Dissect(std::move(parts));
}

std::vector<std::string_view> Dissect::names() const {
  std::vector<std::string_view> names;
  for (const Output& output : parts_->outputs) names.push_back(output.name);
  return names;
}

Status Dissect::match(std::string_view text, DissectMatch& match) const {
  match.values_.clear();
  match.fields_.clear();
  if (cut(text, match)) {
    collect(match);
    if (match.fields_.size() == parts_->results) return {};
    match.fields_.clear();
  }
  return std::unexpected(
      Error(ErrorKind::kDocument, 500, "find_match",
            "Unable to find match for dissect pattern: " + parts_->pattern + " against source: " + std::string(text)));
}

/// Source: DissectParser. Where a delimiter stands again, it ends the next key's value, which is empty, whatever that
/// key's own delimiter is, unless the key before it takes any number of them.
bool Dissect::cut(std::string_view text, DissectMatch& match) const {
  const auto& pairs = parts_->pairs;
  if (text.size() <= parts_->lead.size() || !text.starts_with(parts_->lead)) return false;
  std::size_t at = parts_->lead.size();
  std::size_t i = 0;
  for (;;) {
    const std::string_view delimiter = pairs[i].delimiter;
    if (delimiter.empty()) {
      match.values_.push_back(text.substr(at));
      break;
    }
    const std::size_t end = text.find(delimiter, at);
    if (end == std::string_view::npos) break;
    match.values_.push_back(text.substr(at, end - at));
    at = end + delimiter.size();
    bool skip_right = pairs[i].key.skip_right;
    while (text.substr(at).starts_with(delimiter)) {
      at += delimiter.size();
      if (skip_right) continue;
      if (i + 1 == pairs.size()) break;
      skip_right = pairs[++i].key.skip_right;
      match.values_.emplace_back();
    }
    if (++i == pairs.size()) break;
  }
  return match.values_.size() == pairs.size();
}

/// The values as fields.
void Dissect::collect(DissectMatch& match) const {
  const auto& values = match.values_;
  std::size_t joined = 0;
  for (const Output& output : parts_->outputs) {
    if (output.values.size() < 2) continue;
    for (const std::uint32_t i : output.values) joined += values[i].size() + parts_->separator.size();
  }
  match.joined_.clear();
  match.joined_.reserve(joined);  // views into it stay valid
  for (std::uint32_t number = 0; number < parts_->outputs.size(); ++number) {
    const Output& output = parts_->outputs[number];
    DissectField field{output.naming ? values[*output.naming] : output.name, {}, output.values.empty(), number};
    if (output.values.size() == 1) {
      field.value = values[output.values.front()];
    } else if (!output.values.empty()) {
      const std::size_t begin = match.joined_.size();
      for (const std::uint32_t i : output.values) {
        if (i != output.values.front()) match.joined_ += parts_->separator;
        match.joined_ += values[i];
      }
      field.value = std::string_view(match.joined_).substr(begin);
    }
    put(field, match);
  }
  if (parts_->names_fields) order(match);
}

/// A name that values made may be there already.
void Dissect::put(const DissectField& field, DissectMatch& match) const {
  if (parts_->names_fields) {
    const auto same = std::ranges::find(match.fields_, field.name, &DissectField::name);
    if (same != match.fields_.end()) {
      *same = field;
      return;
    }
  }
  match.fields_.push_back(field);
}

void Dissect::order(DissectMatch& match) const {
  const std::size_t mask = java_map_buckets(parts_->results, match.fields_.size()) - 1;
  match.places_.clear();
  for (std::size_t i = 0; i < match.fields_.size(); ++i) {
    match.places_.emplace_back(java_map_hash(match.fields_[i].name) & mask, i);
  }
  std::ranges::sort(match.places_);
  match.unordered_ = match.fields_;
  for (std::size_t i = 0; i < match.places_.size(); ++i) match.fields_[i] = match.unordered_[match.places_[i].second];
}

}  // namespace sluice::ingest
