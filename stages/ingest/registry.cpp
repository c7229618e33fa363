#include <algorithm>
#include <vector>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

std::span<const ProcessorRow* const> processor_rows() {
  static const std::vector<const ProcessorRow*> rows = {
#define PROCESSOR(name) &name##_processor(),
#include "stages/ingest/processors.def"
#undef PROCESSOR
  };
  return rows;
}

const ProcessorRow* processor_row(std::string_view type) {
  const auto rows = processor_rows();
  const auto found = std::ranges::find_if(rows, [&](const ProcessorRow* row) { return type == row->type; });
  return found == rows.end() ? nullptr : *found;
}

}  // namespace sluice::ingest
