#include "tools/sluice/pipeline_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

namespace sluice::tools {

Result<std::shared_ptr<const ingest::PipelineSet>> read_pipeline_file(const std::string& path,
                                                                      const std::string& databases) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    return std::unexpected(illegal_argument(fmt::format(
        "the pipeline can't be read from [{}]: no such file, or not readable; name a JSON file with it", path)));
  }
  const std::filesystem::path named(path);
  ingest::CompileEnvironment environment;
  environment.databases = databases.empty() ? (named.parent_path() / "ingest-geoip").string() : databases;
  return ingest::PipelineSet::compile(text.str(), named.stem().string(), environment);
}

bool is_pipeline_file(const std::string& text) {
  std::error_code absent;
  return text.ends_with(".json") || std::filesystem::is_regular_file(text, absent);
}

}  // namespace sluice::tools
