#include "tools/sluiced/rest/ingest_figures.h"

#include "reindex/store_ingest.h"

namespace sluice::rest {

namespace {

void write_counts(JsonWriter& out, const ingest::RunCounts& counts) {
  out.member("count", counts.count).member("time_in_millis", counts.nanoseconds / 1'000'000);
  out.member("current", 0).member("failed", counts.failed);
}

}  // namespace

void write_ingest_info(JsonWriter& out) {
  out.key("ingest").begin_object().key("processors").begin_array();
  for (const ingest::ProcessorRow* row : ingest::processor_rows()) {
    out.begin_object().member("type", std::string_view(row->type)).end_object();
  }
  out.end_array().end_object();
}

void write_ingest_stats(JsonWriter& out, const Services& services) {
  const auto all = services.ingest.counts();
  const store::StatePtr state = services.catalog.state();
  ingest::RunCounts total;
  for (const auto& [id, counts] : all) total.add(counts.total);
  out.key("ingest").begin_object().key("total").begin_object();
  write_counts(out, total);
  out.end_object().key("pipelines").begin_object();
  for (const auto& [id, meta] : state->pipelines) {
    const auto found = all.find(id);
    const ingest::PipelineCounts counts = found == all.end() ? ingest::PipelineCounts() : found->second;
    out.key(id).begin_object();
    write_counts(out, counts.total);
    out.key("processors").begin_array();
    const auto pipeline = services.ingest.find(id);
    for (std::size_t i = 0; pipeline != nullptr && i < pipeline->steps().size(); ++i) {
      const ingest::Step& step = pipeline->steps()[i];
      out.begin_object().key(step.tag.empty() ? step.type : step.type + ":" + step.tag).begin_object();
      out.member("type", step.type).key("stats").begin_object();
      write_counts(out, i < counts.steps.size() ? counts.steps[i] : ingest::RunCounts());
      out.end_object().end_object().end_object();
    }
    out.end_array().end_object();
  }
  out.end_object().end_object();
}

}  // namespace sluice::rest
