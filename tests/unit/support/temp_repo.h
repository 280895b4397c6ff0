#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file/file.h"
#include "base/process/process.h"

namespace gs::test {

// Makes the process hermetic once: no user or system git config, fixed identity and dates, TZ=UTC,
// HOME in a temporary directory. Every TempRepo calls it.
void make_hermetic();

// A real repository in a temporary directory, on branch "main", driven by the real git.
class TempRepo {
 public:
  TempRepo();  // git init, nothing committed

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path(std::string_view name) const { return join_path(path_, name); }
  // `git ARGS…` in the work tree; must succeed (throws with its output). Returns stdout without the
  // last newline.
  std::string git(std::vector<std::string> args) const;
  [[nodiscard]] ProcessResult try_git(std::vector<std::string> args) const;
  void write(std::string_view name, std::string_view content) const;  // makes directories
  [[nodiscard]] std::string read(std::string_view name) const;
  void remove(std::string_view name) const;
  std::string commit_all(
      std::string_view message) const;  // add -A, commit; the new commit's hex id

 private:
  TemporaryDirectory directory_;
  std::string path_;
};

}  // namespace gs::test
