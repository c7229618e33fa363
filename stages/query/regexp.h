#pragma once

#include <cstdint>

#include "stages/query/regex_machine.h"

namespace sluice::stages {

/// What a regexp query says beside its expression.
struct RegexpOptions {
  RegexFlags flags = {};
  bool case_insensitive = false;
  std::uint32_t max_states = RegexMachine::kDefaultEffort;  ///< max_determinized_states
};

}  // namespace sluice::stages
