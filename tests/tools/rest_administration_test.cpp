// The steps of tests/cases/rest: a request in a line, then its status and answer. What differs from run to run stands
// as UUID and TIME; the members of objects are in the order of their names.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

namespace json = boost::json;

std::string sorted(const json::value& value) {
  std::string text;
  if (value.is_object()) {
    std::map<std::string, std::string> members;
    for (const auto& [key, member] : value.get_object())
      members.emplace(json::serialize(json::string(key)), sorted(member));
    for (const auto& [key, member] : members) text += (text.empty() ? "" : ",") + key + ":" + member;
    return "{" + text + "}";
  }
  if (!value.is_array()) return json::serialize(value);
  for (const json::value& each : value.get_array()) text += (text.empty() ? "" : ",") + sorted(each);
  return "[" + text + "]";
}

std::string normal(const std::string& body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  std::string text = error ? body : sorted(value);
  text = std::regex_replace(text, std::regex("\"(_id|index_uuid|uuid)\":\"[A-Za-z0-9_-]{20,22}\""), "\"$1\":\"UUID\"");
  text = std::regex_replace(text, std::regex("/[A-Za-z0-9_-]{22}\\]"), "/UUID]");
  text = std::regex_replace(text, std::regex("[0-9]{4}\\.[0-9]{2}\\.[0-9]{2}"), "DAY");
  return std::regex_replace(text, std::regex("\\b1[0-9]{12}\\b"), "TIME");
}

void run(const std::string& file) {
  SluicedNode node(store::Settings{{"action.destructive_requires_name", "\"false\""}});
  std::ifstream in(std::filesystem::path(SLUICE_CASES) / "rest" / file);
  ASSERT_TRUE(in.is_open()) << file;
  std::string request;
  std::string expected;
  int steps = 0;
  while (std::getline(in, request)) {
    if (request.empty() || request.front() == '#') continue;
    ASSERT_TRUE(std::getline(in, expected));
    const std::size_t path = request.find(' ');
    const std::size_t body = std::min(request.find(' ', path + 1), request.size());
    const auto answer = node.ask(request.substr(0, path), request.substr(path + 1, body - path - 1),
                                 body < request.size() ? request.substr(body + 1) : "");
    // The server sends no body in answer to HEAD.
    const std::string text = request.starts_with("HEAD ") ? "" : normal(answer.body);
    EXPECT_EQ(std::to_string(answer.status) + " " + text, expected) << file << ": " << request;
    ++steps;
  }
  EXPECT_GT(steps, 0);
}

TEST(RestAdministration, Aliases) { run("aliases.case"); }
TEST(RestAdministration, Blocks) { run("blocks.case"); }
TEST(RestAdministration, FieldsThatAreThereTwice) { run("twice.case"); }
TEST(RestAdministration, Templates) { run("templates.case"); }
TEST(RestAdministration, RolloverResolveBlocksAndTasks) { run("rollover.case"); }
TEST(RestAdministration, StatisticsAndTables) { run("tables.case"); }

}  // namespace
}  // namespace sluice::tests
