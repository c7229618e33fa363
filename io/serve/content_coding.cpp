#include "io/serve/content_coding.h"

#include <algorithm>
#include <array>
#include <new>

#include <zlib.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/units.h"

namespace sluice::serve {
namespace {

constexpr std::size_t kPart = std::size_t{64} << 10;
constexpr int kGzipOrZlib = 15 + 32;  // zlib tells gzip from zlib by the first bytes
constexpr int kGzip = 15 + 16;
constexpr int kBare = -15;  // deflate without zlib's header, which some clients send
constexpr int kFast = 3;    // as http.compression_level's default

std::string lowered(std::string_view text) {
  std::string result(text);
  result = ascii_lower_case(result);
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// inflate() with its memory given back at the end.
class Inflater {
 public:
  Inflater(std::string_view bytes, int window) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
    stream_.avail_in = static_cast<uInt>(bytes.size());
    if (inflateInit2(&stream_, window) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Result<Buffer> run(std::size_t limit, const MayGrow& may_grow) {
    Buffer out;
    int code = Z_OK;
    while (code != Z_STREAM_END) {
      if (out.size() > limit) return std::unexpected(content_too_large(limit));
      const std::size_t before = out.size();
      if (may_grow) {
        if (auto may = may_grow(before + kPart); !may) return std::unexpected(std::move(may.error()));
      }
      out.resize(before + kPart);
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      stream_.avail_out = kPart;
      code = inflate(&stream_, Z_NO_FLUSH);
      out.resize(before + kPart - stream_.avail_out);
      if (code == Z_BUF_ERROR && stream_.avail_in == 0) return wrong("it is cut short");
      if (code != Z_OK && code != Z_STREAM_END) return wrong(stream_.msg != nullptr ? stream_.msg : "it is broken");
    }
    if (out.size() > limit) return std::unexpected(content_too_large(limit));
    if (stream_.avail_in != 0) return wrong("bytes follow its end");
    return out;
  }

 private:
  static std::unexpected<Error> wrong(std::string_view why) {
    return std::unexpected(illegal_argument("the body is not what Content-Encoding says: " + std::string(why) +
                                            "; send it again, or without Content-Encoding"));
  }
  z_stream stream_{};
};

}  // namespace

Error content_too_large(std::size_t limit) {
  return {ErrorKind::kTooLarge, 413, "content_too_large_exception",
          "the request's body is over http.max_content_length of [" + human_bytes(limit) +
              "]; send less at a time, or raise the setting"};
}

bool is_packed(std::string_view coding) {
  const std::string name = lowered(trimmed(coding));
  return name == "gzip" || name == "x-gzip" || name == "deflate";
}

Result<Buffer> unpack(std::string_view coding, std::string_view bytes, std::size_t limit, const MayGrow& may_grow) {
  if (bytes.empty()) return Buffer();
  // A zlib header is a multiple of 31 in its first two bytes and says method 8.
  const bool has_header =
      bytes.size() >= 2 && (static_cast<unsigned char>(bytes[0]) & 0xF) == 8 &&
      ((static_cast<unsigned char>(bytes[0]) << 8) | static_cast<unsigned char>(bytes[1])) % 31 == 0;
  const bool bare = lowered(trimmed(coding)) == "deflate" && !has_header;
  return Inflater(bytes, bare ? kBare : kGzipOrZlib).run(limit, may_grow);
}

bool accepts_gzip(std::string_view accept_encoding) {
  std::size_t begin = 0;
  while (begin < accept_encoding.size()) {
    const std::size_t comma = std::min(accept_encoding.find(',', begin), accept_encoding.size());
    const std::string item = lowered(accept_encoding.substr(begin, comma - begin));
    begin = comma + 1;
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed(std::string_view(item).substr(0, semicolon));
    if (name != "gzip" && name != "x-gzip" && name != "*") continue;
    const std::size_t weight = item.find("q=", semicolon);
    // q=0, q=0.0, ...: refused by name.
    return weight == std::string::npos || item.find_first_of("123456789", weight) != std::string::npos;
  }
  return false;
}

struct GzipWriter::Stream {
  z_stream zlib{};
};

GzipWriter::GzipWriter() : stream_(std::make_unique<Stream>()) {
  if (deflateInit2(&stream_->zlib, kFast, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
}

GzipWriter::~GzipWriter() { deflateEnd(&stream_->zlib); }

void GzipWriter::write(std::string_view part, bool last, std::string& out) {
  z_stream& zlib = stream_->zlib;
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
  zlib.avail_in = static_cast<uInt>(part.size());
  std::array<char, kPart> room;
  do {
    zlib.next_out = reinterpret_cast<Bytef*>(room.data());
    zlib.avail_out = static_cast<uInt>(room.size());
    deflate(&zlib, last ? Z_FINISH : Z_NO_FLUSH);
    out.append(room.data(), room.size() - zlib.avail_out);
  } while (zlib.avail_out == 0);
}

}  // namespace sluice::serve
