// What single processors do, where a node was not asked.
#include <string>

#include <gtest/gtest.h>

#include "tests/stages/ingest/run_pipeline.h"

namespace {

using sluice::tests::after_pipeline;

std::string direction(const std::string& networks, const std::string& address) {
  return after_pipeline(R"({"network_direction":{"source_ip":"a","destination_ip":"a","target_field":"a",)"
                        R"("internal_networks":)" +
                            networks + "}}",
                        R"({"a":")" + address + R"(","n":"10.0.0.0/8"})");
}

TEST(NetworkDirection, NetworksAreReadOnceAndSayWhatIsWrongWithThemPerDocument) {
  EXPECT_EQ(direction(R"(["private","1.2.3.0/24"])", "1.2.3.4"), R"({"a":"internal","n":"10.0.0.0/8"})");
  EXPECT_EQ(direction(R"(["{{n}}"])", "10.2.3.4"), R"({"a":"internal","n":"10.0.0.0/8"})");
  EXPECT_EQ(direction(R"(["{{n}}","public"])", "11.2.3.4"), R"({"a":"internal","n":"10.0.0.0/8"})");
  EXPECT_EQ(direction(R"(["private","1.2.3.0/33"])", "10.0.0.1"), R"({"a":"internal","n":"10.0.0.0/8"})");
  EXPECT_EQ(direction(R"(["private","1.2.3.0/33"])", "11.0.0.1"),
            "Illegal prefix length [33] in [1.2.3.0/33]. Must be 0-32 for IPv4 ranges, 0-128 for IPv6 ranges");
  EXPECT_EQ(direction(R"(["1.2.3.0/33"])", "x"), "'x' is not an IP string literal.");
  EXPECT_EQ(direction("[]", "x"), R"({"a":"external","n":"10.0.0.0/8"})");
}

TEST(Kv, WhatIsTrimmedBeforeALinesEndLeavesTheLinesEnd) {
  const std::string kv =
      R"({"kv":{"field":"m","field_split":";","value_split":"=","trim_key":"-","trim_value":"-"}},{"remove":{"field":"m"}})";
  EXPECT_EQ(after_pipeline(kv, R"({"m":"--a--=--x-y--;b=z"})"), R"({"a":"x-y","b":"z"})");
  EXPECT_EQ(after_pipeline(kv, R"({"m":"a=-x--\n"})"), R"({"a":"x\n"})");
  EXPECT_EQ(after_pipeline(kv, R"({"m":"a=---"})"), R"({"a":""})");
}

TEST(Dissect, FieldsAreNamedByThePatternOrByTheText) {
  const std::string dissect =
      R"({"dissect":{"field":"m","pattern":"%{*k}=%{&k} %{p.q} %{+r} %{+r}"}},{"remove":{"field":"m"}})";
  const std::string written = after_pipeline(dissect, R"({"m":"a.b=1 2 3 4"})");
  EXPECT_NE(written.find(R"("a":{"b":"1"})"), std::string::npos) << written;
  EXPECT_NE(written.find(R"("p":{"q":"2"})"), std::string::npos) << written;
  EXPECT_NE(written.find(R"("r":"34")"), std::string::npos) << written;
}

TEST(Sort, OfManyElementsOneIsOfAnotherClass) {
  const std::string sort = R"({"sort":{"field":"a"}})";
  std::string list = "40";
  std::string sorted = "0";
  for (int i = 1; i < 41; ++i) {
    list += "," + std::to_string(40 - i);
    sorted += "," + std::to_string(i);
  }
  EXPECT_EQ(after_pipeline(sort, R"({"a":[)" + list + "]}"), R"({"a":[)" + sorted + "]}");
  EXPECT_NE(after_pipeline(sort, R"({"a":[)" + list + R"(,"x"]})").find(" cannot be cast to class "),
            std::string::npos);
}

TEST(DateIndexName, AFormatIsTheSameForAllDocumentsOrTheDocuments) {
  const auto name = [](const std::string& format, const std::string& date) {
    return after_pipeline(R"({"date_index_name":{"field":"d","date_rounding":"d","index_name_format":")" + format +
                              R"("}},{"set":{"field":"d","value":"{{_index}}"}})",
                          R"({"f":"yyyy","d":")" + date + R"("})");
  };
  EXPECT_EQ(name("yyyy-MM", "2019-01-25T05:30:00.000Z"), R"({"f":"yyyy","d":"<{2019-01||/d{yyyy-MM|UTC}}>"})");
  EXPECT_EQ(name("{{f}}", "2019-01-25T05:30:00.000Z"), R"({"f":"yyyy","d":"<{2019||/d{yyyy|UTC}}>"})");
  EXPECT_EQ(name("foo", "2019-01-25T05:30:00.000Z"), "Invalid format: [foo]: Unknown pattern letter: f");
}

}  // namespace
