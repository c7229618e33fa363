#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"

namespace sluice::rest {

/// Where a nested object stands in a document: the objects around it, and it, each by its path in the one before and
/// its number there.
struct NestedStep {
  std::string field;
  std::size_t offset = 0;
};

/// The place of `object`, a part of `source`, among the nested objects at `path`. Empty: it is none of them.
std::vector<NestedStep> nested_place(const store::Mapping& mapping, std::string_view source, std::string_view path,
                                     std::string_view object);

/// The objects at a dotted path of an object, in their order, also out of arrays.
std::vector<std::string_view> objects_at(std::string_view object, std::string_view path);

}  // namespace sluice::rest
