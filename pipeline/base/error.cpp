#include "pipeline/base/error.h"

#include <utility>

#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"

namespace sluice {

namespace {

void write_head(JsonWriter& out, const Error& error) {
  out.member("type", error.type).key("reason");
  if (error.reason_is_null) {
    out.null();
  } else {
    out.string(error.reason);
  }
}

}  // namespace

Error Error::wrapping(Error cause) && {
  caused_by = std::make_shared<const Error>(std::move(cause));
  return std::move(*this);
}

Error Error::with_raw(std::string_view key, std::string json) && {
  details.emplace_back(key, std::move(json));
  return std::move(*this);
}

Error Error::with(std::string_view key, std::string_view text) && {
  details.emplace_back(std::string(key), json_string(text));
  return std::move(*this);
}

void Error::write(JsonWriter& out) const {
  out.begin_object();
  write_head(out, *this);
  for (const auto& [key, json] : details) out.key(key).raw(json);
  if (caused_by) {
    out.key("caused_by");
    caused_by->write(out);
  }
  out.end_object();
}

std::string Error::envelope() const {
  JsonWriter out;
  out.begin_object().key("error").begin_object().key("root_cause").begin_array();
  if (root_causes.empty()) {
    out.begin_object();
    write_head(out, *this);
    for (const auto& [key, json] : details) out.key(key).raw(json);
    out.end_object();
  }
  for (const Error& root : root_causes) root.write(out);
  out.end_array();
  write_head(out, *this);
  for (const auto& [key, json] : details) out.key(key).raw(json);
  if (caused_by) {
    out.key("caused_by");
    caused_by->write(out);
  }
  out.end_object().member("status", status).end_object();
  return out.take();
}

std::string Error::message() const {
  std::string text = reason;
  for (const Error* cause = caused_by.get(); cause != nullptr; cause = cause->caused_by.get()) {
    text += ": ";
    text += cause->reason;
  }
  return text;
}

Error illegal_argument(std::string reason) {
  return {ErrorKind::kBadRequest, 400, "illegal_argument_exception", std::move(reason)};
}

Error x_content_parse_error(std::string reason) {
  return {ErrorKind::kBadRequest, 400, "x_content_parse_exception", std::move(reason)};
}

Error validation_error(const std::vector<std::string>& problems) {
  std::string reason = "Validation Failed: ";
  int number = 0;
  for (const std::string& problem : problems) reason += std::to_string(++number) + ": " + problem + ";";
  return {ErrorKind::kBadRequest, 400, "action_request_validation_exception", std::move(reason)};
}

Error unsupported(std::string reason) {
  return {ErrorKind::kUnsupported, 501, "unsupported_operation_exception", std::move(reason)};
}

Error cancelled() {
  return {ErrorKind::kCancelled, 400, "task_cancelled_exception", "task cancelled [by user request]"};
}

Error internal_error(std::string reason) { return {ErrorKind::kInternal, 500, "internal_error", std::move(reason)}; }

}  // namespace sluice
