#include "support/temp_repo.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

extern char** environ;

#ifdef __SANITIZE_ADDRESS__
// libgit2 1.5 does not free what a regular expression that fails to match had in hand.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libpcre2";
}
#endif

namespace gs::test {
namespace {

constexpr const char* kGlobalConfig =
    "[user]\n\tname = Test Person\n\temail = test@example.org\n"
    "[init]\n\tdefaultBranch = main\n"
    "[core]\n\tfsync = none\n"
    "[protocol \"file\"]\n\tallow = always\n"
    "[gc]\n\tauto = 0\n"
    "[maintenance]\n\tauto = false\n"
    "[advice]\n\tdetachedHead = false\n";

void remove_git_variables() {
  std::vector<std::string> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (text.starts_with("GIT_")) names.emplace_back(text.substr(0, text.find('=')));
  }
  for (const std::string& name : names) unsetenv(name.c_str());
}

}  // namespace

void make_hermetic() {
  static const TemporaryDirectory home;
  static const bool done = [] {
    remove_git_variables();
    unsetenv("XDG_CONFIG_HOME");
    setenv("HOME", home.path().c_str(), 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_ATTR_NOSYSTEM", "1", 1);
    setenv("GIT_TERMINAL_PROMPT", "0", 1);
    setenv("GIT_EDITOR", "true", 1);
    setenv("GIT_AUTHOR_DATE", "2026-03-01T12:00:00Z", 1);
    setenv("GIT_COMMITTER_DATE", "2026-03-01T12:00:00Z", 1);
    setenv("TZ", "UTC", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    write_file_atomically(join_path(home.path(), ".gitconfig"), kGlobalConfig);
    return true;
  }();
  static_cast<void>(done);
}

TempRepo::TempRepo() {
  make_hermetic();
  path_ = join_path(real_path(directory_.path()), "repo");
  make_directories(path_);
  git({"init", "-q", "-b", "main"});
}

std::string TempRepo::git(std::vector<std::string> args) const {
  const std::string words = join(args, " ");
  ProcessResult result = try_git(std::move(args));
  if (!result.ok()) {
    throw std::runtime_error("git " + words + ": " + result.describe() + ": " + result.err);
  }
  if (result.out.ends_with('\n')) result.out.pop_back();
  return result.out;
}

ProcessResult TempRepo::try_git(std::vector<std::string> args) const {
  std::vector<std::string> argv{"git"};
  argv.insert(argv.end(), std::make_move_iterator(args.begin()),
              std::make_move_iterator(args.end()));
  ProcessOptions options;
  options.working_directory = path_;
  return run_process(argv, options);
}

void TempRepo::write(std::string_view name, std::string_view content) const {
  // Not durably: many tests run at once, and none has to survive a power failure.
  const std::filesystem::path file(path(name));
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::remove(file);
  std::ofstream out(file, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

std::string TempRepo::read(std::string_view name) const {
  return read_file(path(name));
}

void TempRepo::remove(std::string_view name) const {
  remove_tree(path(name));
}

std::string TempRepo::commit_all(std::string_view message) const {
  git({"add", "-A"});
  git({"commit", "-q", "--allow-empty", "-m", std::string(message)});
  return git({"rev-parse", "HEAD"});
}

}  // namespace gs::test
