#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/schema.h"

namespace sluice::stages {

/// What is read whatever the fields are: scripts and filters of a sort.
class NoFields final : public pipeline::Schema {
 public:
  [[nodiscard]] const pipeline::FieldSchema* find(std::string_view /*path*/) const override { return nullptr; }
  [[nodiscard]] std::vector<const pipeline::FieldSchema*> matching(std::string_view /*pattern*/) const override {
    return {};
  }
};

}  // namespace sluice::stages
