// Runs tests/cases/mappings/*.case: mappings, changes of them and documents, and what Elasticsearch 9.4.3 made of them
// (record_mapping_cases.py asked a real node).
//
//   === name
//   mapping {"properties":{..}}      or: document {..}, merge {..}
//   => {"properties":{..}}           the mapping afterwards, or
//   !! {"type":..,"reason":..}       the error
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/json_writer.h"

namespace sluice::store {
namespace {

struct Step {
  std::string kind;
  std::string input;
  bool accepted = true;
  std::string outcome;
};
struct Case {
  std::string file;
  std::string name;
  std::vector<Step> steps;
  friend void PrintTo(const Case& each, std::ostream* out) { *out << each.file << ": " << each.name; }
};

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      cases.push_back({path.stem().string(), line.substr(4), {}});
    } else if (line.starts_with("=> ") || line.starts_with("!! ")) {
      cases.back().steps.back().accepted = line.starts_with("=>");
      cases.back().steps.back().outcome = line.substr(3);
    } else if (!line.empty()) {
      const std::size_t space = line.find(' ');
      cases.back().steps.push_back({line.substr(0, space), line.substr(space + 1), true, {}});
    }
  }
  return cases;
}

std::vector<Case> all_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SLUICE_MAPPING_CASES)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Case> cases;
  for (const auto& file : files) {
    if (file.extension() != ".case") continue;
    for (Case& each : read_cases(file)) cases.push_back(std::move(each));
  }
  return cases;
}

/// The mapping after a step. A document is checked again once its update is in: then there must be none.
Result<MappingPtr> after(const MappingPtr& before, const Step& step) {
  const MappingLimits limits;
  if (step.kind != "document") {
    auto update = Mapping::parse(step.input);
    if (!update) return update;
    return before->merge(**update, limits);
  }
  Buffer document;
  document.append(step.input);
  auto checked = before->check(document.view(), "1", limits);
  if (!checked) return std::unexpected(std::move(checked.error()));
  if (!checked->update) return before;
  auto merged = before->merge(*checked->update, limits);
  if (!merged) return merged;
  const auto again = (*merged)->check(document.view(), "1", limits);
  EXPECT_TRUE(again.has_value()) << again.error().message();
  EXPECT_TRUE(!again || again->update == nullptr) << again->update->json();
  return merged;
}

class MappingCase : public testing::TestWithParam<Case> {};

TEST_P(MappingCase, IsAsElasticsearch) {
  MappingPtr mapping = Mapping::empty();
  for (const Step& step : GetParam().steps) {
    SCOPED_TRACE(step.kind + " " + step.input);
    auto next = after(mapping, step);
    ASSERT_EQ(next.has_value(), step.accepted)
        << (next ? (*next)->json() : next.error().envelope()) << "\nexpected " << step.outcome;
    if (next) {
      EXPECT_EQ(boost::json::parse((*next)->json()), boost::json::parse(step.outcome)) << (*next)->json();
      const auto again = Mapping::parse((*next)->json());
      ASSERT_TRUE(again.has_value()) << again.error().message();
      EXPECT_EQ((*again)->json(), (*next)->json());
      mapping = *next;
    } else {
      JsonWriter out;
      next.error().write(out);
      EXPECT_EQ(out.text(), step.outcome);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Mappings, MappingCase, testing::ValuesIn(all_cases()), [](const auto& each) {
  std::string name = each.param.file + "_" + std::to_string(each.index);
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST(MappingCases, ThereAreMany) { EXPECT_GT(all_cases().size(), 150U); }

}  // namespace
}  // namespace sluice::store
