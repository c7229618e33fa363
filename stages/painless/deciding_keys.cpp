#include "stages/painless/deciding_keys.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace sluice::painless {

namespace {

/// Classes whose methods answer the same whenever they are asked, and make nothing whose methods don't.
constexpr std::string_view kSteady[] = {"java.lang.CharSequence", "java.lang.Character", "java.lang.Integer",
                                        "java.lang.Long",         "java.lang.String",    "java.lang.StringBuilder"};

bool is_steady(const Method& method) {
  return std::ranges::find(kSteady, method.owner->java_name) != std::end(kSteady);
}

bool calls_only_steady(const Program& program, const Instruction& instruction) {
  switch (instruction.op) {
    case Op::kCallNative:
    case Op::kCallNativeNonNull:
      return is_steady(*program.methods[static_cast<std::size_t>(instruction.d)]);
    case Op::kLambda:
    case Op::kMethodRef:
      return false;
    default:
      return true;
  }
}

/// Whether `c` says how many or how, and names no register.
bool counts_with_c(Op op) {
  switch (op) {
    case Op::kCallDef:
    case Op::kConcat:
    case Op::kNewArray:
    case Op::kNewArrayOf:
    case Op::kNewList:
    case Op::kNewMap:
    case Op::kCast:
    case Op::kCastLoaded:
    case Op::kCastResult:
      return true;
    default:
      return false;
  }
}

/// Whether a register is an operand. A constant in the place of one counts too; rows of operands never begin among the
/// arguments.
bool mentions(const Instruction& instruction, std::uint16_t place) {
  return instruction.a == place || instruction.b == place || (instruction.c == place && !counts_with_c(instruction.op));
}

}  // namespace

std::optional<std::vector<std::string_view>> deciding_keys(const Program& program, std::uint16_t ctx) {
  if (program.functions.size() != 1) return std::nullopt;
  std::vector<std::string_view> keys;
  // A temporary that ctx was moved to for the next instruction. Each is written before it is read.
  std::uint16_t copy = ctx;
  for (const Instruction& instruction : program.functions.front().code) {
    const std::uint16_t moved = std::exchange(copy, ctx);
    if (instruction.op == Op::kMove && instruction.b == ctx && instruction.a != ctx) {
      copy = instruction.a;
      continue;
    }
    const bool gets =
        instruction.op == Op::kMapGet && (instruction.b == ctx || instruction.b == moved) && instruction.a != ctx;
    if (moved != ctx && !gets) return std::nullopt;
    const bool puts = instruction.op == Op::kMapPut && instruction.a == ctx && instruction.b != ctx;
    if (gets || puts) {
      keys.emplace_back(program.texts[static_cast<std::size_t>(instruction.d)].name);
      continue;
    }
    if (mentions(instruction, ctx) || !calls_only_steady(program, instruction)) return std::nullopt;
  }
  return keys;
}

}  // namespace sluice::painless
