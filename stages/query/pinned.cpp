#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "stages/query/compile.h"

namespace sluice::stages {

namespace {

/// What is scored by its words and the like can have no more: Float.intBitsToFloat(0xfe << 23) - 1.
constexpr float kMostOrganic = 0x1p127F;

struct Pin {
  std::string id;
  float score;
};

/// Some documents first, in their order, and then what a query finds. Source: Elasticsearch's PinnedQueryBuilder.
class Pinned final : public Query {
 public:
  Pinned(std::vector<Pin> pins, QueryPtr organic) : pins_(std::move(pins)), organic_(std::move(organic)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return pin_of(document) != nullptr || organic_->matches(document);
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    if (const Pin* pin = pin_of(document)) return pin->score;
    return std::min(organic_->score(document), kMostOrganic);
  }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    if (const Pin* pin = pin_of(document)) return pin->score;
    const auto score = organic_->match_score(document);
    return score ? std::optional(std::min(*score, kMostOrganic)) : std::nullopt;
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override {
    auto found = organic_->lookup();
    if (!found) return std::nullopt;
    pipeline::LookupPlan ids;
    ids.kind = pipeline::LookupPlan::Kind::kIds;
    for (const Pin& pin : pins_) ids.ids.push_back(pin.id);
    pipeline::LookupPlan either;
    either.parts.push_back(std::move(ids));
    either.parts.push_back(std::move(*found));
    return either;
  }
  [[nodiscard]] double cost() const override { return cost::kId + organic_->cost(); }
  void explain(PlanText& plan) const override {
    plan.begin("_id is one of " + std::to_string(pins_.size()) + ", which come first, or");
    organic_->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] const Pin* pin_of(DocumentFields& document) const {
    const auto found =
        std::ranges::find(pins_, document.document().id, [](const Pin& pin) -> std::string_view { return pin.id; });
    return found == pins_.end() ? nullptr : &*found;
  }

  std::vector<Pin> pins_;
  QueryPtr organic_;
};

struct PinnedDocument {
  std::string index;  ///< empty: any
  std::string id;
};

struct Clause {
  std::vector<PinnedDocument> documents;
  bool ids = false;   ///< given as `ids`
  bool docs = false;  ///< given as `docs`
  std::string_view organic;
  float boost = 1;
};

Error failed(const ClauseContext& context, const char* at, const std::string& reason) {
  return query_object_error(context, at, "[pinned] " + reason);
}

Status read_document(std::string_view value, const ClauseContext& context, Clause& clause) {
  auto members = json_members(value, "[pinned]");
  if (!members) return std::unexpected(members.error());
  PinnedDocument document;
  bool named = false;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name != "_index" && name != "_id") {
      return std::unexpected(failed(context, member.key.data(), "unknown field [" + name + "]"));
    }
    (name == "_id" ? document.id : document.index) = json_text_value(member.value).value_or("");
    named = named || name == "_id";
  }
  if (!named) return std::unexpected(illegal_argument("Required [_id]"));
  clause.documents.push_back(std::move(document));
  return {};
}

Status read_documents(const JsonMember& member, bool objects, const ClauseContext& context, Clause& clause) {
  auto elements = json_elements(member.value, "[pinned]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view each : *elements) {
    if (objects) {
      if (auto read = read_document(each, context, clause); !read) return read;
    } else {
      clause.documents.push_back({{}, json_text_value(each).value_or("")});
    }
  }
  return {};
}

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[pinned]");
  if (!members) return std::unexpected(members.error());
  Clause clause;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "organic") {
      clause.organic = member.value;
    } else if ((name == "ids" || name == "docs") && member.value.starts_with('[')) {
      (name == "ids" ? clause.ids : clause.docs) = true;
      if (auto read = read_documents(member, name == "docs", context, clause); !read) {
        return std::unexpected(std::move(read.error()));
      }
    } else {
      auto known = read_boost_or_name(member, "pinned", clause.boost);
      if (!known) return std::unexpected(known.error());
      if (!*known) return std::unexpected(failed(context, member.key.data(), "unknown field [" + name + "]"));
    }
  }
  if (clause.organic.empty()) return std::unexpected(illegal_argument("Required [organic]"));
  if (clause.ids == clause.docs) {
    return std::unexpected(
        illegal_argument(clause.ids ? "[ids] and [docs] cannot both be used" : "ids and docs cannot both be null"));
  }
  constexpr std::size_t kMost = 100;
  if (clause.documents.size() > kMost) {
    return std::unexpected(illegal_argument("Max of " + std::to_string(kMost) + " ids exceeded: " +
                                            std::to_string(clause.documents.size()) + " provided."));
  }
  return clause;
}

}  // namespace

Result<QueryPtr> compile_pinned(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(clause.error());
  auto organic = compile_clause(clause->organic, context);
  if (!organic) {
    return std::unexpected(
        query_field_error(context, clause->organic, "pinned", "organic", std::move(organic.error())));
  }
  // The first document has the highest score of all, and each has the next float below that of the one before it.
  auto bits = std::bit_cast<std::int32_t>(kMostOrganic) + 1 + static_cast<std::int32_t>(clause->documents.size());
  std::vector<Pin> pins;
  for (PinnedDocument& document : clause->documents) {
    const float score = std::bit_cast<float>(bits--);
    const bool here = document.index.empty() || context.index.empty() || document.index == context.index;
    const auto same = std::ranges::find(pins, document.id, &Pin::id);
    if (here && same == pins.end()) pins.push_back({std::move(document.id), score});
  }
  return with_boost(std::make_shared<const Pinned>(std::move(pins), std::move(*organic)), clause->boost);
}

}  // namespace sluice::stages
