// Pages of any bytes: the first byte says what kind of page the rest is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pipeline/model/batch.h"
#include "stages/parse/parse.h"
#include "stages/source_filter/source_filter.h"

namespace {

bool inside(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void require(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice;
  if (size == 0) return 0;
  static const stages::SourceFilter filter({"a*", "b.c"}, {"a.x"});
  pipeline::Batch batch;
  batch.page.format = static_cast<pipeline::PageFormat>(data[0] % 4);
  batch.page.last = (data[0] & 4) != 0;
  batch.max_documents = (data[0] & 8) != 0 ? 2 : 1000;
  batch.page.bytes.append({reinterpret_cast<const char*>(data) + 1, size - 1});
  const bool keep = (data[0] & 16) != 0;
  const stages::Parse parse({.source_name = "fuzz", .keep_structurals = keep});
  if (!parse.apply(batch)) return 0;
  const std::string_view page = batch.page.text();
  require(batch.documents.size() <= batch.max_documents);
  require(batch.facts.next.offset <= page.size());
  for (const auto& document : batch.documents) {
    require(inside(document.source, page) && inside(document.id, page) && inside(document.routing, page));
    require(document.offset <= page.size());
  }
  require(filter.apply(batch).has_value());
  return 0;
}
