#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/http/event_loop.h"
#include "io/store/store.h"
#include "pipeline/ports.h"
#include "reindex/project_names.h"
#include "reindex/reindex.h"

namespace sluice {

/// For RequestRules::projects and choose_projects().
std::vector<std::string> aliases_of(const std::vector<LinkedProject>& projects);

/// The request as the origin has it: with what it reads of itself, names that are elsewhere left out.
Request origin_request(const Request& request, const ProjectChoice& choice);

/// Reads the store and the projects that are linked to it. Loop and store must outlive the source. Errors: what is no
/// URL; an order of the documents of more than one project, which is refused by name.
Result<std::unique_ptr<pipeline::Source>> make_projects_source(const Request& request, const RunOptions& options,
                                                               ProjectChoice choice, const store::Store& store,
                                                               const std::string& address, io::EventLoop& loop);

}  // namespace sluice
