#include "io/ndjson/line_encoder.h"

#include <string>

#include <gtest/gtest.h>

namespace sluice::io {
namespace {

using pipeline::Document;
using pipeline::PageFormat;
using pipeline::VersionRule;
using pipeline::WriteCondition;

Document document() {
  Document made;
  made.id = "\"1\"";
  made.source = "{}";
  return made;
}

std::string line(const Document& of, const WriteCondition* condition, const LineOptions& options) {
  Buffer out;
  append_document(out, of, condition, options);
  return std::string(out.view());
}

std::string refusal(const Document& of, const LineOptions& options) {
  const Status fine = check_rules(of, options);
  return fine ? "" : fine.error().reason;
}

TEST(LineEncoder, BulkLinesSayWhatAPipelineSaysOfVersionsAndConditions) {
  const LineOptions bulk{.format = PageFormat::kBulk, .version_type = {}};
  Document external = document();
  external.version_rule = VersionRule::kExternalGte;
  external.version = 7;
  EXPECT_EQ(refusal(external, bulk), "");
  EXPECT_EQ(line(external, nullptr, bulk),
            "{\"index\":{\"_id\":\"1\",\"version\":7,\"version_type\":\"external_gte\"}}\n{}\n");
  Document conditional = document();
  conditional.has_condition = true;
  const WriteCondition condition{0, 4, 2};
  EXPECT_EQ(refusal(conditional, bulk), "");
  EXPECT_EQ(line(conditional, &condition, bulk),
            "{\"index\":{\"_id\":\"1\",\"if_seq_no\":4,\"if_primary_term\":2}}\n{}\n");
  Document internal = document();
  internal.version_rule = VersionRule::kInternal;
  internal.version = 7;
  EXPECT_EQ(refusal(internal, bulk),
            "[_version] is set and [_version_type] is [internal], which no bulk takes; set [_version_type] too");
  const LineOptions of_run{.format = PageFormat::kBulk, .version_type = "external"};
  internal.version = pipeline::kNoVersion;
  EXPECT_EQ(line(internal, nullptr, of_run), "{\"index\":{\"_id\":\"1\"}}\n{}\n");
}

TEST(LineEncoder, HitsKeepTheVersionAndRefuseTheRest) {
  const LineOptions hits;
  Document version = document();
  version.version_rule = VersionRule::kInternal;
  version.version = 7;
  EXPECT_EQ(refusal(version, hits), "");
  EXPECT_EQ(line(version, nullptr, hits), "{\"_id\":\"1\",\"_version\":7,\"_source\":{}}\n");
  version.version_rule = VersionRule::kExternal;
  EXPECT_EQ(refusal(version, hits),
            "[_version_type] can't be kept in this format; use [--format bulk] for the destination");
  Document conditional = document();
  conditional.has_condition = true;
  EXPECT_EQ(
      refusal(conditional, hits),
      "[_if_seq_no] and [_if_primary_term] can't be kept in this format; use [--format bulk] for the destination");
}

}  // namespace
}  // namespace sluice::io
