#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/similar_names.h"
#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"
#include "stages/query/compile.h"
#include "stages/sort/sort_request.h"

namespace sluice {
namespace {

constexpr unsigned kTakesValue = kTakesString | kTakesNumber | kTakesBoolean;

/// What Elasticsearch 9.4's search takes, by kind of value.
constexpr std::array<FieldRule, 35> kSearchKeys{{
    {"from", kTakesValue},
    {"size", kTakesValue},
    {"timeout", kTakesValue},
    {"terminate_after", kTakesValue},
    {"min_score", kTakesValue},
    {"version", kTakesValue},
    {"seq_no_primary_term", kTakesValue},
    {"explain", kTakesValue},
    {"track_scores", kTakesValue},
    {"include_named_queries_score", kTakesValue},
    {"track_total_hits", kTakesValue},
    {"profile", kTakesValue},
    {"project_routing", kTakesValue},
    {"_source", kTakesValue | kTakesObject | kTakesArray},
    {"stored_fields", kTakesValue | kTakesArray},
    {"sort", kTakesValue | kTakesObject | kTakesArray},
    {"query", kTakesObject},
    {"post_filter", kTakesObject},
    {"knn", kTakesObject | kTakesArray},
    {"rank", kTakesObject},
    {"retriever", kTakesObject},
    {"script_fields", kTakesObject},
    {"indices_boost", kTakesObject | kTakesArray},
    {"aggregations", kTakesObject},
    {"aggs", kTakesObject},
    {"highlight", kTakesObject},
    {"suggest", kTakesObject},
    {"rescore", kTakesObject | kTakesArray},
    {"ext", kTakesObject},
    {"slice", kTakesObject},
    {"collapse", kTakesObject},
    {"pit", kTakesObject},
    {"runtime_mappings", kTakesObject},
    {"fields", kTakesArray},
    {"docvalue_fields", kTakesArray},
}};
constexpr std::array<std::string_view, 2> kMoreArrays{"stats", "search_after"};
constexpr std::array<std::string_view, 6> kFlags{"version", "seq_no_primary_term",        "explain", "track_scores",
                                                 "profile", "include_named_queries_score"};

/// One reading of a search body: positions are those of the text that Elasticsearch wrote for itself.
class SearchParser {
 public:
  SearchParser(std::string_view text, const JsonReader& reader, const JsonNode& given, const RequestRules& rules,
               Request& request)
      : text_(text), reader_(reader), given_(given), rules_(rules), request_(request) {}

  Status parse(const JsonNode& search) {
    for (const JsonNode& member : search.children) {
      if (!takes(member)) return std::unexpected(unknown_key(member, member.name));
      if (Status read = parse_member(member); !read) return read;
    }
    return {};
  }

 private:
  static bool takes(const JsonNode& member) {
    if (std::find(kMoreArrays.begin(), kMoreArrays.end(), member.name) != kMoreArrays.end()) return member.is_array();
    const auto* rule = std::find_if(kSearchKeys.begin(), kSearchKeys.end(),
                                    [&](const FieldRule& each) { return each.name == member.name; });
    return rule != kSearchKeys.end() && (rule->kinds & kind_of(member.kind)) != 0;
  }

  /// `parsing_exception` with its line and column.
  [[nodiscard]] Error parsing_error(const JsonNode& node, std::string reason) const {
    Error error(ErrorKind::kBadRequest, 400, "parsing_exception", std::move(reason));
    const JsonLocation place = reader_.location_at(node.offset);
    error.details = {{"line", std::to_string(place.line)}, {"col", std::to_string(place.column)}};
    return error;
  }
  [[nodiscard]] Error unknown_key(const JsonNode& node, std::string_view name) const {
    return parsing_error(node, fmt::format("Unknown key for a {} in [{}].", token_name(node.kind), name));
  }
  [[nodiscard]] std::string place(const JsonNode& node) const { return reader_.location_at(node.offset).text(); }

  Status parse_member(const JsonNode& member) {
    const std::string& name = member.name;
    RequestSource& source = request_.source;
    if (name == "size" || name == "from" || name == "terminate_after") return parse_count(member);
    if (name == "_source") return parse_fields(member);
    if (name == "slice") return parse_slice(member);
    if (name == "query") return parse_query(member);
    if (name == "stored_fields") {
      source.stored_fields_set = true;
      return {};
    }
    if (name == "sort") return parse_sort(member);
    if (std::find(kFlags.begin(), kFlags.end(), name) != kFlags.end()) return parse_flag(member);
    return parse_other(member);
  }

  [[nodiscard]] std::string raw(std::string_view name) const { return std::string(given_.member(name)->raw); }
  void keep(const JsonNode& member) { request_.source.other.emplace_back(member.name, raw(member.name)); }

  Status parse_count(const JsonNode& member) {
    const auto value = int_value(reader_, member);
    if (!value) return std::unexpected(value.error());
    if (member.name == "size") {
      if (*value < 0) {
        return std::unexpected(
            illegal_argument(fmt::format("[size] parameter cannot be negative, found [{}]", *value)));
      }
      request_.source.size = *value;
    } else if (member.name == "from") {
      if (*value < 0) {
        return std::unexpected(
            illegal_argument(fmt::format("[from] parameter cannot be negative but was [{}]", *value)));
      }
      request_.source.from_set = true;
      request_.source.from = *value;
    } else {
      if (*value < 0) return std::unexpected(illegal_argument("terminateAfter must be > 0"));
      if (*value > 0) keep(member);
    }
    return {};
  }

  Status parse_flag(const JsonNode& member) {
    if (member.is_string() && member.text() != "true" && member.text() != "false") {
      return std::unexpected(illegal_argument(
          fmt::format("Failed to parse value [{}] as only [true] or [false] are allowed.", member.text())));
    }
    if (member.kind == JsonToken::kNumber) {
      const bool whole = member.raw.find_first_of(".eE") == std::string_view::npos;
      return std::unexpected(reader_.error_at(
          member.offset + member.raw.size(),
          fmt::format("Current token ({}) not of boolean type", whole ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT")));
    }
    // Scores, explanations and sequence numbers of hits are nothing a copy has a use for; versions are asked for where
    // the destination needs them.
    return {};
  }

  /// What is wrong with it whatever the index is.
  Status parse_sort(const JsonNode& sort) {
    request_.source.sort = raw("sort");
    if (request_.kind == RequestKind::kReindex) {
      request_.warnings.emplace_back(
          "The sort option in reindex is deprecated. Instead consider using query filtering to find the desired subset "
          "of data.");
    }
    if (!rules_.reads_query || request_.source.remote) return {};
    Buffer padded(text_.size());
    padded.append(text_);
    std::vector<stages::SortKey> keys;
    Status read = stages::read_sort(padded.view(), padded.view().substr(sort.offset, sort.raw.size()), keys);
    return !read && read.error().kind == ErrorKind::kBadRequest ? read : Status{};
  }

  Status parse_query(const JsonNode& query) {
    if (query.children.empty()) {
      const JsonLocation end = reader_.location_at(query.offset + query.raw.size() - 1);
      return std::unexpected(
          illegal_argument(fmt::format("query malformed, empty clause found at [{}:{}]", end.line, end.column)));
    }
    request_.source.query = raw("query");
    return rules_.reads_query ? check_query(query) : Status{};
  }

  /// What is wrong with a query whatever the index is. Queries that are not there yet are the run's business.
  Status check_query(const JsonNode& query) const {
    Buffer padded(query.raw.size());
    padded.append(query.raw);
    const JsonLocation start = reader_.location_at(query.offset);
    const stages::QueryContext context{
        .schema = *store::Mapping::empty(),
        .index = {},
        .index_uuid = {},
        .max_terms = stages::kNoLimit,
        .max_clauses = stages::kNoLimit,
        .max_regex = stages::kNoLimit,
        .text = padded.view(),
        .start = {static_cast<std::size_t>(start.line), static_cast<std::size_t>(start.column)}};
    auto compiled = stages::compile_query(padded.view(), context);
    if (compiled || compiled.error().kind != ErrorKind::kBadRequest || stages::is_shard_error(compiled.error())) {
      return {};
    }
    return std::unexpected(std::move(compiled.error()));
  }

  Status parse_other(const JsonNode& member) {
    if (member.name == "timeout") {
      const auto time = parse_time_value(java_text(member), "timeout");
      if (!time) return std::unexpected(time.error());
    }
    if (member.name == "min_score") {
      const auto score = parse_java_double(java_text(member));
      if (!score) return std::unexpected(score.error());
    }
    if (member.name == "track_total_hits" && member.is_string() && member.text() != "true" &&
        member.text() != "false") {
      if (const auto hits = int_value(reader_, member); !hits) return std::unexpected(hits.error());
    }
    keep(member);
    return {};
  }

  Status parse_fields(const JsonNode& fields) {
    SourceFields& out = request_.source.fields;
    out.json = raw("_source");
    if (fields.is_object()) return parse_field_object(fields);
    if (fields.is_array()) {
      for (const JsonNode& entry : fields.children) {
        if (entry.is_object() || entry.is_array() || entry.is_null()) {
          const JsonLocation at = reader_.location_at(entry.offset);
          return std::unexpected(illegal_argument(
              fmt::format("Expected text at {}:{} but found {}", at.line, at.column, token_name(entry.kind))));
        }
        out.includes.push_back(entry.text());
      }
    } else if (fields.is_string()) {
      out.includes.push_back(fields.text());
    } else if (fields.kind == JsonToken::kNumber) {
      return std::unexpected(parsing_error(
          fields, "Expected one of [VALUE_BOOLEAN, VALUE_STRING, START_ARRAY, START_OBJECT] but found [VALUE_NUMBER]"));
    } else {
      out.enabled = fields.kind == JsonToken::kTrue;
    }
    return {};
  }

  Status parse_field_object(const JsonNode& fields) {
    for (const JsonNode& member : fields.children) {
      const bool includes = member.name == "includes" || member.name == "include";
      const bool excludes = member.name == "excludes" || member.name == "exclude";
      if (member.name == "exclude_vectors" && (kind_of(member.kind) & kTakesBoolean) != 0) continue;
      if ((!includes && !excludes) || (!member.is_string() && !member.is_array())) {
        return std::unexpected(unknown_key(member, member.name));
      }
      std::vector<std::string>& out = includes ? request_.source.fields.includes : request_.source.fields.excludes;
      out.clear();
      if (member.is_string()) out.push_back(member.text());
      for (const JsonNode& entry : member.children) {
        if (!entry.is_string()) return std::unexpected(unknown_key(entry, member.name));
        out.push_back(entry.text());
      }
    }
    return {};
  }

  Status parse_slice(const JsonNode& slice) {
    ManualSlice& out =
        request_.source.slice.emplace(ManualSlice{.field = {}, .id = -1, .max = -1, .json = raw("slice")});
    for (const JsonNode& member : slice.children) {
      if (Status read = parse_slice_member(member, out); !read) return read;
    }
    return {};
  }

  Status parse_slice_member(const JsonNode& member, ManualSlice& slice) {
    static constexpr std::array<FieldRule, 3> kFields{
        {{"field", kTakesString}, {"id", kTakesNumber | kTakesString}, {"max", kTakesNumber | kTakesString}}};
    const auto* rule =
        std::find_if(kFields.begin(), kFields.end(), [&](const FieldRule& each) { return each.name == member.name; });
    if (rule == kFields.end()) {
      // The place is that of the name, in front of the value in a text that was written without spaces.
      const JsonLocation at = reader_.location_at(member.offset - member.name.size() - 3);
      static constexpr std::array<std::string_view, 3> kNames{"field", "id", "max"};
      return std::unexpected(x_content_parse_error(
          fmt::format("{} [slice] unknown field [{}]{}", at.text(), member.name, did_you_mean(member.name, kNames))));
    }
    if ((rule->kinds & kind_of(member.kind)) == 0) {
      return std::unexpected(x_content_parse_error(fmt::format("{} [slice] {} doesn't support values of type: {}",
                                                               place(member), member.name, token_name(member.kind))));
    }
    if (Status set = set_slice_member(member, slice); !set) {
      return std::unexpected(
          x_content_parse_error(fmt::format("{} [slice] failed to parse field [{}]", place(member), member.name))
              .wrapping(std::move(set.error())));
    }
    return {};
  }

  Status set_slice_member(const JsonNode& member, ManualSlice& slice) {
    if (member.name == "field") {
      slice.field = member.text();
      return {};
    }
    const auto value = int_value(reader_, member);
    if (!value) return std::unexpected(value.error());
    const bool id = member.name == "id";
    if (id && *value < 0) return std::unexpected(illegal_argument("id must be greater than or equal to 0"));
    if (!id && *value <= 1) return std::unexpected(illegal_argument("max must be greater than 1"));
    (id ? slice.id : slice.max) = *value;
    if (slice.id >= 0 && slice.max >= 0 && slice.id >= slice.max) {
      return std::unexpected(illegal_argument("max must be greater than id"));
    }
    return {};
  }

  const std::string_view text_;  ///< what the reader reads
  const JsonReader& reader_;
  const JsonNode& given_;
  const RequestRules& rules_;
  Request& request_;
};

}  // namespace

Status parse_search(const std::string& search, const JsonNode& given, const RequestRules& rules, Request& request) {
  JsonReader reader(search);
  if (const auto first = reader.next(); !first) return std::unexpected(first.error());
  const auto tree = read_tree(reader);
  if (!tree) return std::unexpected(tree.error());
  return SearchParser(search, reader, given, rules, request).parse(*tree);
}

}  // namespace sluice
