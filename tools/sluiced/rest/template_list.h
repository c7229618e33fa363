#pragma once

#include <map>
#include <string>

#include "io/store/catalog/catalog.h"
#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// What the two composable kinds of templates are called in an answer.
struct TemplateKind {
  std::string_view list;   ///< `index_templates`
  std::string_view one;    ///< `index_template`
  std::string_view words;  ///< `index template`, in messages
};

/// `GET` of all, of one, or of those that a pattern fits. Errors: 404 for a name that is not there.
Result<Reply> list_templates(const Call& call, const std::map<std::string, store::TemplateMeta, std::less<>>& templates,
                             const TemplateKind& kind);

}  // namespace sluice::rest
