// Runs from and to named pipes, whose other ends come late, go, or never come.
#include <csignal>

#include <sys/stat.h>

#include "tests/reindex/files.h"

namespace sluice {
namespace {

using pipeline::RunStatus;

class NamedPipes : public Files {};

TEST_F(NamedPipes, OneThatNobodyWritesToIsCancelled) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  auto started = reindex(request(), ends("pipe", "null:"));
  ASSERT_TRUE(started);
  started->cancel("by user request");
  EXPECT_EQ(started->wait().totals.canceled, "by user request");
}

TEST_F(NamedPipes, OneThatNobodyReadsIsCancelled) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  write("in.ndjson", hits(10));
  auto started = reindex(request(), ends("in.ndjson", "pipe"));
  ASSERT_TRUE(started);
  started->cancel("by user request");
  EXPECT_EQ(started->wait().totals.canceled, "by user request");
}

TEST_F(NamedPipes, OneWaitsForItsReader) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  write("in.ndjson", hits(5000));
  auto started = reindex(request("a"), ends("in.ndjson", "pipe"));
  ASSERT_TRUE(started);
  EXPECT_EQ(read("pipe"), hits(5000));
  EXPECT_EQ(started->wait().totals.counters.created, 5000U);
}

TEST_F(NamedPipes, AReaderThatLeavesIsAnErrorAndEndsNoProgram) {
  std::signal(SIGPIPE, SIG_DFL);
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  write("in.ndjson", hits(20'000));
  auto started = reindex(request(), ends("in.ndjson", "pipe"));
  ASSERT_TRUE(started);
  std::string line;
  std::getline(std::ifstream(path("pipe")), line);
  EXPECT_EQ(line + "\n", renamed(hit(0)));
  const RunStatus status = started->wait();
  ASSERT_TRUE(status.error);
  EXPECT_NE(status.error->reason.find("Broken pipe"), std::string::npos) << status.error->reason;
}

}  // namespace
}  // namespace sluice
