#include "stages/sort/document_order.h"

#include <algorithm>

#include "pipeline/base/buffer.h"
#include "stages/parse/structurals.h"
#include "stages/sort/order_key.h"
#include "stages/sort/sort_request.h"

namespace sluice::stages {

namespace {

constexpr std::size_t kKeptIndex = std::size_t{8} << 20;

SortValue whole(std::int64_t number) {
  SortValue value;
  value.kind = SortValue::Kind::kWhole;
  value.whole = number;
  return value;
}

SortValue text(std::string_view text) {
  SortValue value;
  value.kind = SortValue::Kind::kText;
  value.text = text;
  return value;
}

Result<SortValue> value_of(const Sorter& sorter, const QueryDocument& document) {
  switch (sorter.by()) {
    case Sorter::By::kField:
    case Sorter::By::kGeoDistance:
      return sorter.value(document);
    case Sorter::By::kScript:
      return sorter.script_value(document, 1);
    case Sorter::By::kDoc:
    case Sorter::By::kShardDoc:
    case Sorter::By::kSeqNo:
      return whole(document.seq_no);
    case Sorter::By::kVersion:
      return whole(document.version);
    case Sorter::By::kId:
      return text(document.id);
    case Sorter::By::kIndex:
      return text(document.index);
    case Sorter::By::kScore:
      break;
  }
  return SortValue{};
}

}  // namespace

Result<DocumentOrder> DocumentOrder::compile(std::string_view sort, const QueryContext& context) {
  Buffer padded(sort.size());
  padded.append(sort);
  std::vector<SortKey> keys;
  if (Status read = read_sort(padded.view(), padded.view(), keys); !read) {
    return std::unexpected(std::move(read.error()));
  }
  if (std::ranges::any_of(keys, &SortKey::uses_score)) {
    return std::unexpected(
        unsupported("[source.sort] by scores is not supported by the embedded store: sort by fields of the documents"));
  }
  DocumentOrder order;
  for (SortKey& key : keys) {
    auto sorter = Sorter::make(key, context);
    if (!sorter) return std::unexpected(std::move(sorter.error()));
    order.keys_.emplace_back(std::move(key), std::move(*sorter));
  }
  return order;
}

Result<std::string> DocumentOrder::key(QueryDocument document) const {
  static thread_local Structurals structurals;
  const bool readable = structurals.build(document.source) == Structurals::Problem::kNone;
  if (readable) document.set_structurals(structurals);
  std::string key;
  for (const auto& [by, sorter] : keys_) {
    const bool reads = sorter.by() == Sorter::By::kField || sorter.by() == Sorter::By::kScript ||
                       sorter.by() == Sorter::By::kGeoDistance;
    Result<SortValue> value = SortValue{};
    if (readable || !reads) value = value_of(sorter, document);
    if (!value) return std::unexpected(std::move(value.error()));
    append_order_key(key, by, *value);
  }
  structurals.trim(kKeptIndex);
  return key;
}

}  // namespace sluice::stages
