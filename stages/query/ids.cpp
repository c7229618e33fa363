#include <algorithm>
#include <unordered_set>

#include "stages/query/compile.h"

namespace sluice::stages {

namespace {

class Ids final : public Query {
 public:
  explicit Ids(std::vector<std::string> ids) : ids_(std::move(ids)), set_(ids_.begin(), ids_.end()) {}
  [[nodiscard]] bool matches(const QueryDocument& document) const override { return set_.contains(document.id); }
  [[nodiscard]] bool matches_none() const override { return ids_.empty(); }
  [[nodiscard]] const std::vector<std::string>* only_ids() const override { return &ids_; }

 private:
  std::vector<std::string> ids_;
  std::unordered_set<std::string_view> set_;
};

}  // namespace

Result<QueryPtr> compile_ids(std::string_view body, const QueryContext& /*context*/) {
  auto members = json_members(body, "[ids]");
  if (!members) return std::unexpected(members.error());
  std::vector<std::string> ids;
  bool given = false;
  for (const JsonMember& member : *members) {
    if (member.key == "\"values\"") {
      given = true;
      if (member.value.starts_with('{')) {
        return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parsing_exception",
                                     "[ids] values doesn't support values of type: START_OBJECT"));
      }
      if (!member.value.starts_with('[')) {
        if (auto text = json_text_value(member.value)) ids.push_back(std::move(*text));
        continue;
      }
      auto elements = json_elements(member.value, "[ids]");
      if (!elements) return std::unexpected(elements.error());
      for (const std::string_view each : *elements) {
        auto text = json_text_value(each);
        if (!text) return std::unexpected(illegal_argument("[ids] values must be strings"));
        ids.push_back(std::move(*text));
      }
      continue;
    }
    auto known = read_boost_or_name(member, "ids");
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(x_content_parse_error("[ids] unknown field [" + member.name() + "]"));
  }
  if (!given) return std::unexpected(illegal_argument("Required [values]"));
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  return std::make_shared<const Ids>(std::move(ids));
}

}  // namespace sluice::stages
