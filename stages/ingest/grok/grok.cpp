#include "stages/ingest/grok/grok.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "stages/ingest/grok/expression.h"
#include "stages/ingest/grok/regex/parser.h"
#include "stages/ingest/grok/regex/program.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kTraceKey = "_ingest._grok_match_index.";

Error bad_patterns(std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", "[patterns] " + std::move(reason))
      .with("property_name", "patterns");
}

Error bad_expression(std::span<const std::string> patterns, const std::string& message) {
  std::string all;
  for (const std::string& pattern : patterns) all += (all.empty() && &pattern == patterns.data() ? "" : ", ") + pattern;
  return bad_patterns("Invalid regex pattern found in: [" + all + "]. " + message);
}

std::string combined(std::span<const std::string> patterns, bool trace) {
  if (patterns.size() == 1) return patterns.front();
  std::string all;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (i > 0) all += '|';
    all += trace ? "(?<" + std::string(kTraceKey) + std::to_string(i) + ">" : "(?:";
    all += patterns[i] + ")";
  }
  return all;
}

GrokType type_of(std::string_view name) {
  if (name == "int") return GrokType::kInt;
  if (name == "long") return GrokType::kLong;
  if (name == "float") return GrokType::kFloat;
  if (name == "double") return GrokType::kDouble;
  if (name == "boolean") return GrokType::kBoolean;
  return GrokType::kString;
}

/// `NAME:field:type`, or a field alone.
struct GroupName {
  std::string_view field;
  GrokType type = GrokType::kString;
};

GroupName read_group_name(std::string_view name) {
  while (name.ends_with(':')) name.remove_suffix(1);
  const std::size_t first = name.find(':');
  if (first == std::string_view::npos) return {name};
  const std::string_view rest = name.substr(first + 1);
  const std::size_t second = rest.find(':');
  if (second == std::string_view::npos) return {rest};
  const std::string_view type = rest.substr(second + 1);
  return {rest.substr(0, second), type.find(':') == std::string_view::npos ? type_of(type) : GrokType::kString};
}

}  // namespace

struct Grok::Parts {
  struct Group {
    std::size_t place = 0;  ///< where its begin is among the places of a match
    std::uint32_t field = 0;
    GrokType type = GrokType::kString;
  };
  std::vector<GrokField> fields;
  std::vector<Group> groups;              ///< the node's order: by name where it first stands, then from left to right
  std::vector<std::size_t> trace;         ///< places of the groups around each pattern
  std::optional<regex::Program> program;  ///< always there; it is made after the names are read

  void name_groups(const regex::Tree& tree);
  std::uint32_t field_named(std::string_view name);
};

std::uint32_t Grok::Parts::field_named(std::string_view name) {
  const auto found = std::ranges::find(fields, name, &GrokField::name);
  const auto field = static_cast<std::uint32_t>(found - fields.begin());
  if (found == fields.end()) {
    fields.push_back({std::string(name)});
  } else {
    found->several = true;
  }
  return field;
}

void Grok::Parts::name_groups(const regex::Tree& tree) {
  const auto& names = tree.names;
  std::size_t place = 0;
  std::vector<std::size_t> group_places(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (tree.captures(static_cast<std::uint32_t>(i + 1))) group_places[i] = std::exchange(place, place + 2);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
                                names.begin() + static_cast<std::ptrdiff_t>(i)) {
      continue;
    }
    if (names[i].starts_with(kTraceKey)) {
      trace.push_back(group_places[i]);
      continue;
    }
    const GroupName name = read_group_name(names[i]);
    for (std::size_t j = i; j < names.size(); ++j) {
      if (names[j] == names[i]) groups.push_back({group_places[j], field_named(name.field), name.type});
    }
  }
}

Result<Grok> Grok::compile(std::span<const std::string> patterns, const GrokSettings& settings) {
  if (patterns.empty()) return std::unexpected(bad_patterns("List of patterns must not be empty"));
  const auto fail = [&](const std::string& message) { return std::unexpected(bad_expression(patterns, message)); };
  const PatternBank* bank = &PatternBank::built_in(settings.ecs);
  std::optional<PatternBank> larger;
  if (!settings.definitions.empty()) {
    auto made = PatternBank::with(*bank, settings.definitions);
    if (!made) return fail(made.error());
    bank = &larger.emplace(*std::move(made));
  }
  const auto expression = expand(combined(patterns, settings.trace), *bank);
  if (!expression) return fail(expression.error());
  auto tree = regex::parse(*expression);
  if (!tree) return fail(tree.error());
  if (const std::string problem = regex::problem_of(*tree); !problem.empty()) return fail(problem);
  auto parts = std::make_shared<Parts>();
  parts->name_groups(*tree);
  auto program = regex::Program::compile(*std::move(tree));
  if (!program) return fail(program.error());
  parts->program = *std::move(program);
  return Grok(std::move(parts));
}

const std::vector<GrokField>& Grok::fields() const { return parts_->fields; }

Result<bool> Grok::match(std::string_view text, GrokMatch& match) const {
  match.captures_.clear();
  match.pattern_ = 0;
  std::span<const std::size_t> places;
  switch (parts_->program->search(text, places)) {
    case regex::Outcome::kNone:
      return false;
    case regex::Outcome::kInterrupted:
      return std::unexpected(Error(
          ErrorKind::kDocument, 500, "runtime_exception",
          "grok pattern matching was interrupted after [" + std::to_string(regex::Program::kMilliseconds) + "] ms"));
    case regex::Outcome::kMatch:
      break;
  }
  const auto& groups = parts_->groups;
  const auto add = [&](const Parts::Group& group) {
    const std::size_t begin = places[group.place];
    if (begin == regex::Program::kNone) return;
    match.captures_.push_back({group.field, group.type, text.substr(begin, places[group.place + 1] - begin)});
  };
  const auto has = [&](std::uint32_t field) {
    return std::ranges::find(match.captures_, field, &GrokCapture::field) != match.captures_.end();
  };
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!parts_->fields[groups[i].field].several) {
      add(groups[i]);
    } else if (places[groups[i].place] != regex::Program::kNone && !has(groups[i].field)) {
      for (std::size_t j = i; j < groups.size(); ++j) {
        if (groups[j].field == groups[i].field) add(groups[j]);
      }
    }
  }
  const auto traced =
      std::ranges::find_if(parts_->trace, [&](std::size_t place) { return places[place] != regex::Program::kNone; });
  if (traced != parts_->trace.end()) match.pattern_ = static_cast<std::uint32_t>(traced - parts_->trace.begin());
  return true;
}

}  // namespace sluice::ingest
