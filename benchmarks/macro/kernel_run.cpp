// kernel_run FILE [REPETITIONS]: walks the hits of a file that is in memory with the kernel of benchmarks/micro, and
// prints
// {"instruction_set":..,"documents":..,"bytes":..,"seconds":[..]}. The driver runs it beside sluice, on the same data.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "benchmarks/micro/kernel.h"

namespace {

int fail(const char* what, const char* name) {
  std::fprintf(stderr, "kernel_run: %s %s\n", what, name);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return fail("usage: kernel_run FILE [REPETITIONS], not", "nothing");
  std::ifstream file(arguments[1], std::ios::binary | std::ios::ate);
  if (!file) return fail("can't read", arguments[1]);
  sluice::Buffer hits;
  hits.resize(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  if (!file.read(hits.data(), static_cast<std::streamsize>(hits.size()))) return fail("can't read", arguments[1]);
  const int repetitions = count > 2 ? std::atoi(arguments[2]) : 5;

  sluice::Buffer bulk(std::size_t{4} << 20);
  const std::string set(sluice::benchmarks::kernel_instruction_set());
  for (int i = 0; i <= repetitions; ++i) {  // the first one warms up
    const auto began = std::chrono::steady_clock::now();
    const auto totals = sluice::benchmarks::copy_hits_to_bulk(hits.view(), bulk);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (!totals) return fail(totals.error().message().c_str(), arguments[1]);
    if (i == 0) {
      std::printf(R"({"instruction_set":"%s","documents":%llu,"bytes":%llu,"seconds":[)", set.c_str(),
                  static_cast<unsigned long long>(totals->documents),
                  static_cast<unsigned long long>(totals->bytes_read));
    } else {
      std::printf("%s%.6f", i == 1 ? "" : ",", took.count());
    }
  }
  std::printf("]}\n");
  return 0;
}
