#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "reindex/reindex.h"
#include "reindex/request.h"
#include "reindex/response.h"

namespace sluice::tools {

enum class ProgressMode : std::uint8_t { kAuto, kPlain, kJson, kNone };

/// What `sluice reindex` was told, checked and put together.
struct ReindexArguments {
  Request request;
  RunOptions options;
  ResponseFormat format;
  ProgressMode progress = ProgressMode::kAuto;
  bool quiet = false;
  std::string failures_file;        ///< empty: none
  std::vector<std::string> inputs;  ///< files that have been read: the body, a mapping, pipelines
};

/// The outcome of reading a command line.
struct ParsedArguments {
  std::optional<ReindexArguments> arguments;
  std::optional<Error> error;  ///< the request is wrong
  ResponseFormat format;       ///< for the error
  int status = 0;              ///< with neither: help has been printed (0), or what is wrong with the options (2)
};

/// Reads options and body. `arguments[0]` is the command's name.
ParsedArguments parse_reindex_arguments(int count, const char* const* arguments);

/// The options as CLI11 fills them in, before anything is made of them.
struct RawOptions {
  std::string body_file;
  std::string body_text;
  std::string source;
  std::string dest;
  UrlParameters url_parameters;

  std::vector<std::string> source_indices;
  std::vector<std::string> includes;
  std::vector<std::string> excludes;
  std::string query;
  std::string mapping_file;
  std::string size;
  std::string dest_index;
  std::string conflicts;
  std::string op_type;
  std::string version_type;
  std::string routing;
  std::string pipeline;
  std::string databases;

  std::string format;
  std::string source_format;
  std::string dest_format;
  std::string memory;
  std::string max_document;
  std::string retry_for;
  std::string max_failures;
  std::string failures_file;
  std::string progress;
  bool smooth = false;
  bool types = false;
  bool quiet = false;
  bool human = false;
  bool pretty = false;
  int threads = 0;

  struct Side {
    std::string user;
    std::string api_key;
    std::vector<std::string> headers;
    std::string cacert;
    std::string cert;
    std::string key;
    bool insecure = false;
  };
  Side source_side;
  Side dest_side;
  Side both_sides;
};

/// The request that body and options make together: what an option says wins over the body.
Result<Request> make_request(const RawOptions& raw);
/// The run's options. Errors: illegal_argument_exception with the option's name.
Result<RunOptions> make_run_options(const RawOptions& raw);

}  // namespace sluice::tools
