// No violation missed and none invented: the hooks over random histories, against git's own diff
// and a matcher by regular expressions.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <regex>
#include <set>

#include "base/text.h"
#include "git/repository.h"
#include "githooks/judge/leaving_commits.h"
#include "session/baseline.h"
#include "support/temp_repo.h"

namespace gs::githooks {
namespace {

using test::TempRepo;
using Found = std::set<std::string>;  // "<commit> <rule> <path>"

const std::vector<std::string> kPaths{"a",         "b.c",         "src/a.c",  "src/b.h",
                                      "src/x/a.c", "src/x/y/z.c", "doc/a.md", "doc/[a].md",
                                      "srcs/a.c",  "d/e/f"};
const std::vector<std::string> kPatterns{"src/", "src/*.c", "src/**/a.c", "**/*.md", "doc/[a].md",
                                         "*",    "d/**",    "srcs/?.c",   "src/x/*", ""};

std::regex as_regex(const std::string& pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.compare(i, 3, "**/") == 0) {
      text += "(.*/)?";
      i += 2;
    } else if (pattern.compare(i, 2, "**") == 0) {
      text += ".*";
      i += 1;
    } else if (pattern[i] == '*') {
      text += "[^/]*";
    } else {
      if (std::string("?[].+()^$\\|{}").find(pattern[i]) != std::string::npos) text += '\\';
      text += pattern[i];
    }
  }
  return std::regex(text);
}

bool allowed(const std::vector<std::string>& patterns, const std::string& path) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    if (pattern.empty()) return false;
    if (pattern.ends_with('/')) return path.starts_with(pattern);
    return std::regex_match(path, as_regex(pattern));
  });
}

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {
    for (const std::string& pattern : kPatterns) {
      if (pick(3) == 0) patterns_.push_back(pattern);
    }
    std::string list;
    for (const std::string& pattern : patterns_) {
      list += (list.empty() ? "\"" : ",\"") + pattern + "\"";
    }
    make_commits(1 + pick(4));
    start_ = repo_.git({"rev-parse", "HEAD"});
    make_commits(1 + pick(6));
    if (pick(2) == 0)
      repo_.git({"update-ref", "refs/remotes/origin/main", "HEAD~" + std::to_string(pick(2))});
    make_commits(1 + pick(6));
    repo_.write(".orchestrator/wave-scope.json",
                R"({"enforcement":"strict","allowedPaths":[)" + list + "]}");
    repo_.write(".orchestrator/STATE.md",
                "---\nschema-version: 1\nsession-type: feature\nbranch: main\nissues: []\n"
                "started_at: 2026-01-01T00:00:00Z\nstatus: active\ncurrent-wave: 0\n"
                "total-waves: 0\nsession: s\nsession-start-ref: " +
                    start_ + "\n---\n");
  }

  // What was dirty when the session began: contents that some of the commits bring, and others.
  void set_baseline() {
    session::Baseline baseline;
    baseline.session = "s";
    for (const std::string& path : kPaths) {
      if (pick(3) != 0) continue;
      session::BaselineEntry entry;
      if (pick(4) != 0) {
        entry.worktree = {git::FileMode::Regular, git::Repository::hash_blob(content(pick(3)))};
        dirty_[path] = entry.worktree.oid.hex();
      } else {
        entry.head = {git::FileMode::Regular, git::Repository::hash_blob("was there")};
        entry.index = entry.head;
        dirty_[path] = std::string(40, '0');
      }
      baseline.dirty[RepoPath(path)] = entry;
    }
    session::write_baseline(git::Repository::open(repo_.path()), baseline);
  }

  [[nodiscard]] Found expected() const {
    Found found;
    const std::string commits =
        repo_.git({"rev-list", "HEAD", "^" + start_, "--not", "--remotes=origin"});
    for (const std::string_view commit : split_lines(commits)) {
      const std::string diff = repo_.git(
          {"diff-tree", "-r", "--root", "--no-renames", "--no-commit-id", std::string(commit)});
      for (const std::string_view line : split_lines(diff)) {
        const std::vector<std::string_view> words = split(line.substr(0, line.find('\t')), ' ');
        const std::string path(line.substr(line.find('\t') + 1));
        if (!allowed(patterns_, path)) found.insert(std::string(commit) + " allowed-paths " + path);
        const auto dirty = dirty_.find(path);
        if (dirty != dirty_.end() && dirty->second == words[3]) {
          found.insert(std::string(commit) + " dirty-at-start " + path);
        }
      }
    }
    return found;
  }

  [[nodiscard]] Found found() const {
    const git::Repository repository = git::Repository::open(repo_.path());
    HookCall call;
    call.work_tree = repository.work_tree();
    call.git_dir = repository.git_dir();
    const RunningStates running = find_running(call);
    SessionReader sessions(repository, running);
    PushedRef ref;
    ref.source = "refs/heads/main";
    ref.object = *repository.head().commit;
    std::vector<git::ObjectId> on_remote;
    if (const auto oid = repository.resolve_commit("refs/remotes/origin/main")) {
      on_remote.push_back(*oid);
    }
    Found found;
    for (const auto& one : find_leaving_violations(repository, {ref}, on_remote, sessions)) {
      for (const Violation& violation : one.violations) {
        found.insert(one.commit.oid.hex() + " " + violation.rule + " " + violation.path.bytes());
      }
    }
    return found;
  }

 private:
  [[nodiscard]] static std::string content(unsigned number) {
    return "content " + std::to_string(number) + "\n";
  }
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }

  void make_commits(unsigned count) {
    std::string stream;
    for (unsigned i = 0; i < count; ++i) {
      stream += "commit refs/heads/main\ncommitter A <a@example.org> " +
                std::to_string(1700000000 + made_++) + " +0000\ndata 2\nc\n";
      if (i == 0 && made_ > 1) stream += "from refs/heads/main^0\n";
      for (unsigned n = 1 + pick(3); n > 0; --n) {
        const std::string& path = kPaths[pick(static_cast<unsigned>(kPaths.size()))];
        const std::string text = content(pick(3));
        if (pick(4) == 0) {
          stream += "D " + path + "\n";
        } else {
          stream += "M 100644 inline " + path + "\ndata " + std::to_string(text.size()) + "\n" +
                    text + "\n";
        }
      }
    }
    repo_.write("stream", stream);
    repo_.git({"-c", "alias.import=!git fast-import --quiet --force <stream", "import"});
  }

  std::mt19937 random_;
  TempRepo repo_;
  std::vector<std::string> patterns_;
  std::map<std::string, std::string> dirty_;  // blob at the start
  std::string start_;
  unsigned made_ = 0;
};

}  // namespace

TEST_CASE("over random histories no violation is missed and none invented") {
  std::size_t violations = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    History history(seed);
    if (seed % 2 == 0) history.set_baseline();
    const Found expected = history.expected();
    CHECK(history.found() == expected);
    violations += expected.size();
  }
  CHECK(violations > 100);
}

}  // namespace gs::githooks
