#include <algorithm>
#include <chrono>

#include "pipeline/base/json_text.h"
#include "pipeline/base/wildcard.h"
#include "reindex/store_ingest.h"
#include "stages/ingest/grok/pattern_bank.h"
#include "stages/ingest/simulate.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

std::chrono::nanoseconds now() { return std::chrono::system_clock::now().time_since_epoch(); }

std::int64_t now_ms() { return std::chrono::duration_cast<std::chrono::milliseconds>(now()).count(); }

Error no_body() {
  return {ErrorKind::kBadRequest, 400, "parse_exception", "request body or source parameter is required"};
}

/// The `version` of a body; nothing: it has none.
std::optional<std::int64_t> version_of(const std::string& body) {
  const auto members = stages::json_members_of(body, "the pipeline");
  if (!members) return std::nullopt;
  for (const stages::JsonMember& member : *members) {
    if (member.name() != "version") continue;
    const auto number = stages::json_integer_value(member.value);
    return number ? std::optional<std::int64_t>(*number) : std::nullopt;
  }
  return std::nullopt;
}

/// `if_version`: the pipeline is there, in that version, and gets another one.
Status check_version(const store::ClusterState& state, const std::string& id, std::int64_t wanted,
                     const std::string& body) {
  const std::string required =
      "version conflict, required version [" + std::to_string(wanted) + "] for pipeline [" + id + "] but ";
  const auto kept = state.pipelines.find(id);
  if (kept == state.pipelines.end()) return std::unexpected(illegal_argument(required + "no pipeline was found"));
  const auto current = version_of(kept->second.body);
  if (current != wanted) {
    return std::unexpected(
        illegal_argument(required + "current version is [" + (current ? std::to_string(*current) : "null") + "]"));
  }
  if (version_of(body) == wanted) {
    return std::unexpected(
        illegal_argument("cannot update pipeline [" + id + "] with the same version [" + std::to_string(wanted) + "]"));
  }
  return {};
}

/// Names and patterns with `*`; empty: all.
bool is_wanted(const std::vector<std::string>& names, std::string_view id) {
  return names.empty() || std::ranges::any_of(names, [&](const std::string& name) {
           return name == "_all" || wildcard_match(name, id);
         });
}

/// `a,b`, of at most three indices.
std::string shown_indices(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 3); ++i) text += (i == 0 ? "" : ",") + names[i];
  return std::to_string(names.size()) + " index(es) including [" + text + "]";
}

/// A pipeline that an index runs stays.
Status check_unused(const store::ClusterState& state, const std::string& id) {
  std::vector<std::string> first;
  std::vector<std::string> last;
  for (const auto& [name, index] : state.indices) {
    if (index->setting("index.default_pipeline", "") == id) first.push_back(name);
    if (index->setting("index.final_pipeline", "") == id) last.push_back(name);
  }
  if (first.empty() && last.empty()) return {};
  std::string uses;
  if (!first.empty()) uses = "the default pipeline for " + shown_indices(first);
  if (!last.empty())
    uses += (uses.empty() ? "" : " and ") + std::string("the final pipeline for ") + shown_indices(last);
  return std::unexpected(illegal_argument("pipeline [" + id + "] cannot be deleted because it is " + uses));
}

}  // namespace

Result<Reply> put_pipeline(Call& call, Services& services) {
  if (!call.has_body()) return std::unexpected(no_body());
  const std::string id(call.text_or("id", ""));
  const std::string body(call.body());
  const bool versioned = call.text("if_version").has_value();
  const auto wanted = call.integer("if_version", 0);
  if (!wanted) return std::unexpected(wanted.error());
  auto compiled = ingest::Pipeline::compile(id, body, services.ingest.environment());
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  Status kept = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (versioned) {
      if (Status checked = check_version(state, id, *wanted, body); !checked) return checked;
    }
    auto [at, added] = state.pipelines.try_emplace(id);
    at->second.modified = now_ms();
    if (added) at->second.created = at->second.modified;
    at->second.body = body;
    return {};
  });
  if (!kept) return std::unexpected(std::move(kept.error()));
  return Reply::acknowledged();
}

Result<Reply> get_pipelines(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  const std::vector<std::string> names = call.list("id");
  const auto summary = call.flag("summary", false);
  if (!summary) return std::unexpected(summary.error());
  JsonWriter out;
  out.begin_object();
  bool any = names.empty();
  for (const auto& [id, pipeline] : state->pipelines) {
    if (!is_wanted(names, id)) continue;
    any = true;
    out.key(id);
    if (*summary) {
      out.raw("{}");
      continue;
    }
    std::string_view body = pipeline.body;
    body = body.substr(0, body.rfind('}'));
    const bool bare = body.find_first_not_of(" \t\r\n{") == std::string_view::npos;
    out.raw(std::string(body) + (bare ? "" : ",") + "\"created_date_millis\":" + std::to_string(pipeline.created) +
            ",\"modified_date_millis\":" + std::to_string(pipeline.modified) + "}");
  }
  out.end_object();
  return Reply::json(out.take(), any ? 200 : 404);
}

Result<Reply> delete_pipelines(Call& call, Services& services) {
  const std::string pattern(call.text_or("id", ""));
  Status gone = services.catalog.update([&](store::ClusterState& state) -> Status {
    std::vector<std::string> found;
    for (const auto& [id, pipeline] : state.pipelines) {
      if (wildcard_match(pattern, id)) found.push_back(id);
    }
    if (found.empty() && pattern != "*") {
      return std::unexpected(
          Error(ErrorKind::kNotFound, 404, "resource_not_found_exception", "pipeline [" + pattern + "] is missing"));
    }
    for (const std::string& id : found) {
      if (Status unused = check_unused(state, id); !unused) return unused;
      state.pipelines.erase(id);
    }
    return {};
  });
  if (!gone) return std::unexpected(std::move(gone.error()));
  return Reply::acknowledged();
}

Result<Reply> simulate_pipeline(Call& call, Services& services) {
  if (!call.has_body()) return std::unexpected(no_body());
  ingest::SimulationOptions options;
  options.now = now().count();
  const auto verbose = call.flag("verbose", false);
  if (!verbose) return std::unexpected(verbose.error());
  options.verbose = *verbose;
  if (const auto id = call.text("id")) {
    options.pipeline = services.ingest.find(*id);
    if (options.pipeline == nullptr)
      return std::unexpected(illegal_argument("pipeline [" + std::string(*id) + "] does not exist"));
  }
  auto answer = ingest::simulate(call.body(), options, services.ingest.environment(), services.ingest);
  if (!answer) return std::unexpected(std::move(answer.error()));
  return Reply::json(std::move(*answer));
}

Result<Reply> get_grok_patterns(Call& call, Services& /*services*/) {
  const auto mode = ingest::ecs_mode(call.text_or("ecs_compatibility", "disabled"));
  if (!mode) {
    return std::unexpected(illegal_argument("unsupported ECS compatibility mode [" +
                                            std::string(call.text_or("ecs_compatibility", "")) + "]"));
  }
  const auto sorted = call.flag("s", false);
  if (!sorted) return std::unexpected(sorted.error());
  const ingest::PatternBank& bank = ingest::PatternBank::built_in(*mode);
  JsonWriter out;
  out.begin_object().key("patterns").begin_object();
  const auto write = [&](const ingest::PatternDefinition& each) { out.member(each.name, each.pattern); };
  if (*sorted) {
    std::ranges::for_each(bank.sorted(), write);
  } else {
    std::ranges::for_each(bank.patterns(), write);
  }
  out.end_object().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
