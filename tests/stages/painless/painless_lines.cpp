// Runs scripts, one a line, as {"source":..,"params":..}; prints what Elasticsearch's _execute would answer, one a
// line.
#include <iostream>
#include <string>

#include <boost/json.hpp>

#include "stages/painless/run/json_text.h"
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
      std::string text;
      sluice::painless::append_json_text(text, outcome.text);  // a lone surrogate is no UTF-8
      std::cout << (outcome.failed ? R"({"failure":)" : R"({"result":)") << text << "}" << std::endl;
    } else {
      std::cout << outcome.envelope << std::endl;
    }
  }
  return 0;
}
