#include "checks/notes/drift.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/file.h"

namespace gs::checks {
namespace {

class Tree {
 public:
  void write(const std::string& path, const std::string& content) const {
    const std::string file = this->path(path);
    make_directories(file.substr(0, file.rfind('/')));
    write_file_atomically(file, content);
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return join_path(directory_.path(), name);
  }
  [[nodiscard]] DriftCheck check(DriftOptions options) const {
    if (options.documents.empty()) options.documents = {"CLAUDE.md", "_meta/**/*.md"};
    return check_drift(directory_.path(), options);
  }

 private:
  TemporaryDirectory directory_;
};

std::vector<std::string> lines(const std::vector<session::Finding>& findings) {
  std::vector<std::string> texts;
  for (const session::Finding& finding : findings)
    texts.push_back(finding.file + ":" + std::to_string(finding.line) + " " + finding.title);
  return texts;
}
using Texts = std::vector<std::string>;

IssueState state(long issue) {
  if (issue == 1) return IssueState::Open;
  return issue == 2 ? IssueState::Closed : IssueState::Unknown;
}

TEST_CASE("each statement that is not true is an error with its place") {
  const Tree tree;
  tree.write("01-projects/a/x", "");
  tree.write("01-projects/b/x", "");
  tree.write("01-projects/_template/x", "");
  tree.write("01-projects/.hidden/x", "");
  tree.write("01-projects/file.md", "");
  tree.write("50-sessions/2026-11-22-a.md", "");
  tree.write("CLAUDE.md", "(2 projects) (3 registered)\n/home/no-such-user/x\n# Backlog\n#1 #2\n");
  tree.write("_meta/x/y.md", "50-sessions/2026-11-22-a.md\n50-sessions/2026-11-23-b.md\n");
  tree.write("other.md", "(9 projects)\n");
  tree.write("_meta/.hidden/z.md", "(9 projects)\n");
  DriftOptions options;
  options.issue_state = state;
  const DriftCheck check = tree.check(options);
  CHECK(check.documents == 2);
  CHECK(lines(check.errors) == Texts{"CLAUDE.md:2 there is no '/home/no-such-user/x'",
                                     "CLAUDE.md:1 says (3 registered), but '01-projects' has 2",
                                     "CLAUDE.md:4 #2 is closed, but listed under 'Backlog'",
                                     "_meta/x/y.md:2 there is no '50-sessions/2026-11-23-b.md'"});
  CHECK(check.warnings.empty());
  CHECK(check.skipped.empty());
}

TEST_CASE("each check has its own switch") {
  const Tree tree;
  tree.write("01-projects/a/x", "");
  tree.write("CLAUDE.md",
             "(3 projects) /home/no-such-user/x 50-sessions/2026-11-23-b.md\n# Todo\n#2\n");
  DriftOptions off;
  off.paths = off.project_counts = off.issues = off.session_files = false;
  off.issue_state = state;
  CHECK(tree.check(off).errors.empty());
  for (bool DriftOptions::*one : {&DriftOptions::paths, &DriftOptions::project_counts,
                                  &DriftOptions::issues, &DriftOptions::session_files}) {
    DriftOptions options = off;
    options.*one = true;
    CHECK(tree.check(options).errors.size() == 1);
  }
}

TEST_CASE("an issue that the tracker does not know is a warning, and is asked about once") {
  const Tree tree;
  tree.write("CLAUDE.md", "# Roadmap\n#7\n#7\n");
  int asked = 0;
  DriftOptions options;
  options.issue_state = [&asked](long) {
    ++asked;
    return IssueState::Unknown;
  };
  const DriftCheck check = tree.check(options);
  CHECK(check.errors.empty());
  CHECK(lines(check.warnings) == Texts{"CLAUDE.md:2 the tracker does not know #7",
                                       "CLAUDE.md:3 the tracker does not know #7"});
  CHECK(asked == 1);
}

TEST_CASE("a tracker is not asked about issues without end") {
  const Tree tree;
  std::string text = "# Roadmap\n";
  for (int i = 1; i <= 300; ++i) text += "#" + std::to_string(i) + "\n";
  tree.write("CLAUDE.md", text);
  int asked = 0;
  DriftOptions options;
  options.project_counts = false;
  options.issue_state = [&asked](long) {
    ++asked;
    return IssueState::Open;
  };
  const DriftCheck check = tree.check(options);
  CHECK(asked == 200);
  CHECK(check.skipped == Texts{"issue references: only the first 200 issues were looked up"});
}

TEST_CASE("checks that cannot be made are said") {
  const Tree tree;
  tree.write("CLAUDE.md", "(3 projects)\n# Todo\n#2\n");
  DriftOptions options;
  options.no_tracker = "vcs is none";
  options.documents = {"CLAUDE.md", "../other.md"};
  const DriftCheck check = tree.check(options);
  CHECK(check.errors.empty());
  CHECK(check.skipped == Texts{"'../other.md' of drift-check.include-paths leaves the work tree"});
  CHECK(check.not_applicable == Texts{"project counts: there is no directory '01-projects'",
                                      "issue references: vcs is none"});
}

TEST_CASE("a document may be a link; loops, pipes and directories are no documents") {
  const Tree tree;
  tree.write("AGENTS.md", "/home/no-such-user/x\n");
  REQUIRE(symlink("AGENTS.md", tree.path("CLAUDE.md").c_str()) == 0);
  REQUIRE(symlink("loop.md", tree.path("loop.md").c_str()) == 0);
  REQUIRE(mkfifo(tree.path("pipe.md").c_str(), 0600) == 0);
  make_directories(tree.path("dir.md"));
  make_directories(tree.path("_meta"));
  REQUIRE(symlink("..", tree.path("_meta/up").c_str()) == 0);
  DriftOptions options;
  options.documents = {"CLAUDE.md", "loop.md", "pipe.md", "dir.md", "none.md", "_meta/**/*.md"};
  const DriftCheck check = tree.check(options);
  CHECK(check.documents == 1);
  CHECK(lines(check.errors) == Texts{"CLAUDE.md:1 there is no '/home/no-such-user/x'"});
}

TEST_CASE("a document of 50 MB is an error, and findings without end are cut") {
  const Tree tree;
  tree.write("CLAUDE.md", "");
  REQUIRE(truncate(tree.path("CLAUDE.md").c_str(), 50'000'000) == 0);
  std::string text;
  for (int i = 0; i < 500; ++i) text += "/home/no-such-user/" + std::to_string(i) + "\n";
  tree.write("_meta/long.md", text);
  const DriftCheck check = tree.check({});
  REQUIRE(check.errors.size() == 102);
  CHECK(check.errors.front().title == "larger than 8 MiB: not checked");
  CHECK(check.errors.back().title == "and more: only the first 100 are named");
}

}  // namespace
}  // namespace gs::checks
