#include <gtest/gtest.h>

#include "stages/painless/api/rows.h"
#include "tests/stages/painless/script_runner.h"

namespace sluice::painless {
namespace {

/// Every row shows itself: its example gives what it says.
TEST(PainlessExamples, GiveWhatTheySay) {
  std::size_t run = 0;
  for (const auto& family : api::families()) {
    for (const api::ClassRow& cls : family) {
      for (const api::MethodRow& row : cls.methods) {
        if (std::string_view(row.example).empty()) continue;
        const bool of_document = std::string_view(row.example).find("doc[") != std::string_view::npos ||
                                 std::string_view(cls.java_name).ends_with("ScoreScriptUtils");
        const std::string_view example = row.example;
        const bool changing =
            example.find("field(") != std::string_view::npos || example.find("metadata()") != std::string_view::npos;
        const Outcome outcome = of_document                         ? run_document_script(example)
                                : changing                          ? run_changing_script(example)
                                : cls.contexts == Contexts::kIngest ? run_pipeline_script(example)
                                                                    : run_script(example);
        EXPECT_EQ(outcome.text, row.result) << cls.java_name << " " << row.signature << "\n" << row.example;
        ++run;
      }
    }
  }
  EXPECT_GT(run, 300U);
}

}  // namespace
}  // namespace sluice::painless
