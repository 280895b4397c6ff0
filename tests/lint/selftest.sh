#!/bin/sh
# Each lint must fail on a tree that breaks its rule, name the file, and pass on one that does not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

clean_tree() {
  rm -rf "$tree/git-session"
  mkdir -p "$tree/git-session/base" "$tree/git-session/git" "$tree/git-session/cli" "$tree/git-session/formats"
  printf '#pragma once\n// std::cout, exit(1): in a comment nothing counts\n' >"$tree/git-session/base/text.h"
  cat >"$tree/git-session/base/text.cpp" <<'CPP'
#include "base/text.h"
#include <string>
const char* const kText = "printf(\"no\"); exit(1); // no comment";
const char* const kAside = "it stands aside"; // a message may say it; is no longer a comment that fails
const long kMany = 1'000'000;
/* std::cout
   abort() */
const char* const kRaw = R"(std::cout << "x"; exit(2);)";
void stop() { snprintf(nullptr, 0, "%d", 1); _exit(127); work.abort(); abort(work); }
CPP
  printf '#include <git2.h>\n#include "base/text.h"\n' >"$tree/git-session/git/refs.cpp"
  printf '#include <CLI/CLI.hpp>\n#include "git/refs.h"\nvoid p() { std::cout << 1; }\n' >"$tree/git-session/cli/show.cpp"
  printf '#include <nlohmann/json.hpp>\n' >"$tree/git-session/formats/json.cpp"
  printf '#include <yaml-cpp/yaml.h>\n#include "formats/json.h"\nauto j = Json::parse("1");\n' >"$tree/git-session/formats/yaml.cpp"
  printf '#include "cli/show.h"\nint main() { exit(1); }\n' >"$tree/git-session/main.cpp"
}

# check NAME LINT FILE CONTENT WANTED: after CONTENT is written to FILE, LINT must fail and print WANTED.
check() {
  clean_tree
  mkdir -p "$(dirname "$tree/$3")"
  printf '%b' "$4" >"$tree/$3"
  if output=$(sh "$here/$2.sh" "$tree" 2>&1); then
    echo "not ok: $1: passes"
    failed=1
  elif ! printf '%s\n' "$output" | grep -qF -- "$5"; then
    printf 'not ok: %s: does not say "%s":\n%s\n' "$1" "$5" "$output"
    failed=1
  else
    echo "ok: $1"
  fi
  rm -f "$tree/$3"
}

for lint in layering words; do
  clean_tree
  if output=$(sh "$here/$lint.sh" "$tree" 2>&1); then
    echo "ok: $lint passes a clean tree"
  else
    printf 'not ok: %s fails on a clean tree:\n%s\n' "$lint" "$output"
    failed=1
  fi
done

check "an include that points up" layering git-session/base/a.cpp '#include "git/refs.h"\n' \
  "git-session/base/a.cpp:1: includes git-session/git/refs.h: 'base' (floor 1)"
check "an include on the same floor" layering git-session/formats/a.cpp '\n#include "git/refs.h"\n' \
  "git-session/formats/a.cpp:2: includes git-session/git/refs.h"
check "an include below the first comment" layering git-session/git/a.h '/* a\n*/\n#  include "cli/show.h"\n' \
  "git-session/git/a.h:3: includes git-session/cli/show.h"
check "an include of no floor" layering git-session/base/a.cpp '#include "misc/a.h"\n' "'misc' is on no floor"
check "an include without its folder" layering git-session/base/a.cpp '#include "text.h"\n' "names its folder"
check "a folder on no floor" layering git-session/utils/a.cpp 'int a;\n' "git-session/utils/a.cpp:1: in 'utils'"
check "libgit2 outside git/" layering git-session/cli/a.cpp '#include <git2.h>\n' "only git/ knows libgit2"
check "a parser outside formats/" layering git-session/cli/a.cpp '#include <toml++/toml.h>\n' "only formats/ knows"
check "nlohmann_json past formats/json.cpp" layering git-session/formats/a.cpp '#include <nlohmann/json.hpp>\n' \
  "only formats/json.cpp"
check "JSON parsed outside formats/" layering git-session/cli/a.cpp 'auto j = Json::parse(t);\n' \
  "git-session/cli/a.cpp:1: parses JSON"
check "CLI11 outside cli/" layering git-session/git/a.cpp '#include <CLI/CLI.hpp>\n' "only cli/ knows CLI11"
check "stdout outside cli/" layering git-session/git/a.cpp 'void f() { std::cout << 1; }\n' \
  "git-session/git/a.cpp:1: prints"
check "printf outside cli/" layering git-session/git/a.cpp 'void f() { std::printf("x"); }\n' "prints"
check "exit outside main" layering git-session/cli/a.cpp 'void f() { std::exit(1); }\n' "ends the process"
check "abort outside main" layering git-session/cli/a.cpp 'void f() {\n  ::abort();\n}\n' \
  "git-session/cli/a.cpp:2: ends the process"
check "code behind a comment" layering git-session/cli/a.cpp '/* a */ void f() { exit(1); }\n' "ends the process"
check "a file of the tree opened past the door" layering git-session/cli/a.cpp \
  'auto t = read_file(join_path(repository.work_tree(), "a"));\n' "git-session/cli/a.cpp:1: opens a path of the work tree"
check "a path of the tree made absolute" layering git-session/cli/a.cpp \
  'auto t =\n    repository.absolute(RepoPath("a"));\n' "git-session/cli/a.cpp:2: makes a path of the work tree absolute"
check "a path of the tree made absolute elsewhere" layering git-session/close/a.cpp \
  'f(context.repository().absolute(path));\n' "makes a path of the work tree absolute"
check "a long file" layering git-session/cli/a.cpp "$(awk 'BEGIN { for (i = 0; i < 451; i++) printf "int a;\\n" }')" \
  "git-session/cli/a.cpp:451: 451 lines"
check "a place of the planners" words docs/a.md "see ../shar""ed/design\n" "docs/a.md:1:"
check "a place of this machine" words docs/a.md "cd /wo""rk/main\n" "docs/a.md:1:"
check "a directory of sources" words docs/a.md "../se""ed/a.txt\n" "docs/a.md:1:"
check "words that are not plain" words docs/a.md "mend it, then go on\n" "docs/a.md:1:"
check "a comment that is not plain" words git-session/cli/a.cpp 'int a;  // "x": made young again\n' \
  "git-session/cli/a.cpp:1:"
check "a phrase over two lines of a comment" words git-session/cli/a.cpp '// What is told\n// from it.\nint a;\n' \
  "git-session/cli/a.cpp:2:"
check "a negation that is not plain" words git-session/cli/a.cpp 'int a;  // a link that is no directory\n' \
  "git-session/cli/a.cpp:1:"
check "a message that is not plain" words git-session/cli/a.cpp 'say("it goes on");\n' "git-session/cli/a.cpp:1:"

exit "$failed"
