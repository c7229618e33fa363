#include "stages/painless/api/sort.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A list of numbers, of texts, or of booleans."},
    {"order", "string", "asc", "`asc` or `desc`."},
    {"target_field", "string", "field", "Where the sorted list goes."},
};

/// What compareTo() calls the other one, for Java's messages.
std::string_view other_name(IngestDocument& document, const Value& value) {
  const std::string name = document.class_name(value);
  if (name == "java.lang.Integer") return "anotherInteger";
  if (name == "java.lang.Long") return "anotherLong";
  if (name == "java.lang.Double") return "anotherDouble";
  if (name == "java.lang.Float") return "anotherFloat";
  if (name == "java.lang.Boolean") return "b";
  return "anotherString";
}

/// java.util.Collections.sort() as far as one sees it from outside: the order, and which two elements are compared when
/// they can't be. Source: ComparableTimSort and TimSort of less than 32 elements.
class Sorter {
 public:
  Sorter(IngestDocument& document, bool descending) : document_(document), descending_(descending) {}

  Status sort(std::vector<Value>& items) {
    constexpr std::size_t kMergedFrom = 32;
    const std::size_t count = items.size();
    if (count < 2) return {};
    std::size_t run = 2;
    const bool down = before(items[1], items[0], "a[runHi]");
    while (run < count && ok() && before(items[run], items[run - 1], "a[runHi]") == down) ++run;
    if (!ok()) return std::unexpected(std::move(*problem_));
    if (down) std::reverse(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(run));
    if (count >= kMergedFrom) return sort_many(items);
    for (; run < count; ++run) {
      const Value pivot = items[run];
      std::size_t left = 0;
      std::size_t right = run;
      while (left < right) {
        const std::size_t middle = (left + right) / 2;
        const bool less = before(pivot, items[middle], "pivot");
        if (!ok()) return std::unexpected(std::move(*problem_));
        if (less) {
          right = middle;
        } else {
          left = middle + 1;
        }
      }
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(run));
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(left), pivot);
    }
    return {};
  }

 private:
  [[nodiscard]] bool ok() const { return !problem_.has_value(); }

  Status sort_many(std::vector<Value>& items) {
    const bool sorted = painless::api::merge_sort(items, [&](const Value& a, const Value& b) -> std::optional<bool> {
      const bool first = before(a, b, "a[runHi]");
      return ok() ? std::optional<bool>(first) : std::nullopt;
    });
    if (!sorted) return std::unexpected(std::move(*problem_));
    return {};
  }

  /// Whether the order wants `a` in front of `b`; `name` is what Java calls it.
  bool before(const Value& a, const Value& b, std::string_view name) {
    if (!descending_) return compare(a, b, name) < 0;
    return compare(b, a, "c2") < 0;
  }

  int compare(const Value& a, const Value& b, std::string_view name) {
    // What sorts in the other direction looks at both first, the later one before the other.
    for (const Value* value : {descending_ ? &b : &a, &a}) {
      if (document_.machine().as_list(*value) == nullptr && document_.machine().as_map(*value) == nullptr) continue;
      problem_ = class_cast(document_, *value, "java.lang.Comparable");
      return 0;
    }
    if (a.is_null()) {
      problem_ = null_pointer("Cannot invoke \"java.lang.Comparable.compareTo(Object)\" because \"" +
                              std::string(name) + "\" is null");
      return 0;
    }
    if (b.is_null()) {
      problem_ =
          null_pointer("Cannot read field \"value\" because \"" + std::string(other_name(document_, a)) + "\" is null");
      return 0;
    }
    painless::Machine& machine = document_.machine();
    if (machine.class_of(b) != machine.class_of(a)) {
      problem_ = class_cast(document_, b, document_.class_name(a));
      return 0;
    }
    const int order = machine.compare(a, b);
    if (machine.failed() || !machine.tick()) problem_ = document_.take_error();
    return order;
  }

  IngestDocument& document_;
  bool descending_;
  std::optional<Error> problem_;
};

class Sort final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  bool descending = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto list = need_list(document, field, "sort.");
    if (!list) return std::unexpected(list.error());
    painless::Machine& machine = document.machine();
    std::vector<Value> items;
    const std::uint32_t count = (*list)->size(machine);
    items.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) items.push_back(machine.force((*list)->get(machine, i)));
    if (Status done = Sorter(document, descending).sort(items); !done) return done;
    auto* sorted = painless::api::new_list(machine);
    for (const Value& item : items) sorted->push(machine.heap(), item);
    return document.set(target, Value::of(sorted));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Sort>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.target_path(*field);
  if (!target) return std::unexpected(std::move(target.error()));
  const auto order = config.text_or("order", "asc");
  if (!order) return std::unexpected(order.error());
  if (*order != "asc" && *order != "desc") {
    return std::unexpected(
        config.problem("order", "Sort direction [" + *order + "] not recognized. Valid values are: [asc, desc]"));
  }
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->descending = *order == "desc";
  return made;
}

}  // namespace

const ProcessorRow& sort_processor() {
  static const ProcessorRow row{
      "sort", "Sorts a list.", kOptions, R"({"field":"a","order":"desc"})", R"({"a":[1,3,2]})", R"({"a":[3,2,1]})",
      make};
  return row;
}

}  // namespace sluice::ingest
