// A stage of your own: made from the installed headers alone, it sees a batch as sluice's own stages do.
#include <algorithm>
#include <cstdio>

#include <sluice/pipeline/stage.h>

namespace {

/// Leaves out documents without a `name`.
class NeedsName final : public sluice::pipeline::Stage {
 public:
  [[nodiscard]] std::string_view name() const override { return "needs_name"; }
  sluice::Status apply(sluice::pipeline::Batch& batch) const override {
    for (sluice::pipeline::Document& document : batch.documents) {
      if (document.source.find("\"name\":") != std::string_view::npos) continue;
      document.outcome = sluice::pipeline::Outcome::kFiltered;
    }
    return {};
  }
};

}  // namespace

int main() {
  sluice::pipeline::Batch batch;
  batch.documents.push_back({.id = "\"1\"", .source = R"({"name":"Oslo"})"});
  batch.documents.push_back({.id = "\"2\"", .source = R"({"population":0})"});
  const NeedsName stage;
  if (!stage.apply(batch)) return 1;
  const auto left =
      std::ranges::count(batch.documents, sluice::pipeline::Outcome::kPending, &sluice::pipeline::Document::outcome);
  std::printf("%td of %zu documents go on\n", left, batch.documents.size());
  return left == 1 ? 0 : 1;
}
