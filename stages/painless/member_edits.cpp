#include "stages/painless/member_edits.h"

#include <unordered_map>
#include <utility>

#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

/// What a register holds, as far as edits know it.
struct Held {
  enum class Kind : std::uint8_t { kParams, kCtx, kSource, kResult, kConstant, kParam };
  Kind kind = Kind::kConstant;
  std::size_t edit = 0;            ///< kResult
  Value constant = Value::null();  ///< kConstant
  std::string_view param = {};     ///< kParam
};

/// Follows a program's instructions from the first to the last.
class Reader {
 public:
  Reader(const Program& program, std::uint16_t params, std::uint16_t ctx) : program_(program) {
    registers_[params] = {.kind = Held::Kind::kParams};
    registers_[ctx] = {.kind = Held::Kind::kCtx};
  }

  /// Whether an instruction is one of those that edits are made of.
  bool read(const Instruction& instruction) {
    switch (instruction.op) {
      case Op::kMove:
        return move(instruction);
      case Op::kConst:
        return hold(instruction.a, {.constant = program_.constants[static_cast<std::size_t>(instruction.d)]});
      case Op::kInt:
        return hold(instruction.a, {.constant = Value::of_int(instruction.d)});
      case Op::kMapGet:
        return get_text(instruction);
      case Op::kDefLoad:
        return is_source(instruction.b) && result(instruction, MemberEdit::Kind::kGet, site(instruction).name);
      case Op::kCallDef:
        return remove(instruction);
      case Op::kDefStore:
        return put(instruction);
      default:
        return false;
    }
  }

  std::vector<MemberEdit> take() { return std::move(edits_); }

 private:
  const Held* held(std::uint16_t place) const {
    const auto found = registers_.find(place);
    return found == registers_.end() ? nullptr : &found->second;
  }
  bool hold(std::uint16_t place, const Held& what) {
    registers_[place] = what;
    return true;
  }
  bool is_source(std::uint16_t place) const {
    const Held* const there = held(place);
    return there != nullptr && there->kind == Held::Kind::kSource;
  }
  const Site& site(const Instruction& instruction) const {
    return program_.sites[static_cast<std::size_t>(instruction.d)];
  }

  bool move(const Instruction& instruction) {
    const Held* const there = held(instruction.b);
    return there != nullptr && hold(instruction.a, Held(*there));
  }

  bool get_text(const Instruction& instruction) {
    const Held* const there = held(instruction.b);
    if (there == nullptr) return false;
    const std::string_view key = program_.texts[static_cast<std::size_t>(instruction.d)].name;
    if (there->kind == Held::Kind::kParams) return hold(instruction.a, {.kind = Held::Kind::kParam, .param = key});
    return there->kind == Held::Kind::kCtx && key == "_source" && hold(instruction.a, {.kind = Held::Kind::kSource});
  }

  bool result(const Instruction& instruction, MemberEdit::Kind kind, std::string_view key) {
    edits_.push_back({.kind = kind, .key = key});
    return hold(instruction.a, {.kind = Held::Kind::kResult, .edit = edits_.size() - 1});
  }

  bool remove(const Instruction& instruction) {
    const Held* const key = held(static_cast<std::uint16_t>(instruction.b + 1));
    if (!is_source(instruction.b) || instruction.c != 1 || site(instruction).name != "remove") return false;
    const bool is_text = key != nullptr && key->kind == Held::Kind::kConstant && key->constant.is_object() &&
                         key->constant.o->type == known().string;
    return is_text &&
           result(instruction, MemberEdit::Kind::kRemove, static_cast<const String*>(key->constant.o)->text());
  }

  bool put(const Instruction& instruction) {
    const Held* const value = held(instruction.b);
    if (!is_source(instruction.a) || value == nullptr) return false;
    MemberEdit edit{.kind = MemberEdit::Kind::kPut, .key = site(instruction).name};
    switch (value->kind) {
      case Held::Kind::kResult:
        edit.edit = value->edit;
        break;
      case Held::Kind::kConstant:
        edit.from = MemberEdit::From::kConstant;
        edit.constant = value->constant;
        break;
      case Held::Kind::kParam:
        edit.from = MemberEdit::From::kParam;
        edit.param = value->param;
        break;
      default:
        return false;
    }
    edits_.push_back(edit);
    return true;
  }

  const Program& program_;
  std::unordered_map<std::uint16_t, Held> registers_;
  std::vector<MemberEdit> edits_;
};

}  // namespace

std::optional<std::vector<MemberEdit>> member_edits(const Program& program, std::uint16_t params, std::uint16_t ctx) {
  if (program.functions.size() != 1) return std::nullopt;
  Reader reader(program, params, ctx);
  for (const Instruction& instruction : program.functions.front().code) {
    if (instruction.op == Op::kReturnVoid) return reader.take();
    if (!reader.read(instruction)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace sluice::painless
