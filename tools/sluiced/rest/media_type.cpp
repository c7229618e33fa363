#include "tools/sluiced/rest/media_type.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace sluice::rest {
namespace {

constexpr int kThisVersion = 9;
constexpr int kOldestVersion = 8;

/// `application/vnd.elasticsearch+json; compatible-with=8`, taken apart.
struct MediaType {
  std::string name;  ///< without the vendor's part: `application/json`
  std::optional<int> version;
};

std::string lowered(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

std::optional<MediaType> parse(std::string_view header) {
  const std::string text = lowered(header);
  const std::size_t semicolon = std::min(text.find(';'), text.size());
  MediaType type{.name = text.substr(0, semicolon), .version = {}};
  const std::size_t slash = type.name.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == type.name.size()) return std::nullopt;
  constexpr std::string_view kVendor = "vnd.elasticsearch+";
  if (const std::size_t vendor = type.name.find(kVendor); vendor != std::string::npos) {
    type.name.erase(vendor, kVendor.size());
    if (type.name == "application/x-ndjson") type.name = "application/x-ndjson";
  }
  constexpr std::string_view kParameter = "compatible-with=";
  if (const std::size_t at = text.find(kParameter, semicolon); at != std::string::npos) {
    int version = 0;
    std::from_chars(text.data() + at + kParameter.size(), text.data() + text.size(), version);
    type.version = version;
  }
  return type;
}

Error header_error(std::string_view headers, std::string type, std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "media_type_header_exception",
               "Invalid media-type value on headers [" + std::string(headers) + "]")
      .wrapping({ErrorKind::kBadRequest, 400, std::move(type), std::move(reason)});
}

Error unsupported_type(std::string_view header, std::string_view value) {
  return {ErrorKind::kBadRequest, 406, std::string(kPlainError),
          std::string(header) + " header [" + std::string(value) + "] is not supported"};
}

Status check_versions(const std::optional<MediaType>& content, const std::optional<MediaType>& accept,
                      const Call& call) {
  const std::optional<int> content_version = content ? content->version : std::nullopt;
  const std::optional<int> accept_version = accept ? accept->version : std::nullopt;
  const std::string accept_text(call.http.header("Accept"));
  const std::string content_text(call.http.header("Content-Type"));
  constexpr std::string_view kBoth = "Content-Type, Accept";
  const auto out_of_range = [](std::optional<int> version) {
    return version && (*version > kThisVersion || *version < kOldestVersion);
  };
  const auto wrong = [&](std::string reason) {
    return std::unexpected(header_error(kBoth, "status_exception", std::move(reason)));
  };
  if (out_of_range(accept_version)) {
    return wrong("Accept version must be either version 9 or 8, but found " + std::to_string(*accept_version) +
                 ". Accept=" + accept_text);
  }
  if (!call.has_body()) return {};
  if (out_of_range(content_version)) {
    return wrong("Content-Type version must be either version 9 or 8, but found " + std::to_string(*content_version) +
                 ". Content-Type=" + content_text);
  }
  const std::string both =
      "A compatible version is required on both Content-Type and Accept headers if either one has "
      "requested a compatible version";
  const std::string values =
      ". Accept=" + (accept_text.empty() ? "null" : accept_text) + ", Content-Type=" + content_text;
  if (content_version.value_or(kThisVersion) != accept_version.value_or(kThisVersion)) {
    return wrong(both + " and the compatible versions must match" + values);
  }
  if (content_version.has_value() != accept_version.has_value()) return wrong(both + values);
  return {};
}

Status check_body(const std::optional<MediaType>& content, const Call& call, std::string_view pattern) {
  if (!call.has_body()) return {};
  const std::string_view header = call.http.header("Content-Type");
  const bool lines = pattern.ends_with("/_bulk") || pattern.ends_with("/_msearch");
  if (content && (content->name == "application/json" || (lines && content->name == "application/x-ndjson"))) return {};
  return std::unexpected(unsupported_type("Content-Type", header));
}

}  // namespace

Result<MediaTypes> check_media_types(const Call& call, std::string_view pattern) {
  const std::string_view content_header = call.http.header("Content-Type");
  std::string_view accept_header = call.http.header("Accept");
  std::optional<MediaType> content;
  if (!content_header.empty()) {
    content = parse(content_header);
    if (!content) {
      return std::unexpected(header_error("Content-Type", "illegal_argument_exception",
                                          "invalid media-type [" + std::string(content_header) + "]"));
    }
  }
  std::optional<MediaType> accept;
  if (accept_header.find(',') == std::string_view::npos && !accept_header.empty()) accept = parse(accept_header);
  if (auto checked = check_body(content, call, pattern); !checked) return std::unexpected(checked.error());
  if (auto checked = check_versions(content, accept, call); !checked) return std::unexpected(checked.error());

  MediaTypes types{.format = Format::kJson, .json = "application/json", .yaml = "application/yaml"};
  const std::string asked = lowered(call.text_or("format", ""));
  if (asked == "yaml" || (asked.empty() && accept && accept->name == "application/yaml")) types.format = Format::kYaml;
  if (asked == "cbor" || asked == "smile") return std::unexpected(unsupported_type("format", asked));
  if (asked.empty() && accept && (accept->name == "application/cbor" || accept->name == "application/smile")) {
    return std::unexpected(unsupported_type("Accept", accept_header));
  }
  if (accept && accept->version) {
    const std::string version = ";compatible-with=" + std::to_string(*accept->version);
    types.json = "application/vnd.elasticsearch+json" + version;
    types.yaml = "application/vnd.elasticsearch+yaml" + version;
  }
  return types;
}

}  // namespace sluice::rest
