#include "benchmarks/micro/kernel.h"

#include <string>

#include <simdjson.h>

#include "benchmarks/micro/kernel_variant.h"

namespace sluice::benchmarks {
namespace {

struct Choice {
  std::string_view name;
  KernelVariant run;
};

/// simdjson's own choice of implementation decides: both halves of the parser are then of one kind.
Choice choose() {
  const std::string active = simdjson::get_active_implementation()->name();
  if (active == "icelake") return {"icelake", copy_hits_icelake};
  if (active == "haswell") return {"haswell", copy_hits_haswell};
  return {"westmere", copy_hits_westmere};
}

}  // namespace

Result<KernelTotals> copy_hits_to_bulk(std::string_view hits, Buffer& bulk) {
  static const Choice kChoice = choose();
  KernelTotals totals;
  const int code = kChoice.run(hits.data(), hits.size(), bulk, totals);
  if (code == simdjson::SUCCESS) return totals;
  const std::string why = simdjson::error_message(static_cast<simdjson::error_code>(code));
  return std::unexpected(Error(ErrorKind::kDocument, 400, "illegal_argument_exception",
                               "document " + std::to_string(totals.documents + 1) + " is not a search hit: " + why));
}

std::string_view kernel_instruction_set() {
  static const Choice kChoice = choose();
  return kChoice.name;
}

}  // namespace sluice::benchmarks
