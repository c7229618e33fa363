#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"

namespace sluice::benchmarks {

/// What a walk of the kernel has done.
struct KernelTotals {
  std::uint64_t documents = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t bytes_written = 0;
};

/// The limit that copying hits to bulks is measured against: one thread, no files, no threads, no checks. It walks
/// NDJSON hits with simdjson's on-demand parser, takes `_id` and the raw bytes of `_source`, and appends
/// `{"index":{"_id":"1"}}\n<source>\n` to `bulk`, which is emptied whenever it is over a megabyte.
/// `hits` needs Buffer::kPadding readable bytes behind its end. Runs the best instruction set of this machine.
/// Errors: kDocument for a line that is not a hit.
Result<KernelTotals> copy_hits_to_bulk(std::string_view hits, Buffer& bulk);

/// The instruction set that copy_hits_to_bulk() uses here: icelake, haswell, westmere.
std::string_view kernel_instruction_set();

}  // namespace sluice::benchmarks
