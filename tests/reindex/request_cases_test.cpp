// Runs tests/cases/request/*.case: a request, and what Elasticsearch 9.4.3 answers to it, byte for byte.
//
//   === name
//   POST /_reindex?parameter=value
//   the body, until the line that begins with ---
//   --- 400
//   {"error":...}            (nothing after `--- accepted`)
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "reindex/request.h"

namespace sluice {
namespace {

struct Case {
  std::string file;
  std::string name;
  UrlParameters parameters;
  std::string body;
  std::string status;
  std::string answer;
  friend void PrintTo(const Case& each, std::ostream* out) { *out << each.file << ": " << each.name; }
};

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

UrlParameters parse_query(const std::string& line) {
  UrlParameters parameters;
  const std::size_t question = line.find('?');
  if (question == std::string::npos) return parameters;
  std::stringstream query(line.substr(question + 1));
  for (std::string part; std::getline(query, part, '&');) {
    const std::size_t equals = part.find('=');
    parameters.emplace_back(decoded(part.substr(0, equals)),
                            equals == std::string::npos ? std::string() : decoded(part.substr(equals + 1)));
  }
  return parameters;
}

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  enum class Part { kNone, kRequest, kBody, kAnswer } part = Part::kNone;
  bool first_body_line = true;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      cases.emplace_back().name = line.substr(4);
      cases.back().file = path.stem().string();
      part = Part::kRequest;
    } else if (part == Part::kRequest) {
      cases.back().parameters = parse_query(line);
      part = Part::kBody;
      first_body_line = true;
    } else if (part == Part::kBody && line.starts_with("--- ")) {
      cases.back().status = line.substr(4);
      part = Part::kAnswer;
    } else if (part == Part::kBody) {
      cases.back().body += (first_body_line ? "" : "\n") + line;
      first_body_line = false;
    } else if (part == Part::kAnswer && !line.empty()) {
      cases.back().answer = line;
    }
  }
  return cases;
}

std::vector<Case> all_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SLUICE_REQUEST_CASES)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const auto& file : files) {
    for (Case& each : read_cases(file)) cases.push_back(std::move(each));
  }
  return cases;
}

class RequestCase : public testing::TestWithParam<Case> {};

TEST_P(RequestCase, AnswersAsElasticsearch) {
  const Case& each = GetParam();
  RequestRules rules;
  rules.remote_slices = false;
  const auto request = parse_request(each.body, each.parameters, rules);
  if (each.status == "accepted") {
    EXPECT_TRUE(request.has_value()) << request.error().envelope();
    return;
  }
  ASSERT_FALSE(request.has_value()) << "accepted, but expected " << each.answer;
  EXPECT_EQ(std::to_string(request.error().status), each.status);
  EXPECT_EQ(request.error().envelope(), each.answer);
}

INSTANTIATE_TEST_SUITE_P(Request, RequestCase, testing::ValuesIn(all_cases()), [](const auto& each) {
  std::string name = each.param.file + "_" + std::to_string(each.index);
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST(RequestCases, ThereAreMany) { EXPECT_GT(all_cases().size(), 150U); }

}  // namespace
}  // namespace sluice
