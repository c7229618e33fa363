// Limits, what queries see, and what goes into `_ignored`.
#include <string>

#include <gtest/gtest.h>

#include "benchmarks/data/corpus.h"
#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "pipeline/model/date_format.h"

namespace sluice::store {
namespace {

MappingPtr parsed(std::string_view json) {
  auto mapping = Mapping::parse(json);
  EXPECT_TRUE(mapping.has_value()) << mapping.error().message();
  return mapping ? *mapping : Mapping::empty();
}

Result<CheckedDocument> check(const Mapping& mapping, std::string_view json, const MappingLimits& limits = {}) {
  Buffer document;
  document.append(json);
  return mapping.check(document.view(), "1", limits);
}

TEST(Mapping, FindsFieldsMultiFieldsAndAliases) {
  const auto mapping = parsed(
      R"({"properties":{"n":{"type":"nested","properties":{"k":{"type":"text","fields":{"raw":{"type":"keyword"}}}}},)"
      R"("o":{"properties":{"x":{"type":"long"}}},"a":{"type":"alias","path":"o.x"}}})");
  ASSERT_NE(mapping->find("n.k.raw"), nullptr);
  EXPECT_EQ(mapping->find("n.k.raw")->source_path, "n.k");
  EXPECT_EQ(mapping->find("n.k")->nested_path, "n");
  EXPECT_EQ(mapping->find("a")->source_path, "o.x");
  EXPECT_EQ(mapping->find("a")->type, "long");
  EXPECT_EQ(mapping->find("missing"), nullptr);
  EXPECT_EQ(mapping->matching("o*").size(), 2U);
  EXPECT_EQ(mapping->field_json("o.x", false), R"({"x":{"type":"long"}})");
  EXPECT_EQ(mapping->field_json("nothing", false), "");
}

TEST(Mapping, RefusesMoreFieldsThanTheLimit) {
  MappingLimits limits;
  limits.total_fields = 2;
  const auto merged = Mapping::empty()->merge(
      *parsed(R"({"properties":{"a":{"type":"keyword"},"b":{"type":"long"},"c":{"type":"long"}}})"), limits);
  ASSERT_FALSE(merged.has_value());
  EXPECT_EQ(merged.error().reason, "Limit of total fields [2] has been exceeded");
}

TEST(Mapping, RefusesDeeperObjectsAndMoreNestedFieldsThanTheLimits) {
  MappingLimits limits;
  limits.depth = 1;
  const auto deep = Mapping::empty()->merge(*parsed(R"({"properties":{"a.b":{"type":"long"}}})"), limits);
  ASSERT_FALSE(deep.has_value());
  EXPECT_TRUE(deep.error().reason.starts_with("Limit of mapping depth [1] has been exceeded")) << deep.error().reason;
  limits = {};
  limits.nested_fields = 1;
  const auto nested =
      Mapping::empty()->merge(*parsed(R"({"properties":{"a":{"type":"nested"},"b":{"type":"nested"}}})"), limits);
  ASSERT_FALSE(nested.has_value());
  EXPECT_EQ(nested.error().reason, "Limit of nested fields [1] has been exceeded");
}

TEST(Mapping, RefusesMoreNestedDocumentsThanTheLimit) {
  const auto mapping = parsed(R"({"properties":{"n":{"type":"nested","properties":{"a":{"type":"long"}}}}})");
  MappingLimits limits;
  limits.nested_objects = 2;
  EXPECT_TRUE(check(*mapping, R"({"n":[{"a":1},{"a":2}]})", limits).has_value());
  const auto checked = check(*mapping, R"({"n":[{"a":1},{"a":2},{"a":3}]})", limits);
  ASSERT_FALSE(checked.has_value());
  EXPECT_NE(checked.error().reason.find("allowed limit of [2]"), std::string::npos);
}

TEST(Mapping, SaysWhatItIgnored) {
  const auto mapping =
      parsed(R"({"properties":{"a":{"type":"long","ignore_malformed":true},"k":{"type":"keyword","ignore_above":2},)"
             R"("t":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":2}}}}})");
  const auto checked = check(*mapping, R"({"a":["x",1,"y"],"k":"abc","t":"éé"})");
  ASSERT_TRUE(checked.has_value());
  EXPECT_EQ(checked->ignored, (std::vector<std::string>{"a", "k"}));
}

TEST(Mapping, RefusesTermsThatAreTooLong) {
  const auto checked =
      check(*parsed(R"({"properties":{"k":{"type":"keyword"}}})"), R"({"k":")" + std::string(32'767, 'x') + R"("})");
  ASSERT_FALSE(checked.has_value());
  EXPECT_NE(checked.error().caused_by->reason.find("immense term in field=\"k\""), std::string::npos);
}

TEST(Mapping, RefusesWhatIsNoJson) {
  for (const std::string_view bad :
       {"", "[]", "{", R"({"a")", R"({"a":})", R"({"a":1,})", R"({"a":01})", R"({"a":tru})", R"({"a":1}{)",
        R"({"a":[1,]})", R"({"a":"\q"})", R"({"a":1 "b":2})"}) {
    EXPECT_FALSE(check(*Mapping::empty(), bad).has_value()) << bad;
  }
  const std::string deep = R"({"a":)" + std::string(5000, '[') + std::string(5000, ']') + "}";
  EXPECT_FALSE(check(*Mapping::empty(), deep).has_value());
}

TEST(Mapping, EveryCorpusFitsWhatItsDocumentsMade) {
  for (const auto& entry : corpora::Corpus::entries()) {
    const auto corpus = corpora::Corpus::make(entry.name, 7);
    ASSERT_TRUE(corpus.has_value());
    MappingPtr mapping = Mapping::empty();
    MappingLimits limits;
    limits.total_fields = 100'000;
    limits.depth = 1000;
    for (std::uint64_t number = 1; number <= 200; ++number) {
      Buffer document;
      (*corpus)->append_document(number, document);
      const auto checked = mapping->check(document.view(), "1", limits);
      if (!checked || !checked->update) continue;  // an odd document may be refused, never half accepted
      const auto merged = mapping->merge(*checked->update, limits);
      ASSERT_TRUE(merged.has_value()) << entry.name << ": " << merged.error().message();
      mapping = *merged;
      const auto again = mapping->check(document.view(), "1", limits);
      ASSERT_TRUE(again.has_value()) << entry.name << ": " << again.error().message();
      EXPECT_EQ(again->update, nullptr) << entry.name << ": " << document.view();
    }
  }
}

}  // namespace
}  // namespace sluice::store
