#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>

#include "stages/painless/api/bytes.h"
#include "stages/painless/api/families.h"

namespace sluice::painless::api {

namespace {

using Word = std::uint64_t;
constexpr std::int64_t kWordBits = 64;

const Class* bit_set_class() {
  static const Class* const found = Registry::get().class_named("java.util.BitSet");
  return found;
}

/// java.util.BitSet.
struct BitSet final : Object {
  std::span<Word> words;  ///< in the heap, as many as Java would have: size() tells
  bool sized = false;     ///< its size was asked for

  BitSet() : Object(bit_set_class()) {}

  [[nodiscard]] bool get(std::int64_t bit) const {
    const auto word = static_cast<std::size_t>(bit / kWordBits);
    return word < words.size() && (words[word] >> (bit % kWordBits) & 1U) != 0;
  }
  /// Room for `count` words; false: the script can't afford it.
  bool reserve(Machine& machine, std::size_t count) {
    if (count <= words.size()) return true;
    const std::size_t grown = std::max(2 * words.size(), count);
    sized = false;
    return resize(machine, grown);
  }
  bool resize(Machine& machine, std::size_t count) {
    if (!machine.afford(count * sizeof(Word))) return false;
    auto* moved = machine.heap().array<Word>(count);
    std::fill_n(moved, count, 0);
    std::copy_n(words.begin(), std::min(count, words.size()), moved);
    words = {moved, count};
    return true;
  }
  bool assign(Machine& machine, std::int64_t bit, bool on) {
    const auto word = static_cast<std::size_t>(bit / kWordBits);
    if (on && !reserve(machine, word + 1)) return false;
    if (word >= words.size()) return true;
    const Word mask = Word{1} << (bit % kWordBits);
    words[word] = on ? words[word] | mask : words[word] & ~mask;
    return true;
  }
  /// The words up to the last that has a bit.
  [[nodiscard]] std::size_t used() const {
    std::size_t count = words.size();
    while (count > 0 && words[count - 1] == 0) --count;
    return count;
  }
  /// One more than the last bit.
  [[nodiscard]] std::int64_t length() const {
    const auto count = static_cast<std::int64_t>(used());
    return count == 0 ? 0 : count * kWordBits - std::countl_zero(words[static_cast<std::size_t>(count - 1)]);
  }
  Value to_string(Machine& machine) override {
    std::string shown = "{";
    for (std::int64_t i = 0, end = length(); i < end; ++i) {
      if (!get(i)) continue;
      if (!machine.tick()) return Value::error();
      shown += (shown.size() > 1 ? ", " : "") + std::to_string(i);
    }
    return machine.string_value(shown + "}");
  }
  bool equals(Machine&, const Value& other) override {
    if (!other.is_object() || other.o->type != type) return false;
    const auto& right = object<BitSet>(other);
    return used() == right.used() &&
           std::equal(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(used()), right.words.begin());
  }
  std::int32_t hash(Machine&) override {
    constexpr Word kSeed = 1234;
    Word code = kSeed;
    for (std::size_t i = used(); i-- > 0;) code ^= words[i] * (i + 1);
    return static_cast<std::int32_t>(code >> 32 ^ code);
  }
};

BitSet& bits(const Value& value) { return object<BitSet>(value); }

Value make(Machine& machine, const Value*) {
  auto* set = machine.heap().make<BitSet>();
  return set->resize(machine, 1) ? made(set) : Value::error();
}
Value make_sized(Machine& machine, const Value* a) {
  if (a[0].i < 0) {
    return machine.raise(known().negative_array_size, "nbits < 0: " + std::to_string(a[0].i));
  }
  const auto count = static_cast<std::size_t>((a[0].i + kWordBits - 1) / kWordBits);
  auto* set = machine.heap().make<BitSet>();
  set->sized = true;
  return set->resize(machine, count) ? made(set) : Value::error();
}
Value clone(Machine& machine, const Value* a) {
  BitSet& self = bits(a[0]);
  if (!self.sized) self.words = self.words.first(self.used());
  auto* set = machine.heap().make<BitSet>();
  set->words = self.words;
  set->sized = self.sized;
  return set->resize(machine, self.words.size()) ? made(set) : Value::error();
}
Value of_longs(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot read the array length because \"longs\" is null")) return Value::error();
  const auto& array = object<Array>(a[0]);
  auto* set = machine.heap().make<BitSet>();
  if (!set->resize(machine, array.length)) return Value::error();
  for (std::uint32_t i = 0; i < array.length; ++i) set->words[i] = static_cast<Word>(array.items[i].i);
  set->words = set->words.first(set->used());
  return made(set);
}

/// What `f` makes of each pair of words.
template <typename F>
Value combine(Machine& machine, const Value* a, F&& f) {
  if (missing(machine, a[1], "Cannot read field \"wordsInUse\" because \"set\" is null")) {
    return Value::error();
  }
  BitSet& self = bits(a[0]);
  const BitSet& other = bits(a[1]);
  const std::size_t count = other.used();
  if (!self.reserve(machine, f(Word{0}, ~Word{0}) != 0 ? count : 0)) return Value::error();
  for (std::size_t i = 0; i < self.words.size(); ++i) {
    self.words[i] = f(self.words[i], i < other.words.size() ? other.words[i] : Word{0});
  }
  return Value::null();
}
Value bit_and(Machine& m, const Value* a) {
  return combine(m, a, [](Word x, Word y) { return x & y; });
}
Value and_not(Machine& m, const Value* a) {
  return combine(m, a, [](Word x, Word y) { return x & ~y; });
}
Value bit_or(Machine& m, const Value* a) {
  return combine(m, a, [](Word x, Word y) { return x | y; });
}
Value bit_xor(Machine& m, const Value* a) {
  return combine(m, a, [](Word x, Word y) { return x ^ y; });
}

bool good_index(Machine& machine, const Value& index, const char* name) {
  if (index.i >= 0) return true;
  machine.raise(known().index_out_of_bounds, std::string(name) + " < 0: " + std::to_string(index.i));
  return false;
}
bool good_range(Machine& machine, const Value* a) {
  if (!good_index(machine, a[1], "fromIndex") || !good_index(machine, a[2], "toIndex")) return false;
  if (a[1].i <= a[2].i) return true;
  machine.raise(known().index_out_of_bounds,
                "fromIndex: " + std::to_string(a[1].i) + " > toIndex: " + std::to_string(a[2].i));
  return false;
}
/// Each bit from `from` to before `to` becomes what `f` makes of it.
template <typename F>
Value change(Machine& machine, BitSet& set, std::int64_t from, std::int64_t to, bool grows, F&& f) {
  if (grows && from < to && !set.reserve(machine, static_cast<std::size_t>((to - 1) / kWordBits + 1))) {
    return Value::error();
  }
  to = std::min(to, static_cast<std::int64_t>(set.words.size()) * kWordBits);
  for (std::int64_t bit = from; bit < to; ++bit) {
    if (!machine.tick() || !set.assign(machine, bit, f(set.get(bit)))) return Value::error();
  }
  return Value::null();
}
constexpr auto kOn = [](bool) { return true; };
constexpr auto kOff = [](bool) { return false; };
constexpr auto kOther = [](bool on) { return !on; };

Value set(Machine& m, const Value* a) {
  return good_index(m, a[1], "bitIndex") ? change(m, bits(a[0]), a[1].i, a[1].i + 1, true, kOn) : Value::error();
}
Value set_range(Machine& m, const Value* a) {
  return good_range(m, a) ? change(m, bits(a[0]), a[1].i, a[2].i, true, kOn) : Value::error();
}
Value clear_range(Machine& m, const Value* a) {
  return good_range(m, a) ? change(m, bits(a[0]), a[1].i, a[2].i, false, kOff) : Value::error();
}
Value set_range_to(Machine& m, const Value* a) { return a[3].i != 0 ? set_range(m, a) : clear_range(m, a); }
Value clear(Machine& m, const Value* a) {
  return good_index(m, a[1], "bitIndex") ? change(m, bits(a[0]), a[1].i, a[1].i + 1, false, kOff) : Value::error();
}
Value clear_all(Machine&, const Value* a) {
  std::ranges::fill(bits(a[0]).words, 0);
  return Value::null();
}
Value flip(Machine& m, const Value* a) {
  return good_index(m, a[1], "bitIndex") ? change(m, bits(a[0]), a[1].i, a[1].i + 1, true, kOther) : Value::error();
}
Value flip_range(Machine& m, const Value* a) {
  return good_range(m, a) ? change(m, bits(a[0]), a[1].i, a[2].i, true, kOther) : Value::error();
}

Value cardinality(Machine&, const Value* a) {
  int count = 0;
  for (const Word word : bits(a[0]).words) count += std::popcount(word);
  return Value::of_int(count);
}
Value intersects(Machine& machine, const Value* a) {
  if (missing(machine, a[1], "Cannot read field \"wordsInUse\" because \"set\" is null")) return Value::error();
  const std::span<Word> left = bits(a[0]).words;
  const std::span<Word> right = bits(a[1]).words;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if ((left[i] & right[i]) != 0) return Value::boolean(true);
  }
  return Value::boolean(false);
}
Value is_empty(Machine&, const Value* a) { return Value::boolean(bits(a[0]).used() == 0); }
Value length(Machine&, const Value* a) { return Value::of_int(static_cast<std::int32_t>(bits(a[0]).length())); }
Value size(Machine&, const Value* a) {
  return Value::of_int(static_cast<std::int32_t>(bits(a[0]).words.size() * kWordBits));
}
template <bool kSet>
Value next(Machine& machine, const Value* a) {
  if (!good_index(machine, a[1], "fromIndex")) return Value::error();
  const std::int64_t end = bits(a[0]).length();
  std::int64_t at = a[1].i;
  while (at < end && bits(a[0]).get(at) != kSet) ++at;
  return Value::of_int(static_cast<std::int32_t>(kSet && at >= end ? -1 : at));
}
template <bool kSet>
Value previous(Machine& machine, const Value* a) {
  std::int64_t at = a[1].i;
  if (at < -1) return machine.raise(known().index_out_of_bounds, "fromIndex < -1: " + std::to_string(at));
  if (kSet) at = std::min(at, bits(a[0]).length() - 1);
  while (at >= 0 && bits(a[0]).get(at) != kSet) --at;
  return Value::of_int(static_cast<std::int32_t>(at));
}
Value to_bytes(Machine& machine, const Value* a) {
  std::string bytes;
  const auto count = static_cast<std::size_t>((bits(a[0]).length() + 7) / 8);
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(bits(a[0]).words[i / 8] >> (8 * (i % 8)));
  return make_bytes(machine, bytes);
}
Value to_longs(Machine& machine, const Value* a) {
  const std::size_t count = bits(a[0]).used();
  if (!machine.afford(count * sizeof(Value))) return Value::error();
  auto* items = machine.heap().array<Value>(count);
  for (std::size_t i = 0; i < count; ++i) items[i] = Value::of_long(static_cast<std::int64_t>(bits(a[0]).words[i]));
  const Type* type = Registry::get().array_of(Registry::get().of(Kind::kLong));
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(count), items));
}

#define SAMPLE(rest) "BitSet b = new BitSet(); b.set(1); b.set(3); " rest

constexpr MethodRow kBitSet[] = {
    {"new()", make, "No bits.", "new BitSet()", "{}"},
    {"new(int)", make_sized, "No bits, room for so many.", "new BitSet(65).size()", "128"},
    {"void and(BitSet)", bit_and, "Keeps the bits that the other has.",
     SAMPLE("b.and(BitSet.valueOf(new long[] {2L})); b"), "{1}"},
    {"void andNot(BitSet)", and_not, "Keeps the bits that the other hasn't.",
     SAMPLE("b.andNot(BitSet.valueOf(new long[] {2L})); b"), "{3}"},
    {"int cardinality()", cardinality, "How many bits there are.", SAMPLE("b.cardinality()"), "2"},
    {"void clear()", clear_all, "Takes all bits away.", SAMPLE("b.clear(); b"), "{}"},
    {"void clear(int)", clear, "Takes a bit away.", SAMPLE("b.clear(1); b"), "{3}"},
    {"void clear(int,int)", clear_range, "Takes bits away.", SAMPLE("b.clear(0, 3); b"), "{3}"},
    {"def clone()", clone, "A set of the same bits.", SAMPLE("b.clone()"), "{1, 3}"},
    {"void flip(int)", flip, "Turns a bit over.", SAMPLE("b.flip(1); b"), "{3}"},
    {"void flip(int,int)", flip_range, "Turns bits over.", SAMPLE("b.flip(0, 3); b"), "{0, 2, 3}"},
    {"boolean intersects(BitSet)", intersects, "Whether both have a bit.", SAMPLE("b.intersects(b)"), "true"},
    {"boolean isEmpty()", is_empty, "Whether there is no bit.", "new BitSet().isEmpty()", "true"},
    {"int length()", length, "One more than the last bit.", SAMPLE("b.length()"), "4"},
    {"int nextClearBit(int)", next<false>, "The next bit that isn't there.", SAMPLE("b.nextClearBit(3)"), "4"},
    {"int nextSetBit(int)", next<true>, "The next bit that is there; -1: none.", SAMPLE("b.nextSetBit(2)"), "3"},
    {"void or(BitSet)", bit_or, "Adds the bits of the other.", SAMPLE("b.or(BitSet.valueOf(new long[] {1L})); b"),
     "{0, 1, 3}"},
    {"int previousClearBit(int)", previous<false>, "The bit before that isn't there; -1: none.",
     SAMPLE("b.previousClearBit(3)"), "2"},
    {"int previousSetBit(int)", previous<true>, "The bit before that is there; -1: none.",
     SAMPLE("b.previousSetBit(2)"), "1"},
    {"void set(int)", set, "Adds a bit.", SAMPLE("b.set(2); b"), "{1, 2, 3}"},
    {"void set(int,int)", set_range, "Adds bits.", SAMPLE("b.set(4, 6); b"), "{1, 3, 4, 5}"},
    {"void set(int,int,boolean)", set_range_to, "Adds bits or takes them away.", SAMPLE("b.set(0, 2, false); b"),
     "{3}"},
    {"int size()", size, "How many bits there is room for.", "new BitSet().size()", "64"},
    {"byte[] toByteArray()", to_bytes, "The bits as bytes, the lowest first.", SAMPLE("b.toByteArray()[0]"), "10"},
    {"long[] toLongArray()", to_longs, "The bits as longs, the lowest first.", SAMPLE("b.toLongArray()[0]"), "10"},
    {"static BitSet valueOf(long[])", of_longs, "The bits of longs.", "BitSet.valueOf(new long[] {5L})", "{0, 2}"},
    {"void xor(BitSet)", bit_xor, "Keeps the bits that one of both has.", SAMPLE("b.xor(b); b"), "{}"},
};
#undef SAMPLE

constexpr ClassRow kRows[] = {{"java.util.BitSet", "", "Bits that grow.", kBitSet}};

}  // namespace

std::span<const ClassRow> bit_set_family() { return kRows; }

}  // namespace sluice::painless::api
