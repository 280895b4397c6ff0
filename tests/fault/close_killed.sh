#!/usr/bin/env bash
# A close that is killed before any of its writing calls, or of which one fails, ends after --continue as a
# close that was never disturbed; after --abort, files and index are as before.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

export SO_PLATFORM=claude CLAUDE_CONFIG_DIR=$CASE/prepared/claude # with a note in the user's own directory
set_the_scene
mkdir .claude
state=$(state_of .claude)
handovers=$(handovers_of .claude)
git session start --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
git session learn -q --type scope-guidance --subject small --insight "take smaller steps" || die "learn failed"
git session snapshot -q >/dev/null || die "snapshot failed"
describe_files >"$CASE/files-before"
git diff --cached --raw --no-renames --abbrev=40 >"$CASE/staged-before"
before=$(git rev-parse HEAD)
journal=.git/git-session/close/journal.jsonl

fresh whole
count_points kill close --yes --json
describe >"$CASE/whole.txt"
grep -q '"status": "closed"' "$CASE/out" || die "not closed: $(cat "$CASE/out")"
[ -n "$(find ../claude -name 'session-*.md')" ] || die "no note in the user's directory"
[ -n "$(find "$handovers" -type f)" ] || die "no handover"
[ -n "$(find ../vault/40-learnings ../vault/50-sessions -type f)" ] || die "no notes in the vault"
records='/memory/|handover|40-learnings|50-sessions|learnings|next-file'
commits=$(git rev-list --count "$before..HEAD")
[ "$commits" -eq 3 ] || die "$commits commits, not 3: $(git log --oneline)"
echo "$points points"

expect_whole() { # POINT WHAT
  describe >"$CASE/described"
  cmp -s "$CASE/whole.txt" "$CASE/described" ||
    trouble "$1" "$2: another end: $(diff "$CASE/whole.txt" "$CASE/described" | head -20)"
  [ "$(wc -l <"$metrics/sessions.jsonl")" = 1 ] || trouble "$1" "$2: sessions.jsonl: $(cat "$metrics/sessions.jsonl")"
}

goes_on() { # POINT WHAT: continues the close, however far it got
  local code=0
  if [ -e $journal ]; then
    git session close --continue --yes --json >"$CASE/out" 2>"$CASE/err" || code=$?
  elif grep -qs '^status: active' "$state"; then
    git session close --yes --json >"$CASE/out" 2>"$CASE/err" || code=$?
  fi
  [ "$code" -eq 0 ] || trouble "$1" "$2: going on: exit code $code: $(cat "$CASE/err" "$CASE/out" | head -c 1500)"
}

expect_put_back() { # POINT
  describe_files >"$CASE/described"
  cmp -s "$CASE/files-before" "$CASE/described" ||
    trouble "$1" "abort: other files: $(diff "$CASE/files-before" "$CASE/described" | head -20)"
  # What was committed is not staged any more; the rest still is.
  git diff --name-only --no-renames "$before" HEAD >"$CASE/committed"
  awk -F '\t' -v list="$CASE/committed" '
    BEGIN { while ((getline path < list) > 0) committed[path] } !($2 in committed)' "$CASE/staged-before" >"$CASE/staged-expected"
  git diff --cached --raw --no-renames --abbrev=40 >"$CASE/staged-now"
  cmp -s "$CASE/staged-expected" "$CASE/staged-now" ||
    trouble "$1" "abort: staged otherwise: $(diff "$CASE/staged-expected" "$CASE/staged-now")"
  [ ! -e $journal ] || trouble "$1" "abort: the journal is there"
  [ -z "$(find ../vault -path "*/[45]0-*" -type f)" ] || trouble "$1" "abort: notes are in the vault"
  [ -z "$(describe_notes)" ] || trouble "$1" "abort: notes are in the user's directory"
  if [ "$(git rev-parse HEAD)" = "$before" ] && [ -n "$(git for-each-ref 'refs/so-snapshots/*/*before-close*')" ]; then
    trouble "$1" "abort: the snapshot before-close is there"
  fi
}

for point in $( (some_points 6; points_named "$records" 4) | sort -nu); do
  fresh struck
  struck "$point" kill close --yes --json
  code=$?
  if [ "$code" -ne 137 ]; then
    trouble "$point" "kill: exit code $code: $(cat "$CASE/err")"
  fi
  if [ -s $journal ]; then
    rm -rf "$CASE/abort"
    cp -a "$CASE/struck" "$CASE/abort"
  fi
  goes_on "$point" kill
  expect_whole "$point" kill
  if [ -d "$CASE/abort" ]; then
    # In the same place, since files outside the work tree are planned by absolute path.
    rm -rf "$CASE/struck"
    mv "$CASE/abort" "$CASE/struck"
    cd "$CASE/struck/repo" || die "no copy"
    made=$(git rev-list --count "$before..HEAD")
    if grep -q '"event":"closed"' $journal; then
      # After the last step that can be undone.
      if git session close --abort --json >"$CASE/out" 2>"$CASE/err"; then trouble "$point" "abort: of a close that is complete"; fi
      git session close --continue --json >"$CASE/out" 2>"$CASE/err" || trouble "$point" "continue after abort: $(cat "$CASE/err")"
      expect_whole "$point" "kill and refused abort"
    elif git session close --abort --json >"$CASE/out" 2>"$CASE/err"; then
      expect_put_back "$point"
      [ "$(git rev-list --count "$before..HEAD")" = "$made" ] || trouble "$point" "abort: commits are gone"
      git session close --yes --json >"$CASE/out" 2>"$CASE/err" ||
        trouble "$point" "close after abort: $(cat "$CASE/err" "$CASE/out" | head -c 1500)"
      [ "$(wc -l <"$metrics/sessions.jsonl")" = 1 ] || trouble "$point" "close after abort: not one line"
    else
      trouble "$point" "abort: exit code $?: $(cat "$CASE/err")"
    fi
    rm -rf "$CASE/abort"
  fi
done

# An abort that is killed can only be finished, by --continue too: the close is not continued.
fresh struck
count_points kill close --yes --json
fresh struck
point=$(grep -n 'create .*sessions.jsonl' "$CASE/points" | tail -1 | cut -d: -f1)
struck $((point + 4)) kill close --yes --json
rm -rf "$CASE/half"
cp -a "$CASE/struck" "$CASE/half"
FAULT_MODE=kill FAULT_LOG=$CASE/points.abort LD_PRELOAD=$SHIM "$PROGRAM/git-session" close --abort --json >"$CASE/out" 2>"$CASE/err" ||
  die "undisturbed abort: exit code $?: $(cat "$CASE/err")"
abort_points=$(wc -l <"$CASE/points.abort")
[ "$abort_points" -gt 10 ] || die "an abort of $abort_points points"
for at in $(seq 1 $((${FAULT_ALL:-0} == 1 ? 1 : abort_points / 8 + 1)) "$abort_points"); do
  rm -rf "$CASE/struck"
  cp -a "$CASE/half" "$CASE/struck"
  cd "$CASE/struck/repo" || die "no copy"
  struck "$at" kill close --abort --json
  if [ -s $journal ] && grep -q '"event":"abort"' $journal; then
    git session close --continue --json >"$CASE/out" 2>"$CASE/err" && trouble "$at" "continued abort: exit code 0"
    grep -q '"status": "aborted"' "$CASE/out" || trouble "$at" "continued abort: $(head -c 800 "$CASE/out" "$CASE/err")"
  elif [ -s $journal ]; then
    git session close --abort --json >"$CASE/out" 2>"$CASE/err" || trouble "$at" "abort again: $(cat "$CASE/err")"
  fi
  expect_put_back "$at"
  git session close --yes --json >"$CASE/out" 2>"$CASE/err" || trouble "$at" "close after abort: $(head -c 800 "$CASE/err")"
done
rm -rf "$CASE/half"

fresh whole
count_points kill close --yes --json
for mode in full eio eacces; do
  # shellcheck disable=SC2034 # read by some_points
  kinds=$(kinds_of $mode)
  for point in $( (some_points 3; points_named "$records" 3) | sort -nu); do
    fresh struck
    struck "$point" $mode close --yes --json
    code=$?
    [ "$code" -lt 129 ] || trouble "$point" "$mode: exit code $code: $(cat "$CASE/err")"
    [ "$code" -eq 0 ] || [ -s "$CASE/err" ] || grep -q '"outcome": "block' "$CASE/out" || trouble "$point" "$mode: exit code $code, and no message"
    goes_on "$point" $mode
    # A user's own note that cannot be written is a warning, and the close continues without it.
    if [ -z "$(describe_notes)" ]; then
      grep -q "no note: " "$CASE/out" || trouble "$point" "$mode: no note, and nothing is said"
      mkdir -p ../claude && cp -a "$CASE/whole/claude/." ../claude
    fi
    expect_whole "$point" $mode
  done
done
[ "$failures" -eq 0 ] || give_up
