#include "stages/painless/script_error.h"

#include <algorithm>
#include <cctype>

#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/script.h"

namespace sluice::painless {

namespace {

/// How much of a script is shown on either side of a mistake.
constexpr std::size_t kContext = 25;

std::size_t units_before(std::string_view source, std::size_t bytes) {
  return utf16_length(source.substr(0, std::min(bytes, source.size())));
}

Error cause_of(const CompileError& error) {
  Error made;
  bool first = true;
  for (auto cause = error.causes.rbegin(); cause != error.causes.rend(); ++cause) {
    Error outer(ErrorKind::kScript, 400, cause->type, cause->reason);
    outer.reason_is_null = !cause->has_reason;
    made = first ? std::move(outer) : std::move(outer).wrapping(std::move(made));
    first = false;
  }
  return made;
}

}  // namespace

std::string exception_type(std::string_view java_name) {
  std::string_view name = java_name.substr(java_name.rfind('.') + 1);
  constexpr std::string_view kOwn = "Elasticsearch";
  if (name.starts_with(kOwn)) name.remove_prefix(kOwn.size());
  std::string type;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '$') {
      type += '_';
      continue;
    }
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      if (i != 0 && name[i - 1] != '$') type += '_';
      type += static_cast<char>(c - 'A' + 'a');
    } else {
      type += c;
    }
  }
  return type;
}

std::vector<std::string> marked_line(std::u16string_view source, std::size_t offset, std::size_t start, std::size_t end,
                                     bool ellipses) {
  const bool before = ellipses && start > 0;
  std::string line = before ? "... " : "";
  line += from_utf16(source.substr(start, end - start));
  if (ellipses && end < source.size()) line += " ...";
  return {line, std::string((before ? 4 : 0) + offset - start, ' ') + "^---- HERE"};
}

Error script_exception(std::string_view reason, const std::vector<std::string>& stack, std::string_view shown,
                       const ScriptPlace* place, Error cause) {
  Error error(ErrorKind::kScript, 400, "script_exception", std::string(reason));
  JsonWriter lines;
  lines.begin_array();
  for (const std::string& line : stack) lines.string(line);
  lines.end_array();
  error.details.emplace_back("script_stack", lines.take());
  error.details.emplace_back("script", json_string(shown));
  error.details.emplace_back("lang", "\"painless\"");
  if (place != nullptr) {
    JsonWriter position;
    position.begin_object();
    position.member("offset", static_cast<std::uint64_t>(place->offset));
    position.member("start", static_cast<std::uint64_t>(place->start));
    position.member("end", static_cast<std::uint64_t>(place->end));
    position.end_object();
    error.details.emplace_back("position", position.take());
  }
  return std::move(error).wrapping(std::move(cause));
}

Error compile_exception(std::string_view source, std::string_view shown, const CompileError& error) {
  if (error.offset == CompileError::kNowhere) {
    return script_exception("compile error", {}, shown, nullptr, cause_of(error));
  }
  const std::u16string units = to_utf16(source);
  const std::size_t offset = units_before(source, error.offset);
  const ScriptPlace place{offset, offset > kContext ? offset - kContext : 0, std::min(units.size(), offset + kContext)};
  return script_exception("compile error", marked_line(units, offset, place.start, place.end, true), shown, &place,
                          cause_of(error));
}

Error exception_error(const Throwable& thrown) {
  Error error(ErrorKind::kScript, 400, exception_type(thrown.type->java_name),
              thrown.message == nullptr ? std::string() : std::string(thrown.message->text()));
  error.reason_is_null = thrown.message == nullptr;
  return thrown.cause == nullptr ? error : std::move(error).wrapping(exception_error(*thrown.cause));
}

Error writing_error(const Script& script, const Machine& machine) {
  Error error = *runtime_error(script, machine).caused_by;
  if (error.type == "class_cast_exception")
    error.status = 500;  // a key that is no text; the others are a user's mistakes
  return error;
}

Error runtime_error(const Script& script, const Machine& machine) {
  const Machine::Failure& failure = machine.failure();
  const Throwable& thrown = *failure.exception;
  Error cause = exception_error(thrown);
  const std::string& source = script.program.source;
  if (failure.offset == 0xFFFFFFFF) {
    return script_exception("runtime error", {"<<< unknown portion of script >>>"}, script.shown, nullptr,
                            std::move(cause));
  }
  const std::vector<std::uint32_t>& statements = script.program.statements;
  const auto behind = std::ranges::upper_bound(statements, failure.offset);
  const std::size_t begin = behind == statements.begin() ? 0 : *(behind - 1);
  const std::size_t end = behind == statements.end() ? source.size() : *behind;
  const ScriptPlace place{units_before(source, failure.offset), units_before(source, begin), units_before(source, end)};
  std::vector<Error> roots;
  if (thrown.type == known().painless_explain) roots.push_back(cause);
  Error error =
      script_exception("runtime error", marked_line(to_utf16(source), place.offset, place.start, place.end, false),
                       script.shown, &place, std::move(cause));
  error.root_causes = std::move(roots);
  std::vector<std::pair<std::string, std::string>> details;
  for (const Throwable::Detail& detail : thrown.details) details.emplace_back(detail.key, detail.json);
  error.details.insert(error.details.begin(), details.begin(), details.end());
  return error;
}

}  // namespace sluice::painless
