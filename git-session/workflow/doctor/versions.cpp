#include <unistd.h>

#include <chrono>

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/version.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;

// "" where the system does not tell.
std::string own_program() {
  constexpr const char* kSelf = "/proc/self/exe";
  return file_info(kSelf) ? read_symlink(kSelf) : "";
}

// What `git-session --version` of another program says; "" if it does not run.
std::string version_of(const std::string& program) {
  ProcessOptions options;
  options.timeout = std::chrono::seconds(5);
  const ProcessResult result = run_process({program, "--version"}, options);
  return result.ok() ? std::string(trim(result.out)) : "";
}

// Hooks run the first one on PATH.
void examine_path(const std::string& version, Diagnoses& found) {
  const std::string own = own_program();
  const auto first = find_program("git-session");
  if (!first) {
    const std::string directory = own.empty() ? "its directory" : parent_directory(own);
    found.push_back(session::wrong(Area::Versions,
                                   "git-session is not on PATH: hooks do not find it",
                                   {"export PATH=" + quote_shell(directory) + ":$PATH"}));
    return;
  }
  if (own.empty() || real_path(*first) == real_path(own)) {
    found.push_back(session::checked(Area::Versions, "git-session on PATH is " + *first));
    return;
  }
  const std::string other = version_of(*first);
  if (other == "git-session " + version) {
    found.push_back(
        session::checked(Area::Versions, "hooks run " + *first + ", of the same version"));
  } else {
    found.push_back(session::wrong(
        Area::Versions,
        "hooks run another git-session: " + *first + (other.empty() ? "" : " (" + other + ")"),
        {"remove it, or put '" + parent_directory(own) + "' before its directory on PATH"}));
  }
}

void examine_git(Diagnoses& found) {
  const std::string oldest =
      std::to_string(git::kOldestGit.major) + "." + std::to_string(git::kOldestGit.minor);
  const std::string wanted = "install git " + oldest + " or newer";
  try {
    const std::string words = git::program_version();
    const auto version = git::parse_version(words);
    constexpr std::string_view kPrefix = "git version ";
    const std::string shown = "git " + (version ? words.substr(kPrefix.size()) : words);
    if (!version) {
      found.push_back(session::wrong(Area::Versions, "'git version' says '" + words + "'",
                                     {"check which git is first on PATH: command -v git"}));
    } else if (*version < git::kOldestGit) {
      found.push_back(session::broken(Area::Versions, shown + " is too old", {wanted}));
    } else {
      found.push_back(session::fine(Area::Versions, shown));
    }
  } catch (const Error& error) {
    found.push_back(session::broken(Area::Versions, error.message(), {wanted}));
  }
}

void examine_home(Diagnoses& found) {
  const std::string home = environment_variable("HOME").value_or("");
  const std::string why =
      "git reads its configuration there, isolated gates and notes are kept there";
  if (home.empty()) {
    found.push_back(session::wrong(Area::Versions, "HOME is not set: " + why,
                                   {"export HOME=<your home directory>"}));
  } else if (access(home.c_str(), W_OK | X_OK) != 0) {
    found.push_back(session::wrong(Area::Versions, "HOME '" + home + "' cannot be written: " + why,
                                   {"export HOME=<a directory that you may write to>"}));
  } else {
    found.push_back(session::checked(Area::Versions, "HOME can be written"));
  }
}

}  // namespace

void examine_versions(const std::string& version, Diagnoses& found) {
  found.push_back(session::fine(Area::Versions, "git-session " + version));
  examine_git(found);
  found.push_back(session::fine(Area::Versions, "libgit2 " + git::libgit2_version()));
  examine_path(version, found);
  examine_home(found);
}

}  // namespace gs::workflow
