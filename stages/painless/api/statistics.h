#pragma once

#include <cstdint>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// A sum of doubles as java.util.stream makes it: with what was rounded away added at the end.
struct DoubleSum {
  double sum = 0;
  double rounded = 0;  ///< away, with the other sign
  double simple = 0;   ///< for what is infinite

  void add(double value);
  void add(const DoubleSum& other);
  [[nodiscard]] double total() const;

 private:
  void compensate(double value);
};

/// IntSummaryStatistics, LongSummaryStatistics or DoubleSummaryStatistics of numbers, by their kind.
Value summarize(Machine& machine, Kind kind, const ArrayList& numbers);
/// A Collector that makes one of what the function gives.
Value summarizing(Machine& machine, Kind kind, const Value& function);

}  // namespace sluice::painless::api
