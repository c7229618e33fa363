#include <filesystem>
#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "stages/painless/run/json_text.h"
#include "tests/stages/painless/script_runner.h"

namespace sluice::painless {
namespace {

/// What tests/painless/compare.py records of a real node's answer, in the same shape. Cases have no lone surrogates:
/// Boost refuses them.
boost::json::object essence(const Outcome& outcome) {
  boost::json::object made;
  if (!outcome.failed) {
    std::string text;
    append_json_text(text, outcome.text);
    made["result"] = boost::json::parse(text);
    return made;
  }
  const boost::json::object error = boost::json::parse(outcome.envelope).as_object().at("error").as_object();
  made["error"] = error.at("reason");
  boost::json::array causes;
  const boost::json::object* cause = error.contains("caused_by") ? &error.at("caused_by").as_object() : nullptr;
  while (cause != nullptr) {
    const boost::json::value& reason = cause->at("reason");
    const std::string text = reason.is_null() ? "None" : std::string(reason.as_string());
    causes.emplace_back(std::string(cause->at("type").as_string()) + ": " + text);
    cause = cause->contains("caused_by") ? &cause->at("caused_by").as_object() : nullptr;
  }
  made["causes"] = std::move(causes);
  if (error.contains("position")) {
    const boost::json::object& at = error.at("position").as_object();
    made["position"] = {at.at("offset"), at.at("start"), at.at("end")};
  }
  return made;
}

class PainlessCases : public testing::TestWithParam<std::string> {};

/// Scripts with what Elasticsearch 9.4.3 answered to them. `differs` says why sluice answers otherwise, and is checked
/// too: a difference that is gone has to be taken out.
TEST_P(PainlessCases, AreAsElasticsearchAnswers) {
  std::ifstream file(std::string(SLUICE_PAINLESS_CASES) + "/" + GetParam() + ".ndjson");
  ASSERT_TRUE(file);
  std::size_t run = 0;
  for (std::string line; std::getline(file, line);) {
    boost::json::object expected = boost::json::parse(line).as_object();
    const std::string source(expected.at("source").as_string());
    const bool differs = expected.erase("differs") != 0;
    expected.erase("source");
    const boost::json::object actual = essence(run_script(source));
    EXPECT_EQ(actual == expected, !differs) << source << "\nElasticsearch: " << boost::json::serialize(expected)
                                            << "\nsluice: " << boost::json::serialize(actual);
    ++run;
  }
  EXPECT_GT(run, 0U);
}

INSTANTIATE_TEST_SUITE_P(Recorded, PainlessCases,
                         testing::Values("programs", "operators", "constants", "errors", "statements"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace sluice::painless
