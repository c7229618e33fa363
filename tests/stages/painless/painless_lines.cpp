// Runs scripts, one a line, as {"source":..,"params":..}; prints what Elasticsearch's _execute would answer, one a
// line.
#include <iostream>
#include <string>

#include <boost/json.hpp>

#include "tests/stages/painless/script_runner.h"

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    const boost::json::object request = boost::json::parse(line).as_object();
    const std::string source(request.at("source").as_string());
    const std::string params = request.contains("params") ? boost::json::serialize(request.at("params")) : "{}";
    const sluice::painless::Outcome outcome = sluice::painless::run_script(source, params);
    if (outcome.envelope.empty()) {
      boost::json::object answer;
      answer[outcome.failed ? "failure" : "result"] = outcome.text;
      std::cout << boost::json::serialize(answer) << std::endl;
    } else {
      std::cout << outcome.envelope << std::endl;
    }
  }
  return 0;
}
