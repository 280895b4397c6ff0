#!/usr/bin/env bash
# GIT_TRACE2 and its like show what a command starts, as git does of itself, and nothing but the environment switches them on.
. "$E2E/lib.sh"
. "$E2E/close.sh"

trace=$CASE/trace
new_repo
git session init --local >/dev/null 2>&1
bare_remote
git config session.test-command "echo https://me:hunter2@example.org/; [ ! -e '$CASE/fails' ] || kill -9 \$\$"
start_session
echo work >work

# Our events, and those of the git that we start, nested below ours.
GIT_TRACE2_EVENT=$trace expect_exit 0 git session close --yes
jq -es 'all(.event and .sid and .thread)' "$trace" >/dev/null || fail "it is not JSON lines"
sid=$(jq -r 'select(.event == "cmd_name" and .name == "session-close") | .sid' "$trace")
of_us() { jq -c --arg sid "$sid" "select(.sid == \$sid) | $1" "$trace"; }
expect_equal "$(of_us 'select(.event == "version") | [.evt, .exe]')" "[\"4\",\"$(git session --version)\"]"
expect_equal "$(of_us 'select(.event == "start") | .argv[1:]')" '["close","--yes"]'
expect_equal "$(of_us 'select(.event == "cmd_name") | .hierarchy')" '"_run_dashed_/session-close"'
expect_equal "$(of_us 'select(.event == "exit" or .event == "atexit") | .code' | paste -sd,)" 0,0
expect_equal "$(of_us 'select(.event == "child_start") | .child_id')" "$(of_us 'select(.event == "child_exit") | .child_id')"
of_us 'select(.event == "child_start") | .argv' | grep -q '^\["git",.*"push"' || fail "the push is not there"
gate=$(of_us 'select(.event == "child_start" and .argv[1] == "-c") | .child_id')
expect_equal "$(of_us "select(.event == \"child_exit\" and .child_id == $gate) | .code")" 0
of_us "select(.event == \"child_start\" and .child_id == $gate) | .cd" | grep -qF "\"$PWD\"" || fail "where the gate ran"
nested=$(jq -r --arg sid "$sid/" 'select(.event == "cmd_name" and .name == "push" and (.sid | startswith($sid))) | .hierarchy' "$trace")
expect_equal "$nested" _run_dashed_/session-close/push
# Each SID is the parent's and one part of git's own form.
jq -r .sid "$trace" | sort -u | while IFS= read -r each; do
  [[ ${each##*/} =~ ^[0-9]{8}T[0-9]{6}\.[0-9]{6}Z-(H[0-9a-f]{8}|Localhost)-P[0-9a-f]{8}$ ]] || fail "SID $each"
done
host() { sed 's/.*Z-\(H[0-9a-f]*\|Localhost\)-P.*/\1/'; }
expect_equal "$(jq -r .sid "$trace" | host | sort -u | wc -l)" 1 "the host has one name"

# Passwords in URLs are not in it, unless that is asked for.
! grep -q hunter2 "$trace" || fail "the password is in the trace"
of_us 'select(.event == "child_start") | .argv[2]' | grep -qF 'https://me:<REDACTED>@example.org/' || fail "not redacted"

# A failing command; one that a signal ended; errors.
touch "$CASE/fails"
start_session
echo more >>work
rm "$trace"
GIT_TRACE2_REDACT=0 GIT_TRACE2_EVENT=$trace expect_exit 2 git session close
sid=$(jq -r 'select(.event == "cmd_name" and .name == "session-close") | .sid' "$trace")
of_us 'select(.event == "child_start") | .argv[2]' | grep -qF hunter2 || fail "it is redacted"
gate=$(of_us 'select(.event == "child_start" and .argv[1] == "-c") | .child_id' | head -n 1)
expect_equal "$(of_us "select(.event == \"child_exit\" and .child_id == $gate) | .code")" 137
expect_equal "$(of_us 'select(.event == "exit") | .code')" 2
rm "$trace"
GIT_TRACE2_EVENT=$trace expect_exit 129 git session config nope
expect_equal "$(jq -r 'select(.event == "error") | .msg' "$trace")" "there is no key 'nope'"
git session close --abort >/dev/null 2>&1

# Standard error: the trace of git, too, and git's own messages stay what they are.
GIT_TRACE2=1 expect_exit 0 git session hooks status --json
expect_json '.schema == "git-session/hooks-status/1"'
expect_err_matches " child_start\[[0-9]+\] git -C .* rev-parse --git-path hooks$"
expect_err_matches " cmd_name rev-parse \(_run_dashed_/session-hooks-status/rev-parse\)"
expect_err_matches " cmd_name session-hooks-status \(_run_dashed_/session-hooks-status\)"
cp .git/config "$CASE/config"
printf '[core\n' >>.git/config
GIT_TRACE2=true expect_exit 128 "$PROGRAM/git-session" status --json
expect_json '.error.message == "bad config line \($line) in file .git/config"' --argjson line "$(wc -l <.git/config)"
cp "$CASE/config" .git/config

# The perf form, an open descriptor, the brief form.
GIT_TRACE2_PERF=5 GIT_TRACE2_PERF_BRIEF=1 expect_exit 0 git session hooks status 5>"$trace"
grep -qE '^d1 \| main +\| child_start +\| +\| +[0-9.]+ \| +\| +\| \[ch0\] class:\? argv:\[git -C ' "$trace" || fail "perf: $(cat "$trace")"
grep -qE '^d2 \| main +\| cmd_name ' "$trace" || fail "git's own events are not in the descriptor"
# A descriptor that is not open is no target, also when a file gets its number.
rm -f "$trace"
describe_all >"$CASE/before"
GIT_TRACE2=7 GIT_TRACE2_EVENT=8 expect_exit 0 git session status
describe_all >"$CASE/after"
cmp -s "$CASE/before" "$CASE/after" || fail "something was written: $(diff "$CASE/before" "$CASE/after")"

# A directory: a file for each process, up to GIT_TRACE2_MAX_FILES.
mkdir "$CASE/traces"
GIT_TRACE2_EVENT=$CASE/traces expect_exit 0 git session hooks status
[ "$(find "$CASE/traces" -type f | wc -l)" -ge 3 ] || fail "fewer files than processes"
for file in "$CASE"/traces/*; do
  expect_equal "$(jq -r .sid "$file" | sort -u | sed 's|.*/||')" "$(basename "$file")"
done
rm "$CASE"/traces/*
GIT_TRACE2_MAX_FILES=4 GIT_TRACE2_EVENT=$CASE/traces expect_exit 0 git session hooks status
expect_file "$CASE/traces/git-trace2-discard"
[ "$(find "$CASE/traces" -type f | wc -l)" -le 4 ] || fail "more files than were wanted"

# What is none is said, as git says it; the command goes on.
GIT_TRACE2_EVENT=relative expect_exit 0 "$PROGRAM/git-session" status
expect_err "warning: trace2: unknown value for 'GIT_TRACE2_EVENT': 'relative'"
GIT_TRACE2_DST_DEBUG=1 GIT_TRACE2=$CASE/no/such expect_exit 0 "$PROGRAM/git-session" status
expect_err "could not open '$CASE/no/such' for 'GIT_TRACE2' tracing: No such file or directory"
for off in 0 false ""; do GIT_TRACE2=$off expect_exit 0 git session status && ! grep -q cmd_name "$ERR"; done

# A socket.
if command -v python3 >/dev/null; then
  python3 -c 'import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); s.settimeout(20)
open(sys.argv[2], "w").close()
while True:
    line = s.recv(65536).decode()
    print(line, end="", flush=True)
    if "atexit" in line: break' "$CASE/socket" "$CASE/listening" >"$trace" &
  listener=$!
  for _ in $(seq 100); do [ ! -e "$CASE/listening" ] || break; sleep 0.05; done
  GIT_TRACE2_EVENT=af_unix:dgram:$CASE/socket expect_exit 0 "$PROGRAM/git-session" --version
  wait $listener
  jq -es 'map(.event) == ["version", "start", "cmd_name", "exit", "atexit"]' "$trace" >/dev/null || fail "socket: $(cat "$trace")"
fi

# A configuration, which may come with a repository, is no way to write a file.
git config trace2.eventTarget "$CASE/by-config"
git config trace2.normalTarget "$CASE/by-config"
expect_exit 0 "$PROGRAM/git-session" --version
expect_exit 0 "$PROGRAM/git-session" hooks status
expect_no_file "$CASE/by-config"
