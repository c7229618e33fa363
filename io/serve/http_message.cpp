#include <algorithm>
#include <future>
#include <utility>

#include "io/serve/http_server.h"
#include "pipeline/base/ascii_case.h"

namespace sluice::serve {
namespace {}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (std::ranges::equal(key, name, {}, ascii_lower, ascii_lower)) return value;
  }
  return {};
}

HttpResponse settled(HttpResponse response) {
  while (response.later) {
    std::promise<MakeResponse> known;
    response.later([&known](MakeResponse make) { known.set_value(std::move(make)); });
    response = known.get_future().get()();
  }
  return response;
}

}  // namespace sluice::serve
