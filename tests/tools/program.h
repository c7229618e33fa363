#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace sluice::tests {

/// What a program that has ended left behind.
struct Outcome {
  int status = -1;  ///< the exit status; minus the signal's number where one ended it
  std::string out;
  std::string err;
};

/// The built `sluice`, running. Its outputs go to files, so that it never waits for a reader.
class Program {
 public:
  Program(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
          const std::string& input = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  void send(int signal) const;
  /// Waits until stderr has `text`. False: the program has ended without.
  [[nodiscard]] bool says(const std::string& text) const;
  Outcome wait();

 private:
  std::filesystem::path folder_;
  pid_t process_ = -1;
};

/// A folder of a test's own, removed in the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  Outcome run(const std::vector<std::string>& arguments, const std::string& input = {}) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sluice::tests
