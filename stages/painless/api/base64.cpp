#include "stages/painless/api/base64_codec.h"
#include "stages/painless/api/bytes.h"
#include "stages/painless/api/families.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

constexpr const char* kEncoderName = "java.util.Base64$Encoder";
constexpr const char* kDecoderName = "java.util.Base64$Decoder";

struct Encoder final : Object {
  Base64Style style;

  explicit Encoder(Base64Style its_style)
      : Object(Registry::get().class_named(kEncoderName)), style(std::move(its_style)) {}
};
struct Decoder final : Object {
  Base64Kind kind;

  explicit Decoder(Base64Kind its_kind) : Object(Registry::get().class_named(kDecoderName)), kind(its_kind) {}
};

constexpr std::size_t kMimeLine = 76;

template <Base64Kind kKind>
Value encoder(Machine& machine, const Value*) {
  Base64Style style{kKind, true, 0, {}};
  if (kKind == Base64Kind::kMime) {
    style.line = kMimeLine;
    style.separator = "\r\n";
  }
  return made(machine.heap().make<Encoder>(std::move(style)));
}
template <Base64Kind kKind>
Value decoder(Machine& machine, const Value*) {
  return made(machine.heap().make<Decoder>(kKind));
}
Value mime_encoder(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  std::string separator = bytes_of(a[1]);
  for (const char byte : separator) {
    if (!is_base64(byte)) continue;
    return machine.raise(known().illegal_argument, "Illegal base64 line separator character 0x" +
                                                       unsigned_text(static_cast<unsigned char>(byte), 16));
  }
  const std::int64_t line = a[0].i & ~std::int64_t{3};
  if (line <= 0) return encoder<Base64Kind::kBasic>(machine, a);
  return made(machine.heap().make<Encoder>(
      Base64Style{Base64Kind::kMime, true, static_cast<std::size_t>(line), std::move(separator)}));
}
Value without_padding(Machine& machine, const Value* a) {
  Base64Style style = object<Encoder>(a[0]).style;
  if (!style.pads) return a[0];
  style.pads = false;
  return made(machine.heap().make<Encoder>(std::move(style)));
}
Value encode_to_string(Machine& machine, const Value* a) {
  if (missing(machine, a[1], R"(Cannot read the array length because "src" is null)")) return Value::error();
  const Base64Style& style = object<Encoder>(a[0]).style;
  const std::string bytes = bytes_of(a[1]);
  if (!machine.afford(encoded_size(bytes.size(), style))) return Value::error();
  std::string text;
  for (const char byte : encode_base64(bytes, style)) append_unit(text, static_cast<unsigned char>(byte));
  return machine.string_value(text);
}
/// Bytes into an array of the script's; how many they are.
Value store(const Value& array, std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    object<Array>(array).items[i] = Value::of_byte(static_cast<std::int8_t>(bytes[i]));
  }
  return Value::of_int(static_cast<std::int32_t>(bytes.size()));
}
Value encode(Machine& machine, const Value* a) {
  if (missing(machine, a[1]) || missing(machine, a[2])) return Value::error();
  const Base64Style& style = object<Encoder>(a[0]).style;
  if (object<Array>(a[2]).length < encoded_size(object<Array>(a[1]).length, style)) {
    return machine.raise(known().illegal_argument, "Output byte array is too small for encoding all input bytes");
  }
  return store(a[2], encode_base64(bytes_of(a[1]), style));
}
Value decode(Machine& machine, const Value* a) {
  if (missing(machine, a[1]) || missing(machine, a[2])) return Value::error();
  const auto bytes = decode_base64(bytes_of(a[1]), object<Decoder>(a[0]).kind, object<Array>(a[2]).length);
  return bytes ? store(a[2], *bytes) : machine.raise(known().illegal_argument, bytes.error());
}
Value decode_text(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  // Java takes the text as Latin-1: what is beyond it is a question mark.
  std::string letters;
  for (std::size_t at = 0; at < text(a[1]).size();) {
    const char32_t point = next_code_point(text(a[1]), at);
    letters += point < 0x100 ? static_cast<char>(point) : '?';
  }
  const auto bytes = decode_base64(letters, object<Decoder>(a[0]).kind);
  return bytes ? make_bytes(machine, *bytes) : machine.raise(known().illegal_argument, bytes.error());
}

constexpr MethodRow kBase64[] = {
    {"static Base64.Decoder getDecoder()", decoder<Base64Kind::kBasic>, "Reads the usual alphabet, with `+` and `/`.",
     "Base64.getDecoder().decode('/w==')[0]", "-1"},
    {"static Base64.Encoder getEncoder()", encoder<Base64Kind::kBasic>, "Writes the usual alphabet, with `+` and `/`.",
     "Base64.getEncoder().encodeToString(new byte[] {-1})", "/w=="},
    {"static Base64.Decoder getMimeDecoder()", decoder<Base64Kind::kMime>,
     "Reads lines, over all that is no letter of the alphabet.", "Base64.getMimeDecoder().decode('/ w==')[0]", "-1"},
    {"static Base64.Encoder getMimeEncoder()", encoder<Base64Kind::kMime>, "Writes lines of 76 letters.",
     "Base64.getMimeEncoder().encodeToString(new byte[60]).length()", "82"},
    {"static Base64.Encoder getMimeEncoder(int,byte[])", mime_encoder,
     "Writes lines of so many letters, with these bytes in between.",
     "Base64.getMimeEncoder(4, new byte[] {32}).encodeToString(new byte[6])", "AAAA AAAA"},
    {"static Base64.Decoder getUrlDecoder()", decoder<Base64Kind::kUrl>, "Reads the alphabet with `-` and `_`.",
     "Base64.getUrlDecoder().decode('_w==')[0]", "-1"},
    {"static Base64.Encoder getUrlEncoder()", encoder<Base64Kind::kUrl>, "Writes the alphabet with `-` and `_`.",
     "Base64.getUrlEncoder().encodeToString(new byte[] {-1})", "_w=="},
};
constexpr MethodRow kEncoder[] = {
    {"int encode(byte[],byte[])", encode, "Writes the letters into the second array; how many they are.",
     "byte[] to = new byte[4]; Base64.getEncoder().encode(new byte[1], to)", "4"},
    {"String encodeToString(byte[])", encode_to_string, "The bytes in base64.",
     "Base64.getEncoder().encodeToString(new byte[] {1, 2, 3})", "AQID"},
    {"Base64.Encoder withoutPadding()", without_padding, "Likewise, without `=` at the end.",
     "Base64.getEncoder().withoutPadding().encodeToString(new byte[1])", "AA"},
};
constexpr MethodRow kDecoder[] = {
    {"int decode(byte[],byte[])", decode, "Writes the bytes into the second array; how many they are.",
     "byte[] to = new byte[3]; Base64.getDecoder().decode(new byte[] {65, 81, 73, 68}, to)", "3"},
    {"byte[] decode(String)", decode_text, "The bytes that a text stands for.", "Base64.getDecoder().decode('AQ!D')",
     "illegal_argument_exception: Illegal base64 character 21"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Base64", "", "Bytes as letters.", kBase64},
    {kEncoderName, "", "Makes letters of bytes.", kEncoder},
    {kDecoderName, "", "Makes bytes of letters.", kDecoder},
};

}  // namespace

std::span<const ClassRow> base64_family() { return kRows; }

}  // namespace sluice::painless::api
