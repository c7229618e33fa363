#pragma once

#include <string>

namespace sluice::painless {

/// docs/painless.md, made from the rows of stages/painless/api.
std::string reference_page();

}  // namespace sluice::painless
