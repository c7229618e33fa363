// The examples of the processors' rows, run.
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "stages/ingest/enrich/enrich_table.h"
#include "tests/stages/ingest/mmdb_writer.h"
#include "tests/stages/ingest/run_pipeline.h"
#include "tests/stages/ingest_reference.h"

namespace sluice::ingest {
namespace {

/// The policy `users`, with one document.
class OneTable final : public EnrichLookup {
 public:
  [[nodiscard]] Result<std::shared_ptr<const EnrichTable>> find(std::string_view policy) const override {
    if (policy != "users") return std::unexpected(no_enrich_index(policy));
    auto table = std::make_shared<EnrichTable>(EnrichTableOptions{.match_field = "email"});
    EXPECT_TRUE(table->add(R"({"email":"m@example.com","city":"New Orleans"})").has_value());
    return table;
  }
};

std::string result_of(const ProcessorRow& row) {
  CompileEnvironment environment;
  environment.databases = tests::geo_databases();
  environment.enrich = std::make_shared<OneTable>();
  const auto written =
      tests::run_pipeline(std::string(R"({")") + row.type + "\":" + row.config + "}", row.before, environment);
  return written ? *written : written.error().type + ": " + written.error().reason;
}

TEST(IngestRows, ExamplesSayWhatHappens) {
  for (const ProcessorRow* row : processor_rows()) {
    EXPECT_EQ(result_of(*row), row->after) << row->type << " " << row->config;
  }
}

TEST(IngestRows, EveryRowSaysWhatItIs) {
  for (const ProcessorRow* row : processor_rows()) {
    EXPECT_NE(std::string(row->sentence), "") << row->type;
    for (const OptionRow& option : row->options) EXPECT_NE(std::string(option.sentence), "") << row->type;
    EXPECT_EQ(processor_row(row->type), row);
  }
  EXPECT_EQ(processor_row("nothing"), nullptr);
}

TEST(IngestRows, ThePageIsMadeFromThem) {
  std::ifstream file(SLUICE_SOURCE_DIR "/docs/ingest.md");
  ASSERT_TRUE(file);
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_TRUE(page.str() == ingest_reference_page()) << "run build/release/tests/ingest_reference > docs/ingest.md";
}

}  // namespace
}  // namespace sluice::ingest
