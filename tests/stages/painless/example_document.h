#pragma once

#include <deque>

#include "stages/painless/run/doc_values.h"

namespace sluice::painless {

/// The document of the examples that ask `doc`: `n` 3 and 7, `f` -1.0 and 2.5, `b` true, `k` blue and red, `d` a
/// Friday, `p` a point, `none` no points.
class ExampleDocument final : public DocFields {
 public:
  DocValues* values(Machine& machine, std::string_view field) override;
  [[nodiscard]] bool contains(std::string_view field) const override;
  Value random_score(Machine& machine, std::int32_t seed, const std::string_view* field) override;

 private:
  struct Values final : DocValues {
    char field;
    Values(const Class* cls, char name) : DocValues(cls), field(name) {}
    void load(Machine& machine, std::vector<Value>& values) override;
  };
  std::deque<Values> made_;
};

}  // namespace sluice::painless
