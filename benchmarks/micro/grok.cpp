// Grok expressions and dissect patterns on lines of logs: lines a second.
#include "stages/ingest/grok/grok.h"

#include <cstdint>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "stages/ingest/dissect/dissect.h"

namespace {

using sluice::ingest::Dissect;
using sluice::ingest::DissectMatch;
using sluice::ingest::EcsMode;
using sluice::ingest::Grok;
using sluice::ingest::GrokMatch;
using sluice::ingest::GrokSettings;

constexpr std::string_view kAccess =
    R"(40.135.0.0 - - [30/Apr/1998:14:30:17 -0500] "GET /images/hm_bg.jpg HTTP/1.0" 200 24736)";
constexpr std::string_view kCombined =
    R"(203.0.113.9 - frank [10/Oct/2023:13:55:36 +0200] "GET /apache_pb.gif?x=1 HTTP/1.1" 200 2326 )"
    R"("http://www.example.com/start.html" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36")";
constexpr std::string_view kSyslog =
    "Mar  7 04:02:16 web-1.example.com sshd[1834]: Accepted password for root from 10.0.0.1";

void grok(benchmark::State& state, const std::string& expression, EcsMode ecs, std::string_view line) {
  const std::string patterns[] = {expression};
  GrokSettings settings;
  settings.ecs = ecs;
  const auto made = Grok::compile(patterns, settings);
  GrokMatch match;
  for (auto _ : state) {
    const auto matched = made->match(line, match);
    benchmark::DoNotOptimize(matched.has_value() && *matched);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.counters["fields"] = static_cast<double>(match.captures().size());
}

BENCHMARK_CAPTURE(grok, common_apache, "%{COMMONAPACHELOG}", EcsMode::kDisabled, kAccess);
BENCHMARK_CAPTURE(grok, common_apache_ecs, "%{COMMONAPACHELOG}", EcsMode::kV1, kAccess);
BENCHMARK_CAPTURE(grok, combined_apache, "%{COMBINEDAPACHELOG}", EcsMode::kDisabled, kCombined);
BENCHMARK_CAPTURE(grok, syslog_line, "%{SYSLOGLINE}", EcsMode::kDisabled, kSyslog);
BENCHMARK_CAPTURE(grok, no_match, "%{COMMONAPACHELOG}", EcsMode::kDisabled, kSyslog);
BENCHMARK_CAPTURE(grok, not_ascii, "%{IP:ip} %{GREEDYDATA:rest}", EcsMode::kDisabled, "10.0.0.1 grüße aus Köln");

void dissect(benchmark::State& state) {
  const auto made = Dissect::compile(
      R"(%{clientip} %{ident} %{auth} [%{timestamp}] "%{verb} %{request} HTTP/%{httpversion}" %{status} %{size})");
  DissectMatch match;
  for (auto _ : state) {
    const auto matched = made->match(kAccess, match);
    benchmark::DoNotOptimize(matched.has_value());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

BENCHMARK(dissect);

}  // namespace

BENCHMARK_MAIN();
