#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "benchmarks/data/corpus.h"
#include "benchmarks/data/corpus_writer.h"

namespace sluice::corpora {
namespace {

std::string bytes_of(std::string_view name, std::uint64_t seed, std::uint64_t from, std::uint64_t to,
                     CorpusFormat format) {
  const auto corpus = Corpus::make(name, seed);
  if (!corpus) return corpus.error().reason;
  const CorpusWriter writer(**corpus, format, name);
  Buffer out;
  for (std::uint64_t number = from; number < to; ++number) writer.append(number, out);
  return std::string(out.view());
}

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

class EveryCorpus : public testing::TestWithParam<std::string_view> {};

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const Corpus::Entry& entry : Corpus::entries()) all.push_back(entry.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Corpora, EveryCorpus, testing::ValuesIn(names()),
                         [](const auto& instance) { return std::string(instance.param); });

TEST_P(EveryCorpus, DocumentsDependOnSeedAndNumberOnly) {
  const std::string whole = bytes_of(GetParam(), 7, 1, 41, CorpusFormat::kHits);
  const std::string parts =
      bytes_of(GetParam(), 7, 1, 20, CorpusFormat::kHits) + bytes_of(GetParam(), 7, 20, 41, CorpusFormat::kHits);
  EXPECT_EQ(whole, parts);
  EXPECT_NE(whole, bytes_of(GetParam(), 8, 1, 41, CorpusFormat::kHits));
}

TEST_P(EveryCorpus, BytesAreTheSameEverywhereAndForEver) {
  static const std::map<std::string_view, std::uint64_t> kPinned = {
      {"geonames", 5310878689900957618U}, {"http_logs", 13642165553433965228U}, {"nyc_taxis", 14848656462752818870U},
      {"so", 2093231884180705663U},       {"pmc", 16412267714747623970U},       {"adversarial", 17408194298524189052U},
  };
  EXPECT_EQ(fnv1a(bytes_of(GetParam(), 42, 1, 101, CorpusFormat::kHits)), kPinned.at(GetParam()));
}

TEST_P(EveryCorpus, LinesAreHitsWithUniqueIds) {
  simdjson::ondemand::parser parser;
  std::set<std::string> ids;
  for (std::uint64_t number = 1; number <= 200; ++number) {
    simdjson::padded_string line(bytes_of(GetParam(), 3, number, number + 1, CorpusFormat::kHits));
    ASSERT_EQ(std::string_view(line).find('\n'), line.size() - 1);
    simdjson::ondemand::document hit;
    ASSERT_EQ(parser.iterate(line).get(hit), simdjson::SUCCESS);
    std::string_view index;
    ASSERT_EQ(hit["_index"].get(index), simdjson::SUCCESS);
    EXPECT_EQ(index, GetParam());
    std::string_view id;
    ASSERT_EQ(hit["_id"].get(id), simdjson::SUCCESS);
    EXPECT_LE(id.size(), 512U);
    EXPECT_TRUE(ids.insert(std::string(id)).second) << id;
    std::string_view source;
    simdjson::ondemand::object object;
    ASSERT_EQ(hit["_source"].get(object), simdjson::SUCCESS);
    ASSERT_EQ(object.raw_json().get(source), simdjson::SUCCESS);
    EXPECT_EQ(source.front(), '{');
  }
}

struct Expected {
  std::string_view name;
  std::size_t mean, median, p90;
};

class Sized : public testing::TestWithParam<Expected> {};

INSTANTIATE_TEST_SUITE_P(Corpora, Sized,
                         testing::Values(Expected{"geonames", 311, 305, 420}, Expected{"http_logs", 135, 135, 150},
                                         Expected{"nyc_taxis", 483, 483, 495}, Expected{"so", 986, 740, 1800},
                                         Expected{"pmc", 40'502, 34'300, 74'300}),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST_P(Sized, SizesAreLikeTheRealCorpus) {
  const auto corpus = Corpus::make(GetParam().name, 1);
  ASSERT_TRUE(corpus);
  std::vector<std::size_t> sizes;
  std::size_t sum = 0;
  Buffer out;
  for (std::uint64_t number = 1; number <= 5000; ++number) {
    out.clear();
    (*corpus)->append_document(number, out);
    sizes.push_back(out.size());
    sum += out.size();
  }
  std::ranges::sort(sizes);
  const auto near = [](std::size_t value, std::size_t wanted) {
    return value > wanted * 85 / 100 && value < wanted * 115 / 100;
  };
  EXPECT_PRED2(near, sum / sizes.size(), GetParam().mean);
  EXPECT_PRED2(near, sizes[sizes.size() / 2], GetParam().median);
  EXPECT_PRED2(near, sizes[sizes.size() * 9 / 10], GetParam().p90);
}

TEST(Corpora, AdversarialHasWhatItPromises) {
  const std::string all = bytes_of("adversarial", 0, 0, 400, CorpusFormat::kHits);
  for (const std::string_view wanted : {"9223372036854775808", "1e400", R"("twice":1,"twice":2)", R"("\ud800")",
                                        R"(\u0000)", R"({"":)", "a/b%2Fc%/", R"({"d":{"d":{"d":)", "[[[[[["}) {
    EXPECT_NE(all.find(wanted), std::string::npos) << wanted;
  }
}

TEST(Corpora, FormatsHoldTheSameDocuments) {
  const std::string source = bytes_of("http_logs", 5, 9, 10, CorpusFormat::kDocs);
  EXPECT_EQ(bytes_of("http_logs", 5, 9, 10, CorpusFormat::kBulk),
            "{\"index\":{\"_index\":\"http_logs\",\"_id\":\"9\"}}\n" + source);
  EXPECT_EQ(bytes_of("http_logs", 5, 9, 10, CorpusFormat::kHits),
            "{\"_index\":\"http_logs\",\"_id\":\"9\",\"_source\":" + source.substr(0, source.size() - 1) + "}\n");
}

TEST(Corpora, UnknownNamesSayWhatThereIs) {
  const auto corpus = Corpus::make("geoname", 1);
  ASSERT_FALSE(corpus);
  EXPECT_EQ(corpus.error().reason,
            "there is no corpus [geoname]; choose one of geonames, http_logs, nyc_taxis, so, pmc, adversarial");
  const auto format = parse_corpus_format("csv");
  ASSERT_FALSE(format);
  EXPECT_EQ(format.error().reason, "unknown format [csv]; choose one of hits, bulk, docs");
}

}  // namespace
}  // namespace sluice::corpora
