#include "tests/tools/program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sluice::tests {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void redirect(const std::filesystem::path& path, int flags, int descriptor) {
  const int file = ::open(path.c_str(), flags, 0600);
  if (file < 0 || ::dup2(file, descriptor) < 0) ::_exit(126);
}

}  // namespace

Program::Program(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                 const std::string& input)
    : folder_(folder) {
  std::ofstream(folder_ / "stdin", std::ios::binary) << input;
  std::vector<std::string> all = {SLUICE_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& argument : all) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  process_ = ::fork();
  if (process_ != 0) return;
  redirect(folder_ / "stdin", O_RDONLY, STDIN_FILENO);
  redirect(folder_ / "stdout", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(folder_ / "stderr", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  ::execv(SLUICE_PROGRAM, pointers.data());
  ::_exit(127);
}

Program::~Program() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void Program::send(int signal) const { ::kill(process_, signal); }

bool Program::says(const std::string& text) const {
  for (;;) {
    siginfo_t info{};
    const bool ended = ::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                       info.si_pid == process_;
    if (content(folder_ / "stderr").contains(text)) return true;
    if (ended) return false;
    std::this_thread::yield();
  }
}

Outcome Program::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  outcome.out = content(folder_ / "stdout");
  outcome.err = content(folder_ / "stderr");
  return outcome;
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "sluice-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
  return file(name);
}

std::string Folder::read(const std::string& name) const { return content(path_ / name); }

Outcome Folder::run(const std::vector<std::string>& arguments, const std::string& input) const {
  Program program(path_, arguments, input);
  return program.wait();
}

}  // namespace sluice::tests
