// Bodies of _ingest/pipeline/_simulate: whatever the pipeline and its documents are, the answer is JSON or an error,
// and no document takes longer than a second.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "stages/ingest/ingest_stage.h"
#include "stages/ingest/simulate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto begin = std::chrono::steady_clock::now();
  for (const bool verbose : {false, true}) {
    const auto answer = sluice::ingest::simulate(body, {.pipeline = nullptr, .verbose = verbose, .now = 0}, {},
                                                 sluice::ingest::PipelineSet());
    if (answer && !answer->starts_with("{\"docs\":[")) std::abort();
  }
  const auto took = std::chrono::steady_clock::now() - begin;
  // Under a sanitizer everything takes some times as long.
  if (took > std::chrono::seconds(8)) {
    std::fprintf(stderr, "the pipeline took too long\n");
    std::abort();
  }
  return 0;
}
