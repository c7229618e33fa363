#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/model/batch.h"

/// What `sluice script` and `sluice pipeline` have in common: documents of a file, shown before and after.
namespace sluice::tools {

/// What such a command exits with, beside 0.
constexpr int kFailedStatus = 1;       ///< a document failed, or was none
constexpr int kBadRequestStatus = 2;   ///< what was asked for can't be
constexpr int kBadEndpointStatus = 3;  ///< a file can't be read

/// A whole file, or standard input for `-`. Nothing: it can't be read, and that was said in the name of `command`.
std::optional<std::string> read_whole_file(std::string_view command, const std::string& path);

/// Parses the documents of a file, NDJSON, whose first line says which of the formats it is, as for `reindex`. Lines
/// that are no documents are told of. A status: kBadEndpointStatus, there are none, and why was said; kFailedStatus,
/// there are other lines too; 0.
int read_documents(std::string_view command, const std::string& path, pipeline::Batch& batch);

/// Where a document is: `index/id routing r `; nothing for what it has not.
struct DocumentPlace {
  std::optional<std::string> index;
  std::optional<std::string> id;
  std::optional<std::string> routing;
  [[nodiscard]] std::string head() const;
};
/// Of a document as it was read.
DocumentPlace place_of(const pipeline::Document& document);

/// Prints documents before and after on standard output.
class ChangePrinter {
 public:
  ChangePrinter();
  /// A line of what was there (`-`) or is there now (`+`).
  void print(char sign, const DocumentPlace& place, std::string_view what) const;
  /// Both, or one line with `=` where they are the same.
  void print(const DocumentPlace& before, std::string_view old_source, const DocumentPlace& after,
             std::string_view new_source) const;

 private:
  bool color_;
};

}  // namespace sluice::tools
