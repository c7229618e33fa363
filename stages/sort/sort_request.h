#pragma once

#include <string_view>
#include <vector>

#include "stages/sort/sort_key.h"

namespace sluice::stages {

/// `sort` of a body: a name, `{"name":"desc"}`, `{"name":{..}}`, or a list of these. Errors: unknown options.
Status read_sort(std::string_view body, std::string_view value, std::vector<SortKey>& keys);

/// `asc` or `desc`. Errors: what is neither.
Status set_sort_order(SortKey& key, std::string_view order);

/// `min`, `max`, `sum`, `avg` or `median`, in any case. Errors: what is none of them.
Status set_sort_mode(SortKey& key, std::string_view mode);

/// `sort=name:desc,other` of a URL.
Status read_sort_parameter(const std::vector<std::string>& names, std::vector<SortKey>& keys);

}  // namespace sluice::stages
