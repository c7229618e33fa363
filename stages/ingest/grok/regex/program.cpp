#define PCRE2_CODE_UNIT_WIDTH 8
#include "stages/ingest/grok/regex/program.h"

#include <algorithm>
#include <ctime>
#include <mutex>
#include <utility>

#include <pcre2.h>

#include "stages/ingest/grok/regex/writer.h"

namespace sluice::ingest::regex {

namespace {

using CodePtr = std::unique_ptr<pcre2_code, void (*)(pcre2_code*)>;

constexpr std::int64_t kMostNanoseconds =
    Program::kMilliseconds * std::int64_t{800'000};  // the clock is coarse, and so are steps in long texts
constexpr std::size_t kFirstJitStack = std::size_t{32} << 10U;
constexpr std::size_t kJitStack = std::size_t{16} << 20U;
constexpr std::uint32_t kHeapKibibytes = 64U << 10U;
/// Steps times characters of the text that a try at one place may take: well below 200 ms.
constexpr std::uint64_t kStepBytes = 100'000'000;
constexpr std::uint32_t kTooLong = 120;  // "regular expression is too large"

std::int64_t now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}

/// What a running search knows about its time. The callouts are called at each place that is tried, and by the
/// watched code before each item of the expression.
struct Watch {
  std::int64_t begun = 0;
  std::size_t place = 0;
  std::uint64_t places = 0;
  std::uint64_t work = 0;
  std::uint64_t work_of_item = 0;

  void begin(std::size_t bytes) {
    begun = 0;
    places = work = 0;
    work_of_item = 1 + bytes / 16;
  }

  [[nodiscard]] bool over() {
    const std::int64_t time = now();
    if (begun == 0) begun = time;
    return time - begun > kMostNanoseconds;
  }

  int called(const pcre2_callout_block& block) {
    place = block.start_match;
    if (block.callout_number != 255) return places++ > 0 && over() ? PCRE2_ERROR_CALLOUT : 0;
    work += work_of_item;
    if (work < 20'000) return 0;
    work = 0;
    return over() ? PCRE2_ERROR_CALLOUT : 0;
  }
};

/// What a thread needs for searching; one search at a time uses it.
class Workplace {
 public:
  Workplace() {
    pcre2_jit_stack_assign(context_.get(), nullptr, stack_.get());
    pcre2_set_heap_limit(context_.get(), kHeapKibibytes);
    pcre2_set_callout(
        context_.get(),
        [](pcre2_callout_block* block, void* its_watch) { return static_cast<Watch*>(its_watch)->called(*block); },
        &watch);
  }

  pcre2_match_context* context() { return context_.get(); }
  pcre2_match_data* data(std::size_t groups) {
    if (groups > room_) {
      room_ = groups + 16;
      data_.reset(pcre2_match_data_create(static_cast<std::uint32_t>(room_), nullptr));
    }
    return data_.get();
  }

  Watch watch;

 private:
  std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> context_{pcre2_match_context_create(nullptr),
                                                                                pcre2_match_context_free};
  std::unique_ptr<pcre2_jit_stack, void (*)(pcre2_jit_stack*)> stack_{
      pcre2_jit_stack_create(kFirstJitStack, kJitStack, nullptr), pcre2_jit_stack_free};
  std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data_{nullptr, pcre2_match_data_free};
  std::size_t room_ = 0;
};

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0x80U) == 0; });
}

struct Failure {
  int code = 0;
  std::string message;
};

/// Code for one alphabet: the fast one, and the watched one once it is needed.
class Code {
 public:
  explicit Code(Alphabet alphabet) : alphabet_(alphabet) {}

  std::expected<void, Failure> compile(const Tree& tree, bool share) {
    text_ = write(tree, alphabet_, share).text;
    auto code = compiled(0);
    if (!code) return std::unexpected(code.error());
    fast_ = *std::move(code);
    return {};
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  const pcre2_code* fast() const {
    std::call_once(fast_ready_, [this] { pcre2_jit_compile(fast_.get(), PCRE2_JIT_COMPLETE); });
    return fast_.get();
  }

  /// Null: there is none, the expression is just short enough without callouts.
  const pcre2_code* watched() const {
    std::call_once(watched_ready_, [this] {
      if (auto code = compiled(PCRE2_AUTO_CALLOUT)) {
        watched_ = *std::move(code);
        pcre2_jit_compile(watched_.get(), PCRE2_JIT_COMPLETE);
      }
    });
    return watched_.get();
  }

 private:
  std::expected<CodePtr, Failure> compiled(std::uint32_t options) const {
    const std::unique_ptr<pcre2_compile_context, void (*)(pcre2_compile_context*)> context(
        pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(context.get(), 1000);
    if (alphabet_ == Alphabet::kUtf8) options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    const std::string all = "(?C1)(?:" + text_ + ")";
    int error = 0;
    std::size_t offset = 0;
    CodePtr code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(all.data()), all.size(), options | PCRE2_MULTILINE, &error,
                               &offset, context.get()),
                 pcre2_code_free);
    if (code != nullptr) return code;
    PCRE2_UCHAR message[160] = {};
    pcre2_get_error_message(error, message, sizeof message);
    return std::unexpected(Failure{error, reinterpret_cast<const char*>(message)});
  }

  Alphabet alphabet_;
  std::string text_;
  CodePtr fast_{nullptr, pcre2_code_free};
  mutable CodePtr watched_{nullptr, pcre2_code_free};
  mutable std::once_flag fast_ready_;
  mutable std::once_flag watched_ready_;
};

int run(const pcre2_code* code, std::string_view text, std::size_t from, std::uint32_t options, pcre2_match_data* data,
        Workplace& workplace) {
  return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, options, data,
                     workplace.context());
}

}  // namespace

struct Program::Parts {
  Code ascii{Alphabet::kAscii};
  Code utf8{Alphabet::kUtf8};
  std::vector<std::uint32_t> groups;
};

std::expected<Program, std::string> Program::compile(Tree tree) {
  for (const bool share : {false, true}) {
    auto parts = std::make_shared<Parts>();
    auto status = parts->ascii.compile(tree, share);
    if (status) status = parts->utf8.compile(tree, share);
    if (!status && status.error().code == kTooLong && !share) continue;
    if (!status) return std::unexpected(std::move(status).error().message);
    for (std::uint32_t group = 1; group <= tree.names.size(); ++group) {
      if (tree.captures(group)) parts->groups.push_back(group);
    }
    return Program(std::move(parts));
  }
  return std::unexpected("regular expression is too large");
}

const std::vector<std::uint32_t>& Program::groups() const { return parts_->groups; }
const std::string& Program::text() const { return parts_->ascii.text(); }

Outcome Program::search(std::string_view text, std::span<const std::size_t>& groups) const {
  static thread_local Workplace workplace;
  const Code& code = is_ascii(text) ? parts_->ascii : parts_->utf8;
  pcre2_match_data* data = workplace.data(parts_->groups.size() + 1);
  Watch& watch = workplace.watch;
  watch.begin(text.size());
  pcre2_set_match_limit(workplace.context(), static_cast<std::uint32_t>(std::clamp<std::uint64_t>(
                                                 kStepBytes / (text.size() + 1), 50, 100'000)));
  int found = run(code.fast(), text, 0, 0, data, workplace);
  if (found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_JIT_STACKLIMIT) {
    const pcre2_code* watched = code.watched();
    if (watched == nullptr) return Outcome::kInterrupted;
    const std::size_t place = watch.place;
    pcre2_set_match_limit(workplace.context(), UINT32_MAX);
    found = run(watched, text, place, 0, data, workplace);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT) found = run(watched, text, place, PCRE2_NO_JIT, data, workplace);
  }
  if (found == PCRE2_ERROR_NOMATCH) return Outcome::kNone;
  if (found < 0) return Outcome::kInterrupted;
  groups = {pcre2_get_ovector_pointer(data) + 2, 2 * parts_->groups.size()};
  return Outcome::kMatch;
}

}  // namespace sluice::ingest::regex
