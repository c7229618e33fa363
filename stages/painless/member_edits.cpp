#include "stages/painless/member_edits.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

/// What a register holds, as far as edits know it.
struct Held {
  enum class Kind : std::uint8_t { kParams, kCtx, kSource, kResult, kConstant, kParam };
  Kind kind = Kind::kConstant;
  std::size_t edit = 0;  ///< kResult
  bool is_boolean = false;
  const Value* constant = nullptr;  ///< kConstant: one of the program's; null: `number`
  std::int32_t number = 0;
  std::string_view param = {};

  bool operator==(const Held&) const = default;
  [[nodiscard]] Value value() const { return constant != nullptr ? *constant : Value::of_int(number); }
};
using Registers = std::unordered_map<std::uint16_t, Held>;

bool is_text(const Value& value) { return value.is_object() && value.o->type == known().string; }

/// Follows a program's instructions from the first to the last. Jumps go forward only.
class Reader {
 public:
  Reader(const Program& program, std::uint16_t params, std::uint16_t ctx) : program_(program) {
    registers_[params] = {.kind = Held::Kind::kParams};
    registers_[ctx] = {.kind = Held::Kind::kCtx};
  }

  std::vector<MemberEdit> read() {
    const std::vector<Instruction>& code = program_.functions.front().code;
    for (at_ = 0; at_ < code.size(); ++at_) {
      arrive();
      if (!reached_) continue;
      const Instruction& instruction = code[at_];
      if (instruction.op == Op::kReturnVoid) {
        leave({.kind = MemberEdit::Kind::kEnd});
      } else if (!read(instruction)) {
        leave({.kind = MemberEdit::Kind::kMachine});
      }
    }
    edits_.push_back({.kind = MemberEdit::Kind::kEnd});
    return std::move(edits_);
  }

 private:
  /// A jump, and what the registers held there.
  struct Jump {
    std::size_t edit;
    std::size_t target;  ///< in the code
    Registers registers;
  };

  bool read(const Instruction& instruction) {
    switch (instruction.op) {
      case Op::kMove:
        return move(instruction);
      case Op::kConst:
        return hold(instruction.a, {.constant = &program_.constants[static_cast<std::size_t>(instruction.d)]});
      case Op::kInt:
        return hold(instruction.a, {.number = instruction.d});
      case Op::kMapGet:
        return get_text(instruction);
      case Op::kDefLoad:
        return is_source(instruction.b) && ask(instruction.a, MemberEdit::Kind::kGet, site(instruction).name);
      case Op::kCallDef:
        return call(instruction);
      case Op::kDefCompare:
        return compare(instruction);
      case Op::kCast:
        return cast(instruction);
      case Op::kDefStore:
        return put(instruction);
      case Op::kJump:
        return jump(instruction, {.kind = MemberEdit::Kind::kSkip});
      case Op::kJumpIf:
      case Op::kJumpIfNot:
        return jump_unless(instruction, instruction.op == Op::kJumpIf);
      default:
        return false;
    }
  }

  /// Goes on where jumps arrive: with what the registers hold whatever way one came.
  void arrive() {
    for (Jump& jump : jumps_) {
      if (jump.target != at_) continue;
      edits_[jump.edit].target = edits_.size();
      if (!std::exchange(reached_, true)) registers_ = jump.registers;
      std::erase_if(registers_, [&](const auto& one) {
        const auto there = jump.registers.find(one.first);
        return there == jump.registers.end() || !(there->second == one.second);
      });
    }
    std::erase_if(jumps_, [&](const Jump& jump) { return jump.target == at_; });
  }
  /// The last edit on this way.
  void leave(const MemberEdit& edit) {
    edits_.push_back(edit);
    reached_ = false;
  }

  const Held* held(std::size_t place) const {
    const auto found = registers_.find(static_cast<std::uint16_t>(place));
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

  bool ask(std::uint16_t to, MemberEdit::Kind kind, std::string_view key) {
    edits_.push_back({.kind = kind, .key = key});
    const bool is_boolean = kind == MemberEdit::Kind::kHas;
    return hold(to, {.kind = Held::Kind::kResult, .edit = edits_.size() - 1, .is_boolean = is_boolean});
  }

  bool call(const Instruction& instruction) {
    const Held* const key = held(std::size_t{instruction.b} + 1);
    const bool names_key = key != nullptr && key->kind == Held::Kind::kConstant && is_text(key->value());
    if (!is_source(instruction.b) || instruction.c != 1 || !names_key) return false;
    const std::string_view name = static_cast<const String*>(key->value().o)->text();
    if (site(instruction).name == "remove") return ask(instruction.a, MemberEdit::Kind::kRemove, name);
    return site(instruction).name == "containsKey" && ask(instruction.a, MemberEdit::Kind::kHas, name);
  }

  bool compare(const Instruction& instruction) {
    const auto how = static_cast<Operator>(instruction.d);
    const Held* left = held(instruction.b);
    const Held* right = held(instruction.c);
    if ((how != Operator::kEqual && how != Operator::kNotEqual) || left == nullptr || right == nullptr) return false;
    if (left->kind == Held::Kind::kConstant) std::swap(left, right);
    if (left->kind != Held::Kind::kResult || right->kind != Held::Kind::kConstant) return false;
    const Value constant = right->value();
    if (!constant.is_null() && !is_text(constant)) return false;
    edits_.push_back({.kind = MemberEdit::Kind::kEquals,
                      .edit = left->edit,
                      .constant = constant,
                      .negated = how == Operator::kNotEqual});
    return hold(instruction.a, {.kind = Held::Kind::kResult, .edit = edits_.size() - 1, .is_boolean = true});
  }

  /// A boolean is one already, whatever the script says it is.
  bool cast(const Instruction& instruction) {
    const Held* const there = held(instruction.b);
    const bool stays = there != nullptr && there->is_boolean &&
                       program_.types[static_cast<std::size_t>(instruction.d)] == Registry::get().of(Kind::kBoolean);
    return stays && hold(instruction.a, Held(*there));
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
        edit.constant = value->value();
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

  bool jump(const Instruction& instruction, const MemberEdit& edit) {
    const auto target = static_cast<std::size_t>(instruction.d);
    if (target <= at_) return false;
    jumps_.push_back({edits_.size(), target, registers_});
    edits_.push_back(edit);
    if (edit.kind == MemberEdit::Kind::kSkip) reached_ = false;
    return true;
  }
  bool jump_unless(const Instruction& instruction, bool negated) {
    const Held* const condition = held(instruction.a);
    return condition != nullptr && condition->is_boolean &&
           jump(instruction, {.kind = MemberEdit::Kind::kSkipUnless, .edit = condition->edit, .negated = negated});
  }

  const Program& program_;
  std::size_t at_ = 0;  ///< in the code
  bool reached_ = true;
  Registers registers_;
  std::vector<Jump> jumps_;
  std::vector<MemberEdit> edits_;
};

/// Whether the machine is needed whatever a document is.
bool always_needs_machine(const std::vector<MemberEdit>& edits) {
  const auto first = std::ranges::find_if(edits, [](const MemberEdit& edit) {
    return edit.kind == MemberEdit::Kind::kMachine || edit.kind == MemberEdit::Kind::kSkipUnless ||
           edit.kind == MemberEdit::Kind::kEnd;
  });
  return first->kind == MemberEdit::Kind::kMachine;
}

}  // namespace

std::optional<std::vector<MemberEdit>> member_edits(const Program& program, std::uint16_t params, std::uint16_t ctx) {
  if (program.functions.size() != 1 || !program.functions.front().handlers.empty()) return std::nullopt;
  std::vector<MemberEdit> edits = Reader(program, params, ctx).read();
  if (always_needs_machine(edits)) return std::nullopt;
  return edits;
}

}  // namespace sluice::painless
