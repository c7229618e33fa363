// Answers lines of `{"body":{..},"verbose":false}` as `_ingest/pipeline/_simulate` does: what the comparison with real
// nodes asks. A line with `"put":"id"` keeps its body as a pipeline. An argument is the folder of databases.
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/ingest/simulate.h"
#include "stages/parse/json_object.h"

namespace {

using sluice::ingest::Pipeline;

class Kept final : public sluice::ingest::PipelineLookup {
 public:
  std::map<std::string, std::shared_ptr<const Pipeline>, std::less<>> by_id;
  [[nodiscard]] std::shared_ptr<const Pipeline> find(std::string_view id) const override {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second;
  }
};

std::string answer(const std::string& line, Kept& kept, const sluice::ingest::CompileEnvironment& environment) {
  sluice::Buffer padded(line.size());
  padded.append(line);
  const auto members = sluice::stages::json_members(padded.view(), "a line");
  if (!members) return members.error().envelope();
  std::string_view body;
  std::string put;
  sluice::ingest::SimulationOptions options;
  for (const auto& member : *members) {
    if (member.name() == "body") body = member.value;
    if (member.name() == "put") put = sluice::json_unquoted(member.value);
    if (member.name() == "verbose") options.verbose = member.value == "true";
  }
  if (put.empty()) {
    const auto done = sluice::ingest::simulate(body, options, environment, kept);
    return done ? *done : done.error().envelope();
  }
  const auto compiled = Pipeline::compile(put, body, environment);
  if (!compiled) return compiled.error().envelope();
  kept.by_id[put] = *compiled;
  return R"({"acknowledged":true})";
}

}  // namespace

int main(int count, char** arguments) {
  Kept kept;
  sluice::ingest::CompileEnvironment environment;
  if (count > 1) environment.databases = arguments[1];
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(line, kept, environment) << std::endl;
  return 0;
}
