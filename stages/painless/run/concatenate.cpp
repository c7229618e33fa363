#include <array>
#include <charconv>
#include <vector>

#include "stages/painless/run/def_operators.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/lanes.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

/// A part of a text that is put together. Nothing is written into it before it is used.
struct Piece {
  const char* data;
  std::size_t size;
  std::array<char, 24> digits;
};

/// What a part says. False: an exception is pending.
bool take_piece(Machine& machine, const Value& part, Piece& piece) {
  if (part.is_integral() && part.tag != Tag::kChar) {
    const char* end = std::to_chars(piece.digits.data(), piece.digits.data() + piece.digits.size(), part.i).ptr;
    piece.data = piece.digits.data();
    piece.size = static_cast<std::size_t>(end - piece.data);
    return true;
  }
  std::string_view text;
  if (part.is_raw() && part.raw[0] == '"') {
    text = raw_value_text(machine, part);
  } else {
    const String* shown = machine.to_text(part);
    if (shown == nullptr) return false;
    text = shown->text();
  }
  piece.data = text.data();
  piece.size = text.size();
  return true;
}

}  // namespace

Value concatenate(Machine& machine, const Value* parts, std::uint32_t count) {
  constexpr std::uint32_t kInline = 8;
  Piece few[kInline];  // NOLINT(cppcoreguidelines-pro-type-member-init): written before they are read
  std::vector<Piece> many;
  Piece* pieces = few;
  if (count > kInline) {
    many.resize(count);
    pieces = many.data();
  }
  std::size_t size = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!take_piece(machine, parts[i], pieces[i])) return Value::error();
    size += pieces[i].size;
  }
  // Only a string that was made may grow: what its text was before, others may still hold.
  const bool grows = parts[0].is_object() && parts[0].o->type == known().string && pieces[0].size != 0;
  const std::size_t more = size - pieces[0].size;
  if (!machine.afford(more)) return Value::error();
  char* begin = nullptr;
  std::uint32_t from = 0;
  if (grows && machine.heap().extend_text(pieces[0].data + pieces[0].size, more)) {
    begin = const_cast<char*>(pieces[0].data);
    from = 1;
  } else {
    if (!machine.afford(size)) return Value::error();
    begin = machine.heap().text(size);
  }
  char* to = begin + (from == 0 ? 0 : pieces[0].size);
  for (std::uint32_t i = from; i < count; ++i) {
    copy_text(to, {pieces[i].data, pieces[i].size});
    to += pieces[i].size;
  }
  return Value::of(machine.text({begin, size}));
}

}  // namespace sluice::painless
