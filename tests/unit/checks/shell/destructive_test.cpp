#include <doctest/doctest.h>

#include "checks/shell/command_guard.h"

using namespace gs::checks;

namespace {

const ShellPlace kTop{"/repo", "/repo", ""};

std::string blocked_by(const std::string& line, const ShellPlace& place = kTop) {
  const auto rule = find_destructive(read_command_line(line), place);
  return rule ? rule->pattern : "";
}

struct Expected {
  const char* rule;
  std::vector<const char*> lines;
};

}  // namespace

TEST_CASE("a command that loses work, commits or what others have fetched is found") {
  const std::vector<Expected> table = {
      {"git reset --hard",
       {"git reset --hard", "git reset --har", "git reset --hard HEAD~1", "git reset -q --hard",
        "git reset origin/main --hard", "git reset --soft --hard", "git reset --merge",
        "git -C x -c a=b --no-pager reset --hard", "sudo git reset --hard", "x && git reset --hard",
        "git reset --hard --", "find . -exec git reset --hard ;"}},
      {"git checkout -f",
       {"git checkout -f", "git checkout --force", "git checkout --forc main",
        "git checkout -qf main", "git checkout main -f", "git checkout -fb x",
        "git checkout --no-force -f"}},
      {"git checkout .",
       {"git checkout .", "git checkout -- .", "git checkout ./", "git checkout :/",
        "git checkout HEAD -- :/", "git checkout main -- a .", "git checkout '*'",
        "git checkout -- \"**\"", "git checkout ':(top)'", "git checkout -- \"$PWD\"",
        "git checkout -- src/..", "git checkout -- /repo", "git checkout -- ./*",
        "git checkout --ours ."}},
      {"git switch -f",
       {"git switch -f main", "git switch --force main", "git switch --discard-changes main",
        "git switch --disc main", "git switch main -f", "git switch -fc x", "git switch -qf main"}},
      {"git restore .",
       {"git restore .",
        "git restore -- .",
        "git restore :/",
        "git restore \"*\"",
        "git restore '**'",
        "git restore '**/*'",
        "git restore :/.",
        "git restore ':/*'",
        "git restore ':(top)'",
        "git restore ':(top,glob)**'",
        "git restore ':(glob)**/*'",
        "git restore .//",
        "git restore ./.",
        "git restore ..",
        "git restore src/..",
        "git restore \"${PWD}\"",
        "git restore $PWD/",
        "git restore \"$PWD/*\"",
        "git restore \"$(pwd)\"",
        "git restore `pwd`",
        "git restore \"$(git rev-parse --show-toplevel)\"",
        "git restore /repo/",
        "git restore /",
        "git restore a.c .",
        "git restore -s HEAD~1 .",
        "git restore --source=HEAD~1 :/",
        "git restore -SW .",
        "git restore --staged --worktree .",
        "git restore --st --wo .",
        "git restore ':!a.c'",
        "git restore ':^a.c'",
        "git restore ':(exclude)a.c'",
        "git restore ':/!a.c'",
        "git restore :",
        "git restore . ':!a.c'",
        "git -C src restore ."}},
      {"git stash drop", {"git stash drop", "git stash drop -q stash@{1}"}},
      {"git stash clear", {"git stash clear"}},
      {"git read-tree -u --reset",
       {"git read-tree -u --reset HEAD", "git read-tree --reset -u HEAD",
        "git read-tree --res -u HEAD", "git read-tree -uv --reset HEAD"}},
      {"git checkout-index -f -a", {"git checkout-index -fa", "git checkout-index --all --force"}},
      {"git worktree remove --force",
       {"git worktree remove --force ../w", "git worktree remove -f ../w",
        "git worktree remove ../w -ff", "git worktree remove --forc ../w"}},
      {"git clean -f",
       {"git clean -f", "git clean -fd", "git clean -xdf", "git clean -d --force",
        "git clean --forc", "git clean -f --exclude -n", "git clean -fen", "git clean -f -e -n",
        "git clean -f -- -n", "git clean -n --no-dry-run -f",
        "git -c clean.requireForce=false clean -d", "git -c Clean.RequireForce=0 clean"}},
      {"git rm -f .", {"git rm -rf .", "git rm -r --force :/", "git rm -rf '*'"}},
      {"git branch -D",
       {"git branch -D x", "git branch -qD x", "git branch -d -f x", "git branch -df x",
        "git branch --delete --force x", "git branch --del x --force", "git branch x -D"}},
      {"git update-ref -d",
       {"git update-ref -d refs/heads/x", "git update-ref --no-deref -d refs/heads/x",
        "git update-ref -m why -d refs/heads/x", "git update-ref -d HEAD",
        "git update-ref -d refs/stash"}},
      {"git push --force",
       {"git push --force", "git push -f", "git push origin main --force", "git push -uf origin x",
        "git push origin +main", "git push origin +HEAD:main", "git push origin a +b",
        "git push origin '+refs/heads/*:refs/heads/*'", "git push --force-with-lease -f",
        "git push --force-with-lease origin +main", "git push --no-force --force",
        "git push -o -n -f", "git push --push-option --dry-run --force",
        "git push origin -- +main"}},
      {"git push --mirror", {"git push --mirror", "git push --mirror backup", "git push --mirr"}},
      {"git push --delete",
       {"git push --delete origin x", "git push origin --delete x", "git push -d origin x",
        "git push origin :x", "git push origin main :refs/heads/x", "git push --prune origin",
        "git push --del origin x"}},
      {"rm -rf",
       {"rm -rf x", "rm -fr x", "rm -Rf x", "rm -r -f x", "rm x -rf", "rm --recursive --force x",
        "rm -r --force x", "rm --rec -f x", "sudo rm -rf x", "if true; then rm -rf x; fi",
        "find . -name x | xargs rm -rf"}},
      {"DROP TABLE", {"psql -c 'DROP TABLE x'"}},
      {"drop table", {"sqlite3 a.db 'drop table x'"}}};
  for (const Expected& expected : table) {
    for (const char* line : expected.lines) {
      CHECK_MESSAGE(blocked_by(line) == expected.rule, line);
    }
  }
}

TEST_CASE("a command that loses nothing is let be") {
  for (const char* line : {"git reset",
                           "git reset HEAD a",
                           "git reset -- --hard",
                           "git reset --hard --soft",
                           "git reset --keep HEAD~1",
                           "git reset --soft HEAD~1",
                           "git checkout main",
                           "git checkout -b x",
                           "git checkout -b -f",
                           "git checkout -",
                           "git checkout -- -f",
                           "git checkout -- a.c",
                           "git checkout HEAD~1 -- src",
                           "git checkout -f --no-force",
                           "git checkout ':/fix the bug'",
                           "git checkout -- src/../lib",
                           "git checkout '*.c'",
                           "git switch main",
                           "git switch -c x",
                           "git switch -",
                           "git switch -c -f",
                           "git switch --no-force main",
                           "git restore a.c",
                           "git restore src",
                           "git restore 'src/*'",
                           "git restore --staged .",
                           "git restore -S :/",
                           "git restore --no-worktree --staged .",
                           "git restore -s . a.c",
                           "git restore ':(attr:x)'",
                           "git restore ':(literal)*'",
                           "git restore src ':!src/a.c'",
                           "git restore :/src",
                           "git restore /repo/src",
                           "git restore /repository",
                           "git restore \"$PWD/src\"",
                           "git restore \"$DIR\"",
                           "git restore \"$(cat list)\"",
                           "git restore .gitignore",
                           "git stash",
                           "git stash list",
                           "git stash push -m drop",
                           "git stash apply",
                           "git read-tree HEAD",
                           "git read-tree --reset HEAD",
                           "git read-tree -m -u HEAD",
                           "git read-tree -n -u --reset HEAD",
                           "git checkout-index -a",
                           "git checkout-index -fa --prefix=../x/",
                           "git worktree remove x",
                           "git worktree add -f ../w",
                           "git worktree list",
                           "git clean -n",
                           "git clean -nfd",
                           "git clean -n -d -f",
                           "git clean -f -n",
                           "git clean -fd --dry-run",
                           "git clean -f --dry",
                           "git clean -f --no-force",
                           "git clean",
                           "git clean -d",
                           "git clean -- -f",
                           "git -c clean.requireForce=true clean -d",
                           "git rm a.c",
                           "git rm -r .",
                           "git rm -f a.c",
                           "git rm -rfn .",
                           "git rm -rf --cached .",
                           "git branch -d x",
                           "git branch x",
                           "git branch -f x HEAD",
                           "git branch -- -D",
                           "git update-ref refs/heads/x HEAD",
                           "git update-ref -d refs/remotes/origin/x",
                           "git push",
                           "git push origin main",
                           "git push --force-with-lease",
                           "git push --force-with-lease=main:1234 origin main",
                           "git push --force-if-includes",
                           "git push --force --no-force",
                           "git push -nf",
                           "git push --dry-run --force",
                           "git push --dry-run origin +main",
                           "git push -n origin :x",
                           "git push -- --force",
                           "git push origin force",
                           "git push origin HEAD:main",
                           "git push origin :",
                           "git push -o -f origin main",
                           "git push --push-option --force o m",
                           "git pull --force",
                           "git fetch -f",
                           "git fetch origin +main",
                           "git log -S'git reset --hard'",
                           "git commit -m 'git clean -fd'",
                           "grep -rn 'rm -rf /' docs/",
                           "echo git push -f",
                           "rm -r x",
                           "rm -f x",
                           "rm -- -rf",
                           "git rm -rf x",
                           "rm --rf x",
                           "farm -rf",
                           "git status",
                           "git",
                           "git -C",
                           "git log --hard",
                           "grep 'DROP TABLE' a.sql",
                           "cat >f <<'E'\nnever run git push --force\nE"}) {
    CHECK_MESSAGE(blocked_by(line).empty(), line);
  }
}

TEST_CASE("below the top, what covers the directory is everything") {
  const ShellPlace below{"/repo/src/lib", "/repo", ""};
  for (const char* line : {"git restore .", "git restore ..", "git restore ../..",
                           "git restore ../lib", "git restore /repo/src", "git restore /repo",
                           "git restore :/", "git restore :/src/..", "git -C ../.. restore ."}) {
    CHECK_MESSAGE(!blocked_by(line, below).empty(), line);
  }
  for (const char* line : {"git restore ../a.c", "git restore ../other", "git restore /repo/docs",
                           "git restore :/src/other", "git -C ../.. restore docs"}) {
    CHECK_MESSAGE(blocked_by(line, below).empty(), line);
  }
}

TEST_CASE("where the place is not known, the words alone count") {
  for (const char* line : {"git restore .", "git restore :/", "git restore '*'", "git restore /"}) {
    CHECK_MESSAGE(!blocked_by(line, {}).empty(), line);
  }
  CHECK(blocked_by("git restore a.c", {}).empty());
}
