// Scripts as people write them, each run by _reindex from a file to a file, with what a real _reindex made of each
// document: tests/cases/painless/scripts, recorded by tests/painless/scripts_on_node.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "reindex/reindex.h"

namespace sluice {
namespace {

namespace json = boost::json;

struct ScriptCase {
  std::string title;
  std::string params;
  std::string script;
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::string differs;  ///< why sluice answers otherwise
};

void add_line(ScriptCase& each, std::string_view part, const std::string& line) {
  if (part == "params") each.params += line;
  if (part == "script") each.script += (each.script.empty() ? "" : "\n") + line;
  if (part == "before" && !line.empty()) each.before.push_back(line);
  if (part == "after" && !line.empty()) each.after.push_back(line);
  if (part == "differs") each.differs += line;
}

std::vector<ScriptCase> read_cases(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<ScriptCase> cases;
  std::string part;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      cases.emplace_back().title = line.substr(4);
      part.clear();
    } else if (!cases.empty() && line.starts_with("--- ")) {
      part = line.substr(4);
    } else if (!part.empty()) {
      add_line(cases.back(), part, line);
    }
  }
  for (ScriptCase& each : cases) {
    while (each.script.ends_with('\n')) each.script.pop_back();
  }
  return cases;
}

/// An error as tests/painless/compare.py shows it.
json::object shown(const Error& error) {
  json::object made;
  const bool script = error.type == "script_exception";
  made["error"] = script ? error.reason : error.type + ": " + error.reason;
  json::array causes;
  for (const Error* cause = error.caused_by.get(); cause != nullptr; cause = cause->caused_by.get()) {
    causes.emplace_back(cause->type + ": " + (cause->reason_is_null ? "None" : cause->reason));
  }
  made["causes"] = std::move(causes);
  for (const auto& [key, value] : error.details) {
    if (key != "position") continue;
    const json::object at = json::parse(value).as_object();
    made["position"] = {at.at("offset"), at.at("start"), at.at("end")};
  }
  return made;
}

class ScriptCases : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("sluice-" + std::to_string(::getpid()) + "-script-cases-" + GetParam());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// What became of one document, in the shape of the file.
  json::object fate_of(const ScriptCase& each, json::object document, std::size_t number) {
    document["_index"] = "pls";
    if (!document.contains("_id")) document["_id"] = std::to_string(number);
    std::ofstream(folder_ / "in.ndjson", std::ios::binary) << json::serialize(document) << '\n';
    Request request;
    request.dest.index = "pld";
    request.script.emplace();
    request.script->source = each.script;
    request.script->params = each.params;
    RunOptions options;
    options.source = (folder_ / "in.ndjson").string();
    options.source_format = pipeline::PageFormat::kHits;
    options.dest = (folder_ / "out.ndjson").string();
    options.dest_format = pipeline::PageFormat::kBulk;
    auto started = reindex(std::move(request), std::move(options));
    if (!started) return shown(started.error());
    const pipeline::RunStatus status = started->wait();
    if (status.error) return shown(*status.error);
    if (status.totals.counters.noops != 0) return {{"op", "noop"}};
    return written();
  }

 private:
  [[nodiscard]] json::object written() const {
    std::ifstream file(folder_ / "out.ndjson", std::ios::binary);
    std::string action;
    std::string source;
    std::getline(file, action);
    std::getline(file, source);
    const json::object line = json::parse(action).as_object();
    if (line.contains("delete")) return {{"op", "delete"}};
    const json::object& target = line.begin()->value().as_object();
    json::object made{{"op", "index"}};
    made["_index"] = target.at("_index");
    made["_id"] = target.contains("_id") ? target.at("_id") : json::value("*made*");
    if (target.contains("routing")) made["_routing"] = target.at("routing");
    made["_source"] = json::parse(source);
    return made;
  }

  std::filesystem::path folder_;
};

/// `differs` is checked too: a difference that is gone has to be taken out.
TEST_P(ScriptCases, MakeOfDocumentsWhatElasticsearchMakes) {
  const std::vector<ScriptCase> cases = read_cases(std::filesystem::path(SLUICE_SCRIPT_CASES) / (GetParam() + ".case"));
  ASSERT_FALSE(cases.empty());
  for (const ScriptCase& each : cases) {
    ASSERT_EQ(each.before.size(), each.after.size()) << each.title;
    ASSERT_FALSE(each.before.empty()) << each.title;
    bool same = true;
    std::string differences;
    for (std::size_t i = 0; i < each.before.size(); ++i) {
      // The order of keys does not count: sluice keeps that of the document, Elasticsearch reads it into a HashMap.
      const json::value wanted = json::parse(each.after[i]);
      const json::value found = fate_of(each, json::parse(each.before[i]).as_object(), i + 1);
      if (found == wanted) continue;
      same = false;
      differences += "\n" + json::serialize(found) + "\nnot " + json::serialize(wanted);
    }
    EXPECT_EQ(same, each.differs.empty()) << each.title << (same ? ": no longer differs" : differences);
  }
}

INSTANTIATE_TEST_SUITE_P(Recorded, ScriptCases,
                         testing::Values("classes", "dates", "fields", "metadata_and_fields", "lists", "text", "where"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace sluice
