#include "stages/sort/script_sort.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "pipeline/base/ascii_case.h"
#include "stages/query/body_position.h"
#include "stages/query/compile.h"
#include "stages/query/script_text.h"
#include "stages/sort/no_fields.h"
#include "stages/sort/sort_request.h"

namespace sluice::stages {

namespace {

constexpr std::string_view kParser = "_script";
constexpr auto kModes = std::to_array<std::string_view>({"min", "max", "sum", "avg", "median"});

/// Reads a sort member by member. Source: Elasticsearch's ConstructingObjectParser, which keeps what may be left out
/// until all that is required is there, and applies the last one first then.
class Reader {
 public:
  explicit Reader(std::string_view body) : body_(body) {}

  Result<SortKey> read(std::string_view value) {
    key_.field = kParser;
    auto members = json_members(value, "[_script]");
    if (!members) return std::unexpected(members.error());
    for (const JsonMember& member : *members) {
      if (auto read = read_member(member); !read) return std::unexpected(read.error());
    }
    if (!key_.script || !typed_) {
      const char* const names = key_.script ? "type" : typed_ ? "script" : "script, type";
      return std::unexpected(illegal_argument(std::string("Required [") + names + "]"));
    }
    return std::move(key_);
  }

 private:
  Error failed(const JsonMember& member, const char* at, Error cause) const {
    return failed_field_error(body_, at, kParser, member.name(), std::move(cause));
  }

  [[nodiscard]] bool complete() const { return key_.script && typed_; }

  Status read_member(const JsonMember& member) {
    const std::string name = member.name();
    if (name == "script" || name == "type") return read_required(member, name == "script");
    if (name == "order" || name == "mode") {
      if (!complete()) {
        kept_.push_back(&member);
        return {};
      }
      if (Status set = apply(member); !set)
        return std::unexpected(failed(member, member.value.data(), std::move(set.error())));
      return {};
    }
    if (name == "nested" || name == "nested_path" || name == "nested_filter") {
      return std::unexpected(unsupported("[" + name + "] in a sort is not supported by this version of sluiced"));
    }
    return std::unexpected(unknown_field_error(body_, member.key.data(), kParser, name));
  }

  Status read_required(const JsonMember& member, bool is_script) {
    Status read = is_script ? read_script(member) : read_type(member);
    if (!read) return read;
    for (; complete() && !kept_.empty(); kept_.pop_back()) {
      if (Status set = apply(*kept_.back()); !set)
        return std::unexpected(late(member, *kept_.back(), std::move(set.error())));
    }
    return {};
  }

  /// What is wrong with a member that was kept, told where the last required one ends.
  Error late(const JsonMember& last, const JsonMember& kept, Error cause) const {
    Error inner = failed(kept, kept.value.data(), std::move(cause));
    Error built = x_content_parse_error(body_position(body_, kept.value.data()) +
                                        " failed to build [_script] after last required field arrived");
    built.root_causes.emplace_back(ErrorKind::kBadRequest, inner.status, inner.type, inner.reason);
    built.caused_by = std::make_shared<const Error>(std::move(inner));
    return failed(last, last.value.starts_with('{') ? end_of(last.value) : last.value.data(), std::move(built));
  }

  Status apply(const JsonMember& member) {
    const std::string text = json_text_value(member.value).value_or("");
    return member.name() == "order" ? set_sort_order(key_, text) : check_mode(text);
  }

  Status read_script(const JsonMember& member) {
    const NoFields no_fields;
    const QueryContext context{.schema = no_fields, .index = {}, .index_uuid = {}, .text = body_, .start = {}};
    auto script = read_script_text(member.value, context);
    if (!script) {
      const bool object = member.value.starts_with('{');
      return std::unexpected(failed(member, object ? end_of(member.value) : member.value.data(), script.error()));
    }
    key_.script = std::move(*script);
    return {};
  }

  Status read_type(const JsonMember& member) {
    const std::string text = json_text_value(member.value).value_or("");
    const std::string type = ascii_lower_case(text);
    if (type == "version") {
      return std::unexpected(unsupported("sorting by versions is not supported by this version of sluiced"));
    }
    if (type != "number" && type != "string") {
      return std::unexpected(
          failed(member, member.value.data(), illegal_argument("Unknown ScriptSortType [" + text + "]")));
    }
    typed_ = true;
    key_.script_gives_text = type == "string";
    return {};
  }

  Status check_mode(const std::string& text) const {
    const std::string mode = ascii_lower_case(text);
    if (std::ranges::find(kModes, mode) == kModes.end()) {
      return std::unexpected(illegal_argument("Unknown SortMode [" + text + "]"));
    }
    if (key_.script_gives_text && mode != "min" && mode != "max") {
      return std::unexpected(illegal_argument("script sort of type [string] doesn't support mode [" + mode + "]"));
    }
    return {};  // a script gives one value
  }

  std::string_view body_;
  SortKey key_;
  bool typed_ = false;
  std::vector<const JsonMember*> kept_;  ///< those that came before what is required
};

}  // namespace

Result<SortKey> read_script_sort(std::string_view body, const JsonMember& member) {
  return Reader(body).read(member.value);
}

}  // namespace sluice::stages
