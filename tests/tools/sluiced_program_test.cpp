// The program itself: its line, its settings, its end.
#include <csignal>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/serve/raw_client.h"
#include "tests/tools/program.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

/// Waits for the line that says where it listens.
std::string listening_line(const Folder& folder) {
  std::string line;
  while (!line.ends_with('\n')) line = folder.read("stdout");
  return line;
}

std::string address_of(const std::string& line) {
  const std::size_t begin = line.find("://") + 3;
  return line.substr(begin, line.find(',', begin) - begin);
}

TEST(SluicedProgram, ListensAnswersAndEndsOnASignal) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const Folder folder;
    Program program(folder.path(),
                    {"--data", folder.file("data"), "--listen", "127.0.0.1:0", "--set", "cluster.name=mine"});
    const std::string line = listening_line(folder);
    EXPECT_THAT(line,
                MatchesRegex("sluiced 0\\.1\\.0 is listening on http://127\\.0\\.0\\.1:[0-9]+, data in .*/data\n"));
    {
      RawClient client(address_of(line));
      client.send(get("/"));
      EXPECT_THAT(client.read_answer(), HasSubstr("\"cluster_name\" : \"mine\""));
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      EXPECT_EQ(status_of(client.read_answer(false)), 200);
    }
    program.send(signal);
    EXPECT_EQ(program.wait().status, 0);
  }
}

TEST(SluicedProgram, TheStoreKeepsItsName) {
  const Folder folder;
  std::string uuid;
  for (int start = 0; start < 2; ++start) {
    std::filesystem::remove(folder.file("stdout"));
    std::ofstream(folder.file("stdout")).close();
    Program program(folder.path(), {"--data", folder.file("data"), "--listen", "127.0.0.1:0"});
    RawClient client(address_of(listening_line(folder)));
    client.send(get("/?filter_path=cluster_uuid"));
    const std::string answer = body_of(client.read_answer());
    EXPECT_EQ(answer.size(), std::string_view("{\n  \"cluster_uuid\" : \"0123456789012345678901\"\n}\n").size());
    EXPECT_TRUE(start == 0 || answer == uuid) << answer << uuid;
    uuid = answer;
    program.send(SIGTERM);
    program.wait();
  }
}

TEST(SluicedProgram, SettingsFromAFile) {
  const Folder folder;
  const std::string config = folder.write("sluiced.yml",
                                          "cluster:\n  name: filed\nhttp.max_content_length: 10b\n"
                                          "reindex.remote.whitelist: [\"a:9200\", \"b:*\"]\n");
  Program program(folder.path(), {"--data", folder.file("data"), "--listen", "127.0.0.1:0", "--config", config});
  RawClient client(address_of(listening_line(folder)));
  client.send(get("/_nodes/settings?flat_settings&filter_path=**.settings"));
  EXPECT_THAT(client.read_answer(), HasSubstr(R"("reindex.remote.whitelist":["a:9200","b:*"])"));
  client.send(post("/_cluster/settings", "{\"persistent\":{}}"));
  EXPECT_EQ(status_of(client.read_answer()), 413);
}

/// What it says when it does not start.
std::string refusal(const Folder& folder, std::vector<std::string> arguments, int status) {
  arguments.insert(arguments.end(), {"--data", folder.file("data")});
  const Outcome outcome = folder.run(arguments);
  EXPECT_EQ(outcome.status, status) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  return outcome.err;
}

TEST(SluicedProgram, SaysWhatKeepsItFromStarting) {
  const Folder folder;
  EXPECT_THAT(refusal(folder, {"--set", "cluster.nam=x"}, 2), HasSubstr("did you mean [cluster.name]?"));
  const std::string config = folder.write("wrong.yml", "http:\n  prt: 1\n");
  EXPECT_THAT(refusal(folder, {"--config", config}, 2), HasSubstr("wrong.yml]: unknown setting [http.prt]"));
  EXPECT_THAT(refusal(folder, {"--config", folder.write("broken.yml", "a: [1\n")}, 2), HasSubstr("is not YAML"));
  EXPECT_THAT(refusal(folder, {"--config", folder.file("none.yml")}, 2), HasSubstr("cannot be read"));
  EXPECT_THAT(refusal(folder, {"--listen", "127.0.0.1"}, 2), HasSubstr("is not HOST:PORT"));
  EXPECT_THAT(refusal(folder, {"--listen", "0.0.0.0:0"}, 2), HasSubstr("xpack.security.enabled"));
  EXPECT_THAT(refusal(folder, {"--listen", "127.0.0.1:0", "--set", "xpack.security.enabled=true"}, 2),
              HasSubstr("sluice.users.NAME"));
  EXPECT_EQ(folder.run({}).status, 2);
}

TEST(SluicedProgram, OneStoreOneProgram) {
  const Folder folder;
  const Program program(folder.path(), {"--data", folder.file("data"), "--listen", "127.0.0.1:0"});
  listening_line(folder);
  const Folder other;
  const Outcome second = other.run({"--data", folder.file("data"), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.status, 3);
  EXPECT_THAT(second.err, HasSubstr(folder.file("data")));
}

TEST(SluicedProgram, HashesAPassword) {
  const Folder folder;
  EXPECT_THAT(folder.run({"--hash-password"}, "secret\n").out, MatchesRegex("pbkdf2.sha256.*\n"));
}

}  // namespace
}  // namespace sluice::tests
