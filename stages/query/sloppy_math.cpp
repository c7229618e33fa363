#include "stages/query/sloppy_math.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace sluice::stages::sloppy_math {

namespace {

constexpr double kRadians = 0.017453292519943295;

constexpr double bits(std::uint64_t value) { return std::bit_cast<double>(value); }

constexpr double kHalfPiHigh = bits(0x3FF921FB54400000);  // the first 33 bits
constexpr double kHalfPiLow = bits(0x3DD0B4611A626331);
constexpr std::size_t kTurn = std::size_t{1} << 11U;
constexpr double kStepHigh = 4 * kHalfPiHigh / kTurn;
constexpr double kStepLow = 4 * kHalfPiLow / kTurn;
constexpr double kStepsInOne = 1 / (kStepHigh + kStepLow);

struct Circle {
  std::array<double, kTurn + 1> sine{};
  std::array<double, kTurn + 1> cosine{};

  Circle() {
    for (std::size_t i = 0; i <= kTurn; ++i) {
      const auto at = static_cast<double>(i);
      const double angle = at * kStepHigh + at * kStepLow;
      sine[i] = std::sin(angle);
      cosine[i] = std::cos(angle);
    }
    sine[kTurn / 2] = sine[kTurn] = 0;
    cosine[kTurn / 4] = cosine[3 * kTurn / 4] = 0;
  }
};

double cosine(double angle) {
  static const Circle circle;
  const double a = std::abs(angle);  // a few turns at most: coordinates are on the earth, or nearly
  const auto index = static_cast<std::int64_t>(std::floor(a * kStepsInOne + 0.5));
  const double delta = (a - static_cast<double>(index) * kStepHigh) - static_cast<double>(index) * kStepLow;
  const std::size_t place = static_cast<std::size_t>(index) & (kTurn - 1);
  const double cos = circle.cosine[place];
  const double sin = circle.sine[place];
  return cos + delta * (-sin + delta * (-cos * (1 / 2.0) + delta * (sin * (1 / 6.0) + delta * cos * (1 / 24.0))));
}

constexpr std::size_t kArcs = std::size_t{1} << 13U;
/// Beyond this, the sine of 73 degrees, a formula is as good as the table.
constexpr double kMostInTable = 0.9563047559630354;
constexpr double kArcStep = kMostInTable / kArcs;

/// asin and its derivatives.
struct Arcs {
  std::array<double, kArcs + 1> value{};
  std::array<double, kArcs + 1> first{};
  std::array<double, kArcs + 1> second{};
  std::array<double, kArcs + 1> third{};
  std::array<double, kArcs + 1> fourth{};

  Arcs() {
    for (std::size_t i = 0; i <= kArcs; ++i) {
      const double x = static_cast<double>(i) * kArcStep;
      const double inverse = 1 / (1 - x * x);
      const double inverse_0_5 = std::sqrt(inverse);
      const double inverse_1_5 = inverse_0_5 * inverse;
      const double inverse_2_5 = inverse_1_5 * inverse;
      const double inverse_3_5 = inverse_2_5 * inverse;
      value[i] = std::asin(x);
      first[i] = inverse_0_5;
      second[i] = x * inverse_1_5 * (1 / 2.0);
      third[i] = (1 + 2 * x * x) * inverse_2_5 * (1 / 6.0);
      fourth[i] = (5 + 2 * x * (2 + x * (5 - 2 * x))) * inverse_3_5 * (1 / 24.0);
    }
  }
};

/// As fdlibm has it.
double arcsine_near_one(double a) {
  const double t = (1 - a) * 0.5;
  const double p =
      t * (bits(0x3fc5555555555555) +
           t * (bits(0xbfd4d61203eb6f7d) +
                t * (bits(0x3fc9c1550e884455) +
                     t * (bits(0xbfa48228b5688f3b) + t * (bits(0x3f49efe07501b288) + t * bits(0x3f023de10dfdf709))))));
  const double q =
      1 + t * (bits(0xc0033a271c8a2d4b) +
               t * (bits(0x40002ae59c598ac8) + t * (bits(0xbfe6066c1b8d0159) + t * bits(0x3fb3b8c5b12e9282))));
  const double s = std::sqrt(t);
  const double z = s + s * (p / q);
  return bits(0x3FF921FB54442D18) - ((z + z) - bits(0x3C91A62633145C07));
}

double arcsine(double a) {
  static const Arcs arcs;
  if (!(a <= kMostInTable)) return a < 1 ? arcsine_near_one(a) : a == 1 ? bits(0x3FF921FB54442D18) : a - a;
  const auto index = static_cast<std::size_t>(std::floor(a * (1 / kArcStep) + 0.5));
  const double delta = a - static_cast<double>(index) * kArcStep;
  return arcs.value[index] +
         delta * (arcs.first[index] +
                  delta * (arcs.second[index] + delta * (arcs.third[index] + delta * arcs.fourth[index])));
}

}  // namespace

double haversin_metres(double lat1, double lon1, double lat2, double lon2) {
  const double x1 = lat1 * kRadians;
  const double x2 = lat2 * kRadians;
  const double h1 = 1 - cosine(x1 - x2);
  const double h2 = 1 - cosine((lon1 - lon2) * kRadians);
  const double h = h1 + cosine(x1) * cosine(x2) * h2;
  // Lucene drops the last bits, so that rounding makes no ties.
  const double key = std::bit_cast<double>(std::bit_cast<std::uint64_t>(h) & 0xFFFFFFFFFFFFFFF8);
  return kMeanEarthRadius * 2 * arcsine(std::min(1.0, std::sqrt(key * 0.5)));
}

}  // namespace sluice::stages::sloppy_math
