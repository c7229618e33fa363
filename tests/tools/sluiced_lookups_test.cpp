// Every query of the corpora is asked of two nodes with the same documents: one looks at all of them, the other one
// looks its candidates up, whatever it costs. They have to answer the same, byte for byte.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "tests/padded.h"
#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

constexpr std::string_view kCases = SLUICE_CASES "/query/";

std::string body_of(const serve::HttpResponse& response) { return response.body; }

class Lookups : public testing::Test {
 protected:
  /// Asks both; what takes time and what is made up is left out of the answers.
  std::string ask(std::string_view method, std::string_view target, std::string_view body = "") {
    const std::string one = plain(body_of(scanning_.ask(method, target, body)));
    const std::string other = plain(body_of(looking_up_.ask(method, target, body)));
    EXPECT_EQ(other, one) << method << ' ' << target << '\n' << body.substr(0, 2000);
    return one;
  }
  static std::string plain(const std::string& body) {
    static const std::regex changing(
        R"re("(took|throttled_millis|uuid|index_uuid|_scroll_id|id|creation_date)" ?: ?("[^"]*"|[0-9]+))re");
    return std::regex_replace(body, changing, "\"$1\":0");
  }
  /// Queries of a file, each asked as it is asked most often, and in ways that read in another order.
  int ask_file(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::string> queries;
    std::string bulk;
    int documents = 0;
    for (std::string line; std::getline(file, line);) {
      const Buffer text = padded(line);
      const auto members = stages::json_members(text.view(), "a case");
      if (!members) continue;
      const std::string first = members->front().name();
      if (first == "mapping") {
        ask("DELETE", "/corpus");
        ask("PUT", "/corpus",
            fmt::format(R"({{"settings":{{"number_of_shards":2}},"mappings":{}}})", members->front().value));
      } else if (first == "id") {
        bulk += fmt::format("{{\"index\":{{\"_id\":{}}}}}\n{}\n", members->front().value, (*members)[1].value);
        ++documents;
      } else {
        queries.emplace_back(members->front().value);
      }
    }
    ask("POST", "/corpus/_bulk?refresh=true", bulk);
    ask_all(queries);
    // Half of the documents are written anew, some are deleted, and some are there twice as far as an index knows.
    ask("POST", "/corpus/_update_by_query?refresh=true", R"({"query":{"range":{"_seq_no":{"gte":10}}}})");
    ask("POST", "/corpus/_delete_by_query?refresh=true",
        fmt::format(R"({{"max_docs":{},"query":{{"match_all":{{}}}}}})", documents / 10));
    for (std::size_t i = 0; i < queries.size(); i += 3) ask_one(queries[i], "");
    return static_cast<int>(queries.size());
  }
  void ask_all(const std::vector<std::string>& queries) {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      ask_one(queries[i], "");
      if (i % 4 == 0) ask_one(queries[i], R"(,"sort":["_doc"],"from":2)");
      if (i % 4 == 1) ask_one(queries[i], R"(,"sort":[{"_id":"desc"}],"track_total_hits":3)");
      if (i % 4 == 2) ask_one(queries[i], R"(,"size":0)");
      if (i % 4 == 3) ask("POST", "/corpus/_count", fmt::format(R"({{"query":{}}})", queries[i]));
      if (i % 9 == 0) {
        ask("DELETE", "/copy?ignore_unavailable=true");
        ask("POST", "/_reindex?refresh=true",
            fmt::format(R"({{"source":{{"index":"corpus","query":{}}},"dest":{{"index":"copy"}}}})", queries[i]));
        ask("GET", "/copy/_search?size=500&sort=_id:asc");
      }
    }
  }
  void ask_one(const std::string& query, std::string_view more) {
    ask("POST", "/corpus/_search?size=500", fmt::format(R"({{"query":{}{}}})", query, more));
  }

  // Each query with a script has another one.
  static store::Settings lookups(std::string mode) {
    return {{"indices.store.lookups", std::move(mode)}, {"script.max_compilations_rate", "\"10000/1m\""}};
  }
  SluicedNode scanning_{lookups("\"off\"")};
  SluicedNode looking_up_{lookups("\"always\"")};
};

TEST_F(Lookups, EveryRecordedQueryIsAnsweredAlike) {
  int queries = 0;
  for (const auto& file : std::filesystem::directory_iterator(std::string(kCases) + "recorded")) {
    queries += ask_file(file.path());
    if (HasFailure()) return;
  }
  EXPECT_GE(queries, 1850);
  const store::LookupCounts counts = looking_up_.services().documents.lookup_counts();
  EXPECT_GT(counts.used, 1000);
}

TEST_F(Lookups, EveryGeneratedQueryIsAnsweredAlike) {
  for (const char* const name : {"generated.ndjson", "written.ndjson", "range_fields.ndjson"}) {
    EXPECT_GT(ask_file(std::string(kCases) + name), 20);
  }
}

constexpr const char* kQueriesOfEachKind[] = {
    R"({"term":{"k":"Ab"}})",
    R"({"term":{"k.low":"AB"}})",
    R"({"term":{"k":"none"}})",
    R"({"term":{"k":"longer than eight"}})",
    R"({"prefix":{"k.low":"A"}})",
    R"({"prefix":{"k":"A"}})",
    R"({"prefix":{"k":{"value":"a","case_insensitive":true}}})",
    R"({"range":{"k.low":{"gt":"ab"}}})",
    R"({"range":{"k":{"gte":"Ab","lt":"c"}}})",
    R"({"term":{"k":"Ab\u0000c"}})",
    R"({"term":{"l":1}})",
    R"({"term":{"alias":1}})",
    R"({"term":{"l":1.5}})",
    R"({"range":{"l":{"gt":-6,"lt":1}}})",
    R"({"range":{"l":{"lte":-9223372036854775808}}})",
    R"({"range":{"l":{"gt":9223372036854775806}}})",
    R"({"range":{"l":{"gt":5,"lt":3}}})",
    R"({"term":{"u":18446744073709551615}})",
    R"({"terms":{"u":[7,8]}})",
    R"({"term":{"f":0.1}})",
    R"({"term":{"f":0}})",
    R"({"term":{"f":-0.0}})",
    R"({"range":{"f":{"lt":0.2}}})",
    R"({"term":{"s":1.2}})",
    R"({"range":{"s":{"gte":1.2,"lte":1.2}}})",
    R"({"term":{"d":"2020-01-01"}})",
    R"({"range":{"d":{"lt":"1970-01-01"}}})",
    R"({"range":{"d":{"gte":"2020-01-01||/M","lte":"now+100y"}}})",
    R"({"term":{"n":"2020-01-01T00:00:00.000000001Z"}})",
    R"({"range":{"n":{"gt":"2020-01-01T00:00:00Z"}}})",
    R"({"term":{"b":true}})",
    R"({"term":{"b":false}})",
    R"({"terms":{"b":["true"]}})",
    R"({"term":{"ip":"10.0.0.0/8"}})",
    R"({"term":{"ip":"::1"}})",
    R"({"range":{"ip":{"gte":"10.0.0.1"}}})",
    R"({"terms":{"all":["x"]}})",
    R"({"term":{"all":"y"}})",
    R"({"term":{"off":"z"}})",
    R"({"term":{"o.x":3}})",
    R"({"range":{"o.x":{"gte":4}}})",
    R"({"ids":{"values":["0","5","9"]}})",
    R"({"term":{"_id":"3"}})",
    R"({"bool":{"filter":[{"term":{"l":1}},{"term":{"b":true}}]}})",
    R"({"bool":{"should":[{"term":{"l":-5}},{"ids":{"values":["5"]}}],"must_not":{"term":{"b":true}}}})",
    R"({"bool":{"must":{"match_all":{}},"should":[{"term":{"k":"Ab"}}]}})",
    R"({"constant_score":{"filter":{"term":{"k":"c"}}}})",
    R"({"match":{"k.low":"AB"}})",
    R"({"query_string":{"query":"k:Ab OR l:1"}})",
    R"({"dis_max":{"queries":[{"term":{"k":"c"}},{"term":{"k":"Ab"}}]}})",
    R"({"function_score":{"query":{"term":{"k":"c"}},"script_score":{"script":"doc['l'].value + 10"}}})"};

TEST_F(Lookups, EveryKindOfFieldIsFoundByItsValues) {
  ask("PUT", "/i", R"({"mappings":{"properties":{
    "k":{"type":"keyword","ignore_above":8,"null_value":"none","fields":{"low":{"type":"keyword","normalizer":"lowercase"}}},
    "l":{"type":"long"},"u":{"type":"unsigned_long"},"f":{"type":"half_float"},"s":{"type":"scaled_float","scaling_factor":10},
    "d":{"type":"date","format":"yyyy-MM-dd||epoch_millis"},"n":{"type":"date_nanos"},"b":{"type":"boolean"},"ip":{"type":"ip"},
    "off":{"type":"keyword","index":false},"all":{"type":"keyword"},"from":{"type":"keyword","copy_to":"all"},
    "alias":{"type":"alias","path":"l"},"o":{"properties":{"x":{"type":"integer"}}}}}})");
  std::string bulk;
  const auto add = [&](std::string_view source) { bulk += fmt::format("{{\"index\":{{}}}}\n{}\n", source); };
  for (
      const char* const source :
      {R"({"k":"Ab","l":1,"u":18446744073709551615,"f":0.1,"s":1.23,"d":"2020-01-01","n":"2020-01-01T00:00:00.000000001Z","b":true,"ip":"10.0.0.1","from":"x"})",
       R"({"k":["aB","c"],"l":"-5","u":"7","f":"1.5","s":0,"d":1577836800000,"b":"false","ip":"::1","all":"y","off":"z"})",
       R"({"k":null,"l":1.9,"f":-0.0,"b":"","o.x":3,"o":{"x":[4,5]}})",
       R"({"k":"longer than eight","l":[9223372036854775807,-9223372036854775808],"d":["1960-05-05","2030-01-01"]})",
       R"({"k":"A\u0062\u0000c","from":["x","y"],"o":[{"x":3},{"x":null}]})", R"({})"}) {
    add(source);
  }
  for (SluicedNode* const node : {&scanning_, &looking_up_}) {
    std::string named = bulk;
    for (std::size_t at = 0, id = 0; (at = named.find("{\"index\":{}}", at)) != std::string::npos; ++id) {
      named.replace(at, 12, fmt::format("{{\"index\":{{\"_id\":\"{}\"}}}}", id));
    }
    EXPECT_EQ(node->ask("POST", "/i/_bulk?refresh=true", named).status, 200);
  }
  int hits = 0;
  for (const char* const query : kQueriesOfEachKind) {
    const std::string answer = ask("POST", "/i/_search?size=10", fmt::format(R"({{"query":{}}})", query));
    hits += answer.find("\"_id\"") != std::string::npos ? 1 : 0;
    ask("POST", "/i/_search?size=10&sort=_doc", fmt::format(R"({{"query":{}}})", query));
    ask("POST", "/i/_count", fmt::format(R"({{"query":{}}})", query));
  }
  EXPECT_GT(hits, 40);
}

TEST_F(Lookups, AChangedMappingAsksForOtherValues) {
  ask("PUT", "/i", R"({"mappings":{"properties":{"k":{"type":"keyword","ignore_above":3},"all":{"type":"keyword"}}}})");
  ask("POST", "/i/_bulk?refresh=true",
      "{\"index\":{\"_id\":\"1\"}}\n{\"k\":\"four\"}\n{\"index\":{\"_id\":\"2\"}}\n{\"k\":\"two\"}\n");
  const auto count = [&](std::string_view query) { return ask("POST", "/i/_count", query); };
  EXPECT_NE(count(R"({"query":{"term":{"k":"four"}}})").find("\"count\":0"), std::string::npos);
  ask("PUT", "/i/_mapping", R"({"properties":{"k":{"type":"keyword","ignore_above":9,"copy_to":"all"}}})");
  count(R"({"query":{"term":{"k":"four"}}})");
  count(R"({"query":{"term":{"all":"two"}}})");
}

TEST_F(Lookups, ScrollsAndPointsInTimeShowWhatIsGone) {
  ask("PUT", "/i", R"({"settings":{"refresh_interval":-1},"mappings":{"properties":{"k":{"type":"keyword"}}}})");
  std::string bulk;
  for (int i = 0; i < 60; ++i) bulk += fmt::format("{{\"index\":{{\"_id\":\"{}\"}}}}\n{{\"k\":\"v{}\"}}\n", i, i % 3);
  ask("POST", "/i/_bulk?refresh=true", bulk);
  const auto walk = [&](SluicedNode& node) {
    std::string all;
    std::string page =
        body_of(node.ask("POST", "/i/_search?scroll=1m", R"({"size":4,"query":{"term":{"k":"v1"}},"sort":["_doc"]})"));
    for (int i = 0; i < 8; ++i) {
      all += plain(page);
      node.ask("DELETE", fmt::format("/i/_doc/{}?refresh=true", i * 7 + 1));
      node.ask("PUT", fmt::format("/i/_doc/{}?refresh=true", i * 5), R"({"k":"v1"})");
      node.ask("POST", "/i/_search", R"({"query":{"term":{"k":"v1"}}})");  // extends the index meanwhile
      const std::size_t at = page.find("\"_scroll_id\":\"") + 14;
      const std::string id = page.substr(at, page.find('"', at) - at);
      page = body_of(node.ask("POST", "/_search/scroll", fmt::format(R"({{"scroll":"1m","scroll_id":"{}"}})", id)));
    }
    return all;
  };
  EXPECT_EQ(walk(looking_up_), walk(scanning_));
  ask("POST", "/i/_delete_by_query?refresh=true", R"({"query":{"terms":{"k":["v1"]}}})");
  ask("POST", "/i/_search?size=100", R"({"sort":["_doc"]})");
}

}  // namespace
}  // namespace sluice::tests
