#pragma once

#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <sys/stat.h>

#include "pipeline/base/error.h"
#include "pipeline/model/failure.h"

namespace sluice::tools {

/// `--failures`: every refused document as a line of JSON with its reason, its place where the source is a file, and
/// all of its bytes as a string; of a line over --max-document only the beginning, with `truncated` and the line's
/// length. Bytes that are no UTF-8 become U+FFFD, so that the file is JSON whatever was refused. Any thread.
class FailuresFile {
 public:
  /// Opens the file, and makes it where there is none. What is in it stays there until begin(): only now it can be told
  /// whether it is another file under another name.
  static Result<std::unique_ptr<FailuresFile>> open(const std::string& path);
  /// A file that was made for nothing goes away again.
  ~FailuresFile();
  FailuresFile(const FailuresFile&) = delete;
  FailuresFile& operator=(const FailuresFile&) = delete;
  [[nodiscard]] const struct stat& facts() const { return facts_; }
  /// Empties the file. Before anything is added.
  Status begin();
  void add(const pipeline::Failure& failure);
  /// A full disk may be noticed only here.
  Status close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  FailuresFile(std::string path, std::FILE* file, bool made);
  void write(std::string_view bytes);
  std::string path_;
  struct stat facts_{};
  bool made_;  ///< by open(), and still empty
  std::mutex mutex_;
  std::unique_ptr<std::FILE, Closer> file_;
  int problem_ = 0;  ///< errno of the first write that failed
};

/// `bytes` with U+FFFD in place of what is no UTF-8.
std::string valid_utf8(std::string_view bytes);

}  // namespace sluice::tools
