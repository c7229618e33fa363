#include "stages/painless/api/families.h"
#include "stages/painless/api/math_natives.h"

namespace sluice::painless::api {

namespace {

using math::MathContext;
using math::RoundingMode;

constexpr MethodRow kRoundingMode[] = {
    {"const RoundingMode UP", constant<RoundingMode::kUp>, "Away from zero.",
     "new BigDecimal('-1.1').setScale(0, RoundingMode.UP)", "-2"},
    {"const RoundingMode DOWN", constant<RoundingMode::kDown>, "Towards zero.",
     "new BigDecimal('-1.9').setScale(0, RoundingMode.DOWN)", "-1"},
    {"const RoundingMode CEILING", constant<RoundingMode::kCeiling>, "Up.",
     "new BigDecimal('-1.9').setScale(0, RoundingMode.CEILING)", "-1"},
    {"const RoundingMode FLOOR", constant<RoundingMode::kFloor>, "Down.",
     "new BigDecimal('-1.1').setScale(0, RoundingMode.FLOOR)", "-2"},
    {"const RoundingMode HALF_UP", constant<RoundingMode::kHalfUp>, "To the nearest, a half away from zero.",
     "new BigDecimal('2.5').setScale(0, RoundingMode.HALF_UP)", "3"},
    {"const RoundingMode HALF_DOWN", constant<RoundingMode::kHalfDown>, "To the nearest, a half towards zero.",
     "new BigDecimal('2.5').setScale(0, RoundingMode.HALF_DOWN)", "2"},
    {"const RoundingMode HALF_EVEN", constant<RoundingMode::kHalfEven>, "To the nearest, a half to the even one.",
     "new BigDecimal('3.5').setScale(0, RoundingMode.HALF_EVEN)", "4"},
    {"const RoundingMode UNNECESSARY", constant<RoundingMode::kUnnecessary>, "Not at all.",
     "new BigDecimal('2.5').setScale(0, RoundingMode.UNNECESSARY)", "arithmetic_exception: Rounding necessary"},
    {"static RoundingMode valueOf(String)", call<&math::rounding_mode_value_of>, "The one of a name.",
     "RoundingMode.valueOf('UP')", "UP"},
    {"static RoundingMode[] values()", enum_values<RoundingMode, 0, math::kRoundingModes>, "All of them.",
     "RoundingMode.values().length", "8"},
};

constexpr MethodRow kMathContext[] = {
    {"const MathContext UNLIMITED", call<[]() { return MathContext(); }>, "All digits.", "MathContext.UNLIMITED",
     "precision=0 roundingMode=HALF_UP"},
    {"const MathContext DECIMAL32", call<[]() { return MathContext(7, RoundingMode::kHalfEven); }>,
     "The digits of a number of 32 bits.", "MathContext.DECIMAL32", "precision=7 roundingMode=HALF_EVEN"},
    {"const MathContext DECIMAL64", call<[]() { return MathContext(16, RoundingMode::kHalfEven); }>,
     "The digits of a number of 64 bits.", "MathContext.DECIMAL64", "precision=16 roundingMode=HALF_EVEN"},
    {"const MathContext DECIMAL128", call<[]() { return MathContext(34, RoundingMode::kHalfEven); }>,
     "The digits of a number of 128 bits.", "MathContext.DECIMAL128", "precision=34 roundingMode=HALF_EVEN"},
    {"new(int)", call<[](Int digits) { return MathContext::of(digits, RoundingMode::kHalfUp); }>,
     "So many digits, a half being rounded up.", "new MathContext(-1)", "illegal_argument_exception: Digits < 0"},
    {"new(int,RoundingMode)", call<&MathContext::of>, "So many digits, rounded in that way.",
     "new MathContext(3, RoundingMode.DOWN)", "precision=3 roundingMode=DOWN"},
    {"int getPrecision()", call<&MathContext::precision>, "How many digits; 0: all.",
     "MathContext.DECIMAL32.getPrecision()", "7"},
    {"RoundingMode getRoundingMode()", call<&MathContext::rounding>, "How it is rounded.",
     "MathContext.DECIMAL32.getRoundingMode()", "HALF_EVEN"},
};

constexpr ClassRow kRows[] = {
    {"java.math.RoundingMode", "Enum", "How numbers are rounded.", kRoundingMode},
    {"java.math.MathContext", "", "How many digits results have.", kMathContext},
};

}  // namespace

std::span<const ClassRow> math_context_family() { return kRows; }

}  // namespace sluice::painless::api
