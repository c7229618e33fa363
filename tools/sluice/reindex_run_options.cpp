#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "io/ndjson/format.h"
#include "reindex/endpoint.h"
#include "tools/sluice/reindex_arguments.h"

namespace sluice::tools {
namespace {

using Format = std::optional<pipeline::PageFormat>;

Result<Format> format_of(const std::string& text, std::string_view option) {
  if (text.empty()) return Format();
  return io::parse_format(text, option);
}

bool is_file(const std::string& text, std::string_view which) {
  const auto endpoint = parse_endpoint_text(text, which);
  return endpoint && endpoint->kind == Endpoint::Kind::kFile;
}

Status set_formats(const RawOptions& raw, RunOptions& options) {
  const auto source = format_of(raw.source_format, "--source-format");
  if (!source) return std::unexpected(source.error());
  const auto dest = format_of(raw.dest_format, "--dest-format");
  if (!dest) return std::unexpected(dest.error());
  const auto either = format_of(raw.format, "--format");
  if (!either) return std::unexpected(either.error());
  options.source_format = *source;
  options.dest_format = *dest;
  if (*either) (is_file(raw.dest, "dest") ? options.dest_format : options.source_format) = *either;
  return {};
}

Status set_bytes(const std::string& text, std::string_view option, std::size_t& bytes) {
  if (text.empty()) return {};
  const auto size = parse_byte_size(text, option);
  if (!size) return std::unexpected(size.error());
  if (*size == 0) return std::unexpected(illegal_argument(fmt::format("[{}] must be more than 0 bytes", option)));
  bytes = *size;
  return {};
}

Status set_mapping(const RawOptions& raw, RunOptions& options) {
  if (raw.mapping_file.empty()) return {};
  std::ifstream file(raw.mapping_file, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    return std::unexpected(illegal_argument(
        fmt::format("[--mapping] can't be read from [{}]: no such file, or not readable", raw.mapping_file)));
  }
  options.source_mapping = text.str();
  return {};
}

Status set_limits(const RawOptions& raw, RunOptions& options) {
  if (Status s = set_bytes(raw.memory, "--memory", options.memory); !s) return s;
  if (Status s = set_bytes(raw.max_document, "--max-document", options.max_document); !s) return s;
  if (!raw.retry_for.empty()) {
    const auto time = parse_time_value(raw.retry_for, "--retry-for");
    if (!time) return std::unexpected(time.error());
    if (time->duration < Nanoseconds::zero()) {
      return std::unexpected(
          illegal_argument(fmt::format("[--retry-for] can't be negative, but was [{}]", raw.retry_for)));
    }
    options.retry_for = time->duration;
  }
  if (!raw.max_failures.empty()) {
    const auto budget = pipeline::FailureBudget::parse(raw.max_failures);
    if (!budget) return std::unexpected(budget.error());
    options.max_failures = *budget;
  }
  return {};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Status set_headers(const std::vector<std::string>& headers, Access& access) {
  for (const std::string& header : headers) {
    const std::size_t colon = header.find(':');
    if (colon == std::string::npos || colon == 0) {
      return std::unexpected(
          illegal_argument(fmt::format("a header must look like 'Name: value', but was [{}]", header)));
    }
    access.headers.emplace_back(trimmed(std::string_view(header).substr(0, colon)),
                                trimmed(std::string_view(header).substr(colon + 1)));
  }
  return {};
}

Status set_access(const RawOptions::Side& side, const RawOptions::Side& both, Access& access) {
  const std::size_t colon = side.user.find(':');
  access.user = side.user.substr(0, colon);
  if (colon != std::string::npos) access.password = side.user.substr(colon + 1);
  access.api_key = side.api_key;
  access.authority_file = side.cacert.empty() ? both.cacert : side.cacert;
  access.certificate_file = side.cert.empty() ? both.cert : side.cert;
  access.key_file = side.key.empty() ? both.key : side.key;
  if (side.insecure || both.insecure) access.verification = Verification::kNone;
  return set_headers(side.headers, access);
}

}  // namespace

Result<RunOptions> make_run_options(const RawOptions& raw) {
  RunOptions options;
  options.source = raw.source;
  options.dest = raw.dest;
  options.smooth = raw.smooth;
  options.types = raw.types;
  options.threads = raw.threads;
  if (Status s = set_formats(raw, options); !s) return std::unexpected(std::move(s.error()));
  if (Status s = set_mapping(raw, options); !s) return std::unexpected(std::move(s.error()));
  if (Status s = set_limits(raw, options); !s) return std::unexpected(std::move(s.error()));
  if (Status s = set_access(raw.source_side, raw.both_sides, options.source_access); !s) {
    return std::unexpected(std::move(s.error()));
  }
  if (Status s = set_access(raw.dest_side, raw.both_sides, options.dest_access); !s) {
    return std::unexpected(std::move(s.error()));
  }
  return options;
}

}  // namespace sluice::tools
