#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::rest {

/// JSON as `?pretty` prints it: two spaces, `"a" : 1`, `{ }`, `[ ]`, a line for each member and element, a line break
/// at the end. Scalars keep their bytes. Text that is not JSON comes back as it is.
std::string pretty_json(std::string_view json);

/// The YAML that Elasticsearch makes of JSON: `---`, texts in double quotes, folded at 80 columns.
std::string yaml_of_json(std::string_view json);

/// What `filter_path` leaves of an answer: dotted paths with `*` and `**`, a `-` before those to leave out. What is
/// left out goes with the containers that it leaves empty; everything else keeps its bytes. At the top stays `{}` or
/// `[]`.
std::string filtered_json(std::string_view json, const std::vector<std::string>& paths);

}  // namespace sluice::rest
