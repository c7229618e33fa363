#include <map>
#include <string>

#include <gtest/gtest.h>

#include "stages/ingest/enrich/enrich_table.h"
#include "tests/stages/ingest/run_pipeline.h"

namespace {

using namespace sluice::ingest;
using sluice::Result;

/// The policies `people`, by mail, and `none`, which has no documents.
class Tables final : public EnrichLookup {
 public:
  Tables() {
    auto people = std::make_shared<EnrichTable>(EnrichTableOptions{.match_field = "id.mail"});
    for (const std::string_view source :
         {R"({"id":{"mail":"a@x"},"n":1.50})", R"({"id":{"mail":["b@x","a@x"]},"n":2})",
          R"({"id.mail":"c@x","o":{"k":[null,"{{n}}"]}})", R"({"id":{"mail":7},"n":"seven"})",
          R"({"id":{"mail":null},"n":0})", R"({"n":0})", R"({"id":[{"mail":true}]})"}) {
      EXPECT_TRUE(people->add(source).has_value());
    }
    tables_["people"] = people;
    tables_["none"] = std::make_shared<EnrichTable>(EnrichTableOptions{.match_field = "a"});
  }
  [[nodiscard]] Result<std::shared_ptr<const EnrichTable>> find(std::string_view policy) const override {
    const auto found = tables_.find(std::string(policy));
    if (found == tables_.end()) return std::unexpected(no_enrich_index(policy));
    return found->second;
  }

 private:
  std::map<std::string, std::shared_ptr<const EnrichTable>> tables_;
};

/// The `_source` that a document ends as, or the reason of an error.
std::string after(const std::string& options, std::string_view source, bool with_policies = true) {
  CompileEnvironment environment;
  if (with_policies) environment.enrich = std::make_shared<Tables>();
  return sluice::tests::after_pipeline(R"({"enrich":{)" + options + "}}", source, environment);
}

const std::string kPeople = R"("policy_name":"people","field":"m","target_field":"t")";

TEST(Enrich, TheFirstDocumentWithTheValueIsWrittenAsItIs) {
  EXPECT_EQ(after(kPeople, R"({"m":"a@x"})"), R"({"m":"a@x","t":{"id":{"mail":"a@x"},"n":1.50}})");
  EXPECT_EQ(after(kPeople, R"({"m":"b@x"})"), R"({"m":"b@x","t":{"id":{"mail":["b@x","a@x"]},"n":2}})");
  EXPECT_EQ(after(kPeople, R"({"m":"c@x"})"), R"({"m":"c@x","t":{"id.mail":"c@x","o":{"k":[null,"{{n}}"]}}})");
}

TEST(Enrich, NumbersAndBooleansAreLookedUpAsTheirTexts) {
  EXPECT_EQ(after(kPeople, R"({"m":7})"), R"({"m":7,"t":{"id":{"mail":7},"n":"seven"}})");
  EXPECT_EQ(after(kPeople, R"({"m":"7"})"), R"({"m":"7","t":{"id":{"mail":7},"n":"seven"}})");
  EXPECT_EQ(after(kPeople, R"({"m":true})"), R"({"m":true,"t":{"id":[{"mail":true}]}})");
}

TEST(Enrich, WithMoreMatchesTheTargetIsAList) {
  EXPECT_EQ(after(kPeople + R"(,"max_matches":2)", R"({"m":"a@x"})"),
            R"({"m":"a@x","t":[{"id":{"mail":"a@x"},"n":1.50},{"id":{"mail":["b@x","a@x"]},"n":2}]})");
  EXPECT_EQ(after(kPeople + R"(,"max_matches":128)", R"({"m":["c@x","b@x","nobody",null]})"),
            R"({"m":["c@x","b@x","nobody",null],"t":[{"id":{"mail":["b@x","a@x"]},"n":2},)"
            R"({"id.mail":"c@x","o":{"k":[null,"{{n}}"]}}]})");
}

TEST(Enrich, WhatIsNotFoundLeavesTheDocumentAlone) {
  EXPECT_EQ(after(kPeople, R"({"m":"nobody"})"), R"({"m":"nobody"})");
  EXPECT_EQ(after(kPeople, R"({"m":null})"), R"({"m":null})");
  EXPECT_EQ(after(kPeople, R"({"m":[]})"), R"({"m":[]})");
  EXPECT_EQ(after(R"("policy_name":"none","field":"m","target_field":"t")", R"({"m":1})"), R"({"m":1})");
}

TEST(Enrich, AFieldThatIsNotThereFailsUnlessThatIsIgnored) {
  EXPECT_EQ(after(kPeople, "{}"), "field [m] not present as part of path [m]");
  EXPECT_EQ(after(kPeople + R"(,"ignore_missing":true)", "{}"), "{}");
  EXPECT_EQ(after(kPeople, R"({"m":{"a":1}})"),
            "field [m] of type [java.util.HashMap] cannot be cast to [java.lang.String]");
}

TEST(Enrich, ATargetStaysWithoutOverride) {
  const std::string stays = kPeople + R"(,"override":false)";
  EXPECT_EQ(after(stays, R"({"m":"b@x","t":1})"), R"({"m":"b@x","t":1})");
  EXPECT_EQ(after(stays, R"({"m":"b@x","t":null})"), R"({"m":"b@x","t":null})");
  EXPECT_EQ(after(stays, R"({"m":7})"), R"({"m":7,"t":{"id":{"mail":7},"n":"seven"}})");
}

TEST(Enrich, FieldsMayBeTemplates) {
  EXPECT_EQ(after(R"("policy_name":"people","field":"{{f}}","target_field":"{{f}}_t.x")", R"({"f":"m","m":7})"),
            R"({"f":"m","m":7,"m_t":{"x":{"id":{"mail":7},"n":"seven"}}})");
}

TEST(Enrich, OptionsThatAreWrongAreRefused) {
  EXPECT_EQ(after(R"("policy_name":"other","field":"m","target_field":"t")", "{}"),
            "no enrich index exists for policy with name [other]");
  EXPECT_EQ(after(kPeople, "{}", false), "no enrich index exists for policy with name [people]");
  EXPECT_EQ(after(R"("field":"m","target_field":"t")", "{}"), "[policy_name] required property is missing");
  EXPECT_EQ(after(R"("policy_name":"people","target_field":"t")", "{}"), "[field] required property is missing");
  EXPECT_EQ(after(R"("policy_name":"people","field":"m")", "{}"), "[target_field] required property is missing");
  for (const char* most : {"0", "129", "-1"}) {
    EXPECT_EQ(after(kPeople + R"(,"max_matches":)" + most, "{}"), "[max_matches] should be between 1 and 128");
  }
  EXPECT_EQ(after(kPeople + R"(,"shape_relation":"intersects")", R"({"m":null})"), R"({"m":null})");
  EXPECT_EQ(after(kPeople + R"(,"shape_relation":"WITHIN")", "{}"),
            "[shape_relation] [WITHIN] is of geo_match policies, which sluice has not; leave it out");
}

}  // namespace
