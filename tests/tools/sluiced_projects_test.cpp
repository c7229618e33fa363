// Several sluiced, one of which the others are linked to: `_reindex` reads them all and writes to the one.
#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/serve/raw_client.h"
#include "tests/tools/program.h"

namespace sluice::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Answer {
  int status = 0;
  std::string body;
};

/// A sluiced of its own, running.
class Server {
 public:
  explicit Server(const std::vector<std::string>& settings = {}) : settings_(settings) { start(); }

  [[nodiscard]] const std::string& address() const { return address_; }

  /// `authorization`: the value of that header; empty: none.
  [[nodiscard]] Answer ask(const std::string& method, const std::string& target, const std::string& body = "",
                           const std::string& authorization = "") const {
    RawClient client(address_);
    client.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" +
                (authorization.empty() ? "" : "Authorization: " + authorization + "\r\n") +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    const std::string answer = client.read_answer();
    return {status_of(answer), body_of(answer)};
  }
  /// Makes documents `prefix0`, `prefix1`, ... with their number as `n`.
  void fill(const std::string& index, const std::string& prefix, int documents) const {
    std::string lines;
    for (int n = 0; n < documents; ++n) {
      lines += R"({"index":{"_id":")" + prefix + std::to_string(n) + R"("}})" + "\n";
      lines += R"({"n":)" + std::to_string(n) + R"(,"of":")" + prefix + "\"}\n";
    }
    EXPECT_EQ(ask("POST", "/" + index + "/_bulk?refresh=true", lines).status, 200);
  }
  [[nodiscard]] std::string count(const std::string& index) const {
    return ask("GET", "/" + index + "/_count?filter_path=count&ignore_unavailable=true").body;
  }
  /// Ends it as `kill -9` does, and starts it again.
  void crash() {
    program_->send(SIGKILL);
    program_->wait();
    start();
  }
  void stop() {
    program_->send(SIGTERM);
    program_->wait();
  }

 private:
  void start() {
    std::ofstream(folder_.file("stdout")).close();
    std::vector<std::string> arguments{"--data", folder_.file("data"), "--listen", "127.0.0.1:0"};
    for (const std::string& setting : settings_) arguments.insert(arguments.end(), {"--set", setting});
    program_ = std::make_unique<Program>(folder_.path(), arguments);
    std::string line;
    while (!line.ends_with('\n')) line = folder_.read("stdout");
    const std::size_t begin = line.find("://") + 3;
    address_ = line.substr(begin, line.find(',', begin) - begin);
  }

  Folder folder_;
  std::vector<std::string> settings_;
  std::unique_ptr<Program> program_;
  std::string address_;
};

std::vector<std::string> links(const Server& p1, const Server& p2) {
  return {"sluice.projects.p1.host=http://" + p1.address(), "sluice.projects.p2.host=http://" + p2.address()};
}

/// An origin and two projects: `logs` is in all but p2, `metrics` in p2 alone.
class Projects : public testing::Test {
 protected:
  Projects() : origin_(links(p1_, p2_)) {
    origin_.fill("logs", "o", 3);
    p1_.fill("logs", "a", 4);
    p1_.fill("logs-old", "x", 2);
    p2_.fill("metrics", "b", 5);
  }

  /// Copies to `copy`, which is made anew; `members` stand in `source`.
  [[nodiscard]] Answer copy(const std::string& members, const std::string& parameters = "",
                            const std::string& more = "") const {
    static_cast<void>(origin_.ask("DELETE", "/copy?ignore_unavailable=true"));
    return origin_.ask("POST", "/_reindex?refresh=true" + parameters,
                       R"({"source":{)" + members + R"(},"dest":{"index":"copy"})" + more + "}");
  }

  Server p1_;
  Server p2_;
  Server origin_;
};

TEST_F(Projects, NamesMeanWhatAllOfThemHave) {
  const auto found = [this](const std::string& members) {
    const Answer answer = copy(members, "&filter_path=total,created,failures,error.reason");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  };
  EXPECT_EQ(found(R"("index":"logs")"), R"({"total":7,"created":7,"failures":[]})");
  EXPECT_EQ(found(R"("index":"metrics")"), R"({"total":5,"created":5,"failures":[]})");
  EXPECT_EQ(found(R"("index":["logs*","metrics"])"), R"({"total":14,"created":14,"failures":[]})");
  EXPECT_EQ(found(R"("index":["logs*","-logs-old"])"), R"({"total":7,"created":7,"failures":[]})");
  EXPECT_EQ(found(R"("index":"p1:logs")"), R"({"total":4,"created":4,"failures":[]})");
  EXPECT_EQ(found(R"("index":"_origin:logs")"), R"({"total":3,"created":3,"failures":[]})");
  EXPECT_EQ(found(R"("index":"*:logs*")"), R"({"total":9,"created":9,"failures":[]})");
  EXPECT_EQ(found(R"("index":["p1:logs","p2:metrics"])"), R"({"total":9,"created":9,"failures":[]})");
  EXPECT_EQ(found(R"("index":["logs","-p1:*"])"), R"({"total":3,"created":3,"failures":[]})");
  EXPECT_EQ(found(R"("index":"none-*")"), R"({"total":0,"created":0,"failures":[]})");
  EXPECT_EQ(found(R"("index":"logs","project_routing":"_alias:_origin")"), R"({"total":3,"created":3,"failures":[]})");
  EXPECT_EQ(found(R"("index":"logs","project_routing":"_alias:p1")"), R"({"total":4,"created":4,"failures":[]})");
  EXPECT_EQ(found(R"("index":"*","project_routing":"_alias:p*")"), R"({"total":11,"created":11,"failures":[]})");
}

TEST_F(Projects, TheOriginIsWritten) {
  ASSERT_EQ(copy(R"("index":"logs")").status, 200);
  EXPECT_EQ(origin_.count("copy"), R"({"count":7})");
  EXPECT_EQ(p1_.count("copy"), R"({"count":0})");
  EXPECT_EQ(origin_.ask("GET", "/copy/_source/a3").body, R"({"n":3,"of":"a"})");
  EXPECT_EQ(origin_.ask("GET", "/copy/_source/o2").body, R"({"n":2,"of":"o"})");
}

TEST_F(Projects, QueriesFieldsAndScriptsAreTheSameEverywhere) {
  ASSERT_EQ(copy(R"("index":"logs","query":{"range":{"n":{"gte":2}}},"_source":["n"],"size":1)",
                 "&filter_path=total,created", R"(,"script":{"source":"ctx._source.from = ctx._index"})")
                .body,
            R"({"total":3,"created":3})");
  EXPECT_EQ(origin_.ask("GET", "/copy/_source/a2").body, R"({"n":2,"from":"p1:logs"})");
  EXPECT_EQ(origin_.ask("GET", "/copy/_source/o2").body, R"({"n":2,"from":"logs"})");
}

TEST_F(Projects, WhatIsNowhereIsAnError) {
  const auto wrong = [this](const std::string& members, int status, const std::string& type,
                            const std::string& reason) {
    const Answer answer = copy(members);
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"({"type":")" + type + R"(","reason":")" + reason + "\""));
  };
  const std::string missing = "index_not_found_exception";
  wrong(R"("index":"none")", 404, missing, "no such index [none]");
  wrong(R"("index":["logs","none"])", 404, missing, "no such index [none]");
  wrong(R"("index":"p2:logs")", 404, missing, "no such index [p2:logs]");
  wrong(R"("index":"_origin:metrics")", 404, missing, "no such index [_origin:metrics]");
  wrong(R"("index":"*:logs")", 404, missing, "no such index [p2:logs]");
  wrong(R"("index":"logs","project_routing":"_alias:p2")", 404, missing, "no such index [p2:logs]");
  wrong(R"("index":"p9:logs")", 404, "no_matching_project_exception", "No such project: [p9]");
  wrong(R"("index":"logs","project_routing":"_alias:q*")", 404, "no_matching_project_exception",
        "no matching project after applying project routing [_alias:q*]");
  wrong(R"("index":"logs","project_routing":"p1")", 400, "status_exception",
        "project_routing [p1] must start with the prefix [_alias:]");
  EXPECT_EQ(origin_.count("copy"), R"({"count":0})");
}

TEST_F(Projects, AnIndexOfTheOriginIsNotCopiedOntoItself) {
  const std::string body = R"({"source":{"index":")";
  const std::string dest = R"("},"dest":{"index":"logs"}})";
  EXPECT_THAT(origin_.ask("POST", "/_reindex", body + "logs" + dest).body,
              HasSubstr("reindex cannot write into an index its reading from [logs]"));
  EXPECT_EQ(origin_.ask("POST", "/_reindex", body + "p1:logs" + dest).status, 200);
}

TEST_F(Projects, AQueryThatAProjectRefusesEndsTheRunWithItsName) {
  const Answer refused = copy(R"("index":"p1:logs","query":{"term":{"n":"text"}})");
  EXPECT_EQ(refused.status, 400) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("linked project [p1]: "));
}

TEST_F(Projects, SortsOfOneProjectOnly) {
  const Answer refused = copy(R"("index":"logs","sort":{"n":"desc"})");
  EXPECT_EQ(refused.status, 501) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("[source.sort] orders the documents of one project only"));
  EXPECT_EQ(copy(R"("index":"p1:logs","sort":{"n":"desc"},"size":1)", "&max_docs=1&filter_path=total,created").body,
            R"({"total":1,"created":1})");
  EXPECT_EQ(origin_.ask("GET", "/copy/_source/a3").body, R"({"n":3,"of":"a"})");
}

TEST_F(Projects, LimitsCountOverAllOfThem) {
  EXPECT_EQ(copy(R"("index":"*:*","size":2)", "&max_docs=9&filter_path=total,created").body,
            R"({"total":9,"created":9})");
  EXPECT_EQ(origin_.count("copy"), R"({"count":9})");
}

TEST_F(Projects, SlicesAreReadOfAllOfThem) {
  p1_.fill("many", "a", 60);
  origin_.fill("many", "o", 50);
  const Answer sliced = copy(R"("index":"many","size":10)", "&slices=3&filter_path=total,created,slices.slice_id");
  EXPECT_EQ(sliced.body, R"({"total":110,"created":110,"slices":[{"slice_id":0},{"slice_id":1},{"slice_id":2}]})");
  EXPECT_EQ(origin_.count("copy"), R"({"count":110})");
  EXPECT_EQ(copy(R"("index":"many","size":10)", "&slices=3&max_docs=70&filter_path=created").body, R"({"created":70})");
  EXPECT_EQ(copy(R"("index":"many")", "&slices=auto&filter_path=created").body, R"({"created":110})");
}

TEST_F(Projects, PartsOfOneSourceAreTheWhole) {
  p1_.fill("many", "a", 30);
  origin_.fill("many", "o", 20);
  for (const char* const part : {"0", "1"}) {
    const Answer copied = origin_.ask("POST", "/_reindex?refresh=true",
                                      std::string(R"({"source":{"index":"many","slice":{"max":2,"id":)") + part +
                                          R"(}},"dest":{"index":"parts","op_type":"create"}})");
    EXPECT_EQ(copied.status, 200) << copied.body;
  }
  EXPECT_EQ(origin_.count("parts"), R"({"count":50})");
}

TEST_F(Projects, ConflictsCountOverAllOfThem) {
  const std::string request = R"({"conflicts":"proceed","source":{"index":"logs"},)"
                              R"("dest":{"index":"copy","op_type":"create"}})";
  origin_.fill("copy", "o", 2);
  EXPECT_EQ(origin_.ask("PUT", "/copy/_doc/a1?refresh=true", "{}").status, 201);
  EXPECT_EQ(origin_.ask("POST", "/_reindex?filter_path=total,created,version_conflicts", request).body,
            R"({"total":7,"created":4,"version_conflicts":3})");
}

TEST_F(Projects, VersionsOfAllOfThemAreKept) {
  EXPECT_EQ(p1_.ask("PUT", "/logs/_doc/a0?version=17&version_type=external&refresh=true", "{}").status, 200);
  ASSERT_EQ(origin_
                .ask("POST", "/_reindex?refresh=true",
                     R"({"source":{"index":"logs"},"dest":{"index":"copy","version_type":"external"}})")
                .status,
            200);
  EXPECT_EQ(origin_.ask("GET", "/copy/_doc/a0?filter_path=_version").body, R"({"_version":17})");
}

TEST_F(Projects, RatesAndCancellingAreTheRuns) {
  p1_.fill("many", "a", 100);
  origin_.fill("many", "o", 100);
  const std::string body = R"({"source":{"index":"many","size":10},"dest":{"index":"copy"}})";
  const auto start = [&] {
    const std::string answer =
        origin_.ask("POST", "/_reindex?wait_for_completion=false&requests_per_second=0.01", body).body;
    const std::size_t begin = answer.find(":\"") + 2;
    return answer.substr(begin, answer.find('"', begin) - begin);
  };
  const std::string fast = start();
  // The first batch is written before the first wait.
  while (!origin_.ask("GET", "/_tasks/" + fast + "?filter_path=task.status.created").body.contains("10")) {
  }
  EXPECT_EQ(origin_.ask("POST", "/_reindex/" + fast + "/_rethrottle?requests_per_second=-1").status, 200);
  EXPECT_THAT(origin_.ask("GET", "/_tasks/" + fast + "?wait_for_completion=true&timeout=10s").body,
              AllOf(HasSubstr(R"("total":200)"), HasSubstr(R"("created":200)")));
  const std::string slow = start();
  while (!origin_.ask("GET", "/_tasks/" + slow + "?filter_path=task.status.updated").body.contains("10")) {
  }
  EXPECT_EQ(origin_.ask("POST", "/_tasks/" + slow + "/_cancel").status, 200);
  EXPECT_THAT(origin_.ask("GET", "/_tasks/" + slow + "?wait_for_completion=true&timeout=10s").body,
              AllOf(HasSubstr(R"("canceled":"by user request")"), HasSubstr(R"("total":200)")));
}

TEST_F(Projects, ARunGoesOnAfterACrash) {
  p1_.fill("many", "a", 300);
  p2_.fill("many", "b", 200);
  origin_.fill("many", "o", 100);
  const std::string answer = origin_
                                 .ask("POST", "/_reindex?wait_for_completion=false&requests_per_second=500",
                                      R"({"source":{"index":"many","size":20},"dest":{"index":"copy"}})")
                                 .body;
  const std::size_t begin = answer.find(":\"") + 2;
  const std::string task = answer.substr(begin, answer.find('"', begin) - begin);
  while (origin_.ask("GET", "/_tasks/" + task + "?filter_path=task.status.batches").body.contains(":0}")) {
  }
  origin_.crash();
  const std::string ended = origin_.ask("GET", "/_tasks/" + task + "?wait_for_completion=true&timeout=10s").body;
  EXPECT_THAT(ended, AllOf(HasSubstr(R"("completed":true)"), HasSubstr(R"("total":600)"), HasSubstr(R"("created":600)"),
                           Not(HasSubstr("\"error\""))));
  static_cast<void>(origin_.ask("POST", "/copy/_refresh"));
  EXPECT_EQ(origin_.count("copy"), R"({"count":600})");
}

TEST_F(Projects, AProjectThatIsDownEndsTheRun) {
  p2_.stop();
  const Answer down = copy(R"("index":"logs")");
  EXPECT_EQ(down.status, 500) << down.body;
  EXPECT_THAT(down.body, AllOf(HasSubstr("connect_exception"), HasSubstr("linked project [p2]: ")));
  // Who isn't asked may be down.
  EXPECT_EQ(copy(R"("index":"logs","project_routing":"_alias:p1")").status, 200);
}

TEST_F(Projects, ARemoteSourceIsNoLinkedProject) {
  const Server origin({"sluice.projects.p1.host=http://" + p1_.address(), "reindex.remote.whitelist=127.0.0.1:*"});
  const std::string remote =
      R"({"source":{"index":"logs","remote":{"host":"http://)" + p1_.address() + R"("}MORE},"dest":{"index":"copy"}})";
  const auto with = [&](const std::string& more) {
    std::string body = remote;
    return origin.ask("POST", "/_reindex", body.replace(body.find("MORE"), 4, more));
  };
  EXPECT_EQ(with("").status, 200);
  const Answer refused = with(R"(,"project_routing":"_alias:_origin")");
  EXPECT_EQ(refused.status, 400) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("project_routing"));
}

TEST(ProjectsWithKeys, AreEnteredWithThem) {
  const Server p1({"xpack.security.enabled=true", "sluice.users.elastic=secret"});
  const std::string elastic = "Basic ZWxhc3RpYzpzZWNyZXQ=";
  ASSERT_EQ(p1.ask("PUT", "/logs/_doc/1?refresh=true", "{}", elastic).status, 201);
  const std::string key = p1.ask("POST", "/_security/api_key?filter_path=encoded", R"({"name":"k"})", elastic).body;
  const std::size_t begin = key.find(":\"") + 2;
  const std::string encoded = key.substr(begin, key.find('"', begin) - begin);
  const std::string host = "sluice.projects.p1.host=http://" + p1.address();
  const auto copied = [&](const std::vector<std::string>& access) {
    std::vector<std::string> settings{host};
    settings.insert(settings.end(), access.begin(), access.end());
    const Server origin(settings);
    return origin.ask("POST", "/_reindex?filter_path=created,error.type,error.reason",
                      R"({"source":{"index":"logs"},"dest":{"index":"copy"}})");
  };
  EXPECT_EQ(copied({"sluice.projects.p1.api_key=" + encoded}).body, R"({"created":1})");
  EXPECT_EQ(copied({"sluice.projects.p1.username=elastic", "sluice.projects.p1.password=secret"}).body,
            R"({"created":1})");
  EXPECT_EQ(copied({"sluice.projects.p1.headers.Authorization=" + elastic}).body, R"({"created":1})");
  const Answer wrong = copied({"sluice.projects.p1.api_key=" + encoded.substr(4) + "AAAA"});
  EXPECT_EQ(wrong.status, 401) << wrong.body;
  EXPECT_THAT(wrong.body, HasSubstr("linked project [p1]: "));
  EXPECT_EQ(copied({}).status, 401);
}

TEST(ProjectSettings, AreCheckedAtTheStart) {
  const Folder folder;
  const auto refused = [&](std::vector<std::string> settings) {
    std::vector<std::string> arguments{"--data", folder.file("data"), "--listen", "127.0.0.1:0"};
    for (const std::string& setting : settings)
      arguments.insert(arguments.end(), {"--set", "sluice.projects." + setting});
    const Outcome outcome = folder.run(arguments);
    EXPECT_EQ(outcome.status, 2);
    return outcome.err;
  };
  const std::string host = "p1.host=http://127.0.0.1:9201";
  EXPECT_THAT(refused({"p1.host=127.0.0.1:9201"}),
              AllOf(HasSubstr("[sluice.projects.p1.host]: "), HasSubstr("[scheme]://[host]:[port]")));
  EXPECT_THAT(refused({"p1.host=ftp://a:1"}), HasSubstr("[host] must begin with http:// or https://"));
  EXPECT_THAT(refused({"p1.api_key=x"}),
              HasSubstr("[sluice.projects.p1.api_key] is set, and [sluice.projects.p1.host] is not"));
  EXPECT_THAT(refused({host, "p1.username=x"}),
              HasSubstr("[sluice.projects.p1.username] is set and [sluice.projects.p1.password] is not"));
  EXPECT_THAT(refused({host, "p1.username=x", "p1.password=x", "p1.api_key=x"}),
              HasSubstr("[sluice.projects.p1.api_key] and [sluice.projects.p1.username] are both set"));
  EXPECT_THAT(refused({host, "p1.apikey=x"}),
              AllOf(HasSubstr("unknown setting [sluice.projects.p1.apikey] did you mean [api_key]?"),
                    HasSubstr("socket_timeout")));
  EXPECT_THAT(refused({host, "p1.socket_timeout=soon"}), HasSubstr("[sluice.projects.p1.socket_timeout]"));
  EXPECT_THAT(refused({"_origin.host=http://127.0.0.1:9201"}), HasSubstr("is no setting of a linked project"));
  EXPECT_THAT(refused({"a:b.host=http://127.0.0.1:9201"}), HasSubstr("is no setting of a linked project"));
}

}  // namespace
}  // namespace sluice::tests
