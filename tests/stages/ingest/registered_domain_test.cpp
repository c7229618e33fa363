#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/stages/ingest/run_pipeline.h"

namespace {

using sluice::tests::after_pipeline;

constexpr const char* kDomain = R"({"registered_domain":{"field":"d","target_field":"t"}},{"remove":{"field":"d"}})";

std::string labels(std::size_t count) {
  std::string name;
  for (std::size_t i = 0; i < count; ++i) name += "a.";
  return name;
}

TEST(RegisteredDomain, AnyNumberOfLabelsStandsInFrontOfIt) {
  for (const std::size_t count : {0, 1, 28, 29, 30, 31, 32, 33, 34, 100}) {
    std::string front = labels(count);
    const std::string after = after_pipeline(kDomain, R"({"d":")" + front + R"(example.co.uk"})");
    std::string expected = R"({"t":{"domain":")" + front;
    expected += R"(example.co.uk","registered_domain":"example.co.uk","top_level_domain":"co.uk")";
    if (count != 0) front.pop_back();
    if (count != 0) expected.append(R"(,"subdomain":")").append(front).append("\"");
    EXPECT_EQ(after, expected + "}}") << count;
  }
}

// Quadratic, it took minutes.
TEST(RegisteredDomain, ManyLabelsTakeNoLongerThanTheyAreLong) {
  const std::string document = R"({"d":")" + labels(500'000) + R"(example.com"})";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_NE(after_pipeline(kDomain, document).find(R"("registered_domain":"example.com")"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
