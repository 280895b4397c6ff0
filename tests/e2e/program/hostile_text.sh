#!/usr/bin/env bash
# Text from a repository, a tracker, a gate, a reviewer, the environment or the command line never drives a terminal: it
# is shown escaped, on a terminal and in a pipe, and JSON reads back as the same text.
. "$E2E/lib.sh"
. "$E2E/close.sh"

command -v perl >/dev/null || skip "no perl"
title=$'\e]0;owned\a'
clipboard=$'\e]52;c;aGk=\a'
link=$'\e]8;;http://evil\e\\link\e]8;;\e\\'
move=$'\e[2J\e[H'
c1=$'\xc2\x9b31m'
bidi=$'\u202e'
invisible=$'\u200b\ufeff\u2060'
tag=$'\U000e0041'
hostile="x$title$clipboard$link$move$c1$bidi$invisible${tag}y"

# clean FILE [terminal]: no control, bidirectional or invisible character but "\n" and "\t"; on a terminal our own colours
# and the live line's "\r" and CSI K too.
clean() {
  CLEAN=${2:-pipe} perl -e '
    local $/; my $bytes = <STDIN>;
    if ($ENV{CLEAN} eq "terminal") {
      $bytes =~ s/\r\n/\n/g;
      $bytes =~ s/\r\e\[K//g;
      $bytes =~ s/\e\[(?:3[1236]|[12]|)m//g;
    }
    utf8::decode($bytes) or die "not UTF-8\n";
    die sprintf("U+%04X in: %s\n", ord $1, $bytes =~ s/[^ -~\n]/?/gr) if $bytes =~
      /([\x{0}-\x{8}\x{b}-\x{1f}\x{7f}-\x{9f}\x{ad}\x{61c}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}\x{2066}-\x{2069}\x{feff}\x{e0000}-\x{e007f}])/
  ' <"$1" || fail "$last_command: $1"
}
# shown COMMAND…: what it prints is clean, in a pipe and on a terminal; the last is in $CASE/terminal.
terminal=no
script --version >/dev/null 2>&1 && terminal=yes
shown() {
  last_command="$*"
  "$@" >"$OUT" 2>"$ERR" || :
  clean "$OUT"
  clean "$ERR"
  [ "$terminal" = yes ] || return 0
  TERM=xterm COLUMNS=100 script -qc "$(printf '%q ' "$@")" /dev/null </dev/null >"$CASE/terminal" 2>&1 || :
  clean "$CASE/terminal" terminal
}

# Command lines and the environment.
new_repo
for words in "$hostile" "--$hostile" "status $hostile" "close --decide $hostile" "close --decide gate=$hostile" \
  "--session $hostile status" "--state-dir $hostile status" "snapshot create $hostile" "snapshot show $hostile" \
  "config $hostile" "gc --older-than $hostile" "issue show $hostile" "scope set $hostile" "start $hostile" \
  "hooks install $hostile" "hook $hostile" "learn --type $hostile x"; do
  read -ra arguments <<<"$words"
  shown git session "${arguments[@]}"
  shown git session "${arguments[@]}" --json
done
shown git session $'\x9b31m\xff'
GIT_SESSION=$hostile SO_PLATFORM=$hostile shown git session status
GIT_SESSION=$hostile shown git session close --dry-run
expect_exit 129 git session "$title"
expect_err "unknown command '\\x1b]0;owned\\x07'"
code=0
git session "$hostile" --json >"$OUT" 2>"$ERR" || code=$?
expect_equal "$code" 129
clean "$OUT"
expect_json '.error.message | contains($word)' --arg word "$hostile"

# A repository in which everything is hostile.
cd "$CASE"
fake_tracker gh
session_repo other
bare_remote
name="f$bidi$title"
commit_file "$name" x "fix: $hostile"
git checkout -q -b "work$bidi$invisible"
git push -q -u origin HEAD
items=$(printf '[[item]]\ntitle = "Item %s"\nfiles = ["src/**", "%s*"]\n' "${c1}$bidi$invisible$tag" "$bidi")
start_session --plan "$(plan "$items")"
shown git session status
shown git session status --json
shown git session plan show
expect_exit 0 git session plan show --json
clean "$OUT"
expect_json '.plan.items[0].title == $title' --arg title "Item ${c1}$bidi$invisible$tag"
mkdir src
echo a >"src/$name"
echo a >"stray$bidi$c1$clipboard$tag"
shown git session status -v
shown git session status --json
shown git session scope set "src/$bidi**"
shown git session scope
shown git session scope check
shown git session scope check --json
shown git session scope check HEAD~1..HEAD
git session scope clear >/dev/null
git commit -q --allow-empty -m "$hostile"
shown git session snapshot create -m "a$bidi"
shown git session snapshot create one
shown git session snapshot list
shown git session snapshot list --json
shown git session snapshot show one
shown git session learn --type pattern --subject "s$hostile" --insight "i$hostile"

# Configuration.
git config session.test-command "echo $bidi; printf '$hostile'"
shown git session config --list --show-origin
shown git session config test-command
expect_exit 0 git session config test-command --json
clean "$OUT"
expect_json '.["test-command"] == $value' --arg value "echo $bidi; printf '$hostile'"
git config session.enforcement "$hostile"
shown git session status
shown git session config --list
git config --unset session.enforcement

# Gates, a reviewer, discovery.
cat >"$CASE/bin/gate" <<'GATE'
#!/bin/sh
printf 'red \033[31mtext\033[m\nover\rwritten\033[1A\033[K\n\033]52;c;aGk=\007\033]8;;http://evil\033\\link\233\302\2331m\n'
printf '\342\200'; sleep 0.2; printf '\256\n\033'; sleep 0.2; printf '[32mgreen\n'
exit "${1:-0}"
GATE
cat >"$CASE/bin/finds" <<'FINDS'
#!/bin/sh
cat >/dev/null
printf '{"verdict": "PROCEED", "items": [{"title": "t\\u001b]0;x\\u0007\\u202e", "severity": "high", "file": "src/\\u202e"}], "findings": [{"title": "d\\u009b\\u200b", "severity": "low"}]}'
FINDS
chmod +x "$CASE/bin/gate" "$CASE/bin/finds"
git config session.test-command "gate 1"
git config session.review-command finds
git config session.discovery-command finds
git config session.discovery-on-close true
for how in "" -v "--json"; do
  # shellcheck disable=SC2086 # no option is no argument
  shown git session close --dry-run $how
  # shellcheck disable=SC2086
  shown git session close $how
  git session close --abort -q >/dev/null 2>&1 || :
done
last_command="git session close --dry-run --progress"
git session close --dry-run --progress >"$OUT" 2>"$ERR" || :
clean "$ERR" terminal
# All of a gate's output is seen, without its colours; what it would overwrite stays.
expect_exit 2 git session close -v
for text in "red text" "over" "written\\x1b[1A\\x1b[K" "\\x1b]52;c;aGk=\\x07" "\\x9b<U+009B>1m" "<U+202E>" "green"; do
  expect_err "$text"
done
expect_no_err "[32mgreen"
git session close --abort -q

# A close: report, records, issues and commits.
git config session.test-command gate
fake_issue gh 7 "Title $hostile" "label$bidi"
jq --arg body "body $hostile" '.body = $body | .url = $body' "$CASE/gh/issues/7.json" >"$CASE/7" && mv "$CASE/7" "$CASE/gh/issues/7.json"
git config session.vcs github
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin git@github.com:owner/name.git
shown git session issue list
shown git session issue list --json
expect_exit 0 git session issue list --json
expect_json '.issues[0].title == $title' --arg title "Title $hostile"
shown git session issue show 7
printf 'HTTP 500 %s\n' "$hostile" >"$CASE/gh/fail"
shown git session issue list
rm "$CASE/gh/fail"
git config session.vcs local
before=$(git rev-parse HEAD)
expect_exit 0 git session close --yes
clean "$OUT"
clean "$ERR"
git log --format=%B "$before..HEAD" >"$CASE/messages"
expect_file_has "$CASE/messages" "feat: item <U+009B>31m<U+202E>"
clean "$CASE/messages"
for file in .orchestrator/metrics/*.jsonl .orchestrator/issues/*.md; do
  [ ! -e "$file" ] || clean "$file"
done

# STATE.md.
start_session
sed -i "s/^title:.*/title: \"T$bidi$invisible\"/; s/^status: .*/&/" .orchestrator/STATE.md
printf '\n## Deviations\n\n- %s\n' "$hostile" >>.orchestrator/STATE.md
shown git session status
shown git session status --json
shown git session close --dry-run
sed -i "s/^status: .*/status: \"$bidi$c1\"/" .orchestrator/STATE.md
shown git session status
shown git session close
