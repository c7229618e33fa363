#include "tools/sluiced/rest/cat_table.h"

#include <algorithm>
#include <array>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_writer.h"
#include "pipeline/base/units.h"

namespace sluice::rest {

namespace {

using Kind = CatValue::Kind;

/// A column that is printed, and the name it was asked for by.
struct Shown {
  std::size_t column = 0;
  std::string title;
};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma != 0) parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

bool answers_to(const CatColumn& column, std::string_view name) {
  if (wildcard_match(name, column.name)) return true;
  return std::ranges::any_of(split(column.aliases),
                             [&](const std::string& alias) { return wildcard_match(name, alias); });
}

std::vector<Shown> shown_columns(const Call& call, const std::vector<CatColumn>& columns) {
  std::vector<Shown> shown;
  if (!call.text("h")) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].shown) shown.push_back({i, std::string(columns[i].name)});
    }
    return shown;
  }
  for (const std::string& name : call.list("h")) {
    const bool pattern = name.find('*') != std::string::npos;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!answers_to(columns[i], name)) continue;
      shown.push_back({i, pattern ? std::string(columns[i].name) : name});
      if (!pattern) break;
    }
  }
  return shown;
}

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::array<Unit, 11> kByteUnits{{{"b", 1},
                                           {"k", std::int64_t{1} << 10},
                                           {"kb", std::int64_t{1} << 10},
                                           {"m", std::int64_t{1} << 20},
                                           {"mb", std::int64_t{1} << 20},
                                           {"g", std::int64_t{1} << 30},
                                           {"gb", std::int64_t{1} << 30},
                                           {"t", std::int64_t{1} << 40},
                                           {"tb", std::int64_t{1} << 40},
                                           {"p", std::int64_t{1} << 50},
                                           {"pb", std::int64_t{1} << 50}}};
constexpr std::array<Unit, 7> kTimeUnits{{{"nanos", 1},
                                          {"micros", 1'000},
                                          {"ms", 1'000'000},
                                          {"s", 1'000'000'000},
                                          {"m", 60'000'000'000},
                                          {"h", 3'600'000'000'000},
                                          {"d", 86'400'000'000'000}}};

/// The size of a unit; 0: none of them, the value is printed for people.
template <typename Units>
std::int64_t unit_of(const Units& units, std::string_view name) {
  const auto found = std::ranges::find(units, name, &Unit::name);
  return found == units.end() ? 0 : found->size;
}

std::string text_of(const Call& call, const CatValue& value) {
  if (value.kind == Kind::kBytes) {
    const std::int64_t unit = unit_of(kByteUnits, call.text_or("bytes", ""));
    return unit == 0 ? human_bytes(static_cast<std::uint64_t>(value.number)) : std::to_string(value.number / unit);
  }
  if (value.kind == Kind::kTime) {
    const std::int64_t unit = unit_of(kTimeUnits, call.text_or("time", ""));
    return unit == 0 ? human_duration(Nanoseconds(value.number)) : std::to_string(value.number / unit);
  }
  return value.text;
}

bool less(const CatValue& a, const CatValue& b) {
  if ((a.kind == Kind::kNone) != (b.kind == Kind::kNone)) return a.kind == Kind::kNone;
  if (a.kind == Kind::kText || b.kind == Kind::kText) return a.text < b.text;
  return a.number < b.number;
}

Status sort_rows(const Call& call, const std::vector<CatColumn>& columns, std::vector<CatRow>& rows) {
  std::vector<std::pair<std::size_t, bool>> keys;
  for (const std::string& key : call.list("s")) {
    const bool descending = key.ends_with(":desc");
    const std::string name =
        key.substr(0, key.ends_with(":desc") || key.ends_with(":asc") ? key.rfind(':') : key.size());
    const auto column = std::ranges::find_if(columns, [&](const CatColumn& each) {
      const std::vector<std::string> aliases = split(each.aliases);
      return each.name == name || std::ranges::find(aliases, name) != aliases.end();
    });
    if (column == columns.end()) {
      return std::unexpected(illegal_argument("Unable to sort by unknown sort key `" + name + "`"));
    }
    keys.emplace_back(column - columns.begin(), descending);
  }
  std::ranges::stable_sort(rows, [&](const CatRow& a, const CatRow& b) {
    for (const auto& [column, descending] : keys) {
      const CatRow& first = descending ? b : a;
      const CatRow& second = descending ? a : b;
      if (less(first[column], second[column])) return true;
      if (less(second[column], first[column])) return false;
    }
    return false;
  });
  return {};
}

/// Characters, not bytes.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void append_cell(std::string& out, std::string_view text, std::size_t width, bool right, bool last) {
  const std::string padding(width - std::min(width, width_of(text)), ' ');
  if (right) out += padding;
  out += text;
  if (!right && !last) out += padding;
  if (!last) out += ' ';
}

std::string table_text(const std::vector<CatColumn>& columns, const std::vector<Shown>& shown,
                       const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widths(shown.size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < shown.size(); ++i) widths[i] = std::max(widths[i], width_of(line[i]));
  }
  std::string out;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < shown.size(); ++i) {
      append_cell(out, line[i], widths[i], columns[shown[i].column].right, i + 1 == shown.size());
    }
    out += '\n';
  }
  return out;
}

bool wants_json(const Call& call) {
  const std::string_view format = call.text_or("format", "");
  if (!format.empty()) return format == "json" || format == "yaml";
  const std::string_view accept = call.http.header("Accept");
  return accept.find("json") != std::string_view::npos || accept.find("yaml") != std::string_view::npos;
}

}  // namespace

bool wants_help(const Call& call) { return call.flag("help", false).value_or(false); }

Reply cat_help(const std::vector<CatColumn>& columns) {
  std::array<std::size_t, 3> widths{};
  for (const CatColumn& each : columns) {
    widths[0] = std::max(widths[0], each.name.size());
    widths[1] = std::max(widths[1], each.aliases.size());
    widths[2] = std::max(widths[2], each.description.size());
  }
  std::string out;
  for (const CatColumn& each : columns) {
    append_cell(out, each.name, widths[0], false, false);
    out += "| ";
    append_cell(out, each.aliases, widths[1], false, false);
    out += "| ";
    append_cell(out, each.description, widths[2], false, false);
    out.back() = '\n';
  }
  return Reply::text(std::move(out));
}

Result<Reply> cat_reply(const Call& call, const std::vector<CatColumn>& columns, std::vector<CatRow> rows) {
  auto titles = call.flag("v", false);
  if (!titles) return std::unexpected(titles.error());
  if (auto sorted = sort_rows(call, columns, rows); !sorted) return std::unexpected(sorted.error());
  const std::vector<Shown> shown = shown_columns(call, columns);
  if (wants_json(call)) {
    JsonWriter out;
    out.begin_array();
    for (const CatRow& row : rows) {
      out.begin_object();
      for (const Shown& each : shown) {
        out.key(each.title);
        if (row[each.column].kind == Kind::kNone) {
          out.null();
        } else {
          out.string(text_of(call, row[each.column]));
        }
      }
      out.end_object();
    }
    out.end_array();
    return Reply::json(out.take());
  }
  std::vector<std::vector<std::string>> lines;
  if (*titles) {
    lines.emplace_back();
    for (const Shown& each : shown) lines.back().push_back(each.title);
  }
  for (const CatRow& row : rows) {
    lines.emplace_back();
    for (const Shown& each : shown) lines.back().push_back(text_of(call, row[each.column]));
  }
  return Reply::text(table_text(columns, shown, lines));
}

}  // namespace sluice::rest
