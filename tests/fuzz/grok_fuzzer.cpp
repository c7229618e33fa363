// Grok expressions and texts: none may crash, none may take longer than a second, and what is captured is in the text.
// Input: the first byte says how (ECS mode, trace, a definition, dissect), then lines: the definition of `OWN` if there
// is one, the expression, and the text, which is the rest.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include "stages/ingest/dissect/dissect.h"
#include "stages/ingest/grok/grok.h"

namespace {

using namespace sluice::ingest;

std::string_view take_line(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const std::string_view line = input.substr(0, end);
  input = end == std::string_view::npos ? std::string_view() : input.substr(end + 1);
  return line;
}

void require(bool condition) {
  if (!condition) std::abort();
}

bool is_inside(std::string_view part, std::string_view text) {
  const std::less_equal<const char*> before;
  return before(text.data(), part.data()) && before(part.data() + part.size(), text.data() + text.size());
}

void run_grok(unsigned how, std::string_view input) {
  GrokSettings settings;
  settings.ecs = (how & 1U) != 0 ? EcsMode::kV1 : EcsMode::kDisabled;
  settings.trace = (how & 2U) != 0;
  if ((how & 4U) != 0) settings.definitions.push_back({"OWN", std::string(take_line(input))});
  const std::string patterns[] = {std::string(take_line(input)), "%{WORD:word}"};
  const auto grok = Grok::compile(std::span(patterns, (how & 8U) != 0 ? 2 : 1), settings);
  if (!grok) {
    require(!grok.error().reason.empty());
    return;
  }
  GrokMatch match;
  const auto begin = std::chrono::steady_clock::now();
  const auto matched = grok->match(input, match);
  // The sanitizers make it slower, and other programs run beside this.
  require(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
  for (const GrokCapture& capture : match.captures()) {
    require(matched && *matched && capture.field < grok->fields().size() && is_inside(capture.text, input));
  }
}

void run_dissect(std::string_view input) {
  const auto dissect = Dissect::compile(take_line(input), ",");
  if (!dissect) return;
  DissectMatch match;
  if (dissect->match(input, match)) require(!match.fields().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if ((data[0] & 16U) != 0) {
    run_dissect(input);
  } else {
    run_grok(data[0], input);
  }
  return 0;
}
