#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "io/serve/http_server.h"

namespace sluice::serve {

/// A body over the limit: `content_too_large_exception`, 413.
Error content_too_large(std::size_t limit);

/// Asked before an unpacked body grows to so many bytes. Errors: it may not.
using MayGrow = std::function<Status(std::size_t)>;

/// The body that `Content-Encoding: gzip` or `deflate` packed. Never takes more memory than `limit` and a bit, however
/// well it was packed. Errors: 413 over the limit, 400 where the bytes are not of that coding or are cut short, those
/// of `may_grow`.
Result<Buffer> unpack(std::string_view coding, std::string_view bytes, std::size_t limit, const MayGrow& may_grow = {});

/// Whether `Content-Encoding` names a coding that unpack() knows.
bool is_packed(std::string_view coding);

/// Whether an `Accept-Encoding` header takes gzip: it names it, or `*`, and not with `q=0`.
bool accepts_gzip(std::string_view accept_encoding);

/// Packs a body part by part. One thread.
class GzipWriter {
 public:
  GzipWriter();
  ~GzipWriter();
  GzipWriter(const GzipWriter&) = delete;
  GzipWriter& operator=(const GzipWriter&) = delete;
  /// Appends to `out` what `part` gives; with `last` also the end of the stream.
  void write(std::string_view part, bool last, std::string& out);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace sluice::serve
