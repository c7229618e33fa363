#include "tools/sluiced/tasks/task_results.h"

#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "io/store/catalog/create_index.h"
#include "pipeline/base/json_text.h"
#include "reindex/response.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/node_json.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kMapping = R"({"dynamic":"strict","_meta":{"version":"VERSION",
"managed_index_mappings_version":0},"properties":{"completed":{"type":"boolean"},
"task":{"properties":{"action":{"type":"keyword"},"cancellable":{"type":"boolean"},"id":{"type":"long"},
"parent_task_id":{"type":"keyword"},"node":{"type":"keyword"},"running_time_in_nanos":{"type":"long"},
"start_time_in_millis":{"type":"long"},"type":{"type":"keyword"},"status":{"type":"object","enabled":false},
"description":{"type":"text"},"headers":{"type":"object","enabled":false}}},
"response":{"type":"object","enabled":false},"error":{"type":"object","enabled":false}}})";

Status make_index(const store::Store& store) {
  return store.catalog.update([&](store::ClusterState& state) -> Status {
    if (state.find(kTasksIndex) != nullptr) return {};
    store::NewIndex index;
    index.name = kTasksIndex;
    index.settings = {{"index.hidden", "\"true\""},
                      {"index.number_of_shards", "\"1\""},
                      {"index.number_of_replicas", "\"0\""},
                      {"index.auto_expand_replicas", "\"0-1\""},
                      {"index.priority", "\"2147483647\""}};
    index.mappings = kMapping;
    index.mappings.replace(index.mappings.find("VERSION"), 7, kElasticsearchVersion);
    auto made = store::create_index(store.catalog, state, std::move(index));
    if (!made) return std::unexpected(std::move(made.error()));
    return {};
  });
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Takes a member of the stored task over to the one that is shown.
void show_member(JsonWriter& out, const std::string& name, std::string_view value, bool human, TaskResult& result) {
  if (name == "start_time_in_millis") {
    result.started_ms = number_of(value);
    if (human) out.member("start_time", cat_date(result.started_ms));
  } else if (name == "running_time_in_nanos") {
    result.ran_ns = number_of(value);
    if (human) out.member("running_time", human_duration(Nanoseconds(result.ran_ns)));
  } else if (name == "action") {
    result.action = json_unquoted(value);
  } else if (name == "description") {
    result.description = value;
  } else if (name == "status") {
    result.status = value;
  }
  out.key(name).raw(value);
  if (name == "cancellable") out.member("cancelled", false);
}

}  // namespace

std::string task_name(std::string_view node_id, std::int64_t id) { return fmt::format("{}:{}", node_id, id); }

std::string task_result(std::string_view node_id, const Task& task, const pipeline::RunStatus& status) {
  const TaskAbout& about = task.about();
  ResponseFormat format;  // all counters, whatever was run
  JsonWriter out;
  out.begin_object().member("completed", true).key("task").begin_object();
  out.member("node", node_id).member("id", task.id()).member("type", "transport");
  out.member("action", action_of(about.kind)).key("status");
  write_task_status(out, status, SlicesShown::kAll, format);
  out.member("description", about.description).member("start_time_in_millis", about.started_ms);
  out.member("running_time_in_nanos", task.running_time().count()).member("cancellable", true);
  out.key("headers").begin_object();
  if (!about.opaque_id.empty()) out.member("X-Opaque-Id", about.opaque_id);
  out.end_object().end_object();
  if (status.error) {
    out.key("error");
    status.error->write(out);
  } else {
    format.human = true;
    out.key("response").raw(response_json(status, format));
  }
  out.end_object();
  return out.take();
}

bool has_task_results(const store::Store& store) { return store.catalog.state()->find(kTasksIndex) != nullptr; }

Status store_task_result(const store::Store& store, std::string_view name, std::string_view result) {
  if (!has_task_results(store)) {
    if (Status made = make_index(store); !made) return made;
  }
  Buffer padded(result.size());
  padded.append(result);
  std::array<store::IndexItem, 1> items;
  items.front().index = kTasksIndex;
  items.front().write.id = name;
  items.front().write.source = padded.view();
  if (Status written = store.indexer.write(items); !written) return written;
  if (items.front().written.error) return std::unexpected(*items.front().written.error);
  // Results are few, and whoever looks for one wants to find it.
  store.views.refresh(*items.front().target);
  return {};
}

Result<std::optional<std::string>> stored_task_result(const store::Store& store, std::string_view name) {
  const store::IndexPtr index = store.catalog.state()->find(kTasksIndex);
  if (index == nullptr) return std::nullopt;
  auto found = store.documents.get(index->key(), name, {});
  if (!found) return std::unexpected(std::move(found.error()));
  if (*found == nullptr) return std::nullopt;
  return std::string((*found)->document().source);
}

Result<TaskResult> read_task_result(const std::string& result, bool human) {
  auto members = stages::json_members_of(result, "task result");
  if (!members) return std::unexpected(std::move(members.error()));
  TaskResult read;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "response" || name == "error") read.outcome = fmt::format("\"{}\":{}", name, member.value);
    if (name != "task") continue;
    const std::string task(member.value);
    auto parts = stages::json_members_of(task, "task");
    if (!parts) return std::unexpected(std::move(parts.error()));
    JsonWriter out;
    out.begin_object();
    for (const stages::JsonMember& part : *parts) show_member(out, part.name(), part.value, human, read);
    out.end_object();
    read.task = out.take();
  }
  return read;
}

}  // namespace sluice::rest
