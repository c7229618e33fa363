#include <algorithm>
#include <array>
#include <limits>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "stages/painless/api/bytes.h"
#include "stages/painless/api/families.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

const Class* uuid_class() {
  static const Class* const found = Registry::get().class_named("java.util.UUID");
  return found;
}

/// java.util.UUID.
struct Uuid final : Object {
  std::uint64_t high;
  std::uint64_t low;

  Uuid(std::uint64_t most, std::uint64_t least) : Object(uuid_class()), high(most), low(least) {}

  Value to_string(Machine& machine) override {
    std::string shown;
    for (const std::uint64_t half : {high, low}) {
      std::string digits = unsigned_text(half, 16);
      shown += std::string(16 - digits.size(), '0') + digits;
    }
    for (const std::size_t dash : {20, 16, 12, 8}) shown.insert(dash, 1, '-');
    return machine.string_value(shown);
  }
  bool equals(Machine&, const Value& other) override {
    if (!other.is_object() || other.o->type != type) return false;
    const auto& right = object<Uuid>(other);
    return high == right.high && low == right.low;
  }
  std::int32_t hash(Machine&) override {
    const std::uint64_t both = high ^ low;
    return static_cast<std::int32_t>(both >> 32 ^ both);
  }
  int compare(Machine& machine, const Value& other) override {
    if (!other.is_object() || other.o->type != type) {
      machine.raise(known().class_cast, class_cast_text(*machine.class_of(other), type->java_name));
      return 0;
    }
    const auto& right = object<Uuid>(other);
    const auto order = [](std::uint64_t a, std::uint64_t b) {  // signed, as Java has it
      return static_cast<std::int64_t>(a) < static_cast<std::int64_t>(b) ? -1 : static_cast<int>(a != b);
    };
    const int first = order(high, right.high);
    return first != 0 ? first : order(low, right.low);
  }
};

Uuid& uuid(const Value& value) { return object<Uuid>(value); }
Value make(Machine& machine, std::uint64_t high, std::uint64_t low) {
  return made(machine.heap().make<Uuid>(high, low));
}
std::uint64_t eight(const unsigned char* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value;
}
/// A UUID of 16 bytes that is of `version`.
Value of_bytes(Machine& machine, std::array<unsigned char, 16> bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | version << 4);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
  return make(machine, eight(bytes.data()), eight(bytes.data() + 8));
}

Value construct(Machine& machine, const Value* a) {
  return make(machine, static_cast<std::uint64_t>(a[0].i), static_cast<std::uint64_t>(a[1].i));
}
Value random(Machine& machine, const Value*) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) {
    return machine.raise(known().illegal_state, "this system gave no random bytes");
  }
  return of_bytes(machine, bytes, 4);
}
Value of_name(Machine& machine, const Value* a) {
  if (missing(machine, a[0], R"(Cannot read the array length because "input" is null)")) return Value::error();
  const std::string name = bytes_of(a[0]);
  std::array<unsigned char, 16> bytes{};
  if (EVP_Digest(name.data(), name.size(), bytes.data(), nullptr, EVP_md5(), nullptr) != 1) {
    return machine.raise(known().illegal_state, "this system's OpenSSL has no MD5");
  }
  return of_bytes(machine, bytes, 3);
}

/// Long.parseLong(text, begin, end, 16); raises and is false for what is no number.
bool parse_part(Machine& machine, std::string_view part, std::uint64_t& value) {
  if (part.empty()) {
    machine.raise(known().number_format, "For input string: \"\" under radix 16");
    return false;
  }
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  std::size_t at = part[0] == '+' ? 1 : 0;
  bool good = at < part.size();
  value = 0;
  while (good && at < part.size()) {
    std::int64_t digit = 0;
    good = parse_integer(part.substr(at, 1), 16, 0, 15, digit) && value <= kMax / 16;
    if (good) value = value * 16 + static_cast<std::uint64_t>(digit);
    if (good) ++at;
  }
  if (good) return true;
  machine.raise(known().number_format, "Error at index " + std::to_string(at) + " in: \"" + std::string(part) + "\"");
  return false;
}
Value from_string(Machine& machine, const Value* a) {
  if (missing(machine, a[0], R"~(Cannot invoke "String.length()" because "name" is null)~")) return Value::error();
  std::string_view name = text(a[0]);
  if (object<String>(a[0]).length() > 36) return machine.raise(known().illegal_argument, "UUID string too large");
  if (std::ranges::count(name, '-') != 4) {
    return machine.raise(known().illegal_argument, "Invalid UUID string: " + std::string(name));
  }
  std::array<std::uint64_t, 5> parts{};
  for (std::uint64_t& part : parts) {
    const std::size_t dash = std::min(name.find('-'), name.size());
    if (!parse_part(machine, name.substr(0, dash), part)) return Value::error();
    name.remove_prefix(std::min(dash + 1, name.size()));
  }
  return make(machine, (parts[0] & 0xFFFFFFFF) << 32 | (parts[1] & 0xFFFF) << 16 | (parts[2] & 0xFFFF),
              (parts[3] & 0xFFFF) << 48 | (parts[4] & 0xFFFFFFFFFFFF));
}

Value most(Machine&, const Value* a) { return Value::of_long(static_cast<std::int64_t>(uuid(a[0]).high)); }
Value least(Machine&, const Value* a) { return Value::of_long(static_cast<std::int64_t>(uuid(a[0]).low)); }
unsigned version_of(const Uuid& of) { return static_cast<unsigned>(of.high >> 12 & 0xF); }
Value version(Machine&, const Value* a) { return Value::of_int(static_cast<std::int32_t>(version_of(uuid(a[0])))); }
Value variant(Machine&, const Value* a) {
  const std::uint64_t low = uuid(a[0]).low;
  if (low >> 63 == 0) return Value::of_int(0);
  return Value::of_int(static_cast<std::int32_t>(low >> (64 - (low >> 62))));
}
/// What only UUIDs of a time have.
template <typename F>
Value of_time(Machine& machine, const Uuid& of, F&& f) {
  if (version_of(of) != 1) return machine.raise(known().unsupported_operation, "Not a time-based UUID");
  return f(of);
}
Value timestamp(Machine& machine, const Value* a) {
  return of_time(machine, uuid(a[0]), [](const Uuid& of) {
    return Value::of_long(
        static_cast<std::int64_t>((of.high & 0x0FFF) << 48 | (of.high >> 16 & 0xFFFF) << 32 | of.high >> 32));
  });
}
Value clock_sequence(Machine& machine, const Value* a) {
  return of_time(machine, uuid(a[0]),
                 [](const Uuid& of) { return Value::of_int(static_cast<std::int32_t>(of.low >> 48 & 0x3FFF)); });
}
Value node(Machine& machine, const Value* a) {
  return of_time(machine, uuid(a[0]),
                 [](const Uuid& of) { return Value::of_long(static_cast<std::int64_t>(of.low & 0xFFFFFFFFFFFF)); });
}
Value compare_to(Machine& machine, const Value* a) {
  if (missing(machine, a[1], R"(Cannot read field "mostSigBits" because "val" is null)")) return Value::error();
  return Value::of_int(uuid(a[0]).compare(machine, a[1]));
}

constexpr MethodRow kUuid[] = {
    {"new(long,long)", construct, "Of its two halves.", "new UUID(1L, -1L)", "00000000-0000-0001-ffff-ffffffffffff"},
    {"int clockSequence()", clock_sequence, "The clock's number, of a UUID of a time.",
     "UUID.fromString('58e0a7d7-eebc-11d8-9669-0800200c9a66').clockSequence()", "5737"},
    {"int compareTo(UUID)", compare_to, "-1, 0 or 1, the halves being signed.",
     "new UUID(1L, 0L).compareTo(new UUID(-1L, 0L))", "1"},
    {"long getLeastSignificantBits()", least, "The second half.", "new UUID(1L, 2L).getLeastSignificantBits()", "2"},
    {"long getMostSignificantBits()", most, "The first half.", "new UUID(1L, 2L).getMostSignificantBits()", "1"},
    {"long node()", node, "The machine's number, of a UUID of a time.",
     "UUID.fromString('58e0a7d7-eebc-11d8-9669-0800200c9a66').node()", "8796630719078"},
    {"long timestamp()", timestamp, "Tenths of microseconds since 1582, of a UUID of a time.",
     "new UUID(0L, 0L).timestamp()", "unsupported_operation_exception: Not a time-based UUID"},
    {"int variant()", variant, "How it is laid out; 2 is the usual one.", "UUID.randomUUID().variant()", "2"},
    {"int version()", version, "How it was made: 1 of a time, 3 of a name, 4 at random.", "UUID.randomUUID().version()",
     "4"},
    {"static UUID fromString(String)", from_string, "Reads it; leading zeroes may be missing.",
     "UUID.fromString('1-2-3-4-5')", "00000001-0002-0003-0004-000000000005"},
    {"static UUID nameUUIDFromBytes(byte[])", of_name, "The UUID of a name: of its MD5.",
     "UUID.nameUUIDFromBytes(Base64.getDecoder().decode('YQ=='))", "0cc175b9-c0f1-36a8-b1c3-99e269772661"},
    {"static UUID randomUUID()", random, "A random one.", "UUID.randomUUID().toString().length()", "36"},
};

constexpr ClassRow kRows[] = {{"java.util.UUID", "Comparable", "A universally unique identifier.", kUuid}};

}  // namespace

std::span<const ClassRow> uuid_family() { return kRows; }

}  // namespace sluice::painless::api
