#pragma once

#include <cstdint>
#include <string_view>

#include "benchmarks/micro/kernel.h"

namespace sluice::benchmarks {

/// A build of the kernel for one instruction set. Returns simdjson's error code, 0 for success: the variants use
/// nothing but simdjson and memcpy, so that no code built for a newer machine is shared with the rest of the program.
using KernelVariant = int (*)(const char* hits, std::size_t size, Buffer& bulk, KernelTotals& totals);

int copy_hits_icelake(const char* hits, std::size_t size, Buffer& bulk, KernelTotals& totals);
int copy_hits_haswell(const char* hits, std::size_t size, Buffer& bulk, KernelTotals& totals);
int copy_hits_westmere(const char* hits, std::size_t size, Buffer& bulk, KernelTotals& totals);

}  // namespace sluice::benchmarks
