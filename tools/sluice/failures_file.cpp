#include "tools/sluice/failures_file.h"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "pipeline/base/json_writer.h"

namespace sluice::tools {
namespace {

Error problem(const std::string& path, int why = errno) {
  return {ErrorKind::kNotFound, 500, "file_system_exception",
          fmt::format("can't write [{}]: {}; choose another file with --failures", path,
                      std::generic_category().message(why))};
}

/// Bytes of the well-formed character at the beginning of `bytes` (RFC 3629); 0: there is none.
std::size_t character_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = character_length(bytes);
    if (length == 0) {
      text += "\xEF\xBF\xBD";
    } else {
      text += bytes.substr(0, length);
    }
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

Result<std::unique_ptr<FailuresFile>> FailuresFile::open(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) return std::unexpected(problem(path));
  return std::unique_ptr<FailuresFile>(new FailuresFile(path, file));
}

void FailuresFile::add(const pipeline::Failure& failure) {
  JsonWriter out;
  out.begin_object();
  if (!failure.place.empty()) out.member("place", valid_utf8(failure.place));
  if (!failure.index.empty()) out.member("index", valid_utf8(failure.index));
  if (failure.id) out.member("id", valid_utf8(*failure.id));
  out.member("status", failure.cause.status).key("cause");
  Error cause = failure.cause;
  cause.reason = valid_utf8(cause.reason);
  cause.write(out);
  out.member("document", valid_utf8(failure.document)).end_object();
  const std::string line = out.take() + "\n";
  const std::scoped_lock lock(mutex_);
  if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size() && problem_ == 0) problem_ = errno;
}

Status FailuresFile::close() {
  const std::scoped_lock lock(mutex_);
  if (std::fclose(file_.release()) != 0 && problem_ == 0) problem_ = errno;
  if (problem_ != 0) return std::unexpected(problem(path_, problem_));
  return {};
}

}  // namespace sluice::tools
