// Numbers that processors read from texts and write as texts. Source of the answers: Elasticsearch 9.
#include <string>

#include <gtest/gtest.h>

#include "tests/stages/ingest/run_pipeline.h"

namespace {

using sluice::tests::after_pipeline;
using sluice::tests::run_pipeline;

TEST(IngestNumbers, TwoSignsAreNoNumber) {
  EXPECT_EQ(after_pipeline(R"({"grok":{"field":"a","patterns":["%{DATA:x:int}$"]}})", R"({"a":"+-5"})"),
            R"(For input string: "+-5")");
  EXPECT_EQ(after_pipeline(R"({"grok":{"field":"a","patterns":["%{DATA:x:long}$"]}})", R"({"a":"+5"})"),
            R"({"a":"+5","x":5})");
  EXPECT_EQ(after_pipeline(R"({"grok":{"field":"a","patterns":["%{DATA:x:int}$"]}})", R"({"a":"٣"})"),
            R"({"a":"٣","x":3})");
  EXPECT_EQ(after_pipeline(R"({"set":{"field":"r","copy_from":"l.+-0"}})", R"({"l":[7]})"),
            "[+-0] is not an integer, cannot be used as an index as part of path [l.+-0]");
  for (const char* index : {"+0", "-0", "00", "٠"}) {
    const std::string set = std::string(R"({"set":{"field":"l.)") + index + R"(","value":1}})";
    EXPECT_EQ(after_pipeline(set, R"({"l":[7]})"), R"({"l":[1]})") << index;
  }
  EXPECT_EQ(after_pipeline(R"({"community_id":{"seed":"+5"}})", "{}"), "{}");
}

/// A date, read by one format and written by another; why it can't be.
std::string date(const std::string& text, const std::string& format, const std::string& output = "strict_date_time") {
  const auto written = run_pipeline(R"({"date":{"field":"a","target_field":"a","formats":[")" + format +
                                        R"("],"output_format":")" + output + R"("}})",
                                    R"({"a":")" + text + R"("})");
  if (written) return written->substr(6, written->size() - 8);
  return written.error().caused_by ? written.error().caused_by->reason : written.error().reason;
}

TEST(IngestNumbers, MillisecondsAreReadAsJavaDoes) {
  EXPECT_EQ(date("+-5", "UNIX_MS"), R"(For input string: "+-5")");
  EXPECT_EQ(date("", "UNIX_MS"), R"(For input string: "")");
  EXPECT_EQ(date("+5", "UNIX_MS", "epoch_millis"), "5");
  EXPECT_EQ(date("٣", "UNIX_MS", "epoch_millis"), "3");
}

TEST(IngestNumbers, Tai64nWrapsAround) {
  const std::string output = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
  EXPECT_EQ(date("@4000000050d506482dbdf024", "TAI64N", output), "2012-12-22T01:00:46.767Z");
  EXPECT_EQ(date("@7fffffffffffffff00000000", "TAI64N", output), "+292278994-08-17T07:12:44.808Z");
  EXPECT_EQ(date("@-00000000000000100000000", "TAI64N", output), "1969-12-31T23:59:51.000Z");
  EXPECT_EQ(date("@4000000050d50648+-bdf024", "TAI64N", output), R"(For input string: "+-bdf024" under radix 16)");
}

TEST(IngestNumbers, EpochsArePrintedWithTheirFraction) {
  EXPECT_EQ(date("9e18", "UNIX", "epoch_millis"), "9223372036854775807");
  EXPECT_EQ(date("-9e18", "UNIX", "epoch_millis"),
            "Field EpochMillis cannot be printed as the value -9223372036854775808 cannot be negative according to the "
            "SignStyle");
  EXPECT_EQ(date("9e18", "UNIX", "epoch_second"), "9223372036854775.807");
  EXPECT_EQ(date("-9e18", "UNIX", "epoch_second"), "-9223372036854775.808");
  EXPECT_EQ(date("NaN", "UNIX", "epoch_second"), "0");
  EXPECT_EQ(date("-0.5", "UNIX", "epoch_second"), "-0.5");
  EXPECT_EQ(date("-0.5", "UNIX", "epoch_millis"), "-500");
  EXPECT_EQ(date("1.050", "UNIX", "epoch_second"), "1.05");
  EXPECT_EQ(date("1969-12-31T23:59:59.000001500Z", "ISO8601", "epoch_millis"), "-999.9985");
  EXPECT_EQ(date("1969-12-31T23:59:59.999001500Z", "ISO8601", "epoch_second"), "-0.0009985");
  // Too many milliseconds wrap around.
  EXPECT_EQ(date("+999999999-01-01", "yyyy-MM-dd", "epoch_millis"), "5336598346174303232");
  EXPECT_EQ(date("-999999999-01-01", "uuuuuuuuu-MM-dd", "epoch_millis"), "-5336474011822303232");
}

}  // namespace
