#include "stages/parse/hit_reader.h"

#include <charconv>

#include "pipeline/model/bulk_action.h"

namespace sluice::stages {

namespace {

/// Elasticsearch 1.x answers metadata as `fields`; a value may be in an array of one.
std::string_view first_of(std::string_view value, Walker inside) {
  if (!value.starts_with('[')) return value;
  inside.take('[');
  return inside.take_value();
}

void read_fields(Walker inside, pipeline::Document& document) {
  std::string_view parent;
  // The value was delimited before, so what is malformed in it is not ours: it holds no metadata then.
  static_cast<void>(walk_object(inside, [&](std::string_view key, Walker& walker) {
    const Walker before = walker;
    const std::string_view value = walker.take_value();
    if (key == "\"_routing\"") document.routing = first_of(value, before);
    if (key == "\"_parent\"") parent = first_of(value, before);
    return !value.empty();
  }));
  if (document.routing.empty()) document.routing = parent;
}

std::int64_t version_of(std::string_view token) {
  std::int64_t version = pipeline::kNoVersion;
  std::from_chars(token.data(), token.data() + token.size(), version);
  return version;
}

/// A string, a number or null: anything else would break the action line it is spliced into, and the whole bulk.
bool is_metadata(std::string_view token) {
  if (token.empty() || token.front() == '"' || token == "null") return true;
  return token.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

std::string_view absent_if_null(std::string_view token) { return token == "null" ? std::string_view{} : token; }

}  // namespace

std::string_view lack_text(Lack lack) {
  switch (lack) {
    case Lack::kNothing:
      return "nothing is missing";
    case Lack::kObject:
      return "expected an object";
    case Lack::kKey:
      return "expected a key";
    case Lack::kColon:
      return "expected a colon behind the key";
    case Lack::kValue:
      return "expected a value that is complete";
    case Lack::kComma:
      return "expected a comma or the end of the object";
  }
  return "unknown";
}

std::optional<Malformed> read_hit(Walker& walker, pipeline::Document& document, std::string_view* sort) {
  std::optional<Malformed> wrong;
  auto problem = read_object(walker, [&](std::string_view key, Walker& at) {
    const std::uint32_t* const begin = at.position();
    const std::uint32_t passed = at.passed();
    const std::string_view value = at.take_value();
    const auto metadata = [&] {
      if (!is_metadata(value)) wrong = Malformed{*begin, "expected a string or a number"};
      return absent_if_null(value);
    };
    if (key == "\"_source\"") {
      document.source = value;
      document.structurals_begin = passed;
      document.structurals_end = at.passed();
    } else if (key == "\"_id\"") {
      document.id = metadata();
    } else if (key == "\"_index\"") {
      document.index = metadata();
    } else if (key == "\"_routing\"") {
      document.routing = metadata();
    } else if (key == "\"_version\"") {
      document.version = version_of(value);
    } else if (key == "\"_type\"") {
      document.type = metadata();
    } else if (key == "\"sort\"") {
      if (sort != nullptr) *sort = value;
    } else if (key == "\"fields\"" && value.starts_with('{')) {
      Walker inside = at;
      inside.move_to(begin);
      read_fields(inside, document);
    }
    return !value.empty();
  });
  if (!problem && wrong) [[unlikely]]
    return wrong;
  return problem;
}

std::optional<Malformed> read_action(Walker& walker, pipeline::Document& document) {
  std::optional<Malformed> inner;
  std::optional<Malformed> wrong;
  std::string_view parent;
  int actions = 0;
  auto outer = read_object(walker, [&](std::string_view key, Walker& at) {
    ++actions;
    if (key == "\"index\"") {
      document.operation = pipeline::Operation::kIndex;
    } else if (key == "\"create\"") {
      document.operation = pipeline::Operation::kCreate;
    } else if (key == "\"delete\"") {
      document.operation = pipeline::Operation::kDelete;
    } else {
      inner = Malformed{at.offset(),
                        "expected an action line: index, create or delete; where the file is no bulk say "
                        "--source-format hits or docs"};
      return false;
    }
    inner = read_object(at, [&](std::string_view name, Walker& inside) {
      const std::uint32_t begin = inside.offset();
      const std::string_view value = inside.take_value();
      const auto metadata = [&] {
        if (!is_metadata(value)) wrong = Malformed{begin, "expected a string or a number"};
        return absent_if_null(value);
      };
      if (name == "\"_id\"") {
        document.id = metadata();
      } else if (name == "\"_index\"") {
        document.index = metadata();
      } else if (name == "\"routing\"" || name == "\"_routing\"") {
        document.routing = metadata();
      } else if (name == "\"version\"" || name == "\"_version\"") {
        document.version = version_of(value);
      } else if (name == "\"_type\"") {
        document.type = metadata();
      } else if (name == "\"parent\"" || name == "\"_parent\"") {
        parent = metadata();
      } else if (!pipeline::is_action_metadata(name.substr(1, name.size() - 2))) {
        wrong = Malformed{begin, std::string("no action of a bulk has a member [")
                                     .append(name.substr(1, name.size() - 2))
                                     .append("]; for a file of bare documents say --source-format docs")};
      }
      return !value.empty();
    });
    if (document.routing.empty()) document.routing = parent;
    return !inner;
  });
  if (inner) return inner;
  if (!outer && actions != 1) return Malformed{walker.offset(), "expected one action in an action line"};
  return outer ? outer : wrong;
}

}  // namespace sluice::stages
