#include "tools/sluiced/tasks/saved_runs.h"

#include <charconv>
#include <sstream>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "stages/parse/json_object.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kPrefix = "tasks/run/";

std::string key_of(std::int64_t id, std::string_view name) { return fmt::format("{}{}/{}", kPrefix, id, name); }

std::string request_text(const SavedRequest& request) {
  JsonWriter out;
  out.begin_object().member("kind", static_cast<int>(request.kind)).member("index", request.index);
  out.key("parameters").begin_object();
  for (const auto& [name, value] : request.parameters) out.member(name, value);
  out.end_object().member("body", request.body).member("opaque_id", request.opaque_id);
  out.member("started_ms", request.started_ms).end_object();
  return out.take();
}

/// A store that can't be written ends the run itself, with an error that says so.
void may_fail(const Status& /*written*/) {}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Status read_request(const std::string& text, SavedRequest& request) {
  const auto members = stages::json_members_of(text, "saved request");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "kind") request.kind = static_cast<RequestKind>(number_of(member.value));
    if (name == "index") request.index = json_unquoted(member.value);
    if (name == "body") request.body = json_unquoted(member.value);
    if (name == "opaque_id") request.opaque_id = json_unquoted(member.value);
    if (name == "started_ms") request.started_ms = number_of(member.value);
    if (name != "parameters") continue;
    const std::string object(member.value);
    const auto parameters = stages::json_members_of(object, "saved parameters");
    if (!parameters) return std::unexpected(parameters.error());
    for (const stages::JsonMember& each : *parameters) {
      request.parameters.emplace(each.name(), json_unquoted(each.value));
    }
  }
  return {};
}

std::string checkpoint_text(const pipeline::SliceCheckpoint& at) {
  const pipeline::Counters& count = at.counters;
  return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}\n{}", at.cursor.part, at.cursor.offset,
                     at.cursor.documents, count.read, count.created, count.updated, count.deleted, count.noops,
                     count.version_conflicts, count.failed, count.filtered, at.total, at.batches, at.retries_bulk,
                     at.retries_search, at.throttled.count(), at.finished ? 1 : 0, at.cursor.after);
}

pipeline::SliceCheckpoint read_checkpoint(const std::string& text) {
  std::istringstream in(text);
  pipeline::SliceCheckpoint at;
  pipeline::Counters& count = at.counters;
  Nanoseconds::rep throttled = 0;
  in >> at.cursor.part >> at.cursor.offset >> at.cursor.documents >> count.read >> count.created >> count.updated >>
      count.deleted >> count.noops >> count.version_conflicts >> count.failed >> count.filtered >> at.total >>
      at.batches >> at.retries_bulk >> at.retries_search >> throttled >> at.finished;
  in.ignore();
  std::getline(in, at.cursor.after);
  at.throttled = Nanoseconds(throttled);
  return at;
}

/// Takes a record over into the run that it belongs to.
Status read_record(std::string_view name, const std::string& value, SavedRun& run) {
  if (name == "request") return read_request(value, run.request);
  if (name == "cancelled") run.cancelled = true;
  if (name == "rate") run.rate = std::strtof(value.c_str(), nullptr);
  if (name == "state") {
    run.point.opened = true;
    const std::size_t line = value.find('\n');
    run.point.slices.resize(std::max<std::size_t>(run.point.slices.size(), std::stoul(value.substr(0, line))));
    run.point.plan = value.substr(line + 1);
  }
  if (name.starts_with("slice/")) {
    const auto slice = static_cast<std::size_t>(number_of(name.substr(6)));
    run.point.slices.resize(std::max(run.point.slices.size(), slice + 1));
    run.point.slices[slice] = read_checkpoint(value);
  }
  return {};
}

}  // namespace

Status SavedRuns::begin(std::int64_t id, const SavedRequest& request) {
  const store::Documents::Record record{key_of(id, "request"), request_text(request)};
  return documents_.put_records({&record, 1});
}

void SavedRuns::put(std::int64_t id, const std::string& name, std::string value) {
  const store::Documents::Record record{key_of(id, name), std::move(value)};
  may_fail(documents_.put_records({&record, 1}, store::Durability::kAsync));
}

void SavedRuns::opened(std::int64_t id, std::uint32_t slices, const std::string& plan) {
  put(id, "state", fmt::format("{}\n{}", slices, plan));
}

void SavedRuns::reached(std::int64_t id, std::uint32_t slice, const pipeline::SliceCheckpoint& checkpoint) {
  put(id, fmt::format("slice/{}", slice), checkpoint_text(checkpoint));
}

void SavedRuns::rethrottled(std::int64_t id, float requests_per_second) {
  put(id, "rate", fmt::format("{}", requests_per_second));
}

void SavedRuns::cancelled(std::int64_t id) { put(id, "cancelled", "true"); }

void SavedRuns::forget(std::int64_t id) {
  auto records = documents_.records(key_of(id, ""));
  if (!records) return;
  for (store::Documents::Record& record : *records) record.value.reset();
  may_fail(documents_.put_records(*records, store::Durability::kAsync));
}

std::vector<SavedRun> SavedRuns::load() {
  const auto records = documents_.records(kPrefix);
  if (!records) return {};
  std::map<std::int64_t, SavedRun> runs;
  std::map<std::int64_t, bool> whole;
  for (const store::Documents::Record& record : *records) {
    const std::string_view rest = std::string_view(record.key).substr(kPrefix.size());
    const std::size_t slash = rest.find('/');
    const std::int64_t id = number_of(rest.substr(0, slash));
    const std::string_view name = rest.substr(slash + 1);
    SavedRun& run = runs[id];
    run.id = id;
    if (name == "request") whole[id] = true;
    if (!read_record(name, *record.value, run)) whole[id] = false;
  }
  std::vector<SavedRun> saved;
  for (auto& [id, run] : runs) {
    if (whole[id]) {
      saved.push_back(std::move(run));
    } else {
      forget(id);
    }
  }
  return saved;
}

}  // namespace sluice::rest
