// Whole runs from file to file, as the library runs them.
#include "tests/reindex/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zstd.h>

#include "tests/file_size_limit.h"

namespace sluice {
namespace {

using pipeline::RunStatus;

std::multiset<std::string> lines(const std::string& text) {
  std::multiset<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

std::string zstd_frame(const std::string& text) {
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), 1));
  return frame;
}

TEST_F(Files, ACopyKeepsOrderAndEveryByteOfSource) {
  write("in.ndjson", hits(2500));
  const RunStatus status = run(request(), ends("in.ndjson", "out.ndjson"));
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.counters.created, 2500U);
  EXPECT_EQ(status.totals.total, 2500U);
  EXPECT_EQ(read("out.ndjson"), renamed(hits(2500)));
}

TEST_F(Files, SlicesCoverTheFileOnceHoweverManyThereAre) {
  write("in.ndjson", hits(5000));
  for (const std::uint32_t slices : {1U, 2U, 3U, 7U, 50U}) {
    Request sliced = request();
    sliced.slices = slices;
    const RunStatus status = run(sliced, ends("in.ndjson", "out.ndjson"));
    ASSERT_FALSE(status.error);
    EXPECT_EQ(status.slices.size(), slices);
    EXPECT_EQ(status.totals.counters.created, 5000U);
    EXPECT_EQ(lines(read("out.ndjson")), lines(renamed(hits(5000)))) << slices;
  }
}

TEST_F(Files, ManualSlicesAreDisjointAndComplete) {
  write("in.ndjson", hits(1000));
  std::multiset<std::string> all;
  for (int id = 0; id < 3; ++id) {
    Request part = request();
    part.source.slice = ManualSlice{"", id, 3, ""};
    const RunStatus status = run(part, ends("in.ndjson", "out.ndjson"));
    ASSERT_FALSE(status.error);
    EXPECT_EQ(status.totals.slice_id, static_cast<std::uint32_t>(id));
    all.merge(lines(read("out.ndjson")));
  }
  EXPECT_EQ(all, lines(renamed(hits(1000))));
}

TEST_F(Files, MoreSlicesThanDocumentsIsFine) {
  write("in.ndjson", hits(2));
  Request sliced = request();
  sliced.slices = 9;
  const RunStatus status = run(sliced, ends("in.ndjson", "out.ndjson"));
  EXPECT_EQ(status.totals.counters.created, 2U);
}

TEST_F(Files, BulkFilesAreSlicedBetweenPairs) {
  write("in.ndjson", hits(3000));
  RunOptions to_bulk = ends("in.ndjson", "bulk.ndjson");
  to_bulk.dest_format = pipeline::PageFormat::kBulk;
  ASSERT_EQ(run(request("a"), to_bulk).totals.counters.created, 3000U);
  Request sliced = request("a");
  sliced.slices = 4;
  const RunStatus status = run(sliced, ends("bulk.ndjson", "out.ndjson"));
  ASSERT_FALSE(status.error);
  EXPECT_EQ(status.totals.counters.created, 3000U);
  EXPECT_EQ(status.totals.counters.failed, 0U);
  EXPECT_EQ(lines(read("out.ndjson")), lines(hits(3000)));
}

TEST_F(Files, AnActionOfABulkIsNeverCopiedAsADocument) {
  const auto copied = [&](const std::string& text) {
    write("in.ndjson", text);
    RunOptions options = ends("in.ndjson", "out.ndjson");
    options.dest_format = pipeline::PageFormat::kDocs;
    const RunStatus status = run(request(), options);
    return status.failures.empty() ? read("out.ndjson") : status.failures[0].cause.reason;
  };
  const std::string known = R"({"index":{"_index":"a","dynamic_templates":{"x":"t"},"require_data_stream":false}})";
  EXPECT_EQ(copied(known + "\n{\"n\":1}\n"), "{\"n\":1}\n");
  EXPECT_EQ(copied("{\"index\":{\"parent\":\"p\"}}\n{\"n\":1}\n"), "{\"n\":1}\n");
  for (const std::string wrong : {R"({"index":{"_id":"1","colour":"red"}})", R"({"create":{"colour":"red"}})"}) {
    EXPECT_NE(copied(wrong + "\n\n{\"n\":1}\n").find("no action of a bulk has a member [colour]"), std::string::npos)
        << read("out.ndjson");
  }
  const std::string documents = "{\"index\":{\"colour\":\"red\"}}\n{\"index\":{\"colour\":\"blue\"}}\n";
  EXPECT_EQ(copied(documents), documents) << "documents may have such a field too";
}

/// A page that ends between an action and its source is read on, blank lines between them or not.
TEST_F(Files, BlankLinesInABulkFileDoNotStopIt) {
  const std::string large(3'000'000, 'x');
  const std::string pair = "{\"index\":{\"_id\":\"2\"}}\n{\"a\":1}\n";
  for (const char* gap : {"\n", "\r\n\n"}) {
    const std::string text =
        std::string(gap) + "{\"index\":{\"_id\":\"1\"}}\n" + gap + "{\"a\":\"" + large + "\"}\n" + pair;
    write("in.ndjson", text);
    const RunStatus status = run(request(), ends("in.ndjson", "null:"));
    EXPECT_EQ(status.totals.counters.created, 2U);
    EXPECT_TRUE(status.failures.empty());
  }
}

TEST_F(Files, ALargeSourceOfABulkPairIsOneFailure) {
  const std::string text = "{\"index\":{\"_id\":\"1\"}}\n{\"a\":\"" + std::string(3'000'000, 'x') +
                           "\"}\n{\"index\":{\"_id\":\"2\"}}\n{\"a\":1}\n";
  write("in.ndjson", text);
  RunOptions options = ends("in.ndjson", "null:");
  options.max_document = 1000;
  options.max_failures = pipeline::FailureBudget::documents(10);
  const RunStatus status = run(request(), options);
  EXPECT_EQ(status.totals.counters.created, 1U);
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_NE(status.failures[0].cause.reason.find("over the limit of 1000 bytes"), std::string::npos);
}

TEST_F(Files, ADestinationIsNotLeftBehindEmptyWhereTheSourceCantBeOpened) {
  write("in.gz", hits(3));  // not packed: that shows when it is opened
  Request sliced = request();
  sliced.slices = 2;
  EXPECT_TRUE(run(sliced, ends("in.gz", "new.ndjson")).error);
  EXPECT_FALSE(std::filesystem::exists(path("new.ndjson")));
  RunOptions nowhere = ends("in.gz", "new.gz");
  nowhere.source = "http://127.0.0.1:1";
  nowhere.retry_for = {};
  Request named = request();
  named.source.indices = {"a"};
  EXPECT_TRUE(run(named, nowhere).error);
  EXPECT_FALSE(std::filesystem::exists(path("new.gz")));
  write("old.ndjson", "kept\n");
  nowhere.dest = path("old.ndjson");
  EXPECT_TRUE(run(named, nowhere).error);
  EXPECT_EQ(read("old.ndjson"), "kept\n");
}

TEST_F(Files, PackedFilesComeBackAsTheyWere) {
  write("in.ndjson", hits(4000));
  for (const std::string ending : {".gz", ".zst"}) {
    ASSERT_FALSE(run(request(), ends("in.ndjson", "packed.ndjson" + ending)).error);
    EXPECT_LT(std::filesystem::file_size(path("packed.ndjson" + ending)), hits(4000).size() / 3);
    const RunStatus status = run(request(), ends("packed.ndjson" + ending, "out.ndjson"));
    ASSERT_FALSE(status.error) << status.error->message();
    EXPECT_EQ(status.totals.counters.created, 4000U);
    EXPECT_EQ(status.total_bytes, std::filesystem::file_size(path("packed.ndjson" + ending)));
    EXPECT_EQ(status.packed_bytes, status.total_bytes);
    EXPECT_EQ(read("out.ndjson"), renamed(hits(4000)));
  }
}

TEST_F(Files, AStreamOfBulkPairsMayHaveBlankLinesAndLargeSources) {
  const std::string large = R"({"t":")" + std::string(3'000'000, 'x') + "\"}\n";
  const std::string huge = R"({"t":")" + std::string(6'000'000, 'x') + "\"}\n";
  std::string text;
  for (int i = 0; i < 50; ++i) {
    text += "{\"index\":{\"_id\":\"" + std::to_string(i) + "\"}}\n\n";
    text += i == 20 ? large : i == 30 ? huge : "{\"n\":1}\n";
  }
  write("in.zst", zstd_frame(text));
  RunOptions options = ends("in.zst", "out.ndjson");
  options.max_document = 4'000'000;
  options.max_failures = pipeline::FailureBudget::documents(1);
  const RunStatus status = run(request(), options);
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.counters.created, 49U);
  EXPECT_EQ(status.totals.counters.failed, 1U);
  EXPECT_EQ(lines(read("out.ndjson")).size(), 49U);
}

TEST_F(Files, NoDocumentsMakeAPackedFileThatCanBeUnpacked) {
  write("empty.ndjson", "");
  for (const std::string ending : {".gz", ".zst"}) {
    ASSERT_FALSE(run(request(), ends("empty.ndjson", "none" + ending)).error);
    EXPECT_GT(std::filesystem::file_size(path("none" + ending)), 0U);
    const RunStatus status = run(request(), ends("none" + ending, "out.ndjson"));
    EXPECT_FALSE(status.error);
    EXPECT_EQ(status.totals.counters.read, 0U);
  }
}

TEST_F(Files, AZstdFileOfSeveralFramesIsSlicedByFrames) {
  write("in.ndjson", hits(20'000));
  ASSERT_FALSE(run(request("a"), ends("in.ndjson", "packed.ndjson.zst")).error);  // a frame for each batch
  for (const std::uint32_t slices : {0U, 2U, 3U, 7U, 40U}) {
    Request sliced = request("a");
    sliced.slices = slices;
    const RunStatus status = run(sliced, ends("packed.ndjson.zst", "out.ndjson"));
    ASSERT_FALSE(status.error) << status.error->message();
    EXPECT_EQ(status.totals.counters.created, 20'000U) << slices;
    EXPECT_EQ(status.packed_bytes, status.total_bytes) << slices;
    EXPECT_TRUE(lines(read("out.ndjson")) == lines(hits(20'000))) << slices;
  }
}

TEST_F(Files, AZstdFileWhoseFramesEndInsideLinesIsSlicedToo) {
  write("in.ndjson", hits(3000));
  const std::string text = read("in.ndjson");
  std::string packed;
  for (std::size_t at = 0; at < text.size(); at += 4'321) packed += zstd_frame(text.substr(at, 4'321));
  write("in.zst", packed);
  for (const std::uint32_t slices : {2U, 5U, 61U}) {
    Request sliced = request("a");
    sliced.slices = slices;
    EXPECT_EQ(run(sliced, ends("in.zst", "out.ndjson")).totals.counters.created, 3000U) << slices;
    EXPECT_TRUE(lines(read("out.ndjson")) == lines(hits(3000))) << slices;
  }
}

TEST_F(Files, ABadLineOfAPackedFileIsNamedByItsLineInEverySlice) {
  std::string packed;
  for (int i = 0; i < 6; ++i) packed += zstd_frame(hits(50) + (i % 2 == 0 ? "" : "junk\n") + hits(50).substr(0, 3000));
  write("in.zst", packed);
  std::multiset<std::string> places;
  for (const std::uint32_t slices : {1U, 2U, 3U, 6U, 9U}) {
    Request sliced = request();
    sliced.slices = slices;
    RunOptions options = ends("in.zst", "null:");
    options.max_failures = pipeline::FailureBudget::documents(100);
    std::multiset<std::string> found;
    options.on_failure = [&](const pipeline::Failure& failure) { found.insert(failure.place); };
    EXPECT_GE(run(sliced, options).totals.counters.failed, 3U);
    if (places.empty()) places = found;
    EXPECT_EQ(found, places) << slices;
  }
}

TEST_F(Files, APackedBulkFileCantBeSliced) {
  write("in.ndjson", hits(20'000));
  RunOptions to_bulk = ends("in.ndjson", "bulk.zst");
  to_bulk.dest_format = pipeline::PageFormat::kBulk;
  ASSERT_FALSE(run(request(), to_bulk).error);
  Request sliced = request();
  sliced.slices = 2;
  const RunStatus status = run(sliced, ends("bulk.zst", "out.ndjson"));
  ASSERT_TRUE(status.error);
  EXPECT_NE(status.error->reason.find("bulk pairs"), std::string::npos);
}

TEST_F(Files, APackedFileThatIsCutOffIsAnErrorThatSaysSo) {
  write("in.ndjson", hits(4000));
  for (const std::string ending : {".gz", ".zst"}) {
    const std::string packed = "packed.ndjson" + ending;
    ASSERT_FALSE(run(request(), ends("in.ndjson", packed)).error);
    std::filesystem::resize_file(path(packed), std::filesystem::file_size(path(packed)) / 2);
    const RunStatus status = run(request(), ends(packed, "out.ndjson"));
    ASSERT_TRUE(status.error);
    EXPECT_NE(status.error->reason.find("is cut off"), std::string::npos) << status.error->reason;
    EXPECT_NE(status.error->reason.find(packed), std::string::npos);
    EXPECT_TRUE(status.totals.counters.balanced());
  }
}

TEST_F(Files, WhatIsNotPackedThoughItsNameSaysSoIsRefused) {
  write("in.gz", hits(3));
  write("in.zst", hits(3));
  for (const std::string name : {"in.gz", "in.zst"}) {
    const RunStatus status = run(request(), ends(name, "out.ndjson"));
    ASSERT_TRUE(status.error);
    EXPECT_NE(status.error->reason.find("is not valid"), std::string::npos) << status.error->reason;
  }
}

TEST_F(Files, APackedFileCantBeSliced) {
  write("in.gz", "");
  Request sliced = request();
  sliced.slices = 2;
  const RunStatus status = run(sliced, ends("in.gz", "out.ndjson"));
  ASSERT_TRUE(status.error);
  EXPECT_NE(status.error->reason.find("can't be sliced"), std::string::npos);
}

TEST_F(Files, ABadLineStopsTheRunAndNamesItsPlace) {
  write("in.ndjson", hits(10) + "{\"_id\":\n" + hits(10));
  const RunStatus status = run(request(), ends("in.ndjson", "out.ndjson"));
  ASSERT_FALSE(status.error);
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_EQ(status.failures[0].place, path("in.ndjson") + ":11:8");
  EXPECT_EQ(status.totals.counters.failed, 1U);
  EXPECT_TRUE(status.totals.counters.balanced());
}

TEST_F(Files, WithABudgetTheRunGoesOnAndReportsEachRefusedDocument) {
  write("in.ndjson", hits(1000) + "junk\n" + hits(1000) + "[]\n" + hits(500));
  RunOptions options = ends("in.ndjson", "out.ndjson");
  options.max_failures = pipeline::FailureBudget::documents(2);
  std::vector<std::string> refused;
  options.on_failure = [&](const pipeline::Failure& failure) {
    refused.push_back(failure.place + " " + std::string(failure.document));
  };
  const RunStatus status = run(request(), options);
  EXPECT_EQ(status.totals.counters.created, 2500U);
  EXPECT_EQ(status.totals.counters.failed, 2U);
  EXPECT_TRUE(status.totals.counters.balanced());
  EXPECT_EQ(refused, (std::vector<std::string>{path("in.ndjson") + ":1001:1 junk", path("in.ndjson") + ":2002:1 []"}));
}

TEST_F(Files, ADeleteThatCantBeWrittenIsNamed) {
  write("in.ndjson", "{\"index\":{\"_id\":\"1\"}}\n{}\n{\"delete\":{\"_id\":\"2\"}}\n");
  RunOptions options = ends("in.ndjson", "out.ndjson");
  std::string line;
  options.on_failure = [&](const pipeline::Failure& failure) { line = failure.document; };
  const RunStatus status = run(request(), options);
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_EQ(status.failures[0].index, "copy");
  EXPECT_EQ(status.failures[0].id, "2");
  EXPECT_EQ(line, "{\"delete\":{\"_id\":\"2\"}}");
}

TEST_F(Files, ALargeDocumentThatIsRefusedIsKeptWhole) {
  const std::string large = "{\"t\":\"" + std::string(3'000'000, 'x') + "\"";  // not closed
  write("in.ndjson", large + "\n");
  RunOptions options = ends("in.ndjson", "null:");
  options.source_format = pipeline::PageFormat::kDocs;
  std::string kept;
  std::uint64_t whole = 0;
  options.on_failure = [&](const pipeline::Failure& failure) {
    kept = failure.document;
    whole = failure.document_bytes;
  };
  EXPECT_EQ(run(request(), options).totals.counters.failed, 1U);
  EXPECT_TRUE(kept == large) << kept.size();
  EXPECT_EQ(whole, 0U);
  options.max_document = 1'000'000;
  EXPECT_EQ(run(request(), options).totals.counters.failed, 1U);
  EXPECT_LT(kept.size(), large.size()) << "only the beginning of a line over the limit is read";
  EXPECT_GE(whole, large.size());
}

TEST_F(Files, ALineOverTheLimitIsOneFailureWithItsSize) {
  const std::string large = R"({"_id":"x","_source":{"t":")" + std::string(500'000, 'x') + "\"}}\n";
  write("in.ndjson", hits(10) + large + hits(10));
  RunOptions options = ends("in.ndjson", "out.ndjson");
  options.max_document = 100'000;
  options.max_failures = pipeline::FailureBudget::documents(1);
  const RunStatus status = run(request(), options);
  EXPECT_EQ(status.totals.counters.created, 20U);
  ASSERT_EQ(status.failures.size(), 1U);
  EXPECT_NE(status.failures[0].cause.reason.find("over the limit of 100000 bytes"), std::string::npos);
  EXPECT_EQ(status.failures[0].place, path("in.ndjson") + ":11:1");
}

TEST_F(Files, LargeDocumentsAreCopiedWhole) {
  std::string text;
  for (int i = 0; i < 5; ++i) {
    text += R"({"_index":"copy","_id":")" + std::to_string(i) + R"(","_source":{"t":")" +
            std::string(static_cast<std::size_t>(i) * 3'000'000, 'x') + "\"}}\n";
  }
  write("in.ndjson", text);
  const RunStatus status = run(request(), ends("in.ndjson", "out.ndjson"));
  ASSERT_FALSE(status.error);
  EXPECT_EQ(read("out.ndjson"), text);
}

TEST_F(Files, EmptyFilesByteOrderMarksAndMissingLastNewlines) {
  write("empty.ndjson", "");
  EXPECT_EQ(run(request(), ends("empty.ndjson", "out.ndjson")).totals.counters.read, 0U);
  EXPECT_EQ(read("out.ndjson"), "");
  std::string text = hits(3);
  text.pop_back();
  write("bom.ndjson", "\xEF\xBB\xBF" + text);
  EXPECT_EQ(run(request("a"), ends("bom.ndjson", "out.ndjson")).totals.counters.created, 3U);
  EXPECT_EQ(read("out.ndjson"), hits(3));
}

TEST_F(Files, SourceFieldsAreSplicedOut) {
  write("in.ndjson", hits(3));
  Request fields = request("a");
  fields.source.fields.includes = {"big", "e"};
  ASSERT_FALSE(run(fields, ends("in.ndjson", "out.ndjson")).error);
  EXPECT_EQ(lines(read("out.ndjson")).size(), 3U);
  EXPECT_NE(read("out.ndjson").find(R"("_source":{"big":12345678901234567890,"e":1e400}})"), std::string::npos)
      << read("out.ndjson");
}

TEST_F(Files, MaxDocsIsExact) {
  write("in.ndjson", hits(5000));
  for (const std::uint32_t slices : {1U, 3U}) {
    Request some = request();
    some.max_docs = 1234;
    some.slices = slices;
    const RunStatus status = run(some, ends("in.ndjson", "out.ndjson"));
    EXPECT_EQ(status.totals.counters.created, 1234U);
    EXPECT_EQ(lines(read("out.ndjson")).size(), 1234U);
  }
}

/// What share of a file is done is what its documents take, however much had to be read.
TEST_F(Files, BytesReadAreThoseOfTheDocuments) {
  write("in.ndjson", hits(1000) + "\n");
  for (const std::uint32_t size : {1U, 10U, 1000U}) {
    Request small = request();
    small.source.size = size;
    const RunStatus status = run(small, ends("in.ndjson", "null:"));
    EXPECT_EQ(status.totals.counters.created, 1000U);
    EXPECT_EQ(status.totals.bytes_read, hits(1000).size() + 1) << size;
    EXPECT_EQ(status.total_bytes, hits(1000).size() + 1);
  }
}

TEST_F(Files, AThrottledRunIsSpedUpAndCancelled) {
  write("in.ndjson", hits(100));
  Request slow = request();
  slow.source.size = 10;
  slow.requests_per_second = 0.001F;
  auto run = reindex(slow, ends("in.ndjson", "out.ndjson"));
  ASSERT_TRUE(run);
  while (run->status().totals.counters.created < 10) std::this_thread::yield();
  run->rethrottle(1000);
  const RunStatus status = run->wait();
  EXPECT_EQ(status.totals.counters.created, 100U);

  auto second = reindex(slow, ends("in.ndjson", "out.ndjson"));
  ASSERT_TRUE(second);
  while (second->status().totals.counters.created < 10) std::this_thread::yield();
  second->cancel();
  const RunStatus cancelled = second->wait();
  EXPECT_EQ(cancelled.totals.canceled, "by user request");
  EXPECT_EQ(lines(read("out.ndjson")).size(), 10U);
}

TEST_F(Files, APipeThatNeverEndsIsCancelled) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  std::thread writer([&] {
    // Reading too, so that opening it waits for nobody.
    std::fstream pipe(path("pipe"), std::ios::in | std::ios::out | std::ios::binary);
    pipe << hits(10) << std::flush;
    std::ifstream wait_for_cancel(path("done"));
    while (!std::filesystem::exists(path("done"))) std::this_thread::yield();
  });
  auto run = reindex(request(), ends("pipe", "out.ndjson"));
  ASSERT_TRUE(run);
  run->cancel();
  const RunStatus status = run->wait();
  EXPECT_TRUE(status.totals.canceled.has_value() || status.error.has_value());
  write("done", "");
  writer.join();
}

TEST_F(Files, AFileIsNotCopiedOntoItself) {
  write("in.ndjson", hits(3));
  const RunStatus status = run(request(), ends("in.ndjson", "in.ndjson"));
  ASSERT_TRUE(status.error);
  EXPECT_EQ(status.error->status, 400);
  EXPECT_EQ(read("in.ndjson"), hits(3));
}

/// Other slices write on while one of them fails: nothing of theirs may stand behind a gap, nor count as copied.
TEST_F(Files, ADiskThatIsFullEndsTheRunAndTheFileBehindItsLastWholeBatch) {
  write("in.ndjson", hits(5000));
  Request sliced = request();
  sliced.slices = 3;
  sliced.source.size = 100;
  RunStatus status;
  {
    const tests::FileSizeLimit limit(rlim_t{100} << 10);
    status = run(sliced, ends("in.ndjson", "out.ndjson"));
  }
  ASSERT_TRUE(status.error);
  EXPECT_NE(status.error->reason.find("can't write [" + path("out.ndjson") + "]: File too large"), std::string::npos)
      << status.error->reason;
  const std::string out = read("out.ndjson");
  ASSERT_FALSE(out.empty());
  EXPECT_LE(out.size(), std::size_t{100} << 10);
  EXPECT_EQ(out.back(), '\n');
  EXPECT_EQ(lines(out).size(), status.totals.counters.created);
  EXPECT_EQ(status.totals.counters.created % 100, 0U);
}

TEST_F(Files, WhatCantBeOpenedIsSaidAtOnce) {
  const RunStatus missing = run(request(), ends("missing.ndjson", "out.ndjson"));
  ASSERT_TRUE(missing.error);
  EXPECT_EQ(missing.error->kind, ErrorKind::kNotFound);
  EXPECT_NE(missing.error->reason.find("missing.ndjson"), std::string::npos);
  write("in.ndjson", hits(1));
  const RunStatus nowhere = run(request(), ends("in.ndjson", "no/such/folder/out.ndjson"));
  ASSERT_TRUE(nowhere.error);
  EXPECT_NE(nowhere.error->reason.find("for writing: No such file"), std::string::npos);
  RunOptions folder = ends("in.ndjson", "out.ndjson");
  folder.source = folder_.string();
  EXPECT_TRUE(run(request(), folder).error);
}

}  // namespace
}  // namespace sluice
