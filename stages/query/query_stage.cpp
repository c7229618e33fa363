#include "stages/query/query_stage.h"

#include "pipeline/base/json_text.h"

namespace sluice::stages {

namespace {

using pipeline::Document;
using pipeline::Outcome;

/// An index of four bytes for each structural character is kept for documents of up to this size only.
constexpr std::size_t kKeptIndex = std::size_t{8} << 20;

/// The text of a metadata token: most have no escapes and are used where they stand.
std::string_view text_of(std::string_view token, std::string& room) {
  if (token.empty()) return {};
  if (!token.starts_with('"')) return token;
  if (!has_escape(token)) return token.substr(1, token.size() - 2);
  room = json_unquoted(token);
  return room;
}

}  // namespace

Status QueryStage::apply(pipeline::Batch& batch) const {
  static thread_local Structurals structurals;
  std::string id;
  std::string index;
  std::string routing;
  const char* const page = batch.page.text().data();
  for (Document& document : batch.documents) {
    if (document.outcome != Outcome::kPending) continue;
    QueryDocument seen{
        .id = text_of(document.id, id),
        .index = document.index.empty() ? std::string_view(options_.index) : text_of(document.index, index),
        .routing = text_of(document.routing, routing),
        .source = document.source,
        .version = document.version};
    if (document.structurals_end != 0) {
      seen.bytes = page;
      seen.begin = batch.structurals.data() + document.structurals_begin;
      seen.end = batch.structurals.data() + document.structurals_end;
    } else if (structurals.build(document.source) == Structurals::Problem::kNone) {
      seen.set_structurals(structurals);
    }
    if (options_.pass) {
      if (Status looked = options_.query->look(*options_.pass, seen); !looked) return looked;
      continue;
    }
    auto matched = options_.query->matches(seen);
    if (!matched) return std::unexpected(std::move(matched.error()));
    if (!*matched) document.outcome = Outcome::kFiltered;
  }
  structurals.trim(kKeptIndex);
  return {};
}

}  // namespace sluice::stages
